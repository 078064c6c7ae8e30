"""A simulated office: random people take random turns through the real acts, with the clock passed in (51.1 to 51.5).

Whoever plays a part looks at the case as it stands and does what such a person might: decide, ask, return, forget. The same seed
plays the same year. Signing is real: the signing service is asked for every certificate and letter.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from pasti import standards
from pasti.actions import certificate, demonstration, due, intake, licensing, rejection, validity
from pasti.actions.ground import rows_of
from pasti.actions.opening import Person, add_person
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.clock import Clock, ClockState
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import Act, State
from pasti.records.accounts import Account
from pasti.records.intake import DossierRow
from pasti.records.licensing import Application

PASSWORD = "tidak-ada-yang-masuk-2026"  # noqa: S105  # of invented people on a throw-away database
PEOPLE = 25  # applicants, each with many cases
REASON = "Alasan yang ditulis untuk peragaan tahun ini."
LACKING = "Bukti yang diunggah tidak terbaca; unggah ulang yang jelas."
CRITICAL = "B"  # the group of requirements that examiners and the technical team find fault with
DUE_AT = (time(0, 15), time(8, 15))  # when the worker looks for what is due, on every simulated day
NEVER = 10_000  # days: nobody acts again


@dataclass(kw_only=True)
class World:
    """The office, its people, and what is still to happen."""

    random: Random
    office: Mapping[Role, Actor]
    passphrase: str
    until: datetime
    turns: list[tuple[datetime, int, UUID]] = field(default_factory=list)
    runs: Iterator[datetime] = field(default_factory=lambda: iter(()))
    acts: int = 0

    def often(self, percent: int) -> bool:
        """Whether it happens this time."""
        return self.random.randrange(100) < percent

    def later(self, at: datetime, low: int, high: int, *, office: bool = True) -> datetime:
        """A moment so many days on: within office hours of a working day, or whenever an applicant finds the time."""
        days = self.random.randint(low, high)
        if at + timedelta(days=days) > self.until:
            return self.until + timedelta(days=1)  # not in this play any more
        day, calendar = jakarta_day(at), standards.load().calendar()
        if office:
            day = calendar.add_working_days(day, days) if days else day
            while not calendar.is_working_day(day):
                day += timedelta(days=1)
        else:
            day += timedelta(days=days)
        hours = (8, 15) if office else (6, 22)
        moment = datetime.combine(day, time(self.random.randint(*hours), self.random.randrange(60)), JAKARTA)
        return max(moment, at + timedelta(minutes=1))


def simulate(office: Mapping[Role, Actor], *, passphrase: str, cases: int, days: int, seed: int, start: datetime) -> int:
    """Play `cases` applications over `days` days from `start`; answers how many turns were taken."""
    world = World(random=Random(seed), office=office, passphrase=passphrase, until=start + timedelta(days=days))  # noqa: S311  # play
    people = [_applicant(number, start) for number in range(min(PEOPLE, cases))]
    world.runs = _runs(start, world.until)
    arrivals = sorted(_arrival(world, start, days) for _ in range(cases))
    next_run = next(world.runs)
    while arrivals or world.turns:
        at = min(arrivals[:1] + [turn[0] for turn in world.turns[:1]])
        if at > world.until:
            break
        while next_run <= at:
            due.run(at=next_run)
            next_run = next(world.runs)
        if arrivals and arrivals[0] == at:
            _submit(world, world.random.choice(people), arrivals.pop(0))
        else:
            _, _, id = heapq.heappop(world.turns)
            _turn(world, id, at)
    due.run(at=world.until)
    return world.acts


def _runs(start: datetime, until: datetime) -> Iterator[datetime]:
    day = jakarta_day(start)
    while True:
        for hour in DUE_AT:
            moment = datetime.combine(day, hour, JAKARTA)
            if moment > start:
                yield min(moment, until + timedelta(days=1))
        day += timedelta(days=1)


def _arrival(world: World, start: datetime, days: int) -> datetime:
    minutes = world.random.randrange(days * 24 * 60)
    return start + timedelta(minutes=minutes)


def _applicant(number: int, at: datetime) -> Actor:
    person = Person(email=f"peragaan{number}@pasti.example", name=f"Pelaku Usaha {number}", roles=())
    return add_person(person, password=PASSWORD, at=at).actor(jakarta_day(at))


def _again(world: World, id: UUID, at: datetime) -> None:
    world.acts += 1
    heapq.heappush(world.turns, (at, world.acts, id))


def _submit(world: World, applicant: Actor, at: datetime) -> None:
    outside = {"in_estate": "tidak", "estate": "", "ground": "c"} if world.often(40) else {}
    sections = {"business": {"business_name": f"CV Optik {world.random.randrange(10**6):06d}"}, "place": outside}
    row = demonstration.draft(applicant, "51", at=at, sections=sections)
    intake.submit(applicant, row.id, at=at)
    _again(world, row.id, world.later(at, 0, 2))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One person's look at one case."""

    world: World
    row: Application
    at: datetime

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def officer(self) -> Actor:
        """Who holds the open step."""
        return self.world.office[Role(self.row.waiting_role)]

    @property
    def head(self) -> Actor:
        return self.world.office[Role.HEAD]

    @property
    def holder(self) -> Actor:
        """The applicant, as which this case was filed."""
        return Account.objects.get(pk=self.row.applicant_id).actor(jakarta_day(self.at))

    @property
    def seen(self) -> int:
        """The version as it stands now: a turn may make several acts."""
        return int(Application.objects.values_list("ledger_length", flat=True).get(pk=self.id))


