"""Whatever people try, in any order: no step is skipped, and answer and report precede the close (51.6.5 to 51.6.8)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pasti import standards
from pasti.domain import complaint_answer, complaint_handling, complaint_intake, complaint_tiers
from pasti.domain.calendar import JAKARTA
from pasti.domain.complaint_handling import ActionKind, Planned
from pasti.domain.complaint_intake import Filing, Reporter
from pasti.domain.complaint_steps import MOVES, Stage
from pasti.domain.complaints import Complaint, Finding, Kind
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor, Role

WORDS = "Sudah diperiksa dan ditanyakan."
ROLES = (Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD, Role.TECHNICAL_TEAM, Role.INSPECTOR, Role.APPLICANT)
PEOPLE = {role: Actor(id=UUID(int=n + 1), name=role, roles=frozenset({role})) for n, role in enumerate(ROLES)}
START = datetime(2026, 11, 2, 9, tzinfo=JAKARTA)
NEEDED = {  # what must have been done before a complaint stands there
    Stage.SCREENED: {"complaint.screened"},
    Stage.GROUPED: {"complaint.screened", "complaint.grouped"},
    Stage.PLANNED: {"complaint.formulated", "complaint.related", "complaint.checked", "complaint.planned"},
    Stage.EXAMINED: {"complaint.concluded"},
    Stage.IN_TIERS: {"complaint.concluded", "complaint.categorised"},
    Stage.SETTLED: {"complaint.grouped"},
    Stage.CLOSED: {"complaint.answered", "complaint.reported"},
}


def _fields(complaint: Complaint) -> set[str]:
    return set(complaint.__dataclass_fields__)


class AnyComplaint(RuleBasedStateMachine):
    """One complaint in the hands of people who try everything."""

    @initialize(named=st.booleans(), days=st.one_of(st.none(), st.integers(0, 60)), secret=st.booleans())
    def filed(self, *, named: bool, days: int | None, secret: bool) -> None:
        self.at, self.facts, self.since_reopening = START, list[str](), list[str]()
        library = standards.load()
        self.standard, self.calendar = library.in_force("51", START.date()), library.calendar()
        filing = Filing(
            channel="surat",
            object="Izin",
            reporter=Reporter(name="Rina" if named else ""),
            service_on=START.date() - timedelta(days=days) if days is not None else None,
            wants_secrecy=secret,
        )
        outcome, values = complaint_intake.file(filing, "ADU-2026-00001", self.ground(PEOPLE[Role.APPLICANT]))
        self.complaint = Complaint(
            id=uuid4(),
            number="ADU-2026-00001",
            kind=Kind(str(values["kind"])),
            stage=Stage.RECEIVED,
            received_at=START,
            received_on=START.date(),
            service_on=filing.service_on,
            service_day_unknowable=False,
            has_identity=named,
            is_secret=secret,
            has_object=True,
            category=None,
            tier=0,
            open_actions=0,
            open_referrals=0,
            inspectorate_basis="",
            finding=None,
            answered_at=None,
            reported_at=None,
            helped=None,
            reopened=0,
            holder_id=None,
            named=frozenset(),
            involved=frozenset(),
            screened_at=None,
            respond_due_on=None,
            answer_due_on=values["answer_due_on"],  # type: ignore[arg-type]  # a column
            decide_due_on=None,
            due_on=None,
            warned=None,
            rung=0,
        )
        self.note(outcome)

    def ground(self, actor: Actor) -> Ground:
        return Ground(actor=actor, at=self.at, standard=self.standard, calendar=self.calendar, reason=WORDS)

    def note(self, outcome: Outcome) -> None:
        kinds = [event.kind for event in outcome.events]
        self.facts += kinds
        self.since_reopening = [] if "complaint.reopened" in kinds else self.since_reopening + kinds

    def attempt(self, act: Callable[[Ground], Outcome | tuple[Outcome, object]], role: Role) -> None:
        """Try it; what the rules let be is applied to the value as the row would be."""
        with suppress(RuleBroken):
            answered = act(self.ground(PEOPLE[role]))
            outcome = answered[0] if isinstance(answered, tuple) else answered
            kept = {k: v for k, v in outcome.changes.items() if k in _fields(self.complaint)}
            if "finding" in kept:
                kept["finding"] = Finding(str(kept["finding"])) if kept["finding"] else None
            before = self.complaint
            self.complaint = replace(before, **kept)  # type: ignore[arg-type]  # columns of the same names
            self.note(outcome)
            assert self.may_follow(before.stage, self.complaint.stage)

    def may_follow(self, before: Stage, after: Stage) -> bool:
        """Whether some row of the table leads from one stage to the other."""
        return before is after or any(before in move.stages and move.target is after for move in MOVES)

    @rule(role=st.sampled_from(ROLES), kind=st.sampled_from(Kind), unknowable=st.sampled_from(["", "Pelapor lupa."]))
    def screen(self, role: Role, kind: Kind, unknowable: str) -> None:
        self.attempt(lambda g: complaint_intake.screen(self.complaint, kind, g, unknowable=unknowable), role)

    @rule(role=st.sampled_from(ROLES))
    def group(self, role: Role) -> None:
        self.attempt(lambda g: complaint_handling.group(self.complaint, "lainnya", "waktu", g), role)

    @rule(role=st.sampled_from(ROLES), which=st.sampled_from(["formulate", "check", "take_note"]))
    def say(self, role: Role, which: str) -> None:
        self.attempt(lambda g: getattr(complaint_handling, which)(self.complaint, WORDS, g), role)

    @rule(role=st.sampled_from(ROLES))
    def relate(self, role: Role) -> None:
        self.attempt(lambda g: complaint_handling.relate(self.complaint, "51.3", "", g), role)

    @rule(role=st.sampled_from(ROLES), which=st.sampled_from(["plan", "add_action"]))
    def plan(self, role: Role, which: str) -> None:
        one = Planned(kind=ActionKind.CONFIRMATION, what=WORDS, owner=UUID(int=1), due_on=date(2027, 1, 4))
        planned = (one,) if which == "plan" else one
        self.attempt(lambda g: getattr(complaint_handling, which)(self.complaint, planned, g), role)

    @precondition(lambda self: self.complaint.open_actions)
    @rule(role=st.sampled_from(ROLES))
    def record_result(self, role: Role) -> None:
        self.attempt(lambda g: complaint_handling.record_result(self.complaint, UUID(int=1), WORDS, g, is_done=False), role)

    @rule(role=st.sampled_from(ROLES), which=st.sampled_from(["conclude", "take", "set_aside", "restore"]))
    def act(self, role: Role, which: str) -> None:
        self.attempt(lambda g: getattr(complaint_handling, which)(self.complaint, g), role)

    @rule(role=st.sampled_from(ROLES), number=st.integers(1, 3), basis=st.sampled_from(["", "UU 30/2014"]))
    def categorise(self, role: Role, number: int, basis: str) -> None:
        self.attempt(lambda g: complaint_tiers.categorise(self.complaint, number, g, rule=basis), role)

    @rule(role=st.sampled_from(ROLES))
    def approve(self, role: Role) -> None:
        self.attempt(lambda g: complaint_tiers.approve_inspectorate(self.complaint, g), role)

    @rule(role=st.sampled_from(ROLES), report=st.sampled_from(["", WORDS]))
    def climb(self, role: Role, report: str) -> None:
        self.attempt(lambda g: complaint_tiers.climb(self.complaint, report, g), role)

    @rule(role=st.sampled_from(ROLES), finding=st.sampled_from(Finding), report=st.sampled_from(["", WORDS]))
    def settle(self, role: Role, finding: Finding, report: str) -> None:
        broken = [("51.3", START.date())] if finding is Finding.SUBSTANTIATED else []
        self.attempt(lambda g: complaint_tiers.settle(self.complaint, finding, report, broken, g), role)

    @rule(role=st.sampled_from(ROLES))
    def refer(self, role: Role) -> None:
        self.attempt(lambda g: complaint_tiers.refer(self.complaint, "Dinas X", "dinas@contoh.example", WORDS, g), role)

    @precondition(lambda self: self.complaint.open_referrals)
    @rule(role=st.sampled_from(ROLES))
    def answer_referral(self, role: Role) -> None:
        self.attempt(lambda g: complaint_tiers.answer_referral(self.complaint, WORDS, g, agency="Dinas", is_answered=False), role)

    @rule(role=st.sampled_from(ROLES))
    def answer(self, role: Role) -> None:
        self.attempt(lambda g: complaint_answer.answer(self.complaint, WORDS, g, letter="x", sha256="y"), role)

    @rule(role=st.sampled_from(ROLES), report=st.sampled_from(["", WORDS]))
    def report(self, role: Role, report: str) -> None:
        self.attempt(lambda g: complaint_answer.report(self.complaint, report, g), role)

    @rule(role=st.sampled_from(ROLES))
    def close(self, role: Role) -> None:
        self.attempt(lambda g: complaint_answer.close(self.complaint, g), role)

    @rule(helped=st.booleans())
    def say_helped(self, *, helped: bool) -> None:
        self.attempt(lambda g: complaint_answer.say_helped(self.complaint, g, helped=helped), Role.APPLICANT)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.at = (self.at.astimezone(UTC) + timedelta(hours=hours)).astimezone(JAKARTA)

    @invariant()
    def every_step_before_was_taken(self) -> None:
        if not hasattr(self, "complaint"):
            return
        needed = NEEDED.get(self.complaint.stage, set())
        if self.complaint.stage is Stage.SETTLED and self.complaint.is_complaint:
            needed = needed | NEEDED[Stage.IN_TIERS] | NEEDED[Stage.PLANNED] | {"complaint.settled"}
        assert needed <= set(self.facts)

    @invariant()
    def closed_means_answered_and_reported_since_it_was_last_opened(self) -> None:
        if hasattr(self, "complaint") and self.complaint.stage is Stage.CLOSED:
            assert {"complaint.answered", "complaint.reported"} <= set(self.since_reopening)
            assert self.complaint.answered_at is not None
            assert self.complaint.reported_at is not None

    @invariant()
    def the_inspectorate_had_its_basis(self) -> None:
        if hasattr(self, "complaint") and self.complaint.category == 3:
            assert self.complaint.inspectorate_basis

    @invariant()
    def it_was_reopened_once_at_most(self) -> None:
        assert self.facts.count("complaint.reopened") <= 1 if hasattr(self, "facts") else True


AnyComplaint.TestCase.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
TestAnyComplaint = pytest.mark.clause("51.6.5.a", "51.6.6.a", "51.6.7.c", "51.6.8")(AnyComplaint.TestCase)
