"""The facts that speak for or against a clause, from what really happened: never from a promise to do so (51.1 to 51.11)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Behind, Evidence, all_of
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.domain.survey import Quarter, due_quarters
from pasti.queries import facilities
from pasti.queries.complaint_evidence import of_complaints
from pasti.queries.counts import Counted, counts
from pasti.queries.evaluation_evidence import evaluation
from pasti.queries.oversight_evidence import INSPECTED, oversight
from pasti.queries.posts import APPOINTED, Posts, posts
from pasti.queries.staff_evidence import guarded, of_staff
from pasti.queries.standard import quarter_start, tally
from pasti.records.certificate import Certificate
from pasti.records.survey import SurveyRun

QUARTERS_A_YEAR = 4
KINDS = ("application.submitted", "requirement.judged", "certificate.issued", "payment", "clock.ended", *INSPECTED)


def facts(standard: Standard, *, at: datetime) -> tuple[Evidence, ...]:
    """What is proven about the clauses of one edition by `at`: nothing that happened later, so that a past day keeps its answer.

    At most 24 SQL queries, whatever the tables' size.
    """
    everything = counts(None, *KINDS, at=at, recent_since=quarter_start(jakarta_day(at)))
    ours, held = [fact for fact in everything if fact.entry == standard.entry], posts(at)
    things = {fact.clause: fact for fact in facilities.facts(standard, at=at)}
    return (
        *_counted(standard, ours),
        *_promise(standard, ours, jakarta_day(at)),
        *_certificates(standard, at),
        *oversight(standard, everything, at=at),
        *_head_count(standard, held, jakarta_day(at)),
        *of_staff(standard, held, at=at),
        *of_complaints(standard, at=at),
        *_guards_and_equipment(standard, things.pop(standard.cite("13.1"), None), at),
        *things.values(),
        *_survey(standard, at),
        *evaluation(standard, held, at),
    )


def _counted(standard: Standard, found: list[Counted]) -> Iterator[Evidence]:
    yield from _requirements([fact for fact in found if fact.kind == "requirement.judged"])
    yield from _acts(standard, [fact for fact in found if fact.kind == "application.submitted"], found)
    issued = [fact for fact in found if fact.kind == "certificate.issued"]
    if issued:
        what = Sentence("{all} sertifikat bertanda tangan elektronik.", all=sum(fact.count for fact in issued))
        on = max(fact.last for fact in issued)
        yield Evidence(
            clause=standard.cite("5"), is_met=True, what=what, seen_on=on, behind=Behind(kinds=("certificate.issued",))
        )


def _requirements(judged: list[Counted]) -> Iterator[Evidence]:
    """A requirement is kept when examiners judge it, case by case; only judgements count (51.1)."""
    by_clause: dict[str, list[Counted]] = defaultdict(list)
    for fact in judged:
        by_clause[fact.key.partition(" ")[0]].append(fact)
    for clause, facts in by_clause.items():
        every = sum(fact.count for fact in facts)
        met = sum(fact.count for fact in facts if fact.key.endswith(" met"))
        what = Sentence("Dinilai pemeriksa {all} kali; {met} di antaranya memenuhi.", all=every, met=met)
        last = max(fact.last for fact in facts)
        yield Evidence(
            clause=clause, is_met=True, what=what, seen_on=last, behind=Behind(kinds=("requirement.judged",), clause=clause)
        )


def _acts(standard: Standard, sent: list[Counted], found: list[Counted]) -> Iterator[Evidence]:
    """Every submission was given a procedure class by the stated rule (51.2), and none a payment step (51.4)."""
    if not sent:
        return
    every, on = sum(fact.count for fact in sent), max(fact.last for fact in sent)
    classed = sum(fact.count for fact in sent if fact.key)
    words = "{classed} dari {all} pengajuan diberi kelas prosedur menurut aturan pemilihan."
    what = Sentence(words, classed=classed, all=every)
    behind = Behind(kinds=("application.submitted",))
    yield Evidence(clause=standard.cite("2"), is_met=classed == every, what=what, seen_on=on, behind=behind)
    paid = sum(fact.count for fact in found if fact.kind == "payment")
    what = Sentence("{all} pengajuan, {paid} catatan pembayaran.", all=every, paid=paid)
    yield Evidence(clause=standard.cite("4"), is_met=paid == 0, what=what, seen_on=on, behind=behind)


def _promise(standard: Standard, found: list[Counted], on: date) -> Iterator[Evidence]:
    """The term, over this quarter's decided cases (51.3)."""
    kept = tally(found)
    if not kept.decided:
        return
    words = "{decided} permohonan diputus triwulan ini, {percent} % tepat waktu."
    what = Sentence(words, decided=kept.decided, percent=kept.percent)
    behind = Behind(kinds=("clock.ended",), since=quarter_start(on))
    yield Evidence(clause=standard.cite("3"), is_met=kept.late == 0, what=what, seen_on=on, behind=behind)


