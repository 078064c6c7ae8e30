"""The facts that speak for or against a clause, from what really happened: never from a promise to do so (51.1 to 51.11)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Evidence
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.domain.survey import Quarter, due_quarters
from pasti.queries import facilities
from pasti.queries.complaint_evidence import of_complaints
from pasti.queries.evaluation_evidence import evaluation
from pasti.queries.oversight_evidence import oversight
from pasti.queries.staff_evidence import of_staff
from pasti.queries.standard import figures
from pasti.records.certificate import Certificate
from pasti.records.intake import DossierRow
from pasti.records.ledger import LedgerEntry
from pasti.records.survey import SurveyRun

QUARTERS_A_YEAR = 4


def facts(standard: Standard, *, at: datetime) -> tuple[Evidence, ...]:
    """What the tables prove about the clauses of one edition by `at`. At most 24 SQL queries, whatever the tables' size."""
    return (
        *_requirements(standard),
        *_acts(standard),
        *_promise(standard, at),
        *_certificates(standard),
        *oversight(standard, at=at),
        *of_staff(standard, at=at),
        *of_complaints(standard, jakarta_day(at)),
        *facilities.facts(standard, at=at),
        *_survey(standard, at),
        *evaluation(standard, at),
    )


def _requirements(standard: Standard) -> Iterator[Evidence]:
    """A requirement is kept when examiners judge it, case by case; only judged ones count (51.1)."""
    rows = DossierRow.objects.filter(clause__startswith=f"{standard.entry}.1.", judged_at__isnull=False)
    for row in rows.values("clause").annotate(met=Count("id", filter=Q(verdict="met")), last=Max("judged_at"), all=Count("id")):
        what = Sentence("Dinilai pemeriksa pada {all} berkas; {met} memenuhi.", all=row["all"], met=row["met"])
        yield Evidence(clause=row["clause"], is_met=True, what=what, seen_on=jakarta_day(row["last"]))


def _acts(standard: Standard) -> Iterator[Evidence]:
    """Every submission was given a procedure class by the stated rule (51.2), and none a payment step (51.4)."""
    sent = LedgerEntry.objects.filter(kind="application.submitted", edition__startswith=f"{standard.entry}@")
    seen = sent.aggregate(all=Count("id"), classed=Count("id", filter=Q(after__has_key="procedure")), last=Max("at"))
    if not seen["all"]:
        return
    on = jakarta_day(seen["last"])
    words = "{classed} dari {all} pengajuan diberi kelas prosedur menurut aturan pemilihan."
    what = Sentence(words, classed=seen["classed"], all=seen["all"])
    yield Evidence(clause=standard.cite("2"), is_met=seen["classed"] == seen["all"], what=what, seen_on=on)
    paid = LedgerEntry.objects.filter(kind__startswith="payment.").count()
    what = Sentence("{all} pengajuan, {paid} catatan pembayaran.", all=seen["all"], paid=paid)
    yield Evidence(clause=standard.cite("4"), is_met=paid == 0, what=what, seen_on=on)


def _promise(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """The term, over this quarter's decided cases (51.3)."""
    quarter = figures(standard.entry, at=at)
    if quarter.on_time_percent is None:
        return
    words = "{decided} permohonan diputus triwulan ini, {percent} % tepat waktu."
    what = Sentence(words, decided=quarter.decided, percent=round(quarter.on_time_percent))
    yield Evidence(clause=standard.cite("3"), is_met=quarter.on_time_percent == 100, what=what, seen_on=jakarta_day(at))


def _certificates(standard: Standard) -> Iterator[Evidence]:
    """Signed certificates prove the product (51.5), and the bases printed on the last one the law cited that day (51.7)."""
    signed = Certificate.objects.filter(application__entry=standard.entry).exclude(signed_sha256="")
    seen = signed.aggregate(all=Count("id"), last=Max("signed_at"), first=Min("signed_at"))
    if not seen["all"]:
        return
    on = jakarta_day(seen["last"])
    what = Sentence("{all} sertifikat bertanda tangan elektronik.", all=seen["all"])
    yield Evidence(clause=standard.cite("5"), is_met=True, what=what, seen_on=on)
    last = signed.order_by("-signed_at")[0]
    printed, in_force = set(last.data["legal_bases"]), {basis.title for basis in standard.legal_bases_on(on)}
    for basis in standard.legal_bases:
        if basis.clause:
            words = "Sertifikat {number} mengutip dasar hukum yang berlaku hari itu; {basis}: {stand}."
            what = Sentence(words, number=last.number, basis=basis.id, stand=_stand(basis.title in in_force))
            yield Evidence(clause=basis.clause, is_met=printed == in_force, what=what, seen_on=on)


def _stand(is_in_force: bool) -> Sentence:
    return Sentence("masih berlaku" if is_in_force else "sudah tidak berlaku, yang dikutip penggantinya")


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
        yield Evidence(clause=standard.cite("14.2"), is_met=False, what=what, seen_on=on)
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
        yield Evidence(clause=standard.cite("14.2"), is_met=True, what=what, seen_on=jakarta_day(last.published_at))
