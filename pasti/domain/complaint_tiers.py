"""Category by category and tier by tier, each with its written report; referral; what a proven complaint leads to (51.6.7)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_promise import Category, Tier
from pasti.domain.complaint_steps import LEADERS, Step
from pasti.domain.complaints import PROVEN, Complaint, Finding, move, require_may, tell_handlers, tell_owner, tier_of, words
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Json, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import ROLE_TITLES, Role
from pasti.domain.sentence import Sentence
from pasti.domain.terms import last_day

FOLLOW_UPS = {"improvement": "14", "sanction": "12.5", "correction": "6.8"}  # each with the clause it stands on


def approve_inspectorate(complaint: Complaint, ground: Ground) -> Outcome:
    """The head approves that APIP takes part (51.6.7.c)."""
    require_may(complaint, Step.APPROVE_INSPECTORATE, ground)
    said = words(ground.reason, ground, clause="6.7.c", what=Sentence("alasan persetujuan"))
    return move(
        complaint, Step.APPROVE_INSPECTORATE, ground, changes={"inspectorate_basis": "approval", "inspectorate_words": said}
    )


def categorise(complaint: Complaint, number: int, ground: Ground, *, rule: str = "", agency: str = "") -> Outcome:
    """Set or change the category: it opens at its first tier; APIP only upon approval or a rule (51.6.7)."""
    require_may(complaint, Step.CATEGORISE, ground)
    words(ground.reason, ground, clause="6.7.a", what=Sentence("alasan memilih kategori ini"))
    cite = ground.standard.cite("6.7.a")
    try:
        category = ground.standard.handling.category(number)
    except KeyError:
        raise RuleBroken(cite, "Pilih kategori 1, 2, atau 3.") from None
    if category.number == complaint.category:
        raise RuleBroken(category.clause, "Pengaduan ini sudah dalam kategori itu.")
    changes: dict[str, object] = {"category": number, "tier": 0}
    changes |= _basis(complaint, category, rule.strip(), agency.strip())
    first = category.tiers[0]
    after: dict[str, Json] = {"category": number, "tier": first.id}
    errands = (tell_handlers("carried", (first.role,)),)
    return move(
        complaint, Step.CATEGORISE, ground, changes=changes, after=after, clause=category.clause, tier=first, errands=errands
    )


def _basis(complaint: Complaint, category: Category, rule: str, agency: str) -> dict[str, object]:
    """On what a category that needs it was approved."""
    if not category.needs_approval or complaint.inspectorate_basis:
        return {}
    if rule:
        return {"inspectorate_basis": "rule", "inspectorate_words": rule}
    if agency:
        return {"inspectorate_basis": "agency", "inspectorate_words": agency}
    raise RuleBroken(
        category.clause,
        "Pelibatan APIP perlu persetujuan Kepala DPMPTSP yang tercatat, surat kepala perangkat daerah, atau dasar aturannya.",
    )


def _open_tier(complaint: Complaint, ground: Ground) -> tuple[Category, Tier, Tier | None]:
    """The category, the open tier, and the one above it."""
    tier = tier_of(complaint, ground.standard)
    assert tier is not None and complaint.category is not None, "the table asks it only in the tiers"
    category = ground.standard.handling.category(complaint.category)
    above = category.tiers[complaint.tier + 1] if complaint.tier + 1 < len(category.tiers) else None
    return category, tier, above


def reports_to(complaint: Complaint, ground: Ground) -> tuple[str, str]:
    """The open tier's id, and the title of who stands above it (51.6.7)."""
    _, tier, above = _open_tier(complaint, ground)
    return tier.id, above.title.id if above else ROLE_TITLES[Role.SUPERIOR]


def climb(complaint: Complaint, report: str, ground: Ground) -> Outcome:
    """Hand it to the tier above, with the written report; from the last tier only another category leads on (51.6.7)."""
    require_may(complaint, Step.CLIMB, ground)
    category, tier, above = _open_tier(complaint, ground)
    if above is None:
        raise RuleBroken(category.clause, "Ini jenjang terakhir kategori ini: putuskan hasilnya, atau pindahkan kategorinya.")
    words(report, ground, clause="6.7.a", what=Sentence("laporan tertulis kepada jenjang di atasnya"))
    after: dict[str, Json] = {"from": tier.id, "tier": above.id}
    return move(
        complaint,
        Step.CLIMB,
        ground,
        changes={"tier": complaint.tier + 1},
        after=after,
        clause=category.clause,
        tier=above,
        errands=(tell_handlers("carried", (above.role,)),),
    )


def settle(complaint: Complaint, finding: Finding, report: str, breaches: Sequence[tuple[str, date]], ground: Ground) -> Outcome:
    """Settle it at the open tier, with its written report; what is proven names the clause and the day (51.6.7.*)."""
    require_may(complaint, Step.SETTLE, ground)
    category, tier, _ = _open_tier(complaint, ground)
    if finding is Finding.NOTED:
        raise RuleBroken(category.clause, "Pilih hasilnya: terbukti, terbukti sebagian, atau tidak terbukti.")
    if complaint.open_actions or complaint.open_referrals:
        raise RuleBroken(ground.standard.cite("6.6.e"), "Masih ada langkah atau rujukan yang belum selesai. Selesaikan dahulu.")
    said = words(report, ground, clause="6.7.a", what=Sentence("laporan tertulis kepada atasan"))
    _check_breaches(finding, breaches, ground)
    changes = {"finding": finding, "finding_words": said, "settled_at": ground.at}
    broken: list[Json] = [f"{clause}@{day.isoformat()}" for clause, day in breaches]
    after: dict[str, Json] = {"finding": finding, "tier": tier.id, "breaches": broken}
    return move(complaint, Step.SETTLE, ground, changes=changes, after=after, clause=category.clause, public=True)


