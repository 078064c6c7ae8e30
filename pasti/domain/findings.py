"""A finding of oversight and its follow-up: who answers for it, by when, what came of it (51.10.1, 51.10.2)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
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


def raise_finding(words: str, owner: str, due_on: date | None, *, actor: Actor, at: datetime, clause: str) -> Outcome:
    """Record a finding with who must follow it up and by when; every problem of the form at once (51.10.1, 51.10.2)."""
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
    return Outcome(changes={**changes, "stage": Stage.OPEN}, events=(event,))


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


def send_back(words: str, *, clause: str) -> Outcome:
    """Not enough was done: the finding is open again, its term as before (51.10.1). Ask `require_judge` first."""
    said = _long_enough(words, clause)
    return Outcome(changes={"stage": Stage.OPEN}, events=(Event(kind="finding.sent_back", clause=clause, reason=said),))


def _long_enough(words: str, clause: str) -> str:
    said = words.strip()
    if len(said) < SHORTEST_WORDS:
        raise RuleBroken(clause, "Tulis keterangannya, paling sedikit {least} huruf.", least=SHORTEST_WORDS)
    require_no_nik(clause, words=said)
    return said
