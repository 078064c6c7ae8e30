"""Whoever acts, whenever, on whatever case: the table and the clock hold (51.2, 51.3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pasti import standards
from pasti.domain import clock as clocks
from pasti.domain import guard, licensing, verdicts
from pasti.domain.clock import Clock, ClockState
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Outcome
from pasti.domain.intake import Row
from pasti.domain.licensing import Case, Ground, fulfilment_lapsed
from pasti.domain.roles import SYSTEM, Actor, Role
from pasti.domain.workflow import MOVES, TIMED, Act, Direction, State

pytestmark = pytest.mark.clause("51.3")
STANDARD = standards.load().in_force("51", date(2026, 2, 2))
CALENDAR = standards.load().calendar()
APPLICANT = Actor(id=UUID(int=1), name="Pemohon", roles=frozenset({Role.APPLICANT}))
OFFICE = {
    role: Actor(id=UUID(int=n), name=role, roles=frozenset({role}))
    for n, role in enumerate((Role.EXAMINER, Role.TECHNICAL_TEAM, Role.VALIDATOR, Role.HEAD), start=2)
}
REASON = "Alasan yang cukup panjang."
OPENS = time(7, 30)
WATCH = standards.load().office().watch
ONWARD = (Act.SUBMIT, Act.ACCEPT, Act.REVIEW, Act.INSPECT, Act.RECOMMEND, Act.VALIDATE)


class Road(RuleBasedStateMachine):
    """One case; any actor tries any act, time goes by, the guard looks in."""

    def __init__(self) -> None:
        super().__init__()
        self.at = datetime(2026, 2, 2, 2, tzinfo=UTC)
        self.rows = tuple(Row(clause=r.clause, answers={}, files=1) for r in STANDARD.requirements)
        self.seen: list[State] = [State.DRAFT]
        self.warned: list[int] = []
        self.lapses = 0
        self.case = Case(
            id=UUID(int=99),
            number="PB-2026-0001",
            entry="51",
            state=State.DRAFT,
            resume_to=None,
            round=1,
            assisted=False,
            procedure="",
            recommendation="",
            clock=Clock(),
            applicant_id=APPLICANT.person,
            holder_id=None,
            hands={},
        )

    def ground(self, actor: Actor) -> Ground:
        return Ground(actor=actor, at=self.at, standard=STANDARD, calendar=CALENDAR, reason=REASON)

    def follow(self, outcome: Outcome) -> None:
        """Take the outcome's changes into the case, as the row would."""
        changes: dict[str, Any] = {k: v for k, v in outcome.changes.items() if k in Case.__dataclass_fields__}
        if "clock" in changes:
            changes["clock"] = Clock.from_json(changes["clock"])
        if "resume_to" in changes:
            changes["resume_to"] = State(changes["resume_to"]) if changes["resume_to"] else None
        if "hands" in changes:
            hands: Mapping[str, list[str]] = changes["hands"]
            changes["hands"] = {Role(role): frozenset(ids) for role, ids in hands.items()}
        self.case = replace(self.case, **changes)
        if self.case.state is not self.seen[-1]:
            self.seen.append(self.case.state)

    def attempt(self, act: Act, actor: Actor) -> Outcome:
        case, ground = self.case, self.ground(actor)
        match act:
            case Act.SUBMIT:
                again = {"round": case.round + 1, "clock": [], "fulfil_by": None} if case.state is State.NOT_MET else {}
                return licensing.move(case, act, ground, changes={"procedure": "16", "recommendation": "", **again})
            case Act.ACCEPT:
                return verdicts.accept(case, self.rows, ground)
            case Act.RETURN:
                return verdicts.send_to_complete(case, self.rows, ground)
            case Act.RECOMMEND:
                met = all(row.verdict == "met" for row in self.rows if STANDARD.requirement(row.clause).due == "before_issue")
                return verdicts.recommend(case, self.rows, "meets" if met else "not_meets", ground)
            case Act.APPROVE:
                return verdicts.approve(case, self.rows, "N-1", ground)
            case Act.FIND_NOT_MET:
                return verdicts.find_not_met(case, self.rows, ground)
            case Act.REJECT:
                return verdicts.reject(case, self.rows, ground, letter="S-1", sha256="0")
            case _:
                return licensing.move(case, act, ground)

    @initialize(steps=st.integers(0, 6), verdict=st.sampled_from(["met", "not_met"]))
    def it_starts_somewhere_on_the_road(self, steps: int, verdict: str) -> None:
        for step, act in enumerate(ONWARD[:steps]):
            self.the_requirements_are_judged("met" if step < 2 else verdict, 5)
            self.somebody_tries(act, next(actor for actor in (APPLICANT, *OFFICE.values()) if self.may(act, actor)))

    @rule(act=st.sampled_from(Act), who=st.sampled_from([APPLICANT, SYSTEM, *OFFICE.values()]))
    def somebody_tries(self, act: Act, who: Actor) -> None:
        before = self.case
        if who is SYSTEM and act in (Act.LAPSE, Act.LAPSE_FULFILMENT):
            return  # the guard makes them, when it is time
        try:
            self.follow(self.attempt(act, who))
        except RuleBroken:
            assert self.case == before

    @rule(pick=st.integers(0, 999), verdict=st.sampled_from(["met", "met", "not_met"]))
    def somebody_who_may_acts(self, pick: int, verdict: str) -> None:
        self.the_requirements_are_judged(verdict, pick % 13)
        may = [(act, actor) for actor in (APPLICANT, *OFFICE.values()) for act in Act if self.may(act, actor)]
        onward = [pair for pair in may if pair[0] is not Act.WITHDRAW or pick % 9 == 8]
        if onward:
            self.somebody_tries(*onward[pick % len(onward)])

    def may(self, act: Act, actor: Actor) -> bool:
        return licensing.holds(lambda: licensing.require_may(self.case, act, self.ground(actor)))

    def the_requirements_are_judged(self, verdict: str, which: int) -> None:
        role = licensing.responsible(self.case, self.case.state, STANDARD)
        if role not in OFFICE:
            return
        rows = [replace(row, verdict="met") for row in self.rows]
        rows[which] = replace(rows[which], verdict=verdict, reason=REASON)
        try:
            verdicts.judge(self.case, rows[which], verdict, self.ground(OFFICE[role]))
        except RuleBroken:
            return
        self.rows = tuple(rows)

    @rule(hours=st.sampled_from([1, 7, 24, 24, 24 * 9, 24 * 33]))
    def time_goes_by(self, hours: int) -> None:
        for _ in range(0, hours, 24):
            self.at += timedelta(hours=min(24, hours))
            self.the_guard_looks_in()

    @rule()
    def the_guard_looks_in(self) -> None:
        ground = self.ground(SYSTEM)
        if guard.has_lapsed(self.case, ground):
            self.follow(guard.lapse(self.case, "N-1", ground, watch=WATCH))
            self.lapses += 1
        for outcome in (guard.lapse_fulfilment(self.case, ground), guard.warn(self.case, ground, opens=OPENS, watch=WATCH)):
            if outcome is not None:
                self.follow(outcome)
                self.warned += [int(str(e.after["remaining"])) for e in outcome.events if e.kind == "guard.warned"]
        assert guard.warn(self.case, ground, opens=OPENS, watch=WATCH) is None, "a warning is due once"

    @invariant()
    def every_step_is_one_of_the_table(self) -> None:
        for before, after in zip(self.seen, self.seen[1:], strict=False):
            targets = {move.target for move in MOVES if before in move.sources}
            assert after in targets or targets & set(Direction), (before, after)

    @invariant()
    def the_clock_counts_exactly_while_the_office_works(self) -> None:
        state = self.case.clock.state
        if self.case.state is State.CLARIFICATION:
            assert state is ClockState.STOPPED
        elif self.case.state in TIMED and not fulfilment_lapsed(self.case) and State.ISSUED not in self.seen:
            assert state is ClockState.RUNNING
        else:
            assert state in (ClockState.NOT_STARTED, ClockState.ENDED)

    @invariant()
    def what_has_lapsed_is_deemed_approved_once_and_never_rejected(self) -> None:
        assert self.lapses <= 1
        assert self.seen.count(State.DEEMED_APPROVED) == self.lapses
        assert not (self.lapses and State.REJECTED in self.seen)
        assert State.REJECTED not in self.seen or State.NOT_MET in self.seen

    @invariant()
    def a_clock_replayed_gives_the_dates_that_were_told(self) -> None:
        for n, event in enumerate(self.case.clock.events, start=1):
            if event.kind is not clocks.ClockKind.ENDED:
                told = clocks.reckon(Clock(events=self.case.clock.events[:n]), STANDARD.clock, CALENDAR, event.at).due_on
                assert told == event.due_on


TestRoad = Road.TestCase
TestRoad.settings = settings(max_examples=40, stateful_step_count=60, deadline=None)