def _certificates(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """The bases printed on the last signed certificate are the law cited that day (51.7.*)."""
    signed = Certificate.objects.filter(application__entry=standard.entry, signed_at__lte=at).exclude(signed_sha256="")
    last = signed.order_by("-signed_at", "-id").first()
    if last is None or last.signed_at is None:
        return
    on = jakarta_day(last.signed_at)
    printed, in_force = set(last.data["legal_bases"]), {basis.title for basis in standard.legal_bases_on(on)}
    for basis in standard.legal_bases:
        if basis.clause:
            words = "Sertifikat terakhir mengutip dasar hukum yang berlaku hari itu; {basis}: {stand}."
            what = Sentence(words, basis=basis.id, stand=_stand(basis.title in in_force))
            behind = Behind(kinds=("certificate.issued",), subjects=(last.id,))
            yield Evidence(clause=basis.clause, is_met=printed == in_force, what=what, seen_on=on, behind=behind)


def _stand(is_in_force: bool) -> Sentence:
    return Sentence("masih berlaku" if is_in_force else "sudah tidak berlaku, yang dikutip penggantinya")


def _head_count(standard: Standard, held: Posts, on: date) -> Iterator[Evidence]:
    """Active officers against the number promised (51.11), as their facts had it then; the Inspectorate is not of the office."""
    outside = standard.staffing.apart if standard.staffing else frozenset()
    count = len({account for account, role in held.of(on) if role not in outside})
    if count:
        what = Sentence("{count} petugas aktif dari {promised} yang dijanjikan.", count=count, promised=standard.staff_required)
        met, behind = count >= standard.staff_required, Behind(kinds=APPOINTED)
        yield Evidence(clause=standard.cite("11"), is_met=met, what=what, seen_on=on, behind=behind)


def _guards_and_equipment(standard: Standard, equipment: Evidence | None, at: datetime) -> Iterator[Evidence]:
    """The clause names both: guards at their posts, and safety equipment on the spot (51.13.1)."""
    clause, guards = standard.cite("13.1"), guarded(standard, at)
    halves = ((Sentence("Petugas keamanan"), guards), (Sentence("Fasilitas keselamatan"), equipment))
    if whole := all_of(clause, halves):
        yield whole


def _survey(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """The quarters that had to be published by now, the last four of them, and which of them were (51.14.2)."""
    rows = SurveyRun.objects.filter(entry=standard.entry, opened_at__lte=at).order_by("year", "quarter")
    runs = {Quarter(row.year, row.quarter): row for row in rows}
    published = {quarter: row for quarter, row in runs.items() if row.published_at and row.published_at <= at}
    if not runs:
        return
    behind = Behind(kinds=("survey.opened", "survey.published"), clause=standard.cite("14.2"))
    on, within = jakarta_day(at), standards.load().survey().publish_within.amount
    due = due_quarters(min(runs), on, within=within)[-QUARTERS_A_YEAR:]
    missed = [quarter for quarter in due if quarter not in published]
    if missed:
        what = Sentence(
            "{quarter} belum diumumkan hasil surveinya; batasnya {days} hari kalender.", quarter=missed[-1].title, days=within
        )
        yield Evidence(clause=standard.cite("14.2"), is_met=False, what=what, seen_on=on, behind=behind, where="survey_results")
    elif published:
        last = published[max(published)]
        words = "{due} triwulan jatuh tempo, semua diumumkan; {quarter}: {index} (mutu {grade}), {n} kuesioner, perlu {needed}."
        assert last.tally is not None and last.published_at is not None, "it was closed and published"
        what = Sentence(
            words,
            due=len(due),
            quarter=max(published).title,
            index=last.index,
            grade=last.grade,
            n=last.tally["n"],
            needed=last.needed,
        )
        yield Evidence(
            clause=standard.cite("14.2"),
            is_met=True,
            what=what,
            seen_on=jakarta_day(last.published_at),
            behind=behind,
            where="survey_results",
        )