def _turn(world: World, id: UUID, at: datetime) -> None:
    """Let whoever's turn it is act; puts the case's next turn into the world, unless nobody acts again."""
    row = Application.objects.get(pk=id)
    playing = PARTS.get(State(row.state))
    if playing is None:
        return
    low, high, office = playing(Turn(world=world, row=row, at=at))
    if low < NEVER:
        _again(world, id, world.later(at, low, high, office=office))


Next = tuple[int, int, bool]  # the next turn comes after that many days at least and at most, in office hours or not
SOON: Next = (0, 1, True)
FORGOTTEN: Next = (14, 14, True)  # longer than any term
ENDED: Next = (NEVER, NEVER, True)


def _pace(turn: Turn) -> Next:
    return FORGOTTEN if turn.world.often(2) else SOON


def _fault(turn: Turn) -> DossierRow:
    rows = [r for r in rows_of(turn.row) if f".{CRITICAL}." in r.clause]
    return turn.world.random.choice(rows)


def _examine(turn: Turn) -> Next:
    if turn.world.often(15):
        demonstration.judge_all(turn.officer, turn.id, at=turn.at)
        licensing.judge(turn.officer, turn.id, _fault(turn).clause, "not_met", LACKING, at=turn.at)
        licensing.send_to_complete(turn.officer, turn.id, seen=turn.seen, at=turn.at)
        return (1, 9, False)
    demonstration.judge_all(turn.officer, turn.id, at=turn.at)
    licensing.accept(turn.officer, turn.id, seen=turn.seen, at=turn.at)
    return _pace(turn)


