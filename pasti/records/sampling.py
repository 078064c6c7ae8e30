"""What superiors have to look at, and what they found (51.10.1, 51.10.2)."""

from typing import ClassVar

from django.db import models

from pasti.domain.findings import Owed, Stage
from pasti.domain.roles import Role
from pasti.records.accounts import Account
from pasti.records.licensing import Application
from pasti.records.roots import LedgerRoot
from pasti.records.subject import Subject


class Sample(Subject):
    """One fact drawn by the night's root for one tier. `fact` is its hash; open until it was looked at."""

    subject_kind = "sample"
    root = models.ForeignKey(LedgerRoot, on_delete=models.PROTECT, related_name="samples")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=64, unique=True)
    fact_kind = models.CharField(max_length=60)
    fact_at = models.DateTimeField()
    fact_after = models.JSONField()
    fact_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=10)
    tier = models.CharField(max_length=32)
    way = models.CharField(max_length=4)
    why = models.JSONField()  # the sentence's template and values, so that it is said in the reader's language
    drawn_at = models.DateTimeField()
    review_by = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    result = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        db_table = "sample"
        indexes: ClassVar = [
            models.Index(fields=["tier", "drawn_at", "id"], name="sample_open", condition=models.Q(reviewed_at=None)),
            models.Index(fields=["drawn_at"], name="sample_drawn"),
        ]


class OversightFinding(Subject):
    """One finding with its follow-up; about a case, a sample, or the office as a whole."""

    subject_kind = "finding"
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+", null=True)
    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="finding", null=True)
    as_role = models.CharField(max_length=32)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    owner = models.CharField(max_length=32)
    due_on = models.DateField()
    stage = models.CharField(max_length=10)
    warned = models.SmallIntegerField(null=True)  # days left at the last warning to its owner
    result = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    closing = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "oversight_finding"
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="finding_open", condition=~models.Q(stage="closed")),
        ]

    def owed(self) -> Owed:
        """The domain's value of this row."""
        return Owed(
            id=self.id,
            owner=Role(self.owner),
            due_on=self.due_on,
            stage=Stage(self.stage),
            raised_at=self.raised_at,
            warned=self.warned,
        )