def _check_breaches(finding: Finding, breaches: Sequence[tuple[str, date]], ground: Ground) -> None:
    cite = ground.standard.cite("6.6.b")
    if (finding in PROVEN) != bool(breaches):
        raise RuleBroken(cite, "Sebut klausul yang dilanggar bila terbukti, dan jangan sebut bila tidak terbukti.")
    known = {c.id for c in ground.standard.clauses()}
    for clause, day in breaches:
        if clause not in known:
            raise RuleBroken(cite, "Klausul {clause} tidak ada pada standar ini.", clause=clause)
        if day > jakarta_day(ground.at):
            raise RuleBroken(cite, "Hari pelanggaran tidak boleh sesudah hari ini.")
    if len({clause for clause, _ in breaches}) < len(breaches):
        raise RuleBroken(cite, "Tiap klausul disebut satu kali.")


def refer(complaint: Complaint, agency: str, email: str, question: str, ground: Ground) -> tuple[Outcome, date]:
    """Ask another agency; answers also its last day. The errand that writes to it is the act's (51.6.6.e)."""
    require_may(complaint, Step.REFER, ground)
    cite = ground.standard.cite("6.6.e")
    problems = []
    if len(agency.strip()) < 3:
        problems.append(field_problem("agency", cite, "Tulis nama perangkat daerah atau instansinya."))
    if "@" not in email or " " in email.strip():
        problems.append(field_problem("email", cite, "Tulis alamat surel instansi itu."))
    if len(question.strip()) < 10:
        problems.append(field_problem("question", cite, "Tulis yang dimintakan kepada instansi itu, paling sedikit 10 huruf."))
    if problems:
        raise InvalidInput(tuple(problems))
    due_on = last_day(ground.standard.handling.referral, jakarta_day(ground.at), ground.calendar)
    changes = {"open_referrals": complaint.open_referrals + 1}
    after: dict[str, Json] = {"agency": agency.strip(), "due_on": due_on.isoformat()}
    return move(complaint, Step.REFER, ground, changes=changes, after=after), due_on


def answer_referral(complaint: Complaint, text: str, ground: Ground, *, agency: str, is_answered: bool) -> Outcome:
    """The agency's answer, once (51.6.6.e)."""
    require_may(complaint, Step.ANSWER_REFERRAL, ground)
    if is_answered:
        raise RuleBroken(ground.standard.cite("6.6.e"), "Rujukan ini sudah dijawab. Jawaban yang tercatat tidak diubah.")
    words(text, ground, clause="6.6.e", what=Sentence("jawabannya"))
    changes = {"open_referrals": complaint.open_referrals - 1}
    errands = (tell_handlers("referral_answered", (Role.COMPLAINTS_OFFICER,)),)
    return move(complaint, Step.ANSWER_REFERRAL, ground, changes=changes, after={"agency": agency}, errands=errands)


def follow_up(
    complaint: Complaint, kind: str, owner: UUID, due_on: date, clause: str, ground: Ground, *, has_case: bool
) -> tuple[Outcome, str]:
    """Open what a proven complaint leads to; answers also the clause it stands on (51.12.5)."""
    require_may(complaint, Step.FOLLOW_UP, ground)
    if kind not in FOLLOW_UPS:
        raise RuleBroken(ground.standard.cite("6.8"), "Pilih: perbaikan, sanksi, atau koreksi berkas.")
    if complaint.finding not in PROVEN:
        raise RuleBroken(ground.standard.cite("6.8"), "Tindak lanjut dibuka untuk pengaduan yang terbukti.")
    if kind == "correction" and not has_case:
        raise RuleBroken(ground.standard.cite("6.8"), "Pengaduan ini tidak terkait suatu berkas permohonan.")
    if due_on < jakarta_day(ground.at):
        raise RuleBroken(ground.standard.cite("6.8"), "Batas waktunya tidak boleh sebelum hari ini.")
    words(ground.reason, ground, clause="6.8", what=Sentence("apa yang harus dilakukan"))
    cite = clause or ground.standard.cite(FOLLOW_UPS[kind])
    after: dict[str, Json] = {"as": kind, "due_on": due_on.isoformat()}
    errands = (tell_owner("follow_up", owner, due_on),)
    return move(complaint, Step.FOLLOW_UP, ground, after=after, clause=cite, errands=errands), cite


def finish_follow_up(complaint: Complaint, owner: UUID, result: str, ground: Ground, *, is_done: bool) -> Outcome:
    """What came of it, by its owner or who leads the handling, once (51.12.5)."""
    require_may(complaint, Step.FINISH_FOLLOW_UP, ground)
    if not ground.actor.roles & LEADERS and ground.actor.id != owner:
        raise NotAllowed(ground.standard.cite("6.8"), "Hasil tindak lanjut dicatat oleh penanggung jawabnya atau pimpinan.")
    if is_done:
        raise RuleBroken(ground.standard.cite("6.8"), "Tindak lanjut ini sudah selesai.")
    words(result, ground, clause="6.8", what=Sentence("hasilnya"))
    return move(complaint, Step.FINISH_FOLLOW_UP, ground)
