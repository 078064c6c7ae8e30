"""The yearly evaluation of the standard and of each SOP: findings, closing, telling all staff (51.14.1, 51.14.3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.findings import OWNERS
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Text

CLAUSE, TOLD_CLAUSE = "51.14.1", "51.14.3"
KEEPS = frozenset({Role.SURVEY_OFFICER})
STAFF = frozenset(OWNERS)  # "all service staff": who works or answers here
READS = STAFF | {Role.INSPECTOR}
SHORTEST_WORDS = 10
COMPONENT, SOP = "komponen", "sop"  # what a part is called in an address: "komponen-3", "sop-7"


class Stage(StrEnum):
    """How far a year's evaluation has come."""

    OPEN = "open"
    CLOSED = "closed"


STAGE_TITLES: dict[Stage, Sentence] = {
    Stage.OPEN: Sentence("Sedang dievaluasi"),
    Stage.CLOSED: Sentence("Selesai"),
}


class Verdict(StrEnum):
    """What was found of one component or SOP."""

    IN_ORDER = "in_order"
    TO_IMPROVE = "to_improve"


VERDICT_TITLES: dict[Verdict, Sentence] = {
    Verdict.IN_ORDER: Sentence("Sesuai"),
    Verdict.TO_IMPROVE: Sentence("Perlu perbaikan"),
}


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often the standard is evaluated, and how long the staff has to acknowledge; the data say what is assumed."""

    every_months: int
    acknowledge_days: int  # calendar days after the results were sent
    remind_every_days: int

    @property
    def time_to_read(self) -> timedelta:
        """How long each has to acknowledge."""
        return timedelta(days=self.acknowledge_days)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is evaluated by itself: one of the fourteen components, or the SOP of one procedure class."""

    id: str
    clause: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """One year's evaluation of one standard; `clause` and `told_clause` are those of that standard."""

    year: int
    stage: Stage
    clause: str
    told_clause: str


def parts_of(standard: Standard) -> tuple[Part, ...]:
    """The components in the source's order, then the SOP of each class in the order of the standard (51.14.1)."""
    entry = standard.entry
    components = tuple(
        Part(id=f"{COMPONENT}-{c.number}", clause=f"{entry}.{c.number}", title=c.title) for c in standard.components
    )
    return (
        *components,
        *(Part(id=f"{SOP}-{p.code}", clause=standard.cite("2"), title=p.title) for p in standard.procedures),
    )


def due_on(last_closed_on: date | None, opened_on: date, rhythm: Rhythm) -> date:
    """By when the next evaluation must be closed: within the term after the last one, or after the office opened (51.14.1)."""
    return months_later(last_closed_on or opened_on, rhythm.every_months)


