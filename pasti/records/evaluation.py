"""The yearly evaluation: its findings, who was told and has read it, and the improvements that follow (51.14.1, 51.14.3)."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models

from pasti.domain.calendar import jakarta_day
from pasti.domain.evaluation import Evaluation as EvaluationValue
from pasti.domain.evaluation import Stage
from pasti.records.accounts import Account, Appointment
from pasti.records.subject import Subject


class Evaluation(Subject):
    """One year's evaluation of one standard."""

    subject_kind = "evaluation"
    entry = models.CharField(max_length=10)
    effective = models.DateField()  # of the edition that is evaluated
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    remind_on = models.DateField(null=True)  # when those who have not read it are reminded next

    class Meta:
        db_table = "evaluation"
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "year"], name="evaluation_once")]
        indexes: ClassVar = [
            models.Index(fields=["remind_on"], name="evaluation_remind", condition=models.Q(remind_on__isnull=False)),
        ]

    def value(self, *, clause: str, told_clause: str) -> EvaluationValue:
        """The domain's value of this row."""
        return EvaluationValue(year=self.year, stage=Stage(self.stage), clause=clause, told_clause=told_clause)

    def waiting(self, at: datetime) -> "models.QuerySet[EvaluationReading]":
        """Whose acknowledgement was missing at `at`, of those who worked here on that day."""
        return self.readings.filter(unread(at))


class EvaluationFinding(models.Model):
    """What was found of one component or SOP."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    part = models.CharField(max_length=20)
    verdict = models.CharField(max_length=12)
    words = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "evaluation_finding"
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "part"], name="evaluation_finding_once")]


class EvaluationReading(models.Model):
    """One of the staff to whom the results went, and when they said that they had read them."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="readings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "evaluation_reading"
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "account"], name="evaluation_reading_once")]
        indexes: ClassVar = [
            models.Index(fields=["account"], name="evaluation_unread", condition=models.Q(read_at__isnull=True)),
        ]


class Improvement(Subject):
    """What is done about a finding, by whom, until when; `done_at` with words and a file that show it."""

    subject_kind = "improvement"
    finding = models.ForeignKey(EvaluationFinding, on_delete=models.PROTECT, related_name="improvements")
    what = models.TextField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    mime = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "improvement"
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="improvement_open", condition=models.Q(done_at__isnull=True)),
        ]


def unread(at: datetime) -> models.Q:
    """The readings that were not acknowledged at `at`, of those who worked here on that day."""
    day = jakarta_day(at)
    lasts = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
    here = Appointment.objects.filter(lasts, account=models.OuterRef("account"), starts_on__lte=day)
    return models.Q(models.Exists(here), told_at__lte=at) & (models.Q(read_at=None) | models.Q(read_at__gt=at))
