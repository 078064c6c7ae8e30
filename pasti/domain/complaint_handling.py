"""The steps of the examination, from screening to the end of the plan (51.6.5, 51.6.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_steps import HANDLERS, Step
from pasti.domain.complaints import Complaint, Finding, move, require_may, tell_owner, turn, words
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Json, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.sentence import Sentence

LINK_KINDS = frozenset({"double", "earlier"})


class ActionKind(StrEnum):
    """The ways of handling the clause names."""

    CLARIFICATION = "clarification"
    CONFIRMATION = "confirmation"
    EXAMINATION = "examination"
    INVESTIGATION = "investigation"


ACTION_TITLES: dict[ActionKind, Sentence] = {
    ActionKind.CLARIFICATION: Sentence("Klarifikasi"),
    ActionKind.CONFIRMATION: Sentence("Konfirmasi"),
    ActionKind.EXAMINATION: Sentence("Penelitian atau pemeriksaan"),
    ActionKind.INVESTIGATION: Sentence("Investigasi"),
}


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One action of the plan: what, with whom, by which officer, until when."""

    kind: ActionKind
    what: str
    owner: UUID
    due_on: date
    with_whom: str = ""


def take(complaint: Complaint, ground: Ground) -> Outcome:
    """Take it in hand, or over from a colleague (51.6.4)."""
    role = turn(complaint, ground.standard)
    if role is None or not ground.actor.has(role):
        title = ROLE_TITLES[role] if role else Sentence("tidak ada petugas")
        raise NotAllowed(ground.standard.cite("6.4"), "Pengaduan ini sekarang dikerjakan oleh: {role}.", role=title)
    after: dict[str, Json] = {"holder": str(ground.actor.id)}
    return move(complaint, Step.TAKE, ground, changes={"holder_id": ground.actor.id, "held_since": ground.at}, after=after)


def set_aside(complaint: Complaint, ground: Ground) -> Outcome:
    """Set spam or abuse aside: a person, with a reason its reporter reads; nothing is deleted (51.6.5.a)."""
    require_may(complaint, Step.SET_ASIDE, ground)
    words(ground.reason, ground, clause="6.5.a", what=Sentence("alasannya"))
    return move(complaint, Step.SET_ASIDE, ground, changes={"holder_id": None}, public=True)


def restore(complaint: Complaint, ground: Ground) -> Outcome:
    """Bring back what was set aside; its terms are the ones it was filed with (51.6.5.a)."""
    require_may(complaint, Step.RESTORE, ground)
    words(ground.reason, ground, clause="6.5.a", what=Sentence("alasannya"))
    return move(complaint, Step.RESTORE, ground, public=True)


def group(complaint: Complaint, service: str, problem: str, ground: Ground) -> Outcome:
    """Group by service and by component, both required (51.6.5.c)."""
    require_may(complaint, Step.GROUP, ground)
    handling, cite = ground.standard.handling, ground.standard.cite
    problems = []
    if service not in {g.id for g in handling.services}:
        problems.append(field_problem("service", cite("6.5.c.1"), "Pilih bidang, sektor, atau jenis pelayanannya."))
    if problem not in {g.id for g in handling.components}:
        problems.append(field_problem("problem", cite("6.5.c.2"), "Pilih jenis masalahnya menurut komponen standar."))
    if problems:
        raise InvalidInput(tuple(problems))
    after: dict[str, Json] = {"service": service, "problem": problem}
    return move(complaint, Step.GROUP, ground, changes={"service_group": service, "problem_group": problem}, after=after)


def require_examined(complaint: Complaint, ground: Ground) -> None:
    """Only a complaint is examined; a suggestion is taken note of and answered (51.6.3)."""
    if not complaint.is_complaint:
        raise RuleBroken(ground.standard.cite("6.3"), "Ini bukan pengaduan: catat tindak lanjutnya, lalu jawab.")


def take_note(complaint: Complaint, text: str, ground: Ground) -> Outcome:
    """What the office makes of a suggestion; it goes straight to its answer (51.6.3)."""
    require_may(complaint, Step.TAKE_NOTE, ground)
    if complaint.is_complaint:
        raise RuleBroken(ground.standard.cite("6.6.a"), "Ini pengaduan: rumuskan inti masalahnya, langkahnya tidak dilewati.")
    said = words(text, ground, clause="6.3", what=Sentence("apa yang dilakukan kantor dengan masukan ini"))
    changes = {"finding": Finding.NOTED, "finding_words": said, "settled_at": ground.at}
    return move(complaint, Step.TAKE_NOTE, ground, changes=changes, after={"finding": Finding.NOTED})


def formulate(complaint: Complaint, core: str, ground: Ground) -> Outcome:
    """The core of the problem, in the office's words (51.6.6.a)."""
    require_may(complaint, Step.FORMULATE, ground)
    require_examined(complaint, ground)
    said = words(core, ground, clause="6.6.a", what=Sentence("inti masalahnya"))
    return move(complaint, Step.FORMULATE, ground, changes={"core": said})


