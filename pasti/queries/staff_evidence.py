"""What speaks for and against the clauses of staff, guarantees and safety, as it was known by a moment (51.9, 51.12, 51.13)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, Max, Q, Subquery, Value, When

from pasti.domain import staff
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Behind, Evidence
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.staff_promise import Staffing
from pasti.domain.standard import Standard
from pasti.queries.guarantees import reads_as, shows_mottoes
from pasti.queries.posts import Posts
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.guarantees import Proclamation, Signing
from pasti.records.safety import GuardWatch, LegalAid
from pasti.records.sanctions import Sanction
from pasti.records.staff import Assessment, Credential, values

PAPERS = ("staff.credential_entered", "staff.credential_verified", "staff.credential_refused")


def of_staff(standard: Standard, held: Posts, *, at: datetime) -> Iterator[Evidence]:
    """All of it, of who served then (`held`). Six SQL queries; one where the edition does not say who may serve."""
    yield from _sanctions(standard, at)
    if standard.staffing is None:
        return
    officers = frozenset(account for account, role in held.of(jakarta_day(at)) if role in standard.staffing.judged)
    yield from _qualified(standard.staffing, officers, at)
    yield from _yearly_facts(standard.staffing, officers, at)
    yield from _proclaimed(standard, standard.staffing, at)
    yield from _helped(standard, standard.staffing, at)


def _qualified(staffing: Staffing, officers: frozenset[UUID], at: datetime) -> Iterator[Evidence]:
    """Every officer by a proven ground, and through every training (51.9.1, 51.9.2); nothing while no paper is verified."""
    papers: dict[UUID, list[Credential]] = defaultdict(list)
    for paper in Credential.objects.filter(account__in=officers, verified_at__lte=at):
        papers[paper.account_id].append(paper)
    if not papers:
        return
    seen_on = max(jakarta_day(p.verified_at) for given in papers.values() for p in given if p.verified_at)
    proven = {id: values(papers[id]) for id in officers}
    count = sum(bool(staff.grounds(given, staffing, jakarta_day(at))) for given in proven.values())
    words = "{count} dari {all} petugas terbukti memenuhi salah satu dasar pendidikan atau pengalaman."
    what = Sentence(words, count=count, all=len(officers))
    clause, is_met = staffing.grounds_clause, count == len(officers)
    yield Evidence(clause=clause, is_met=is_met, what=what, seen_on=seen_on, behind=Behind(kinds=PAPERS, clause=clause))
    trained = sum(not staff.untrained(given, staffing) for given in proven.values())
    what = Sentence("{count} dari {all} petugas sudah mengikuti semua diklat.", count=trained, all=len(officers))
    clause, is_met = staffing.trainings_clause, trained == len(officers)
    yield Evidence(clause=clause, is_met=is_met, what=what, seen_on=seen_on, behind=Behind(kinds=PAPERS, clause=clause))


def _yearly_facts(staffing: Staffing, officers: frozenset[UUID], at: datetime) -> Iterator[Evidence]:
    """Each competence and each pledge of every officer, as last found or given (51.9.3 to 51.9.9, 51.12.1, 51.12.2)."""
    pledges = {pledge.clause for pledge in staffing.pledges}
    newest: dict[str, dict[UUID, tuple[bool, datetime]]] = defaultdict(dict)
    judged = Assessment.objects.filter(account__in=officers, clause__in=staffing.competences, made_at__lte=at)
    given = Signing.objects.filter(account__in=officers, clause__in=pledges, made_at__lte=at)
    rows = judged.values_list("clause", "account_id", "is_held", "made_at").union(
        given.values_list("clause", "account_id", Value(True), "made_at"), all=True
    )
    for clause, account, is_held, made_at in rows.order_by("made_at"):
        newest[clause][account] = (is_held, made_at)
    for clause, found in newest.items():
        count, all = sum(is_held for is_held, _at in found.values()), len(officers)
        if clause in pledges:
            what = Sentence("{count} dari {all} petugas sudah menyatakannya.", count=count, all=all)
        else:
            what = Sentence("{count} dari {all} petugas dinilai memenuhi oleh atasannya.", count=count, all=all)
        yield _yearly(clause, what, [made_at for _held, made_at in found.values()], staffing, is_met=count == all)


def _yearly(clause: str, what: Sentence, moments: list[datetime], staffing: Staffing, *, is_met: bool) -> Evidence:
    """Stale when the earliest of everyone's last ones has run out."""
    return Evidence(
        clause=clause,
        is_met=is_met,
        what=what,
        seen_on=jakarta_day(max(moments)),
        behind=Behind(kinds=("staff.assessed", "staff.pledged"), clause=clause),
        valid_until=staff.holds_until(min(moments), staffing),
    )


