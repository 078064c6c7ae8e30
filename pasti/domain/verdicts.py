"""What is found of the requirements, and what may follow: complete, met, not yet met, approved, rejected (51.1, 51.3, 51.5)."""

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.intake import Row
from pasti.domain.licensing import (
    Case,
    Ground,
    fulfilment_lapsed,
    holds,
    move,
    require_may,
    require_officer,
    require_reason,
)
from pasti.domain.standard import Standard
from pasti.domain.terms import last_day
from pasti.domain.workflow import Act, State

JUDGED_IN = frozenset({State.SUBMITTED, State.TECHNICAL_REVIEW})  # in the field by findings


def may_judge(case: Case, ground: Ground) -> bool:
    """Whether the actor may judge the dossier's rows now."""
    return case.state in JUDGED_IN and holds(lambda: require_officer(case, ground))


def judge(case: Case, row: Row, verdict: str, ground: Ground) -> Outcome:
    """Find one requirement met or not met; "not met" needs its reason (51.1)."""
    require_officer(case, ground)
    _require_asked_now(row, ground.standard)
    if case.state not in JUDGED_IN:
        raise RuleBroken(
            row.clause, "Syarat dinilai pada pemeriksaan kelengkapan atau teknis; di lapangan lewat temuan peninjauan."
        )
    if verdict not in ("met", "not_met"):
        raise RuleBroken(row.clause, "Pilih “memenuhi” atau “belum memenuhi”.")
    if verdict == "not_met":
        require_reason(ground)
    event = Event(
        kind="requirement.judged",
        clause=row.clause,
        reason=ground.reason.strip(),
        before={"verdict": row.verdict},
        after={"verdict": verdict},
        public=True,
    )
    return Outcome(events=(event,))


def _require_asked_now(row: Row, standard: Standard) -> None:
    if not _judged_rows(standard, (row,)):
        raise RuleBroken(
            row.clause, "Syarat {clause} tidak diperiksa sebelum terbit, jadi tidak dinilai sekarang.", clause=row.clause
        )


