"""The promise bar: the days of one term, each with its reason (51.3)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.clock import Clock, ClockState, DayCell, reckon, start
from pasti.domain.roles import ROLE_TITLES, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Term
from pasti.domain.workflow import State
from pasti.records.licensing import Application


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What the picture and the table of days show."""

    state: ClockState
    cells: tuple[DayCell, ...]
    started_on: date | None
    due_on: date | None
    used: int  # working days
    remaining: int  # working days
    promised: int  # working days
    is_overdue: bool
    is_last_day: bool
    sentence: Sentence


def bar_of(row: Application, standard: Standard, at: datetime) -> Bar:
    """The bar of one application at a moment; one that ended is shown as it stood when it ended."""
    clock = Clock.from_json(row.clock)
    moment = clock.events[-1].at if clock.state is ClockState.ENDED else at
    r = reckon(clock, standard.clock, standards.load().calendar().known_on(jakarta_day(moment)), moment)
    running = r.state is ClockState.RUNNING
    return Bar(
        state=r.state,
        cells=tuple(_with_who(cell, row) for cell in r.days),
        started_on=r.started_on,
        due_on=r.due_on,
        used=r.used,
        remaining=r.remaining,
        promised=standard.clock.promise.amount,
        is_overdue=r.is_overdue,
        is_last_day=running and r.due_on == jakarta_day(at),
        sentence=_ended(row) or _sentence(r.state, r.remaining, standard.clock.promise, is_overdue=r.is_overdue),
    )


def _ended(row: Application) -> Sentence | None:
    """How a count ended that ended without a decision of the office; None for any other."""
    if row.state == State.WITHDRAWN:
        return Sentence("Hitungan selesai: permohonan ditarik.")
    if row.state == State.NOT_MET:
        return Sentence("Hitungan selesai: belum memenuhi. Menunggu pemohon memenuhi syarat; belum ada putusan akhir.")
    return Sentence("Hitungan selesai: batas waktunya lewat tanpa keputusan.") if row.lapsed_on else None


def _with_who(cell: DayCell, row: Application) -> DayCell:
    """A stopped day with the role of who stopped the clock; a person's name is nobody's business here."""
    role = next((Role(role) for role, ids in row.hands.items() if cell.by and cell.by in ids), None)
    if role is None:
        return cell
    who = Sentence("{reason} (dihentikan oleh {role})", reason=cell.reason, role=ROLE_TITLES[role])
    return replace(cell, reason=who)


def promise_from(standard: Standard, at: datetime) -> date:
    """The day that would be promised if the clock started at `at` (51.3)."""
    due_on = reckon(start(Clock(), at=at), standard.clock, standards.load().calendar(), at).due_on
    assert due_on is not None, "a running clock has a date"
    return due_on


def _sentence(state: ClockState, remaining: int, promise: Term, *, is_overdue: bool) -> Sentence:
    left = Term(amount=remaining, unit=promise.unit)
    if state is ClockState.NOT_STARTED:
        return Sentence("Janji {term} dihitung sejak berkas dinyatakan lengkap dan benar.", term=promise)
    if state is ClockState.ENDED:
        return Sentence("Hitungan selesai: permohonan sudah diputus.")
    if is_overdue:
        return Sentence("Batas waktu sudah lewat.")
    if state is ClockState.STOPPED:
        return Sentence("Hitungan berhenti menunggu jawaban pemohon. Sisa {left}.", left=left)
    return Sentence("Sisa {left}.", left=left) if remaining else Sentence("Hari ini hari terakhir.")
