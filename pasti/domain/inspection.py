"""The field inspection: who goes, when the applicant receives them, and what follows from its findings (51.2, 51.13.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pasti.domain import licensing
from pasti.domain.calendar import JAKARTA
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.hours import OpeningHours
from pasti.domain.intake import Row
from pasti.domain.licensing import Case, Ground
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.domain.workflow import Act, State, step_of

PREPARED_IN = frozenset({State.TECHNICAL_REVIEW, State.FIELD_INSPECTION})


class Stage(StrEnum):
    """Where an inspection stands."""

    ASSIGNED = "assigned"  # a team, no appointment yet
    OFFERED = "offered"  # waits for the applicant's answer
    COUNTERED = "countered"  # the applicant asked for another time
    AGREED = "agreed"
    STARTED = "started"
    SEALED = "sealed"  # the minutes are signed: nothing more may be noted
    CONCLUDED = "concluded"  # the findings are in the dossier


STAGE_TITLES: dict[Stage, Sentence] = {
    Stage.ASSIGNED: Sentence("Tim ditugaskan, jadwal belum ditawarkan"),
    Stage.OFFERED: Sentence("Menunggu jawaban pemohon atas jadwal"),
    Stage.COUNTERED: Sentence("Pemohon mengusulkan waktu lain"),
    Stage.AGREED: Sentence("Jadwal disepakati"),
    Stage.STARTED: Sentence("Peninjauan berlangsung"),
    Stage.SEALED: Sentence("Berita acara ditandatangani"),
    Stage.CONCLUDED: Sentence("Selesai"),
}
CLOSED = frozenset({Stage.SEALED, Stage.CONCLUDED})
STARTABLE = frozenset({Stage.AGREED, Stage.OFFERED})  # who does not answer an offer is visited as offered
BEFORE_START = frozenset({Stage.ASSIGNED, Stage.OFFERED, Stage.COUNTERED, Stage.AGREED})


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found of one requirement, and when by the device's time."""

    item: UUID
    clause: str
    verdict: str  # "met" | "not_met"
    reason: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """An inspection as the rules see it."""

    id: UUID
    round: int
    letter: str
    stage: Stage
    team: frozenset[UUID]
    visit_at: datetime | None
    proposed_at: datetime | None
    safety: frozenset[str]
    started_at: datetime | None
    findings: Mapping[str, Finding]  # by clause, those that count
    photos: int


def counting(findings: Iterable[Finding]) -> dict[str, Finding]:
    """The findings that count: of each requirement the last by the device's time; the item's id decides a tie."""
    ordered = sorted(findings, key=lambda f: (f.made_at, str(f.item)))
    return {finding.clause: finding for finding in ordered}


def role_of(case: Case, standard: Standard) -> Role:
    """The role that inspects under the case's procedure class; RuleBroken when the class has no inspection (51.2)."""
    step = step_of(licensing.procedure_of(case, standard), State.FIELD_INSPECTION)
    if step is None:
        raise RuleBroken(standard.cite("2"), "Kelas prosedur {code} tidak memakai peninjauan lapangan.", code=case.procedure)
    return step.actor


def require_assignable(case: Case, ground: Ground) -> Role:
    """The role the team must hold, when the actor may assign one now (51.2)."""
    role = role_of(case, ground.standard)
    if case.state not in PREPARED_IN:
        raise RuleBroken(
            ground.standard.cite("2"), "Tim hanya ditugaskan pada tahap pemeriksaan teknis atau peninjauan lapangan."
        )
    licensing.require_officer(case, ground)
    return role


