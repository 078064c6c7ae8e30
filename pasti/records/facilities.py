"""The register of facilities: each thing, each look at it, each fault that a visitor reported (51.8, 51.13.1)."""

import secrets
from typing import ClassVar

from django.db import models

from pasti.domain.facilities import Condition
from pasti.domain.facilities import Facility as FacilityValue
from pasti.domain.identifiers import LETTERS
from pasti.records.accounts import Account
from pasti.records.subject import Subject


def sticker_code() -> str:
    """What stands on the sticker: not guessed from another."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


class Facility(Subject):
    """One thing or room under one clause of the standard, as it was last seen."""

    subject_kind = "facility"
    entry = models.CharField(max_length=10)
    clause = models.CharField(max_length=20)
    part = models.CharField(max_length=20, blank=True, default="", db_default="")  # which thing, of a clause that names several
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    sticker = models.CharField(max_length=10, unique=True, default=sticker_code)
    custodian = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    condition = models.CharField(max_length=10, blank=True)
    checked_on = models.DateField(null=True)
    checked_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "facility"
        indexes: ClassVar = [models.Index(fields=["entry", "clause"], name="facility_by_clause")]

    def facility(self) -> FacilityValue:
        """The domain's value of this row."""
        return FacilityValue(
            name=self.name,
            place=self.place,
            custodian=self.custodian_id,
            condition=Condition(self.condition) if self.condition else None,
            checked_on=self.checked_on,
            expires_on=self.expires_on,
            is_retired=self.retired_at is not None,
        )


class FacilityCheck(models.Model):
    """One look: what was seen, with its photograph. Never changed, so any past day can be told again."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="checks")
    condition = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    seen_on = models.DateField()
    expires_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    mime = models.CharField(max_length=40, blank=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "facility_check"
        indexes: ClassVar = [models.Index(fields=["facility", "seen_on"], name="facility_check_by_day")]


class FaultReport(models.Model):
    """What a visitor reported by the sticker; names nobody."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="faults")
    words = models.TextField()
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)

    class Meta:
        db_table = "fault_report"
        indexes: ClassVar = [
            models.Index(fields=["reported_at"], name="fault_report_open", condition=models.Q(settled_at__isnull=True))
        ]
