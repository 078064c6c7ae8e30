"""Safety and protection: who guards when, what happened, and legal aid for officers (51.13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import JAKARTA
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence, said_day

KEEPERS = frozenset({Role.FACILITY_CUSTODIAN, Role.HEAD})
LOOKERS = KEEPERS | {Role.VALIDATOR, Role.SUPERIOR, Role.INSPECTOR}
HELPERS = frozenset({Role.HEAD, Role.SUPERIOR})
AID_LOOKERS = HELPERS | {Role.INSPECTOR}
SHORTEST_NAME = 3
SHORTEST_WORDS = 10
ONE_DAY = timedelta(days=1)


class IncidentKind(StrEnum):
    """What sort of thing happened."""

    INJURY = "injury"
    FIRE = "fire"
    THEFT = "theft"
    THREAT = "threat"
    OTHER = "other"


INCIDENT_TITLES: dict[IncidentKind, Sentence] = {
    IncidentKind.INJURY: Sentence("orang terluka atau sakit"),
    IncidentKind.FIRE: Sentence("kebakaran atau asap"),
    IncidentKind.THEFT: Sentence("pencurian atau kehilangan"),
    IncidentKind.THREAT: Sentence("ancaman atau keributan"),
    IncidentKind.OTHER: Sentence("kejadian lain"),
}


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One guard's watch as it is planned."""

    on: date | None
    starts: time | None
    ends: time | None
    post: str
    guard: str