def _complete(turn: Turn) -> Next:
    if turn.world.often(8):
        licensing.withdraw(turn.holder, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
        return ENDED
    if turn.world.often(3):
        return ENDED
    intake.submit(turn.holder, turn.id, at=turn.at)
    return (0, 2, True)


def _review(turn: Turn) -> Next:
    if turn.world.often(10):
        licensing.ask(turn.officer, turn.id, seen=turn.seen, at=turn.at, reason="Di mana alat kalibrasi disimpan?")
        return (1, 12, False) if turn.world.often(97) else (40, 60, False)
    if turn.world.often(45 if turn.row.round > 1 else 8):
        licensing.judge(turn.officer, turn.id, _fault(turn).clause, "not_met", LACKING, at=turn.at)
    licensing.review(turn.officer, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
    return _pace(turn)


def _answer(turn: Turn) -> Next:
    if turn.world.often(5):
        licensing.withdraw(turn.holder, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
        return ENDED
    licensing.answer(turn.holder, turn.id, "Di ruang kalibrasi lantai dua.", at=turn.at)
    return _pace(turn)


def _inspect(turn: Turn) -> Next:
    demonstration.visit_site(turn.officer, turn.id, seen=turn.seen, at=turn.at)
    return _pace(turn)


def _is_met(turn: Turn) -> bool:
    return not turn.row.rows.filter(verdict="not_met").exists()


def _recommend(turn: Turn) -> Next:
    verdict = "meets" if _is_met(turn) else "not_meets"
    licensing.recommend(turn.officer, turn.id, verdict, seen=turn.seen, at=turn.at, reason=REASON)
    return _pace(turn)


def _validate(turn: Turn) -> Next:
    act: Callable[..., None] = licensing.send_back if turn.world.often(4) else licensing.validate
    act(turn.officer, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
    return _pace(turn)


def _decide(turn: Turn) -> Next:
    ended = Clock.from_json(turn.row.clock).state is ClockState.ENDED  # the applicant let the fulfilment term lapse
    if ended or (turn.row.round > 1 and not _is_met(turn)):
        rejection.reject(turn.head, turn.id, turn.world.passphrase, seen=turn.seen, at=turn.at, reason=REASON)
        return ENDED
    if _is_met(turn):
        certificate.approve(turn.head, turn.id, seen=turn.seen, at=turn.at)
        return SOON
    licensing.find_not_met(turn.head, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
    return (3, 25, False) if turn.world.often(75) else (32, 40, True)


def _fulfil(turn: Turn) -> Next:
    if turn.world.often(6):
        licensing.withdraw(turn.holder, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
        return ENDED
    intake.submit(turn.holder, turn.id, at=turn.at)
    return (0, 2, True)


def _sign(turn: Turn) -> Next:
    certificate.sign(turn.head, turn.id, turn.world.passphrase, seen=turn.seen, at=turn.at)
    return (10, 90, True) if turn.world.often(12) else ENDED


def _after_issue(turn: Turn) -> Next:
    if turn.row.hearings.filter(closed_at=None).exists():
        return _conclude(turn)
    if turn.world.often(50):
        name = {"business_name": f"CV Optik Baru {turn.world.random.randrange(10**6):06d}"}
        validity.request_change(turn.holder, turn.id, "business", name, at=turn.at, reason=REASON)
        if turn.world.often(20):
            validity.refuse_change(turn.head, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
            return ENDED
        validity.replace(turn.head, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
        return SOON
    return _hear(turn, Act.SUSPEND if turn.world.often(80) else Act.REVOKE)


def _hear(turn: Turn, intends: Act) -> Next:
    """Hear the holder, who responds at once or lets the term pass."""
    validity.hear(turn.head, turn.id, intends, seen=turn.seen, at=turn.at, reason=REASON)
    if turn.world.often(60):
        validity.respond(turn.holder, turn.id, "Sudah kami perbaiki seluruhnya.", at=turn.at)
        return (1, 3, True)
    return (15, 20, True)


def _conclude(turn: Turn) -> Next:
    acts = {Act.SUSPEND: validity.suspend, Act.REINSTATE: validity.reinstate, Act.REVOKE: validity.revoke}
    intends = Act(turn.row.hearings.get(closed_at=None).intends)
    acts[intends](turn.head, turn.id, seen=turn.seen, at=turn.at, reason=REASON)
    return (5, 20, True) if intends is Act.SUSPEND else ENDED


def _suspended(turn: Turn) -> Next:
    if turn.row.hearings.filter(closed_at=None).exists():
        return _conclude(turn)
    return _hear(turn, Act.REINSTATE if turn.world.often(70) else Act.REVOKE)


PARTS: Mapping[State, Callable[[Turn], Next]] = {
    State.SUBMITTED: _examine,
    State.RETURNED: _complete,
    State.CLARIFICATION: _answer,
    State.TECHNICAL_REVIEW: _review,
    State.FIELD_INSPECTION: _inspect,
    State.RECOMMENDATION: _recommend,
    State.VALIDATION: _validate,
    State.DECISION: _decide,
    State.NOT_MET: _fulfil,
    State.SIGNING: _sign,
    State.DEEMED_APPROVED: _sign,
    State.ISSUED: _after_issue,
    State.SUSPENDED: _suspended,
}
