"""The field inspection: one for each round of an application, its team, and all that was noted in the field (51.2, 51.13.2)."""

import uuid
from typing import ClassVar

from django.db import models

from pasti.domain.inspection import Finding as FindingValue
from pasti.domain.inspection import Inspection as InspectionValue
from pasti.domain.inspection import Stage, counting
from pasti.records.accounts import Account
from pasti.records.encryption import EncryptedJSONField
from pasti.records.licensing import Application
from pasti.records.subject import Subject


class Inspection(Subject):
    """One inspection. `minutes` is what both sides signed, encrypted: it names people. `minutes_sha256` is in the ledger too."""

    subject_kind = "inspection"
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="inspections")
    round = models.PositiveSmallIntegerField()  # of the application: each fulfilment has its own
    letter = models.CharField(max_length=30, unique=True)
    lead = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    stage = models.CharField(max_length=12)
    visit_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField(null=True)
    proposal_reason = models.TextField(blank=True)
    safety = models.JSONField(default=list)  # the confirmed lines of the checklist
    started_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    minutes = EncryptedJSONField(null=True)
    minutes_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "inspection"
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "round"], name="inspection_once_a_round")]
        indexes: ClassVar = [models.Index(fields=["visit_at"], name="inspection_agenda")]

    def inspection(self) -> InspectionValue:
        """The domain's value of this row. Three SQL queries."""
        return InspectionValue(
            id=self.id,
            round=self.round,
            letter=self.letter,
            stage=Stage(self.stage),
            team=frozenset(self.team.values_list("account_id", flat=True)),
            visit_at=self.visit_at,
            proposed_at=self.proposed_at,
            safety=frozenset(self.safety),
            started_at=self.started_at,
            findings=counting(f.finding() for f in Finding.objects.filter(item__inspection=self).select_related("item")),
            photos=Photo.objects.filter(item__inspection=self).count(),
        )


class InspectionMember(models.Model):
    """One officer on the letter of assignment."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="team")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "inspection_member"
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "account"], name="inspection_member_once")]


class InspectionItem(models.Model):
    """One thing noted in the field. Its id was made where it was noted: the same one sent twice is kept once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10)
    made_at = models.DateTimeField()  # by the device's time, but never after `received_at`
    received_at = models.DateTimeField()
    device = models.CharField(max_length=40)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "inspection_item"


class Finding(models.Model):
    """What was found of one requirement; an earlier version stays beside the one that counts."""

    item = models.OneToOneField(InspectionItem, on_delete=models.PROTECT, primary_key=True)
    clause = models.CharField(max_length=20)
    verdict = models.CharField(max_length=8)  # "met" | "not_met"
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "inspection_finding"

    def finding(self) -> FindingValue:
        """The domain's value of this row."""
        return FindingValue(
            item=self.item_id, clause=self.clause, verdict=self.verdict, reason=self.reason, made_at=self.item.made_at
        )


class Photo(models.Model):
    """One photograph in the store by its content; where it was taken, if the device might say."""

    item = models.OneToOneField(InspectionItem, on_delete=models.PROTECT, primary_key=True)
    clause = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_metres = models.FloatField(null=True)

    class Meta:
        db_table = "inspection_photo"
