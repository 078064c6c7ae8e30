"""What speaks for and against the clauses of staff, guarantees and safety, as it was known by a moment (51.9, 51.11 to 51.13)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from pasti.domain import staff
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Evidence
from pasti.domain.sentence import Sentence
from pasti.domain.staff_promise import Staffing
from pasti.domain.standard import Standard
from pasti.queries.guarantees import reads_as, shows_mottoes
from pasti.queries.staff import head_count, judged_ids
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.guarantees import Proclamation, Signing
from pasti.records.safety import GuardWatch, LegalAid
from pasti.records.staff import Assessment, Credential, values


def of_staff(standard: Standard, *, at: datetime) -> Iterator[Evidence]:
    """All of it. At most nine SQL queries; only the head count where the edition does not say who may serve."""
    on = jakarta_day(at)
    yield from _head_count(standard, on)
    yield from _sanctions(standard, at)
    if standard.staffing is None:
        return
    officers = judged_ids(standard.staffing, on)
    yield from _qualified(standard.staffing, officers, at)
    yield from _assessed(standard.staffing, officers, at)
    yield from _pledged(standard.staffing, officers, at)
    yield from _proclaimed(standard, standard.staffing, at)
    yield from _guarded(standard, standard.staffing, at)
    yield from _helped(standard, standard.staffing, at)


def _head_count(standard: Standard, on: date) -> Iterator[Evidence]:
    """Active officers against the number promised (51.11)."""
    count = head_count(standard, on)
    if count.officers:
        words = "{count} petugas aktif dari {promised} yang dijanjikan."
        what = Sentence(words, count=count.officers, promised=count.promised)
        yield Evidence(clause=standard.cite("11"), is_met=count.officers >= count.promised, what=what, seen_on=on)


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
    yield Evidence(clause=staffing.grounds_clause, is_met=count == len(officers), what=what, seen_on=seen_on)
    trained = sum(not staff.untrained(given, staffing) for given in proven.values())
    what = Sentence("{count} dari {all} petugas sudah mengikuti semua diklat.", count=trained, all=len(officers))
    yield Evidence(clause=staffing.trainings_clause, is_met=trained == len(officers), what=what, seen_on=seen_on)


def _assessed(staffing: Staffing, officers: frozenset[UUID], at: datetime) -> Iterator[Evidence]:
    """Each competence of every officer, as last found; it holds for the term of the edition (51.9.3 to 51.9.9)."""
    newest: dict[str, dict[UUID, Assessment]] = defaultdict(dict)
    for row in Assessment.objects.filter(account__in=officers, made_at__lte=at).order_by("made_at", "id"):
        newest[row.clause][row.account_id] = row
    for clause, found in newest.items():
        held = sum(row.is_held for row in found.values())
        moments = {id: row.made_at for id, row in found.items()}
        yield _yearly(clause, held, moments, officers, staffing, _found_held)


def _found_held(count: int, all: int) -> Sentence:
    return Sentence("{count} dari {all} petugas dinilai memenuhi oleh atasannya.", count=count, all=all)


def _pledged(staffing: Staffing, officers: frozenset[UUID], at: datetime) -> Iterator[Evidence]:
    """Each pledge by every officer; it holds for the term of the edition (51.12.1, 51.12.2)."""
    newest: dict[str, dict[UUID, datetime]] = defaultdict(dict)
    for row in Signing.objects.filter(account__in=officers, made_at__lte=at).order_by("made_at", "id"):
        newest[row.pledge][row.account_id] = row.made_at
    for pledge in staffing.pledges:
        if moments := newest[pledge.id]:
            yield _yearly(pledge.clause, len(moments), moments, officers, staffing, _have_pledged)


def _have_pledged(count: int, all: int) -> Sentence:
    return Sentence("{count} dari {all} petugas sudah menyatakannya.", count=count, all=all)


def _yearly(
    clause: str,
    count: int,
    moments: Mapping[UUID, datetime],
    officers: frozenset[UUID],
    staffing: Staffing,
    say: Callable[[int, int], Sentence],
) -> Evidence:
    """Met while everyone's last one holds; stale when the earliest of them has run out."""
    return Evidence(
        clause=clause,
        is_met=count == len(officers),
        what=say(count, len(officers)),
        seen_on=jakarta_day(max(moments.values())),
        valid_until=staff.holds_until(min(moments.values()), staffing),
    )


def _proclaimed(standard: Standard, staffing: Staffing, at: datetime) -> Iterator[Evidence]:
    """What is published at /maklumat/, against what the standard and the office have (51.12.3, 51.12.4)."""
    rows = Proclamation.objects.filter(entry=standard.entry, published_at__lte=at)
    row = rows.order_by("-published_at").first()
    if row is None:
        return
    on = jakarta_day(row.published_at)
    word = Sentence("sama dengan") if reads_as(row, staffing) else Sentence("berbeda dari")
    what = Sentence("Diumumkan di /maklumat/ pada {day}; bunyinya {word} naskah standar.", day=f"{on:%d-%m-%Y}", word=word)
    yield Evidence(clause=staffing.proclamation.clause, is_met=reads_as(row, staffing), what=what, seen_on=on)
    what = Sentence("{count} semboyan ditampilkan di /maklumat/ sejak {day}.", count=len(row.mottoes), day=f"{on:%d-%m-%Y}")
    yield Evidence(clause=standard.cite("12.4"), is_met=shows_mottoes(row), what=what, seen_on=on)


def _sanctions(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """Sanctions after proven complaints, none past its day (51.12.5); nothing while there was none to impose."""
    on = jakarta_day(at)
    known = ComplaintFollowUp.objects.filter(kind="sanction", opened_at__lte=at)
    is_open = Q(done_at=None) | Q(done_at__gt=at)
    seen = known.aggregate(all=Count("id"), late=Count("id", filter=is_open & Q(due_on__lt=on)), open=Count("id", filter=is_open))
    if seen["all"]:
        words = "{all} sanksi dari pengaduan yang terbukti; {open} belum selesai, {late} di antaranya lewat batas."
        what = Sentence(words, all=seen["all"], open=seen["open"], late=seen["late"])
        yield Evidence(clause=standard.cite("12.5"), is_met=not seen["late"], what=what, seen_on=on)


def _guarded(standard: Standard, staffing: Staffing, at: datetime) -> Iterator[Evidence]:
    """The last day whose watches were noted: all of them kept (51.13.1)."""
    noted = GuardWatch.objects.filter(noted_at__lte=at)
    last = noted.order_by("-on").values_list("on", flat=True).first()
    if last is None:
        return
    seen = noted.filter(on=last).aggregate(all=Count("id"), kept=Count("id", filter=Q(is_kept=True)))
    what = Sentence("{kept} dari {all} jaga pada {day} dijalankan.", kept=seen["kept"], all=seen["all"], day=f"{last:%d-%m-%Y}")
    yield Evidence(
        clause=standard.cite("13.1"),
        is_met=seen["kept"] == seen["all"],
        what=what,
        seen_on=last,
        valid_until=last + timedelta(days=staffing.guard_days),
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
    yield Evidence(clause=standard.cite("13.3"), is_met=not seen["late"], what=what, seen_on=on)
