"""The facts that speak for or against a clause, from what really happened: never from a promise to do so (51.1 to 51.11)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Evidence
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.domain.survey import Quarter, due_quarters
from pasti.queries import facilities
from pasti.queries.complaint_evidence import of_complaints
from pasti.queries.counts import Counted, counts
from pasti.queries.evaluation_evidence import evaluation
from pasti.queries.oversight_evidence import INSPECTED, oversight
from pasti.queries.staff_evidence import of_staff
from pasti.queries.standard import quarter_start, tally
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry
from pasti.records.survey import SurveyRun

QUARTERS_A_YEAR = 4
KINDS = ("application.submitted", "requirement.judged", "certificate.issued", "payment", "clock.ended", *INSPECTED)
APPOINTED = ("account.appointed", "account.appointment_ended")


def facts(standard: Standard, *, at: datetime) -> tuple[Evidence, ...]:
    """What is proven about the clauses of one edition by `at`: nothing that happened later, so that a past day keeps its answer.

    At most 24 SQL queries, whatever the tables' size.
    """
    everything = counts(None, *KINDS, at=at, recent_since=quarter_start(jakarta_day(at)))
    ours = [fact for fact in everything if fact.entry == standard.entry]
    return (
        *_counted(standard, ours),
        *_promise(standard, ours, jakarta_day(at)),
        *_certificates(standard, at),
        *oversight(standard, everything, at=at),
        *_head_count(standard, at),
        *of_staff(standard, at=at),
        *of_complaints(standard, at=at),
        *facilities.facts(standard, at=at),
        *_survey(standard, at),
        *evaluation(standard, at),
    )


def _counted(standard: Standard, found: list[Counted]) -> Iterator[Evidence]:
    yield from _requirements([fact for fact in found if fact.kind == "requirement.judged"])
    yield from _acts(standard, [fact for fact in found if fact.kind == "application.submitted"], found)
    issued = [fact for fact in found if fact.kind == "certificate.issued"]
    if issued:
        what = Sentence("{all} sertifikat bertanda tangan elektronik.", all=sum(fact.count for fact in issued))
        on = max(fact.last for fact in issued)
        yield Evidence(clause=standard.cite("5"), is_met=True, what=what, seen_on=on, facts=("certificate.issued",))


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
        yield Evidence(clause=clause, is_met=True, what=what, seen_on=last, facts=("requirement.judged",))


def _acts(standard: Standard, sent: list[Counted], found: list[Counted]) -> Iterator[Evidence]:
    """Every submission was given a procedure class by the stated rule (51.2), and none a payment step (51.4)."""
    if not sent:
        return
    every, on = sum(fact.count for fact in sent), max(fact.last for fact in sent)
    classed = sum(fact.count for fact in sent if fact.key)
    words = "{classed} dari {all} pengajuan diberi kelas prosedur menurut aturan pemilihan."
    what = Sentence(words, classed=classed, all=every)
    facts = ("application.submitted",)
    yield Evidence(clause=standard.cite("2"), is_met=classed == every, what=what, seen_on=on, facts=facts)
    paid = sum(fact.count for fact in found if fact.kind == "payment")
    what = Sentence("{all} pengajuan, {paid} catatan pembayaran.", all=every, paid=paid)
    yield Evidence(clause=standard.cite("4"), is_met=paid == 0, what=what, seen_on=on, facts=facts)


def _promise(standard: Standard, found: list[Counted], on: date) -> Iterator[Evidence]:
    """The term, over this quarter's decided cases (51.3)."""
    kept = tally(found)
    if not kept.decided:
        return
    words = "{decided} permohonan diputus triwulan ini, {percent} % tepat waktu."
    what = Sentence(words, decided=kept.decided, percent=kept.percent)
    facts = ("clock.ended",)
    yield Evidence(clause=standard.cite("3"), is_met=kept.late == 0, what=what, seen_on=on, facts=facts)


def _certificates(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """The bases printed on the last signed certificate are the law cited that day (51.7)."""
    signed = Certificate.objects.filter(application__entry=standard.entry, signed_at__lte=at).exclude(signed_sha256="")
    last = signed.order_by("-signed_at", "-id").first()
    if last is None or last.signed_at is None:
        return
    on = jakarta_day(last.signed_at)
    printed, in_force = set(last.data["legal_bases"]), {basis.title for basis in standard.legal_bases_on(on)}
    for basis in standard.legal_bases:
        if basis.clause:
            words = "Sertifikat {number} mengutip dasar hukum yang berlaku hari itu; {basis}: {stand}."
            what = Sentence(words, number=last.number, basis=basis.id, stand=_stand(basis.title in in_force))
            yield Evidence(
                clause=basis.clause, is_met=printed == in_force, what=what, seen_on=on, where=f"certificate:{last.token}"
            )


def _stand(is_in_force: bool) -> Sentence:
    return Sentence("masih berlaku" if is_in_force else "sudah tidak berlaku, yang dikutip penggantinya")


def _head_count(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """Active officers against the number promised (51.11): by the facts of their appointments, as they stood then."""
    told = LedgerEntry.objects.filter(kind__in=APPOINTED, at__lte=at).order_by("subject_id", "seq")
    posts: dict[tuple[UUID, str, str], date | None] = {}
    for account, after in told.values_list("subject_id", "after"):
        ends_on = date.fromisoformat(after["ends_on"]) if after["ends_on"] else None
        posts[account, after["role"], after["starts_on"]] = ends_on
    on = jakarta_day(at)
    count = len({account for (account, _role, starts_on), ends_on in posts.items() if _holds(starts_on, ends_on, on)})
    if count:
        what = Sentence("{count} petugas aktif dari {promised} yang dijanjikan.", count=count, promised=standard.staff_required)
        met = count >= standard.staff_required
        yield Evidence(clause=standard.cite("11"), is_met=met, what=what, seen_on=on, facts=APPOINTED)


def _holds(starts_on: str, ends_on: date | None, on: date) -> bool:
    return date.fromisoformat(starts_on) <= on and (ends_on is None or on <= ends_on)


def _survey(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """The quarters that had to be published by now, the last four of them, and which of them were (51.14.2)."""
    rows = SurveyRun.objects.filter(entry=standard.entry, opened_at__lte=at).order_by("year", "quarter")
    runs = {Quarter(row.year, row.quarter): row for row in rows}
    published = {quarter: row for quarter, row in runs.items() if row.published_at and row.published_at <= at}
    if not runs:
        return
    on, within = jakarta_day(at), standards.load().survey().publish_within.amount
    due = due_quarters(min(runs), on, within=within)[-QUARTERS_A_YEAR:]
    missed = [quarter for quarter in due if quarter not in published]
    if missed:
        what = Sentence(
            "{quarter} belum diumumkan hasil surveinya; batasnya {days} hari kalender.", quarter=missed[-1].title, days=within
        )
        yield Evidence(clause=standard.cite("14.2"), is_met=False, what=what, seen_on=on, where="survey_results")
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
            clause=standard.cite("14.2"), is_met=True, what=what, seen_on=jakarta_day(last.published_at), where="survey_results"
        )