def assign(
    case: Case, *, team: Mapping[UUID, frozenset[Role]], lead: UUID | None, letter: str, taken: bool, ground: Ground
) -> Outcome:
    """Name the team and its lead; the letter of assignment gets its number (51.2). `taken`: this round has a team already."""
    role, cite = require_assignable(case, ground), ground.standard.cite("2")
    if taken:
        raise RuleBroken(cite, "Tim untuk peninjauan ini sudah ditugaskan. Buka kembali berkasnya.")
    if not team or lead not in team:
        raise RuleBroken(cite, "Pilih paling sedikit satu petugas, dan pilih ketuanya dari antara mereka.")
    for member, roles in team.items():
        acted = [r for r, ids in case.hands.items() if r is not role and str(member) in ids]
        if role not in roles or acted or member == case.applicant_id:
            raise NotAllowed(
                ground.standard.cite("10.1"),
                "Anggota tim harus {role} yang belum bertindak dalam peran lain pada berkas ini.",
                role=ROLE_TITLES[role],
            )
    after: dict[str, Json] = {"letter": letter, "team": [*sorted(str(m) for m in team)], "lead": str(lead)}
    event = Event(kind="inspection.assigned", clause=cite, after=after, public=True)
    return Outcome(changes={"stage": Stage.ASSIGNED, "letter": letter}, events=(event,))


def require_member(inspection: Inspection, ground: Ground) -> None:
    """NotAllowed for who is not on the team (51.10.1)."""
    if ground.actor.id not in inspection.team:
        raise NotAllowed(
            ground.standard.cite("10.1"),
            "Hanya anggota tim pada surat tugas {letter} yang mengerjakan peninjauan ini.",
            letter=inspection.letter,
        )


def offer(
    inspection: Inspection, visit_at: datetime, ground: Ground, *, week: Sequence[OpeningHours], due_on: date | None
) -> Outcome:
    """Offer the applicant a time, once or again; a time the applicant proposed is agreed at once (51.2).

    A time outside the office's `week` or after the promised `due_on` needs a reason, unless the applicant asked for it.
    """
    require_member(inspection, ground)
    if inspection.stage not in BEFORE_START:
        raise RuleBroken(ground.standard.cite("2"), "Peninjauan sudah dimulai, jadi jadwalnya tidak dapat diubah.")
    if visit_at < ground.at:
        raise RuleBroken(ground.standard.cite("2"), "Waktu peninjauan sudah lewat. Pilih waktu yang akan datang.")
    agreed = inspection.stage is Stage.COUNTERED and visit_at == inspection.proposed_at
    if not agreed:
        _require_usual(visit_at, ground, week=week, due_on=due_on)
    event = Event(
        kind="inspection.agreed" if agreed else "inspection.offered",
        clause=ground.standard.cite("2"),
        reason=ground.reason.strip(),
        before={"visit_at": _said(inspection.visit_at)},
        after={"visit_at": _said(visit_at)},
        public=True,
    )
    stage = Stage.AGREED if agreed else Stage.OFFERED
    changes: dict[str, object] = {"stage": stage, "visit_at": visit_at, "proposed_at": None, "proposal_reason": ""}
    return Outcome(changes=changes, events=(event,), errands=(Errand(name="tell_applicant", payload={"kind": "visit"}),))


def _require_usual(visit_at: datetime, ground: Ground, *, week: Sequence[OpeningHours], due_on: date | None) -> None:
    """A working day, within the office's hours, not after the promise; otherwise the applicant is told why (51.2, 51.3)."""
    if len(ground.reason.strip()) >= 10:
        return
    day, clock, cite = visit_at.astimezone(JAKARTA).date(), visit_at.astimezone(JAKARTA).time(), ground.standard.cite("2")
    if day.year not in ground.calendar.years:
        raise RuleBroken(cite, "Hari libur tahun {year} belum ditetapkan. Pilih hari yang lebih awal.", year=day.year)
    hours = next((h for h in week if day.weekday() in h.weekdays), None)
    if hours is None or not ground.calendar.is_working_day(day):
        raise RuleBroken(cite, "Hari itu bukan hari kerja. Pilih hari kerja, atau tulis mengapa (paling sedikit 10 huruf).")
    if not hours.opens <= clock < hours.closes:
        raise RuleBroken(
            cite,
            "Kantor bekerja pukul {opens} sampai {closes} pada hari itu. Pilih jam kerja, "
            "atau tulis mengapa (paling sedikit 10 huruf).",
            opens=f"{hours.opens:%H.%M}",
            closes=f"{hours.closes:%H.%M}",
        )
    if due_on is not None and day > due_on:
        raise RuleBroken(
            ground.standard.cite("3"),
            "Pemohon dijanjikan keputusan sebelum hari itu. Pilih hari yang lebih awal, "
            "atau tulis mengapa (paling sedikit 10 huruf).",
        )


