"""One quarter's survey of one service: answered, closed, followed up, published (51.14.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.roles import DESK_ROLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.survey import Answers, Instrument, Quarter, Tally, compute, sample_size
from pasti.domain.survey_sheet import LONGEST_REMARK, VALUES

KEEPS = frozenset({Role.SURVEY_OFFICER})
PUBLISHES = KEEPS | {Role.HEAD}
READS = DESK_ROLES | KEEPS | {Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.FACILITY_CUSTODIAN}
SEATS = frozenset({Role.COUNTER_OFFICER}) | KEEPS
SHORTEST_WORDS = 10


class Stage(StrEnum):
    """How far a quarter's survey has come."""

    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


STAGE_TITLES: dict[Stage, Sentence] = {
    Stage.OPEN: Sentence("Sedang berjalan"),
    Stage.CLOSED: Sentence("Ditutup, belum diumumkan"),
    Stage.PUBLISHED: Sentence("Diumumkan"),
}


class Channel(StrEnum):
    """How a questionnaire came in."""

    LINK = "link"
    KIOSK = "kiosk"
    PAPER = "paper"


@dataclass(frozen=True, kw_only=True)
class Run:
    """A quarter's survey; `clause` is that of its service's standard."""

    quarter: Quarter
    stage: Stage
    clause: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done about one element, by whom, until when."""

    element: str
    action: str
    owner: UUID | None
    due_on: date | None


def require(actor: Actor, roles: Collection[Role], clause: str) -> None:
    """NotAllowed unless the actor holds one of the roles."""
    if not any(actor.has(role) for role in roles):
        raise NotAllowed(clause, "Survei kepuasan dikelola petugas survei dan evaluasi; peran Anda tidak mengerjakan ini.")


def opened(run: Run) -> Event:
    """The quarter's survey begins with its first finished service, by itself."""
    return Event(kind="survey.opened", clause=run.clause, after={"quarter": str(run.quarter)})


def invited(run: Run) -> Event:
    """Somebody whose service is finished is invited; the fact is about the case, the answer never is."""
    return Event(kind="survey.invited", clause=run.clause)


def check_answers(raw: Mapping[str, str], instrument: Instrument, *, clause: str) -> Answers:
    """The answers as numbers; what is not answered is left out. InvalidInput when none is, or one is no answer."""
    problems: list[FieldProblem] = []
    clean = {}
    for element in instrument.elements:
        given = raw.get(element.code, "").strip()
        if given in VALUES:
            clean[element.code] = VALUES[given]
        elif given:
            problems.append(field_problem(element.code, clause, "Pilih salah satu dari empat jawaban."))
    if not clean and not problems:
        first = instrument.elements[0].code
        problems.append(field_problem(first, clause, "Jawab paling sedikit satu pertanyaan. Yang lain boleh dilewati."))
    if len(raw.get("remark", "").strip()) > LONGEST_REMARK:
        problems.append(field_problem("remark", clause, "Paling banyak {most} huruf.", most=LONGEST_REMARK))
    if problems:
        raise InvalidInput(tuple(problems))
    return clean


def answer(run: Run, channel: Channel, *, used: bool) -> Outcome:
    """One questionnaire comes in, once for each invitation. The fact says that one came, never what it says or whose it is."""
    _require_open(run)
    if used:
        raise RuleBroken(run.clause, "Survei ini sudah diisi. Satu undangan untuk satu jawaban. Terima kasih.")
    return Outcome(events=(Event(kind="survey.answered", clause=run.clause, after={"channel": channel}),))


def take_in(run: Run, actor: Actor, *, count: int, on_paper: int, sha256: str) -> Outcome:
    """Questionnaires on paper are taken in, all of a file or none (51.14.2)."""
    require(actor, KEEPS, run.clause)
    _require_open(run)
    if count == 0:
        raise RuleBroken(run.clause, "Berkas ini tidak memuat satu kuesioner pun yang terisi.")
    event = Event(kind="survey.taken_in", clause=run.clause, after={"count": count, "sha256": sha256})
    return Outcome(changes={"on_paper": on_paper + count}, events=(event,))


def may_be_told(n: int, *, on_paper: int, fewest: int) -> bool:
    """Whether so many answered that averages, rows and words point at nobody. Who typed in paper knows it: it hides nobody.

    >>> may_be_told(6, on_paper=0, fewest=5), may_be_told(6, on_paper=5, fewest=5), may_be_told(6, on_paper=6, fewest=5)
    (True, False, True)
    """
    return (n - on_paper or on_paper) >= fewest


def require_rows(run: Run, n: int, *, on_paper: int, fewest: int) -> None:
    """RuleBroken while the quarter runs, when two copies compared would show who answered what, and when too few answered."""
    if run.stage is Stage.OPEN:
        raise RuleBroken(run.clause, "Lembar kerja tersedia sesudah survei triwulan ini ditutup; sebelum itu hanya jumlahnya.")
    if not may_be_told(n, on_paper=on_paper, fewest=fewest):
        words = "Kurang dari {fewest} orang menjawab lewat undangan, jadi jawaban satu per satu tidak ditampilkan."
        raise RuleBroken(run.clause, words, fewest=fewest)


