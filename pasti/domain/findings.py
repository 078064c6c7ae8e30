"""A finding of oversight and its follow-up: who answers for it, by when, what came of it (51.10.1, 51.10.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sampling import TIERS
from pasti.domain.sentence import Sentence

SHORTEST_WORDS = 10
# Who may have to answer for a finding: who works or answers here. The Inspectorate and the administrator's systems do not.
OWNERS = (
    Role.COUNTER_OFFICER,
    Role.EXAMINER,
    Role.TECHNICAL_TEAM,
    Role.PROCESSING_OFFICER,
    Role.VALIDATOR,
    Role.HEAD,
    Role.COMPLAINTS_OFFICER,
    Role.COMPLAINTS_OFFICIAL,
    Role.SURVEY_OFFICER,
    Role.FACILITY_CUSTODIAN,
    Role.SUPERIOR,
    Role.ADMINISTRATOR,
)


class Stage(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A finding as its owner owes it; `warned`: how many days were left at the last warning."""

    id: UUID
    owner: Role
    due_on: date
    stage: Stage
    raised_at: datetime
    warned: int | None


STAGE_TITLES: dict[Stage, Sentence] = {
    Stage.OPEN: Sentence("Menunggu tindak lanjut"),
    Stage.ANSWERED: Sentence("Menunggu penilaian hasil"),
    Stage.CLOSED: Sentence("Selesai"),
}


def clause_of(role: Role) -> str:
    """What a finding of that role stands on: the Inspectorate's is functional oversight, a superior's general."""
    return "10.2" if role is Role.INSPECTOR else "10.1"


def raising_role(actor: Actor, *, clause: str) -> Role:
    """In which role the actor raises a finding, the highest held; NotAllowed for who oversees nobody."""
    role = next((role for role in reversed(TIERS) if actor.has(role)), None)
    if role is None:
        raise NotAllowed(clause, "Temuan dicatat oleh atasan langsung pada tiap jenjang, atau Inspektorat.")
    return role


def raise_finding(id: UUID, words: str, owner: str, due_on: date | None, *, actor: Actor, at: datetime, clause: str) -> Outcome:
    """Record a finding with who must follow it up by when, and tell them; every problem of the form at once (51.10.1)."""
    role, said = raising_role(actor, clause=clause), words.strip()
    problems: list[FieldProblem] = []
    if len(said) < SHORTEST_WORDS:
        problems.append(field_problem("words", clause, "Tulis temuannya, paling sedikit {least} huruf.", least=SHORTEST_WORDS))
    if owner not in OWNERS:
        problems.append(field_problem("owner", clause, "Pilih siapa yang harus menindaklanjuti."))
    if due_on is None or due_on <= jakarta_day(at):
        problems.append(field_problem("due_on", clause, "Isi batas tindak lanjut: sebuah tanggal sesudah hari ini."))
    if problems:
        raise InvalidInput(tuple(problems))
    require_no_nik(clause, words=said)
    assert due_on is not None, "just checked"
    after: dict[str, Json] = {"owner": owner, "due_on": due_on.isoformat(), "as_role": role}
    changes = {"words": said, "owner": owner, "due_on": due_on, "as_role": role, "raised_at": at, "raised_by_id": actor.id}
    event = Event(kind="finding.raised", clause=clause, reason=said, after=after)
    errand = _tell_owner(id, "given", Role(owner), due_on)
    return Outcome(changes={**changes, "stage": Stage.OPEN}, events=(event,), errands=(errand,))


def _tell_owner(id: UUID, kind: str, owner: Role, due_on: date) -> Errand:
    payload: dict[str, Json] = {"finding": str(id), "kind": kind, "owner": owner, "due_on": due_on.isoformat()}
    return Errand(name="tell_finding_owner", payload=payload)


def warn(owed: Owed, *, warnings: Iterable[int], at: datetime, opens: time, clause: str) -> Outcome | None:
    """The warning to its owner that is due now, by the calendar days left; none on the day it was given (51.10.1)."""
    today = jakarta_day(at)
    left = (owed.due_on - today).days
    is_waiting = owed.stage is Stage.OPEN and left >= 0 and jakarta_day(owed.raised_at) < today
    if not is_waiting or at.astimezone(JAKARTA).time() < opens:
        return None
    reached = min((mark for mark in warnings if left <= mark), default=None)
    if reached is None or (owed.warned is not None and owed.warned <= reached):
        return None
    event = Event(kind="finding.warned", clause=clause, after={"remaining": left, "due_on": owed.due_on.isoformat()})
    return Outcome(changes={"warned": reached}, events=(event,), errands=(_tell_owner(owed.id, "due", owed.owner, owed.due_on),))


def answer(words: str, *, actor: Actor, owner: Role, stage: Stage, at: datetime, clause: str) -> Outcome:
    """Say what was done about a finding: by who must follow it up, while it is open (51.10.1)."""
    if not actor.has(owner):
        raise NotAllowed(clause, "Tindak lanjut dilaporkan oleh {owner}.", owner=ROLE_TITLES[owner])
    if stage is not Stage.OPEN:
        raise RuleBroken(clause, "Temuan ini tidak menunggu tindak lanjut lagi.")
    said = _long_enough(words, clause)
    event = Event(kind="finding.answered", clause=clause, reason=said)
    return Outcome(
        changes={"stage": Stage.ANSWERED, "result": said, "answered_at": at, "answered_by_id": actor.id}, events=(event,)
    )


def require_judge(actor: Actor, *, as_role: Role, answered_by: UUID | None, stage: Stage, clause: str) -> None:
    """The result is judged in the role that found it, and never by who reported it."""
    if not actor.has(as_role) or (actor.id is not None and actor.id == answered_by):
        raise NotAllowed(clause, "Hasilnya dinilai oleh {role}, bukan oleh yang melaporkannya.", role=ROLE_TITLES[as_role])
    if stage is not Stage.ANSWERED:
        raise RuleBroken(clause, "Belum ada hasil tindak lanjut yang dapat dinilai, atau temuan ini sudah selesai.")


def close(words: str, *, actor: Actor, at: datetime, clause: str) -> Outcome:
    """Accept the result: the finding is closed (51.10.1). Ask `require_judge` first."""
    said = _long_enough(words, clause)
    changes = {"stage": Stage.CLOSED, "closing": said, "closed_at": at, "closed_by_id": actor.id}
    return Outcome(changes=changes, events=(Event(kind="finding.closed", clause=clause, reason=said),))


def send_back(owed: Owed, words: str, *, clause: str) -> Outcome:
    """Not enough was done: its owner has it again, its term as before (51.10.1). Ask `require_judge` first."""
    event = Event(kind="finding.sent_back", clause=clause, reason=_long_enough(words, clause))
    errand = _tell_owner(owed.id, "sent_back", owed.owner, owed.due_on)
    return Outcome(changes={"stage": Stage.OPEN}, events=(event,), errands=(errand,))


def _long_enough(words: str, clause: str) -> str:
    said = words.strip()
    if len(said) < SHORTEST_WORDS:
        raise RuleBroken(clause, "Tulis keterangannya, paling sedikit {least} huruf.", least=SHORTEST_WORDS)
    require_no_nik(clause, words=said)
    return said
