"""The certificate: numbered at the decision, signed once; a later one may take its place (51.5)."""

from typing import ClassVar

from django.db import models

from pasti.domain.certificate import COUNTS, CertificateStatus
from pasti.records.licensing import Application
from pasti.records.subject import Subject


class Certificate(Subject):
    """One certificate. `data` is what is printed and attached; `signed_sha256` names the signed bytes in the store."""

    subject_kind = "certificate"
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=80, unique=True)
    token = models.CharField(max_length=32, unique=True)  # the public address of its verification page
    status = models.CharField(max_length=12)
    data = models.JSONField()
    qr_text = models.TextField()
    prepared_at = models.DateTimeField()
    signed_sha256 = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "certificate"
        indexes: ClassVar = [
            models.Index(fields=["-signed_at", "-id"], name="certificate_register", condition=models.Q(signed_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(status__in=[s.value for s in COUNTS]), name="certificate_one_counts"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status=CertificateStatus.PREPARED.value),
                name="certificate_one_prepared",
            ),
        ]