def accept(case: Case, inspection: Inspection, ground: Ground) -> Outcome:
    """The applicant accepts the offered time (51.2)."""
    _require_asked(case, inspection, ground)
    after: dict[str, Json] = {"visit_at": _said(inspection.visit_at)}
    event = Event(kind="inspection.accepted", clause=ground.standard.cite("2"), after=after, public=True)
    return Outcome(changes={"stage": Stage.AGREED}, events=(event,))


def propose(case: Case, inspection: Inspection, proposed_at: datetime, ground: Ground) -> Outcome:
    """The applicant asks for another time and says why (51.2)."""
    _require_asked(case, inspection, ground)
    if proposed_at < ground.at:
        raise RuleBroken(ground.standard.cite("2"), "Waktu yang Anda usulkan sudah lewat. Pilih waktu yang akan datang.")
    reason = ground.reason.strip()
    if len(reason) < 10:
        raise RuleBroken(ground.standard.cite("2"), "Tulis alasan meminta waktu lain (paling sedikit 10 huruf).")
    event = Event(
        kind="inspection.countered",
        clause=ground.standard.cite("2"),
        reason=reason,
        before={"visit_at": _said(inspection.visit_at)},
        after={"visit_at": _said(proposed_at)},
        public=True,
    )
    changes: dict[str, object] = {"stage": Stage.COUNTERED, "proposed_at": proposed_at, "proposal_reason": reason}
    return Outcome(changes=changes, events=(event,))


def _require_asked(case: Case, inspection: Inspection, ground: Ground) -> None:
    if ground.actor.id != case.applicant_id:
        raise NotAllowed(ground.standard.cite("2"), "Hanya pemohon yang menjawab tawaran jadwal.")
    if inspection.stage is not Stage.OFFERED:
        raise RuleBroken(ground.standard.cite("2"), "Tidak ada tawaran jadwal yang menunggu jawaban Anda.")


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def conclude(case: Case, inspection: Inspection | None, rows: tuple[Row, ...], minutes_sha256: str, ground: Ground) -> Outcome:
    """Close the inspection with its minutes: its findings are the dossier's verdicts, and the case goes on (51.2, 51.13.2)."""
    licensing.require_may(case, Act.INSPECT, ground)
    licensing.require_reason(ground)
    if inspection is None or inspection.stage not in CLOSED:
        raise RuleBroken(
            ground.standard.cite("13.2"),
            "Peninjauan belum selesai: perlu surat tugas, daftar periksa keselamatan, temuan tiap syarat, dan berita acara "
            "yang ditandatangani kedua pihak.",
        )
    moved = licensing.move(case, Act.INSPECT, ground, after={"letter": inspection.letter, "minutes_sha256": minutes_sha256})
    return replace(moved, events=(*(_judged(r, inspection) for r in changed_by(inspection, rows)), *moved.events))


def changed_by(inspection: Inspection, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The dossier's rows on which the inspection found something else than what stands there."""
    found = inspection.findings
    return tuple(
        r for r in rows if r.clause in found and (r.verdict, r.reason) != (found[r.clause].verdict, found[r.clause].reason)
    )


def _judged(row: Row, inspection: Inspection) -> Event:
    finding = inspection.findings[row.clause]
    return Event(
        kind="requirement.judged",
        clause=row.clause,
        reason=finding.reason,
        before={"verdict": row.verdict},
        after={"verdict": finding.verdict},
        public=True,
    )


def renew_feed(actor: Actor) -> Outcome:
    """Give an officer a secret address for the calendar of their inspections; the one before opens nothing any more (51.2)."""
    if not actor.may_open_desk:
        raise NotAllowed("51.10.1", "Kalender peninjauan hanya untuk petugas.")
    return Outcome(events=(Event(kind="agenda.feed_renewed", clause="51.2"),))
