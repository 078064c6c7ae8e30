"""Sanctions on officers; what they say of a person is encrypted (51.12.5)."""

from typing import ClassVar

from django.db import models

from pasti.records.accounts import Account
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.encryption import EncryptedJSONField
from pasti.records.sampling import OversightFinding
from pasti.records.subject import Subject


class Sanction(Subject):
    """One sanction on one officer, after a finding or as what a proven complaint led to. Never changed."""

    subject_kind = "sanction"
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sanctions")
    kind = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    finding = models.ForeignKey(OversightFinding, on_delete=models.PROTECT, related_name="sanctions", null=True)
    follow_up = models.ForeignKey(ComplaintFollowUp, on_delete=models.PROTECT, related_name="sanctions", null=True)
    decree = models.CharField(max_length=100)
    starts_on = models.DateField()
    words = EncryptedJSONField()
    heard = EncryptedJSONField()
    imposed_at = models.DateTimeField()
    imposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "sanction"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "finding"], name="sanction_once_a_finding"),
            models.UniqueConstraint(fields=["account", "follow_up"], name="sanction_once_a_complaint"),
            models.CheckConstraint(condition=models.Q(finding=None) ^ models.Q(follow_up=None), name="sanction_has_one_basis"),
        ]
        indexes: ClassVar = [models.Index(fields=["-imposed_at"], name="sanction_newest")]