def span(on: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """From when until when a watch lasts; one that ends at an earlier hour ends on the next day."""
    last = on if ends > starts else on + ONE_DAY
    return datetime.combine(on, starts, JAKARTA), datetime.combine(last, ends, JAKARTA)


def may_look(actor: Actor) -> bool:
    """Whether the roster and the log are open to the actor."""
    return bool(actor.roles & LOOKERS)


def require_keeper(actor: Actor, clause: str) -> None:
    """NotAllowed unless the actor keeps the roster and the log."""
    if not actor.roles & KEEPERS:
        raise NotAllowed(clause, "Jadwal jaga dan catatan kejadian diurus oleh pengelola sarana atau kepala dinas.")


def plan(actor: Actor, watch: Watch, clause: str, *, planned: Iterable[Watch] = ()) -> Outcome:
    """A watch on the roster; nobody guards twice at once. `planned`: the watches of that day and those beside it (51.13.1)."""
    require_keeper(actor, clause)
    problems: list[FieldProblem] = []
    if watch.on is None:
        problems.append(field_problem("on", clause, "Isi tanggal jaganya."))
    if watch.starts is None or watch.ends is None or watch.starts == watch.ends:
        problems.append(field_problem("starts", clause, "Isi jam mulai dan jam selesai yang berbeda."))
    if len(watch.post.strip()) < SHORTEST_NAME:
        problems.append(field_problem("post", clause, "Tulis posnya, misalnya pintu gerbang."))
    if len(watch.guard.strip()) < SHORTEST_NAME:
        problems.append(field_problem("guard", clause, "Tulis nama petugas keamanannya."))
    if not problems and (other := _at_the_same_time(watch, planned)):
        words = "{guard} sudah dijadwalkan di {post}, {starts} sampai {ends}. Ubah jamnya, atau pilih petugas lain."
        said = {"guard": other.guard, "post": other.post, "starts": f"{other.starts:%H.%M}", "ends": f"{other.ends:%H.%M}"}
        problems.append(field_problem("guard", clause, words, **said))
    if problems:
        raise InvalidInput(tuple(problems))
    require_no_nik(clause, post=watch.post, guard=watch.guard)
    after: dict[str, Json] = {"on": str(watch.on), "post": watch.post.strip(), "guard": watch.guard.strip()}
    return Outcome(events=(Event(kind="guard.planned", clause=clause, after=after),))


def _at_the_same_time(watch: Watch, planned: Iterable[Watch]) -> Watch | None:
    begins, ends = _span(watch)
    for other in planned:
        first, last = _span(other)
        if _name(other.guard) == _name(watch.guard) and begins < last and first < ends:
            return other
    return None


def _span(watch: Watch) -> tuple[datetime, datetime]:
    assert watch.on and watch.starts is not None and watch.ends is not None, "only a watch with its hours is compared"
    return span(watch.on, watch.starts, watch.ends)


def _said(at: datetime) -> Sentence:
    local = at.astimezone(JAKARTA)
    return Sentence("{day} pukul {time} WIB", day=said_day(local.date()), time=f"{local:%H.%M}")


def _name(typed: str) -> str:
    return " ".join(typed.split()).casefold()


def note_watch(
    actor: Actor, lasts: tuple[datetime, datetime], clause: str, *, is_kept: bool, words: str, is_noted: bool, at: datetime
) -> Outcome:
    """Whether a watch was kept, once: kept only when it has ended, missed once it should have begun, with words (51.13.1)."""
    begins, ends = lasts
    require_keeper(actor, clause)
    if is_noted:
        raise RuleBroken(clause, "Jaga ini sudah dicatat.")
    if at < begins:
        raise RuleBroken(clause, "Jaga ini baru mulai {at}; catat sesudah selesai.", at=_said(begins))
    if is_kept and at < ends:
        raise RuleBroken(clause, "Jaga ini baru selesai {at}; catat sebagai dijalankan sesudah itu.", at=_said(ends))
    if not is_kept and len(words.strip()) < SHORTEST_WORDS:
        raise InvalidInput((field_problem("words", clause, "Tulis mengapa tidak dijaga dan siapa penggantinya."),))
    require_no_nik(clause, words=words)
    event = Event(
        kind="guard.noted", clause=clause, reason=words.strip(), after={"kept": is_kept, "on": begins.date().isoformat()}
    )
    return Outcome(changes={"is_kept": is_kept, "note": words.strip()[:300], "noted_at": at}, events=(event,))


def report(
    actor: Actor, clause: str, kind: str, *, happened_at: datetime | None, place: str, words: str, at: datetime
) -> Outcome:
    """Something happened: any officer reports it; who was in it stays out of the ledger (51.13.1)."""
    if not actor.roles - {Role.APPLICANT, Role.SYSTEM}:
        raise NotAllowed(clause, "Kejadian dicatat oleh petugas kantor ini.")
    problems: list[FieldProblem] = []
    if kind not in set(IncidentKind):
        problems.append(field_problem("kind", clause, "Pilih jenis kejadiannya."))
    if happened_at is None or happened_at > at:
        problems.append(field_problem("on", clause, "Isi hari dan jam kejadian yang sudah lewat."))
    if len(place.strip()) < SHORTEST_NAME:
        problems.append(field_problem("place", clause, "Tulis tempat kejadiannya."))
    if len(words.strip()) < SHORTEST_WORDS:
        problems.append(field_problem("words", clause, "Tulis apa yang terjadi dan apa yang sudah dilakukan."))
    if problems:
        raise InvalidInput(tuple(problems))
    require_no_nik(clause, place=place)
    after: dict[str, Json] = {"as": kind, "when": str(happened_at), "place": place.strip()}
    return Outcome(events=(Event(kind="incident.reported", clause=clause, after=after),))


def close(actor: Actor, clause: str, result: str, *, is_closed: bool, at: datetime) -> Outcome:
    """What came of it, once (51.13.1)."""
    require_keeper(actor, clause)
    if is_closed:
        raise RuleBroken(clause, "Kejadian ini sudah ditutup.")
    if len(result.strip()) < SHORTEST_WORDS:
        raise InvalidInput((field_problem("words", clause, "Tulis apa yang dilakukan supaya tidak terulang."),))
    require_no_nik(clause, words=result)
    return Outcome(changes={"closed_at": at, "result": result.strip()}, events=(Event(kind="incident.closed", clause=clause),))


def ask_aid(actor: Actor, clause: str, matter: str) -> Outcome:
    """An officer asks for legal aid in a matter of their work; the matter stays out of the ledger (51.13.3)."""
    if not actor.roles - {Role.APPLICANT, Role.SYSTEM}:
        raise NotAllowed(clause, "Bantuan hukum diminta oleh petugas kantor ini.")
    if len(matter.strip()) < SHORTEST_WORDS:
        raise RuleBroken(clause, "Tulis perkaranya: apa yang terjadi, dan bantuan apa yang Anda perlukan.")
    return Outcome(events=(Event(kind="legal_aid.asked", clause=clause),))


def answer_aid(actor: Actor, of: UUID, clause: str, help: str, *, is_given: bool, is_answered: bool, at: datetime) -> Outcome:
    """The help that is given, or why none is, once; nobody answers their own request (51.13.3)."""
    if not actor.roles & HELPERS:
        raise NotAllowed(clause, "Permintaan bantuan hukum dijawab oleh kepala dinas atau atasan langsung.")
    if actor.id == of:
        raise NotAllowed(clause, "Permintaan Anda sendiri dijawab oleh orang lain.")
    if is_answered:
        raise RuleBroken(clause, "Permintaan ini sudah dijawab.")
    if len(help.strip()) < SHORTEST_WORDS:
        raise RuleBroken(clause, "Tulis bantuan yang diberikan dan siapa pendampingnya, atau mengapa tidak diberikan.")
    event = Event(kind="legal_aid.answered", clause=clause, after={"given": is_given})
    return Outcome(changes={"answered_at": at, "is_given": is_given, "help": help.strip()}, events=(event,))
