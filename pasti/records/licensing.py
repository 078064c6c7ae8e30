"""The application from draft to certificate, one row each (51.1 to 51.5)."""

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, Concat, Lower

from pasti.domain.certificate import CertificateStatus
from pasti.domain.clock import Clock
from pasti.domain.licensing import Case
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.encryption import EncryptedJSONField
from pasti.records.search import LEARN
from pasti.records.subject import Subject

if TYPE_CHECKING:
    from pasti.records.certificate import Certificate


class Application(Subject):
    """One application. `answers` holds what was typed, encrypted; the columns beside it are what lists and searches need."""

    subject_kind = "application"
    number = models.CharField(max_length=20, unique=True, null=True)
    secret = EncryptedJSONField(null=True)  # opens the tracking page without an account
    entry = models.CharField(max_length=10)
    effective = models.DateField()  # the edition of the standard it was submitted under
    applicant = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="applications")
    assisted = models.BooleanField(default=False)
    assisted_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True
    )  # who opened it at the counter
    state = models.CharField(max_length=20, default=State.DRAFT)
    step = models.CharField(max_length=40, blank=True)
    resume_to = models.CharField(max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    procedure = models.CharField(max_length=10, blank=True)
    procedure_reason = models.TextField(blank=True)
    recommendation = models.CharField(max_length=12, blank=True)
    hands = models.JSONField(default=dict)  # role -> ids of who acted in it
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    held_since = models.DateTimeField(null=True)
    waiting_role = models.CharField(max_length=32, blank=True)  # whose step is open; "" when nobody's
    clock = models.JSONField(default=list)
    due_on = models.DateField(null=True)  # the term's last day; the lapsed one until what is deemed approved is signed
    warned = models.PositiveSmallIntegerField(null=True)  # remaining days of the last warning of this term
    rung = models.PositiveSmallIntegerField(default=0, db_default=0)
    escalated_to = models.CharField(
        max_length=32, blank=True, default="", db_default=""
    )  # the role an overdue case was carried to
    lapsed_on = models.DateField(null=True)  # the last day of the term that ran out undecided
    fulfil_by = models.DateField(null=True)
    fulfil_warned = models.PositiveSmallIntegerField(null=True)  # remaining days of the applicant's last reminder of it
    duties_next_on = models.DateField(null=True)  # when something is to be said next about what the holder owes
    used_days = models.PositiveSmallIntegerField(null=True)  # of the promise, when its clock ended; what figures are made of
    was_late = models.BooleanField(null=True)  # whether it ended after its date
    business_name = models.CharField(max_length=200, blank=True)
    nib = models.CharField(max_length=13, blank=True)
    district = models.CharField(max_length=13, blank=True)
    place = models.CharField(max_length=400, blank=True)  # village and district by name, to be searched
    search_text = models.GeneratedField(
        expression=Lower(
            Concat(
                Coalesce("number", Value("")),
                Value(" "),
                "business_name",
                Value(" "),
                "nib",
                Value(" "),
                "place",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    answers = EncryptedJSONField(default=dict)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "application"
        indexes: ClassVar = [
            models.Index(fields=["waiting_role", "due_on", "id"], name="application_desk"),
            models.Index(fields=["applicant", "-created_at"], name="application_of_applicant"),
            models.Index(fields=["entry", "state", "completed_at"], name="application_figures"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="application_search"),
            models.Index(fields=["-submitted_at", "id"], name="application_newest"),
            models.Index(fields=["nib"], name="application_nib"),
            models.Index(fields=["due_on", "id"], name="application_due", condition=models.Q(due_on__isnull=False)),
            models.Index(fields=["fulfil_by", "id"], name="application_fulfilment", condition=models.Q(fulfil_by__isnull=False)),
            models.Index(
                fields=["duties_next_on", "id"], name="application_duties", condition=models.Q(duties_next_on__isnull=False)
            ),
            models.Index(fields=["escalated_to"], name="application_escalated", condition=~models.Q(escalated_to="")),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="learn_words",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("business_name", "place"),  # type: ignore[no-untyped-call]  # nor are its types
                func=LEARN,
            )
        ]

    @property
    def certificate(self) -> "Certificate | None":
        """The certificate to speak of: the signed one that was not replaced, else the one to be signed. One SQL query."""
        found = sorted(self.certificates.exclude(status=CertificateStatus.REPLACED), key=lambda c: not c.signed_sha256)
        return found[0] if found else None

    def has_team(self) -> bool:
        """Whether a team was sent to look at it in this round. One SQL query."""
        return self.inspections.filter(round=self.round).exists()

    def case(self) -> Case:
        """The domain's value of this row."""
        return Case(
            id=self.id,
            number=self.number or "",
            entry=self.entry,
            state=State(self.state),
            resume_to=State(self.resume_to) if self.resume_to else None,
            round=self.round,
            assisted=self.assisted,
            procedure=self.procedure,
            recommendation=self.recommendation,
            clock=Clock.from_json(self.clock),
            applicant_id=self.applicant_id,
            holder_id=self.holder_id,
            hands={Role(role): frozenset(ids) for role, ids in self.hands.items()},
            warned=self.warned,
            rung=self.rung,
            fulfil_by=self.fulfil_by,
            fulfil_warned=self.fulfil_warned,
        )


class Clarification(models.Model):
    """A question that stopped the clock, and its answer (51.3)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="clarifications")
    question = models.TextField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clarification"