def relate(complaint: Complaint, clause: str, other_rule: str, ground: Ground) -> Outcome:
    """The clause it says was broken (51.6.6.b)."""
    require_may(complaint, Step.RELATE, ground)
    if clause not in {c.id for c in ground.standard.clauses()}:
        raise RuleBroken(ground.standard.cite("6.6.b"), "Pilih klausul standar pelayanan yang menurut pelapor tidak dijalankan.")
    changes = {"clause": clause, "other_rule": other_rule.strip()[:300]}
    return move(complaint, Step.RELATE, ground, changes=changes, after={"clause": clause})


def check(complaint: Complaint, known: str, ground: Ground) -> Outcome:
    """What is already known of the matter; that there is nothing is said, too (51.6.6.c)."""
    require_may(complaint, Step.CHECK, ground)
    what = Sentence("apa yang sudah diketahui dari berkas, jejak audit, dan pengaduan terdahulu")
    said = words(known, ground, clause="6.6.c", what=what)
    return move(complaint, Step.CHECK, ground, changes={"known": said})


def plan(complaint: Complaint, planned: Sequence[Planned], ground: Ground) -> Outcome:
    """The plan: at least one action, each with its owner and last day (51.6.6.d)."""
    require_may(complaint, Step.PLAN, ground)
    if not planned:
        raise RuleBroken(ground.standard.cite("6.6.d"), "Rencana perlu paling sedikit satu langkah.")
    for one in planned:
        _check_planned(complaint, one, ground)
    after: dict[str, Json] = {"actions": [one.kind.value for one in planned]}
    errands = tuple(tell_owner("action", one.owner, one.due_on) for one in planned)
    return move(complaint, Step.PLAN, ground, changes={"open_actions": len(planned)}, after=after, errands=errands)


def _check_planned(complaint: Complaint, planned: Planned, ground: Ground) -> None:
    words(planned.what, ground, clause="6.6.d", what=Sentence("langkahnya"))
    if planned.due_on < jakarta_day(ground.at):
        raise RuleBroken(ground.standard.cite("6.6.d"), "Batas waktu langkah tidak boleh sebelum hari ini.")
    if planned.owner in complaint.involved:
        raise RuleBroken(ground.standard.cite("6.6.d"), "Pelaksana itu pernah memproses berkas yang diadukan. Pilih yang lain.")


def add_action(complaint: Complaint, planned: Planned, ground: Ground) -> Outcome:
    """One more action (51.6.6.d)."""
    require_may(complaint, Step.ADD_ACTION, ground)
    _check_planned(complaint, planned, ground)
    changes = {"open_actions": complaint.open_actions + 1}
    errands = (tell_owner("action", planned.owner, planned.due_on),)
    return move(complaint, Step.ADD_ACTION, ground, changes=changes, after={"action": planned.kind}, errands=errands)


def record_result(complaint: Complaint, owner: UUID, result: str, ground: Ground, *, is_done: bool) -> Outcome:
    """What came of an action, by its owner or a handler, once (51.6.6.e)."""
    require_may(complaint, Step.RECORD_RESULT, ground)
    cite = ground.standard.cite("6.6.e")
    if is_done:
        raise RuleBroken(cite, "Hasil langkah ini sudah dicatat. Yang tercatat tidak diubah.")
    if not ground.actor.roles & HANDLERS and ground.actor.id != owner:
        raise NotAllowed(cite, "Hasil langkah dicatat oleh pelaksananya atau petugas pengaduan.")
    words(result, ground, clause="6.6.e", what=Sentence("hasilnya"))
    return move(complaint, Step.RECORD_RESULT, ground, changes={"open_actions": complaint.open_actions - 1})


def require_carried_out(complaint: Complaint, ground: Ground) -> None:
    """No action without result, no referral without answer (51.6.6.e)."""
    cite = ground.standard.cite("6.6.e")
    if complaint.open_actions:
        raise RuleBroken(
            cite, "Masih ada {count} langkah tanpa hasil. Catat hasilnya lebih dahulu.", count=complaint.open_actions
        )
    if complaint.open_referrals:
        raise RuleBroken(
            cite, "Masih ada {count} rujukan yang belum dijawab. Tunggu, atau catat jawabannya.", count=complaint.open_referrals
        )


def conclude(complaint: Complaint, ground: Ground) -> Outcome:
    """The plan is carried out (51.6.6.e)."""
    require_may(complaint, Step.CONCLUDE, ground)
    require_carried_out(complaint, ground)
    return move(complaint, Step.CONCLUDE, ground)


def link(complaint: Complaint, other: UUID | None, kind: str, ground: Ground) -> Outcome:
    """Lay another complaint of the same matter beside it (51.6.6.c)."""
    require_may(complaint, Step.LINK, ground)
    cite = ground.standard.cite("6.6.c")
    if other is None or other == complaint.id:
        raise RuleBroken(cite, "Tulis nomor pengaduan lain yang ada dalam register.")
    if kind not in LINK_KINDS:
        raise RuleBroken(cite, "Pilih: pengaduan ganda, atau pengaduan terdahulu.")
    return move(complaint, Step.LINK, ground, after={"other": str(other), "as": kind})
