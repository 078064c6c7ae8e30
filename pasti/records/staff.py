"""The register of staff: papers that prove, and yearly judgements; their facts are in the officer's own chain (51.9)."""

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from pasti.domain.staff import Credential as CredentialValue
from pasti.records.accounts import Account


class Credential(models.Model):
    """One paper of one officer. It counts from `verified_at`; a refused one never does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credentials")
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "credential"
        indexes: ClassVar = [models.Index(fields=["account", "verified_at"], name="credential_of_account")]

    def value(self) -> CredentialValue:
        """The domain's value of this row."""
        return CredentialValue(kind=self.kind, code=self.code, name=self.name, starts_on=self.starts_on, ends_on=self.ends_on)


class Assessment(models.Model):
    """How one competence of one officer was found. Never changed, so any past day can be told again (51.9.3 to 51.9.9)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assessments")
    clause = models.CharField(max_length=20)
    is_held = models.BooleanField()
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "assessment"
        indexes: ClassVar = [models.Index(fields=["account", "made_at"], name="assessment_of_account")]


def proven(account: Account) -> tuple[CredentialValue, ...]:
    """What has been verified of an officer by now. One SQL query."""
    return values(Credential.objects.filter(account=account, verified_at__isnull=False))


def values(rows: Iterable[Credential]) -> tuple[CredentialValue, ...]:
    """The domain's values of these rows."""
    return tuple(row.value() for row in rows)
