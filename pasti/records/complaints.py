"""The complaint and its parts; who filed it stands apart, encrypted (51.6)."""

import uuid
from collections.abc import Collection
from typing import ClassVar

from django.db import models

from pasti.domain.complaint_steps import FINAL, Stage
from pasti.domain.complaints import Complaint as ComplaintValue
from pasti.domain.complaints import Finding, Kind
from pasti.records.accounts import Account
from pasti.records.encryption import EncryptedJSONField
from pasti.records.licensing import Application
from pasti.records.subject import Subject


class Complaint(Subject):
    """One complaint. Its tracking secret is only here as a digest; the identity is in `ComplaintIdentity`."""

    subject_kind = "complaint"
    number = models.CharField(max_length=30, unique=True)
    secret_digest = models.CharField(max_length=64)
    entry = models.CharField(max_length=10)
    effective = models.DateField()  # the edition it was filed under
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="complaints", null=True)
    channel = models.CharField(max_length=30)
    channel_detail = models.CharField(max_length=300, blank=True)  # a link, a message's id, which box
    received_at = models.DateTimeField()
    received_on = models.DateField()  # day zero of the terms
    received_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)  # null: it came by itself
    filed_at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    reason_clause = models.CharField(max_length=20, blank=True)  # why it is no complaint
    service_on = models.DateField(null=True)
    service_day_unknowable = models.TextField(blank=True)  # why the day cannot be learned
    object = models.CharField(max_length=300, blank=True)
    matter = EncryptedJSONField()
    has_identity = models.BooleanField()
    is_secret = models.BooleanField()
    contact_digest = models.CharField(max_length=64, blank=True)  # keyed: finds the same reporter's others, tells nothing
    matter_digest = models.CharField(max_length=64, blank=True)  # keyed: finds the same words
    filing_digest = models.CharField(max_length=64, blank=True)  # keyed: tells a resend from another filing
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)  # the digest of client and key
    stage = models.CharField(max_length=12)
    waiting_role = models.CharField(max_length=32, blank=True)
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    held_since = models.DateTimeField(null=True)
    question = models.TextField(blank=True)  # what the reporter was asked and has not answered yet
    service_group = models.CharField(max_length=40, blank=True)
    problem_group = models.CharField(max_length=40, blank=True)
    core = models.TextField(blank=True)
    clause = models.CharField(max_length=20, blank=True)  # that it says was broken
    other_rule = models.CharField(max_length=300, blank=True)  # an SOP or a rule beside the clause
    known = models.TextField(blank=True)
    open_actions = models.PositiveSmallIntegerField(default=0)
    open_referrals = models.PositiveSmallIntegerField(default=0)
    category = models.PositiveSmallIntegerField(null=True)
    tier = models.PositiveSmallIntegerField(default=0)
    inspectorate_basis = models.CharField(max_length=10, blank=True)  # "" | "approval" | "rule" | "agency"
    inspectorate_words = models.TextField(blank=True)
    finding = models.CharField(max_length=16, blank=True)
    finding_words = models.TextField(blank=True)
    screened_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_days = models.PositiveSmallIntegerField(null=True)  # of the edition's unit, until the first answer
    was_late = models.BooleanField(null=True)
    reported_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    helped = models.BooleanField(null=True)
    helped_words = EncryptedJSONField(null=True)  # null until the reporter has said
    reopened = models.PositiveSmallIntegerField(default=0)
    respond_due_on = models.DateField(null=True)  # the law's first reply
    answer_due_on = models.DateField(null=True)  # the edition's answer; null while a year's decree is missing
    decide_due_on = models.DateField(null=True)  # the law's decision
    due_on = models.DateField(null=True)  # the earliest that still counts; drives the alarms
    warned = models.PositiveSmallIntegerField(null=True)
    rung = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "complaint"
        indexes: ClassVar = [
            models.Index(fields=["waiting_role", "due_on", "id"], name="complaint_desk"),
            models.Index(fields=["due_on", "id"], name="complaint_due", condition=~models.Q(stage__in=sorted(FINAL))),
            models.Index(
                fields=["escalated_to", "due_on", "id"], name="complaint_escalated", condition=~models.Q(escalated_to="")
            ),
            models.Index(fields=["-received_at", "-id"], name="complaint_newest"),
            models.Index(fields=["stage", "-received_at", "-id"], name="complaint_by_stage"),
            models.Index(fields=["received_on"], name="complaint_figures"),
            models.Index(fields=["contact_digest"], name="complaint_same_reporter", condition=~models.Q(contact_digest="")),
            models.Index(fields=["matter_digest"], name="complaint_same_words", condition=~models.Q(matter_digest="")),
        ]

    def complaint(
        self,
        *,
        named: Collection[uuid.UUID] = (),
        involved: Collection[uuid.UUID] = (),
        owners: Collection[uuid.UUID] = (),
    ) -> ComplaintValue:
        """The domain's value of this row; `named`, `involved` and `owners` where the rule asks for them."""
        return ComplaintValue(
            id=self.id,
            number=self.number,
            kind=Kind(self.kind),
            stage=Stage(self.stage),
            received_at=self.received_at,
            received_on=self.received_on,
            service_on=self.service_on,
            service_day_unknowable=bool(self.service_day_unknowable),
            has_identity=self.has_identity,
            is_secret=self.is_secret,
            has_object=bool(self.object or self.matter),
            category=self.category,
            tier=self.tier,
            open_actions=self.open_actions,
            open_referrals=self.open_referrals,
            inspectorate_basis=self.inspectorate_basis,
            finding=Finding(self.finding) if self.finding else None,
            answered_at=self.answered_at,
            reported_at=self.reported_at,
            helped=self.helped,
            reopened=self.reopened,
            holder_id=self.holder_id,
            named=frozenset(named),
            involved=frozenset(involved),
            screened_at=self.screened_at,
            respond_due_on=self.respond_due_on,
            answer_due_on=self.answer_due_on,
            decide_due_on=self.decide_due_on,
            due_on=self.due_on,
            warned=self.warned,
            rung=self.rung,
            owners=frozenset(owners),
        )