def close(run: Run, actor: Actor, instrument: Instrument, tallied: Tally, *, population: int, at: datetime) -> Outcome:
    """Close the quarter once it is over: no more answers, and what it came to is kept. RuleBroken while an element has none."""
    require(actor, KEEPS, run.clause)
    _require_open(run)
    if jakarta_day(at) <= run.quarter.last_day:
        raise RuleBroken(run.clause, "{quarter} belum berakhir. Survei ditutup sesudahnya.", quarter=run.quarter.title)
    result = compute(instrument, tallied)
    needed = sample_size(population, instrument.sampling)
    kept: dict[str, object] = {"population": population, "needed": needed, "index": result.index, "grade": result.band.grade}
    fact: dict[str, Json] = {
        "population": population,
        "needed": needed,
        "index": str(result.index),
        "grade": result.band.grade,
        "tally": tallied.to_json(),
    }
    return Outcome(
        changes={"stage": Stage.CLOSED, "closed_at": at, "tally": tallied.to_json(), **kept},
        events=(Event(kind="survey.closed", clause=run.clause, before={"stage": run.stage}, after=fact),),
    )


def plan(run: Run, actor: Actor, instrument: Instrument, asked: Plan, *, planned: Collection[str], at: datetime) -> Outcome:
    """Plan what is done about an element. InvalidInput with what lacks (51.14.2)."""
    require(actor, KEEPS, run.clause)
    if run.stage is Stage.OPEN:
        raise RuleBroken(run.clause, "Tindak lanjut direncanakan sesudah survei triwulan ini ditutup.")
    problems = tuple(_lacking(run, instrument, asked, planned, jakarta_day(at)))
    if problems:
        raise InvalidInput(problems)
    fact: dict[str, Json] = {"element": asked.element, "owner": str(asked.owner), "due_on": str(asked.due_on)}
    return Outcome(events=(Event(kind="survey.planned", clause=run.clause, reason=asked.action.strip(), after=fact),))


def _lacking(run: Run, instrument: Instrument, asked: Plan, planned: Collection[str], today: date) -> list[FieldProblem]:
    problems = []
    if asked.element not in instrument.codes:
        problems.append(field_problem("element", run.clause, "Pilih unsur yang ditindaklanjuti."))
    elif asked.element in planned:
        problems.append(field_problem("element", run.clause, "Unsur ini sudah mempunyai rencana."))
    if len(asked.action.strip()) < SHORTEST_WORDS:
        words = "Tulis apa yang akan dikerjakan (paling sedikit {least} huruf)."
        problems.append(field_problem("action", run.clause, words, least=SHORTEST_WORDS))
    if asked.owner is None:
        problems.append(field_problem("owner", run.clause, "Pilih penanggung jawabnya."))
    if asked.due_on is None or asked.due_on <= today:
        problems.append(field_problem("due_on", run.clause, "Tulis tanggal selesai sesudah hari ini, misalnya 31 3 2027."))
    return problems


def finish_plan(run: Run, actor: Actor, asked: Plan, evidence: str, *, done: bool) -> Outcome:
    """A plan was carried out, with what shows it; said by its owner or by who keeps the survey (51.14.2)."""
    if actor.id != asked.owner:
        require(actor, KEEPS, run.clause)
    if done:
        raise RuleBroken(run.clause, "Tindak lanjut ini sudah dicatat selesai.")
    if len(evidence.strip()) < SHORTEST_WORDS:
        words = "Tulis buktinya (paling sedikit {least} huruf): apa yang sudah berubah dan di mana dapat dilihat."
        raise InvalidInput((field_problem("evidence", run.clause, words, least=SHORTEST_WORDS),))
    event = Event(kind="survey.improved", clause=run.clause, reason=evidence.strip(), after={"element": asked.element})
    return Outcome(events=(event,))


def publish(run: Run, actor: Actor, *, lowest: Collection[str], planned: Collection[str], at: datetime) -> Outcome:
    """Publish a closed quarter, once each of its lowest elements has a plan (51.14.2)."""
    require(actor, PUBLISHES, run.clause)
    if run.stage is Stage.OPEN:
        raise RuleBroken(run.clause, "Tutup dahulu survei triwulan ini, baru hasilnya dapat diumumkan.")
    if run.stage is Stage.PUBLISHED:
        raise RuleBroken(run.clause, "Hasil triwulan ini sudah diumumkan.")
    missing = [code for code in lowest if code not in planned]
    if missing:
        words = "Unsur terendah {missing} belum mempunyai rencana tindak lanjut. Buat rencananya dahulu."
        raise RuleBroken(run.clause, words, missing=", ".join(missing))
    event = Event(kind="survey.published", clause=run.clause, before={"stage": run.stage}, public=True)
    return Outcome(changes={"stage": Stage.PUBLISHED, "published_at": at}, events=(event,))


def _require_open(run: Run) -> None:
    if run.stage is not Stage.OPEN:
        raise RuleBroken(run.clause, "Survei {quarter} sudah ditutup.", quarter=run.quarter.title)
