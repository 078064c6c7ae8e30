"""Signed letters to applicants (51.1)."""

from typing import ClassVar

from django.db import models

from pasti.records.licensing import Application
from pasti.records.subject import Subject


class Letter(Subject):
    """One signed letter. It only exists signed; `signed_sha256` names its bytes in the store."""

    subject_kind = "letter"
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20)  # "rejection"
    number = models.CharField(max_length=80)
    data = models.JSONField()
    signed_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "letter"
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="letter_number_once")]