def _proclaimed(standard: Standard, staffing: Staffing, at: datetime) -> Iterator[Evidence]:
    """What is published at /maklumat/, against what the standard and the office have (51.12.3, 51.12.4)."""
    rows = Proclamation.objects.filter(entry=standard.entry, published_at__lte=at)
    row = rows.order_by("-published_at").first()
    if row is None:
        return
    on, behind = jakarta_day(row.published_at), Behind(kinds=("proclamation.published",), subjects=(row.id,))
    word = Sentence("sama dengan") if reads_as(row, staffing) else Sentence("berbeda dari")
    said = Sentence("Diumumkan di /maklumat/ pada {day}; bunyinya {word} naskah standar.", day=said_day(on), word=word)
    shown = Sentence("{count} semboyan ditampilkan di /maklumat/ sejak {day}.", count=len(row.mottoes), day=said_day(on))
    for clause, is_met, what in (
        (staffing.proclamation.clause, reads_as(row, staffing), said),
        (standard.cite("12.4"), shows_mottoes(row), shown),
    ):
        yield Evidence(clause=clause, is_met=is_met, what=what, seen_on=on, behind=behind, where="proclamation")


def _sanctions(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """Sanctions that proven complaints demand, none past its day, and those imposed (51.12.5); nothing while there are none."""
    on = jakarta_day(at)
    clause, known = standard.cite("12.5"), ComplaintFollowUp.objects.filter(kind="sanction", opened_at__lte=at)
    is_open = Q(done_at=None) | Q(done_at__gt=at)
    demanded = known.values_list(Case(When(is_open & Q(due_on__lt=on), then=Value("late")), When(is_open, then=Value("open"))))
    imposed = Sanction.objects.filter(imposed_at__lte=at).values_list(Value("imposed"))
    seen = Counter(row[0] for row in demanded.union(imposed, all=True))
    if seen:
        words = (
            "{all} sanksi dari pengaduan yang terbukti; {open} belum selesai, {late} di antaranya lewat batas. "
            "{imposed} sanksi dijatuhkan kepada pegawai."
        )
        late, imposed_count = seen["late"], seen["imposed"]
        demanded_count, open_count = seen.total() - imposed_count, late + seen["open"]
        what = Sentence(words, all=demanded_count, open=open_count, late=late, imposed=imposed_count)
        kinds = ("complaint.followed_up", "complaint.follow_up_finished", "sanction.imposed")
        behind = Behind(kinds=kinds, clause=clause)
        yield Evidence(clause=clause, is_met=not seen["late"], what=what, seen_on=on, behind=behind)


def guarded(standard: Standard, at: datetime) -> Evidence | None:
    """The last day whose watches were noted: all of them kept (51.13.1); None before any, or where nobody says how long."""
    if standard.staffing is None:
        return None
    noted = GuardWatch.objects.filter(noted_at__lte=at)
    day = noted.filter(on=Subquery(noted.order_by("-on").values("on")[:1]))
    seen = day.aggregate(last=Max("on"), all=Count("id"), kept=Count("id", filter=Q(is_kept=True)))
    last = seen["last"]
    if last is None:
        return None
    what = Sentence("{kept} dari {all} jaga pada {day} dijalankan.", kept=seen["kept"], all=seen["all"], day=said_day(last))
    return Evidence(
        clause=standard.cite("13.1"),
        is_met=seen["kept"] == seen["all"],
        what=what,
        seen_on=last,
        valid_until=last + timedelta(days=standard.staffing.guard_days),
        behind=Behind(kinds=("guard.noted",)),
        where="safety",
    )


def _helped(standard: Standard, staffing: Staffing, at: datetime) -> Iterator[Evidence]:
    """Requests for legal aid, each answered in its term (51.13.3); nothing while nobody asked."""
    asked = LegalAid.objects.filter(asked_at__lte=at)
    is_answered = Q(answered_at__lte=at)
    late = ~is_answered & Q(asked_at__lt=at - timedelta(days=staffing.legal_aid_days))
    seen = asked.aggregate(
        all=Count("id"),
        answered=Count("id", filter=is_answered),
        given=Count("id", filter=is_answered & Q(is_given=True)),
        late=Count("id", filter=late),
        last=Max("answered_at", filter=is_answered),
    )
    if not seen["answered"] and not seen["late"]:
        return
    words = "{all} permintaan bantuan hukum; {answered} dijawab, {given} diberi bantuan, {late} lewat {days} hari."
    what = Sentence(words, days=staffing.legal_aid_days, **{k: seen[k] for k in ("all", "answered", "given", "late")})
    on = jakarta_day(at)
    behind = Behind(kinds=("legal_aid.asked", "legal_aid.answered"))
    yield Evidence(clause=standard.cite("13.3"), is_met=not seen["late"], what=what, seen_on=on, behind=behind)