class ComplaintIdentity(models.Model):
    """Who filed it: name, contact, address; encrypted, never joined to a list (51.6.5.a)."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    data = EncryptedJSONField(default=dict)

    class Meta:
        db_table = "complaint_identity"


class ComplaintNamed(models.Model):
    """One officer who may see the identity of a secret reporter, and why."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="named")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    named_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "complaint_named"
        constraints: ClassVar = [models.UniqueConstraint(fields=["complaint", "account"], name="complaint_named_once")]


class ComplaintFile(models.Model):
    """One file that came with it, or a scan of the paper it came on; in the store by its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "complaint_file"


class ComplaintAction(models.Model):
    """One step of the plan, with who does it, until when, and what came of it (51.6.6.d, 51.6.6.e)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=16)
    what = models.TextField()
    with_whom = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    result = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "complaint_action"


class ComplaintReport(models.Model):
    """One written report: of a tier to the one above, or of the outcome to the direct superior (51.6.7, 51.6.8)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reports")
    category = models.PositiveSmallIntegerField(null=True)
    tier = models.CharField(max_length=40)  # the tier's id; "" to the direct superior
    to = models.CharField(max_length=200)  # to whom: the title of the tier above, or the superior's
    text = models.TextField()
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "complaint_report"


class ComplaintReferral(models.Model):
    """One question to another agency, answered on a page of its own with a number and a secret (51.6.6.e)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="referrals")
    agency = models.CharField(max_length=200)
    email = models.EmailField()
    question = models.TextField()
    secret_digest = models.CharField(max_length=64)
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    reminders = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "complaint_referral"
        indexes: ClassVar = [
            models.Index(fields=["due_on"], name="complaint_referral_open", condition=models.Q(answered_at__isnull=True)),
        ]


class ComplaintAnswer(models.Model):
    """One signed answer; a reopened complaint has a second (51.6.8)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="answers")
    number = models.CharField(max_length=40, unique=True)
    text = models.TextField()
    data = models.JSONField()
    signed_sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "complaint_answer"


class ComplaintLink(models.Model):
    """Two complaints of the same matter: a double, or an earlier one."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=10)  # "double" | "earlier"

    class Meta:
        db_table = "complaint_link"
        constraints: ClassVar = [models.UniqueConstraint(fields=["complaint", "other"], name="complaint_link_once")]


class ComplaintBreach(models.Model):
    """A clause that was found broken on a day: evidence against it in the compliance record."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="breaches")
    clause = models.CharField(max_length=20)
    broken_on = models.DateField()
    found_at = models.DateTimeField()

    class Meta:
        db_table = "complaint_breach"
        constraints: ClassVar = [models.UniqueConstraint(fields=["complaint", "clause"], name="complaint_breach_once")]
        indexes: ClassVar = [models.Index(fields=["clause", "-broken_on"], name="complaint_breach_newest")]


class ComplaintFollowUp(models.Model):
    """What a substantiated complaint leads to: an improvement, a sanction (51.12.5), or a correction of the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=12)
    clause = models.CharField(max_length=20)
    what = models.TextField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    result = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "complaint_follow_up"