def months_later(day: date, months: int) -> date:
    """The same day that many months later; the month's last day where it is shorter.

    >>> months_later(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    first_after = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    last = first_after - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def require(actor: Actor, roles: Collection[Role], clause: str) -> None:
    """NotAllowed unless the actor holds one of the roles."""
    if not any(actor.has(role) for role in roles):
        raise NotAllowed(clause, "Evaluasi tahunan dikerjakan petugas survei dan evaluasi; peran Anda tidak mengerjakan ini.")


def begin(actor: Actor, year: int, clause: str, *, at: datetime) -> Outcome:
    """Begin the evaluation of this year or of the one before (51.14.1)."""
    require(actor, KEEPS, clause)
    this = jakarta_day(at).year
    if year not in (this - 1, this):
        raise RuleBroken(clause, "Pilih tahun {last} atau {this}.", last=this - 1, this=this)
    changes = {"year": year, "stage": Stage.OPEN, "begun_at": at, "begun_by_id": actor.id}
    return Outcome(changes=changes, events=(Event(kind="evaluation.begun", clause=clause, after={"year": year}),))


def find(evaluation: Evaluation, actor: Actor, part: Part, verdict: str, words: str) -> Outcome:
    """Note what was found of one part; it may be noted again while the evaluation is open (51.14.1)."""
    require(actor, KEEPS, evaluation.clause)
    _require_open(evaluation)
    problems: list[FieldProblem] = []
    if verdict not in set(Verdict):
        problems.append(field_problem("verdict", evaluation.clause, "Pilih sesuai atau perlu perbaikan."))
    if len(words.strip()) < SHORTEST_WORDS:
        said = "Tulis apa yang ditemukan (paling sedikit {least} huruf)."
        problems.append(field_problem("words", evaluation.clause, said, least=SHORTEST_WORDS))
    if problems:
        raise InvalidInput(tuple(problems))
    after: dict[str, Json] = {"part": part.id, "verdict": verdict}
    return Outcome(events=(Event(kind="evaluation.found", clause=evaluation.clause, reason=words.strip(), after=after),))


def close(
    evaluation: Evaluation,
    actor: Actor,
    summary: str,
    *,
    parts: Collection[Part],
    found: Mapping[str, str],
    staff: int,
    rhythm: Rhythm,
    at: datetime,
) -> Outcome:
    """Close the year once every part has a finding; the results go to all service staff (51.14.1, 51.14.3)."""
    require(actor, KEEPS, evaluation.clause)
    _require_open(evaluation)
    missing = [part for part in parts if part.id not in found]
    if missing:
        words = "{count} bagian belum ada temuannya, mulai dari {first}. Isi dahulu, baru evaluasi dapat ditutup."
        raise RuleBroken(evaluation.clause, words, count=len(missing), first=missing[0].title)
    if len(summary.strip()) < SHORTEST_WORDS:
        said = "Tulis simpulan evaluasi (paling sedikit {least} huruf)."
        raise InvalidInput((field_problem("summary", evaluation.clause, said, least=SHORTEST_WORDS),))
    counted = {verdict.value: sum(v == verdict for v in found.values()) for verdict in Verdict}
    closed = Event(kind="evaluation.closed", clause=evaluation.clause, reason=summary.strip(), after={**counted}, public=True)
    told = Event(kind="evaluation.told", clause=evaluation.told_clause, after={"staff": staff})
    changes = {
        "stage": Stage.CLOSED,
        "summary": summary.strip(),
        "closed_at": at,
        "closed_by_id": actor.id,
        "remind_on": jakarta_day(at) + timedelta(days=rhythm.remind_every_days),
    }
    return Outcome(changes=changes, events=(closed, told), errands=(_tell_staff("results"),))


def acknowledge(evaluation: Evaluation, *, is_told: bool, is_read: bool) -> Outcome:
    """One of the staff says that they have read the results; once (51.14.3)."""
    if not is_told:
        raise NotAllowed(evaluation.told_clause, "Hasil evaluasi ini tidak dikirim kepada Anda.")
    if is_read:
        raise RuleBroken(evaluation.told_clause, "Anda sudah menyatakan membaca hasil evaluasi ini. Terima kasih.")
    return Outcome(events=(Event(kind="evaluation.acknowledged", clause=evaluation.told_clause),))


def remind(evaluation: Evaluation, *, waiting: int, rhythm: Rhythm, at: datetime) -> Outcome:
    """Remind those who have not acknowledged; nobody left, then no reminder follows (51.14.3)."""
    if not waiting:
        event = Event(kind="evaluation.all_acknowledged", clause=evaluation.told_clause)
        return Outcome(changes={"remind_on": None}, events=(event,))
    again = jakarta_day(at) + timedelta(days=rhythm.remind_every_days)
    event = Event(kind="evaluation.reminded", clause=evaluation.told_clause, after={"waiting": waiting})
    return Outcome(changes={"remind_on": again}, events=(event,), errands=(_tell_staff("reminder"),))


def _tell_staff(kind: str) -> Errand:
    return Errand(name="tell_staff", payload={"kind": kind})


def _require_open(evaluation: Evaluation) -> None:
    if evaluation.stage is not Stage.OPEN:
        raise RuleBroken(evaluation.clause, "Evaluasi tahun {year} sudah ditutup.", year=evaluation.year)
