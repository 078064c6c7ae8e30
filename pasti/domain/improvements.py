"""An improvement that a finding of the yearly evaluation leads to: planned, and carried out with what shows it (51.14.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.roles import Actor, Role

PLANS = frozenset({Role.SURVEY_OFFICER, Role.HEAD})
SHORTEST_WORDS = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be done, by whom, until when."""

    what: str
    owner: UUID | None
    due_on: date | None


def plan(actor: Actor, asked: Asked, *, clause: str, is_closed: bool, to_improve: bool, at: datetime) -> Outcome:
    """Plan an improvement for a finding of a closed evaluation; every problem of the form at once (51.14.3)."""
    if not actor.roles & PLANS:
        raise NotAllowed(clause, "Perbaikan direncanakan petugas survei dan evaluasi, atau kepala.")
    if not is_closed:
        raise RuleBroken(clause, "Perbaikan direncanakan sesudah evaluasinya ditutup dan dikirim kepada petugas.")
    if not to_improve:
        raise RuleBroken(clause, "Bagian ini dinilai sesuai, jadi tidak ada yang harus diperbaiki.")
    if problems := tuple(_lacking(asked, clause, jakarta_day(at))):
        raise InvalidInput(problems)
    changes = {"what": asked.what.strip(), "owner_id": asked.owner, "due_on": asked.due_on, "planned_at": at}
    after: dict[str, Json] = {"owner": str(asked.owner), "due_on": str(asked.due_on)}
    event = Event(kind="improvement.planned", clause=clause, reason=asked.what.strip(), after=after)
    return Outcome(changes={**changes, "planned_by_id": actor.id}, events=(event,))


def _lacking(asked: Asked, clause: str, today: date) -> list[FieldProblem]:
    problems = []
    if len(asked.what.strip()) < SHORTEST_WORDS:
        words = "Tulis apa yang akan dikerjakan (paling sedikit {least} huruf)."
        problems.append(field_problem("what", clause, words, least=SHORTEST_WORDS))
    if asked.owner is None:
        problems.append(field_problem("owner", clause, "Pilih penanggung jawabnya."))
    if asked.due_on is None or asked.due_on <= today:
        problems.append(field_problem("due_on", clause, "Tulis tanggal selesai sesudah hari ini, misalnya 31 3 2027."))
    return problems


def may_finish(actor: Actor, *, owner: UUID, is_done: bool) -> bool:
    """Whether the actor may say that it was carried out: its owner, or who keeps the evaluation."""
    return not is_done and (actor.id == owner or actor.has(Role.SURVEY_OFFICER))


def finish(actor: Actor, result: str, *, owner: UUID, is_done: bool, has_file: bool, clause: str, at: datetime) -> Outcome:
    """It was carried out, with words and a file that show it; once (51.14.3)."""
    if is_done:
        raise RuleBroken(clause, "Perbaikan ini sudah dicatat selesai.")
    if not may_finish(actor, owner=owner, is_done=is_done):
        raise NotAllowed(clause, "Perbaikan dicatat selesai oleh penanggung jawabnya, atau petugas survei dan evaluasi.")
    problems = []
    if len(result.strip()) < SHORTEST_WORDS:
        words = "Tulis apa yang sudah berubah dan di mana dapat dilihat (paling sedikit {least} huruf)."
        problems.append(field_problem("result", clause, words, least=SHORTEST_WORDS))
    if not has_file:
        problems.append(field_problem("file", clause, "Sertakan berkas buktinya: foto atau PDF."))
    if problems:
        raise InvalidInput(tuple(problems))
    changes = {"result": result.strip(), "done_at": at, "done_by_id": actor.id}
    return Outcome(changes=changes, events=(Event(kind="improvement.finished", clause=clause, reason=result.strip()),))
