"""The guards' roster, the log of incidents, and legal aid (51.13.1, 51.13.3)."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from pasti.domain.safety import Watch, span
from pasti.records.accounts import Account
from pasti.records.encryption import EncryptedJSONField
from pasti.records.subject import Subject


class GuardWatch(Subject):
    """One guard's watch, planned and then noted. A guard is not of the office and has no account."""

    subject_kind = "guard_watch"
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    post = models.CharField(max_length=100)
    guard = models.CharField(max_length=100)
    is_kept = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "guard_watch"
        indexes: ClassVar = [models.Index(fields=["on"], name="guard_watch_by_day")]

    def watch(self) -> Watch:
        """The domain's value of this row."""
        return Watch(on=self.on, starts=self.starts, ends=self.ends, post=self.post, guard=self.guard)

    def span(self) -> tuple[datetime, datetime]:
        """From when until when it lasts."""
        return span(self.on, self.starts, self.ends)


class Incident(Subject):
    """Something that happened; the words may name people, so they are encrypted."""

    subject_kind = "incident"
    kind = models.CharField(max_length=10)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    words = EncryptedJSONField()
    reported_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)

    class Meta:
        db_table = "incident"
        indexes: ClassVar = [models.Index(fields=["happened_at"], name="incident_by_moment")]


class LegalAid(Subject):
    """An officer's request for legal aid, and the help given; both are encrypted."""

    subject_kind = "legal_aid"
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="legal_aid")
    matter = EncryptedJSONField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_given = models.BooleanField(null=True)
    help = EncryptedJSONField(null=True)

    class Meta:
        db_table = "legal_aid"
        indexes: ClassVar = [models.Index(fields=["asked_at"], name="legal_aid_by_moment")]
