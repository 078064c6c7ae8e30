"""A year's figures laid beside each component and each SOP that is evaluated, from what really happened (51.14.1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from statistics import median

from django.db.models import Count, Q

from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.compliance import Status
from pasti.domain.evaluation import COMPONENT, SOP
from pasti.domain.sentence import Sentence, listed, said_number
from pasti.domain.standard import Standard
from pasti.queries.complaint_figures import received
from pasti.queries.compliance import of_standard
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application
from pasti.records.survey import SurveyRun

Figures = dict[str, tuple[Sentence, ...]]  # a part's id → what there is to say of it


def of_year(standard: Standard, year: int, *, at: datetime) -> Figures:
    """What the facts of the year up to `at` say of each part; "no figure" is said, never taken for good."""
    first, until = datetime(year, 1, 1, tzinfo=JAKARTA), min(at, datetime.combine(date(year, 12, 31), time.max, JAKARTA))
    lines: dict[str, list[Sentence]] = defaultdict(list)
    for source in (_clauses(standard, until), _decided(standard, first, until), _others(standard, first, until)):
        for part, sentence in source:
            lines[part].append(sentence)
    return {part: tuple(said) for part, said in lines.items()}


def _clauses(standard: Standard, until: datetime) -> Iterator[tuple[str, Sentence]]:
    """Of each component how its clauses stood at the end."""
    tally: dict[int, dict[Status, int]] = defaultdict(lambda: defaultdict(int))
    for status in of_standard(standard.entry, until):
        tally[status.component][status.status] += 1
    for number, counts in tally.items():
        yield (
            f"{COMPONENT}-{number}",
            Sentence(
                "{met} dari {all} butir terbukti, {broken} dilanggar, {stale} buktinya kedaluwarsa, {none} tanpa bukti.",
                met=counts[Status.MET],
                all=sum(counts.values()),
                broken=counts[Status.NOT_MET],
                stale=counts[Status.STALE],
                none=counts[Status.NO_EVIDENCE],
            ),
        )


def _decided(standard: Standard, first: datetime, until: datetime) -> Iterator[tuple[str, Sentence]]:
    """The term, over all decided cases and by procedure class (51.2, 51.3). One SQL query."""
    rows = Application.objects.filter(entry=standard.entry, decided_at__gte=first, decided_at__lte=until, used_days__isnull=False)
    by_class: Mapping[str, list[tuple[int, bool]]] = defaultdict(list)
    for code, used, late in rows.values_list("procedure", "used_days", "was_late"):
        by_class[code].append((int(used or 0), bool(late)))
    yield f"{COMPONENT}-3", _pace([ended for each in by_class.values() for ended in each])
    for procedure in standard.procedures:
        yield f"{SOP}-{procedure.code}", _pace(by_class.get(procedure.code, []))


def _pace(ended: list[tuple[int, bool]]) -> Sentence:
    if not ended:
        return Sentence("Belum ada permohonan yang diputus tahun ini.")
    return Sentence(
        "{all} permohonan diputus tahun ini: median {median} hari kerja, {late} terlambat.",
        all=len(ended),
        median=said_number(median(used for used, _ in ended)),
        late=sum(late for _, late in ended),
    )


def _others(standard: Standard, first: datetime, until: datetime) -> Iterator[tuple[str, Sentence]]:
    """Products, complaints and survey of the year. Three SQL queries."""
    signed = Certificate.objects.filter(application__entry=standard.entry, signed_at__gte=first, signed_at__lte=until)
    yield f"{COMPONENT}-5", Sentence("{all} sertifikat ditandatangani tahun ini.", all=signed.count())
    counted = received(standard.entry, first=jakarta_day(first), last=jakarta_day(until)).filter(filed_at__lte=until)
    seen = counted.aggregate(all=Count("id"), late=Count("id", filter=Q(was_late=True)))
    words = "{all} pengaduan dan saran diterima tahun ini; {late} dijawab terlambat."
    yield f"{COMPONENT}-6", Sentence(words, all=seen["all"], late=seen["late"])
    runs = SurveyRun.objects.filter(entry=standard.entry, year=first.year, published_at__lte=until).order_by("quarter")
    indexes = [Sentence("{index} ({grade})", index=run.index, grade=run.grade) for run in runs]
    if indexes:
        yield f"{COMPONENT}-14", Sentence("Survei kepuasan yang diumumkan: {indexes}.", indexes=listed(indexes))
    else:
        yield f"{COMPONENT}-14", Sentence("Belum ada hasil survei kepuasan yang diumumkan tahun ini.")