def _judged_rows(standard: Standard, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(r for r in rows if standard.requirement(r.clause).due == "before_issue")


def _require_all_met(rows: tuple[Row, ...], ground: Ground) -> None:
    open_rows = [r.clause for r in _judged_rows(ground.standard, rows) if r.verdict != "met"]
    if open_rows:
        raise RuleBroken(
            open_rows[0],
            "Belum semua syarat dinyatakan memenuhi: {clauses}. Nilai dahulu setiap syarat.",
            clauses=", ".join(open_rows),
        )


def _require_all_judged(rows: tuple[Row, ...], ground: Ground) -> None:
    unjudged = [r.clause for r in _judged_rows(ground.standard, rows) if not r.verdict]
    if unjudged:
        raise RuleBroken(
            unjudged[0],
            "Nilai dahulu semua syarat, supaya pemohon melengkapi sekali saja. Belum dinilai: {clauses}.",
            clauses=", ".join(unjudged),
        )


def _require_some_not_met(rows: tuple[Row, ...], ground: Ground) -> dict[str, Json]:
    failing: dict[str, Json] = {r.clause: r.reason for r in _judged_rows(ground.standard, rows) if r.verdict == "not_met"}
    if not failing:
        raise RuleBroken(ground.standard.cite("1"), "Sebutkan dahulu syarat yang belum dipenuhi beserta alasannya pada berkas.")
    return failing


def accept(case: Case, rows: tuple[Row, ...], ground: Ground) -> Outcome:
    """Declare the dossier complete and correct: the clock starts (51.3)."""
    require_may(case, Act.ACCEPT, ground)
    _require_all_met(rows, ground)
    return move(case, Act.ACCEPT, ground, changes={"completed_at": ground.at})


def send_to_complete(case: Case, rows: tuple[Row, ...], ground: Ground) -> Outcome:
    """Return an incomplete dossier, each requirement with its reason, all of them at once; the clock has not started (51.3)."""
    require_may(case, Act.RETURN, ground)
    _require_all_judged(rows, ground)
    return move(case, Act.RETURN, ground, after={"not_met": _require_some_not_met(rows, ground)})


def recommend(case: Case, rows: tuple[Row, ...], verdict: str, ground: Ground) -> Outcome:
    """The technical team's recommendation: the requirements are met, or named ones are not (51.2)."""
    require_may(case, Act.RECOMMEND, ground)
    require_reason(ground)
    if verdict == "meets":
        _require_all_met(rows, ground)
    elif verdict == "not_meets":
        _require_some_not_met(rows, ground)
    else:
        raise RuleBroken(ground.standard.cite("2"), "Pilih isi rekomendasi: memenuhi atau belum memenuhi.")
    return move(case, Act.RECOMMEND, ground, after={"recommendation": verdict}, changes={"recommendation": verdict})


def find_not_met(case: Case, rows: tuple[Row, ...], ground: Ground) -> Outcome:
    """Find requirements not met: the applicant fulfils them, a second verification follows; no rejection yet (51.1)."""
    require_may(case, Act.FIND_NOT_MET, ground)
    require_reason(ground)
    failing = _require_some_not_met(rows, ground)
    fulfil_by = last_day(ground.standard.clock.fulfilment, jakarta_day(ground.at), ground.calendar)
    after: dict[str, Json] = {"not_met": failing, "fulfil_by": fulfil_by.isoformat()}
    changes: dict[str, object] = {"decided_at": ground.at, "fulfil_by": fulfil_by, "fulfil_warned": None}
    return move(case, Act.FIND_NOT_MET, ground, after=after, changes=changes)


def approve(case: Case, rows: tuple[Row, ...], certificate_number: str, ground: Ground) -> Outcome:
    """Approve: the certificate gets its number and awaits the signature, with which the clock ends (51.5)."""
    require_may(case, Act.APPROVE, ground)
    _require_all_met(rows, ground)
    if case.recommendation != "meets":
        raise RuleBroken(
            ground.standard.cite("2"), "Rekomendasi tim teknis belum menyatakan memenuhi, jadi belum dapat disetujui."
        )
    after: dict[str, Json] = {"certificate": certificate_number}
    return move(case, Act.APPROVE, ground, after=after, changes={"decided_at": ground.at})


def grounds_of_rejection(case: Case, rows: tuple[Row, ...], ground: Ground) -> dict[str, Json]:
    """The requirements a rejection may rest on, each with its reason: those found not met in a second verification, or those
    still unmet when the fulfilment term lapsed. RuleBroken before either, and without any (51.1)."""
    if fulfilment_lapsed(case):
        left: dict[str, Json] = {r.clause: r.reason for r in _judged_rows(ground.standard, rows) if r.verdict != "met"}
        return left
    if case.round < 2:
        raise RuleBroken(
            ground.standard.cite("1"),
            "Penolakan baru terbuka sesudah pemohon diberi waktu memenuhi dan diverifikasi lagi. Nyatakan dahulu belum memenuhi.",
        )
    return _require_some_not_met(rows, ground)


def may_reject(case: Case, rows: tuple[Row, ...], ground: Ground) -> dict[str, Json]:
    """The grounds, when the actor may reject now with a reason in words; RuleBroken or NotAllowed otherwise (51.1)."""
    require_may(case, Act.REJECT, ground)
    require_reason(ground)
    return grounds_of_rejection(case, rows, ground)


def reject(case: Case, rows: tuple[Row, ...], ground: Ground, *, letter: str, sha256: str) -> Outcome:
    """Reject by the signed letter `letter`, which names each requirement and how to object (51.1)."""
    unmet = may_reject(case, rows, ground)
    after: dict[str, Json] = {"not_met": unmet, "letter": letter, "sha256": sha256}
    return move(case, Act.REJECT, ground, after=after, changes={"decided_at": ground.at})
