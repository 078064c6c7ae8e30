"""Published figures and the office's own: counts, times, hot clauses, workload, each with its definition (51.6)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_figures import median, not_by_subtraction, suppressed
from pasti.domain.complaint_steps import FINAL, Stage
from pasti.domain.complaints import FINDING_TITLES, KIND_TITLES, PROVEN, Finding, Kind
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.domain.texts import Text
from pasti.queries.complaints import on_complaints_desk
from pasti.records.complaints import Complaint

OPEN_WORK = 365  # days of trends


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One count of a table; `count` None: suppressed, because it or its complement is too small to publish."""

    id: str
    title: Text | Sentence
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure with its definition. A table has `cells`; a single value `value`, None while there is nothing to say."""

    id: str
    title: Sentence
    definition: Sentence
    clause: str
    cells: tuple[Cell, ...] = ()
    value: float | None = None
    unit: str = ""


RECEIVED = Sentence(
    "Pengaduan dan saran yang diterima pada masa itu lewat saluran mana pun; yang disisihkan petugas tidak dihitung."
)
Rows = Sequence[dict[str, Any]]
Titles = Sequence[tuple[str, Text | Sentence]]


def received(entry: str, *, first: date, last: date) -> QuerySet[Complaint]:
    """What every figure counts as received: complaints and suggestions by their day, not what was set aside (RECEIVED)."""
    return Complaint.objects.filter(entry=entry, received_on__gte=first, received_on__lte=last).exclude(stage=Stage.SET_ASIDE)


def received_by_month(entry: str, *, first: date, last: date) -> dict[date, int]:
    """How many each month brought that brought any. One SQL query."""
    rows = received(entry, first=first, last=last).annotate(month=TruncMonth("received_on")).values("month").order_by("month")
    return {row["month"]: row["all"] for row in rows.annotate(all=Count("id"))}


def published(entry: str, *, first: date, last: date, on: date | None = None) -> tuple[Figure, ...]:
    """What anyone may see of complaints received from `first` through `last`, as they stand `on` that day, else on the last.

    Two SQL queries; no personal data.

    What was set aside as spam is not counted. A count below the edition's bound is not shown.
    """
    library = standards.load()
    standard = library.in_force(entry, max(last, library.editions(entry)[0].effective))
    counted = received(entry, first=first, last=last)
    rows: Rows = [
        dict(row)
        for row in counted.annotate(timely=_timely(on or last))
        .values("channel", "service_group", "problem_group", "category", "kind", "finding", "timely")
        .annotate(count=Count("id"))
        .order_by()
    ]
    days = list(counted.exclude(answer_days=None).values_list("answer_days").annotate(Count("id")).order_by("answer_days"))
    return (_total(rows, standard), *_tables(rows, standard), *_times(rows, days, standard))


def published_year(entry: str, *, year: int, last: date, on: date | None = None) -> tuple[Figure, ...]:
    """The same of a year through `last`, without what its published quarters would give away. Ten SQL queries at most."""
    first = date(year, 1, 1)
    starts = [date(year, month, 1) for month in (1, 4, 7, 10) if date(year, month, 1) <= last]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    quarters = [published(entry, first=start, last=end, on=on or last) for start, end in zip(starts, ends, strict=True)]
    return tuple(
        _beside(figure, [quarter[place] for quarter in quarters])
        for place, figure in enumerate(published(entry, first=first, last=last, on=on or last))
    )


def _beside(figure: Figure, quarters: Sequence[Figure]) -> Figure:
    """A count of the year beside the same of its quarters; shares and times add up to nothing."""
    if not figure.cells:
        hidden = figure.unit == "count" and sum(quarter.value is None for quarter in quarters) == 1
        return replace(figure, value=None) if hidden else figure
    parts = [{cell.id: cell.count for cell in quarter.cells} for quarter in quarters]
    known = not_by_subtraction({cell.id: cell.count for cell in figure.cells}, parts)
    return replace(figure, cells=tuple(replace(cell, count=known[cell.id]) for cell in figure.cells))


TIMELY: Titles = (
    ("in_time", Sentence("Dijawab dalam batas waktu")),
    ("late", Sentence("Dijawab terlambat")),
    ("overdue", Sentence("Lewat batas waktu dan belum dijawab")),
    ("running", Sentence("Belum dijawab, masih dalam batas waktu")),
)


def _timely(on: date) -> Case:
    """Answered in time, answered late, past its date unanswered, or still within its time, as of that day."""
    return Case(
        When(was_late=False, then=Value("in_time")),
        When(was_late=True, then=Value("late")),
        When(answer_due_on__lt=on, then=Value("overdue")),
        default=Value("running"),
    )


def _total(rows: Rows, standard: Standard) -> Figure:
    total = suppressed({"all": sum(row["count"] for row in rows)}, below=standard.handling.suppress_below)["all"]
    return Figure(
        id="received",
        title=Sentence("Pengaduan dan saran yang diterima"),
        definition=RECEIVED,
        clause=standard.cite("6.5.a"),
        value=total,
        unit="count",
    )


def _tables(rows: Rows, standard: Standard) -> Iterable[Figure]:
    handling, cite = standard.handling, standard.cite
    channels = [(c.id, c.title) for c in standard.complaint_channels]
    services = [(g.id, g.title) for g in handling.services]
    problems = [(g.id, g.title) for g in handling.components]
    categories = [(str(c.number), c.title) for c in handling.categories]
    kinds: Titles = [(k.value, KIND_TITLES[k]) for k in Kind]
    findings: Titles = [(f.value, FINDING_TITLES[f]) for f in Finding]
    grouped = Sentence("Menurut pengelompokan petugas; yang belum dikelompokkan tidak dihitung.")
    table = _table(rows, handling.suppress_below)
    channel_words = Sentence("Menurut saluran yang dipakai pelapor.")
    kind_words = Sentence("Tanpa identitas, tanpa hal yang diadukan, atau lewat 30 hari kalender disimpan sebagai saran.")
    found_words = Sentence("Hasil penanganan yang sudah diputuskan.")
    yield table("channel", Sentence("Saluran"), channel_words, cite("6.2"), channels)
    yield table("kind", Sentence("Disimpan sebagai"), kind_words, cite("6.5.b"), kinds)
    yield table("service_group", Sentence("Jenis pelayanan"), grouped, cite("6.5.c.1"), services)
    yield table("problem_group", Sentence("Komponen standar"), grouped, cite("6.5.c.2"), problems)
    yield table("category", Sentence("Kategori"), Sentence("Menurut kategori penyelesaiannya."), cite("6.7.a"), categories)
    timely_words = Sentence("Menurut jawaban pertama dan tanggal yang dijanjikan, per hari angka ini dibuat.")
    yield table("timely", Sentence("Ketepatan waktu"), timely_words, cite("6.4"), TIMELY)
    yield table("finding", Sentence("Hasil"), found_words, cite("6.8"), findings)


def _table(rows: Rows, below: int) -> Callable[[str, Sentence, Sentence, str, Titles], Figure]:
    def made(column: str, title: Sentence, definition: Sentence, clause: str, titles: Titles) -> Figure:
        counts: Counter[str] = Counter()
        for row in rows:
            counts[str(row[column] or "")] += row["count"]
        known = suppressed({id: counts[id] for id, _ in titles}, below=below)
        cells = tuple(Cell(id=id, title=words, count=known[id]) for id, words in titles)
        return Figure(id=column, title=title, definition=definition, clause=clause, cells=cells, unit="count")

    return made


def _times(rows: Rows, days: Sequence[tuple[int, int]], standard: Standard) -> Iterable[Figure]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["timely"]] += row["count"]
    due, below = counts["in_time"] + counts["late"] + counts["overdue"], standard.handling.suppress_below
    yield Figure(
        id="share_in_time",
        title=Sentence("Dijawab dalam batas waktu"),
        definition=Sentence(
            "Dari yang sudah dijawab atau sudah lewat batas waktunya, bagian yang dijawab paling lambat {term}.",
            term=standard.complaint_answer,
        ),
        clause=standard.cite("6.4"),
        value=round(100 * counts["in_time"] / due, 1) if due >= below else None,
        unit="percent",
    )
    yield Figure(
        id="median_days",
        title=Sentence("Lama menjawab"),
        definition=Sentence("Nilai tengah hari dari hari diterima sampai jawaban pertama, dihitung seperti batas waktunya."),
        clause=standard.cite("6.4"),
        value=median(days) if sum(times for _, times in days) >= below else None,
        unit=standard.complaint_answer.unit,
    )


@dataclass(frozen=True, kw_only=True)
class OfficeFigures:
    """For officers, nothing suppressed: months, clauses most often complained of and proven, open work by role and holder."""

    months: tuple[tuple[str, int, int], ...]  # ("2026-11", received, answered in time)
    hot_clauses: tuple[tuple[str, int, int], ...]  # (clause, complaints, proven)
    workload: tuple[tuple[str, str, int, int], ...]  # (role's title, holder, open, overdue)


def office(actor: Actor, *, at: datetime) -> OfficeFigures:
    """The last twelve months; NotAllowed for who may not open the complaints' desk. Three SQL queries."""
    if not actor.may_open_complaints:
        raise NotAllowed("51.6", "Angka pengaduan kantor hanya untuk yang menangani pengaduan.")
    today = jakarta_day(at)
    visible = on_complaints_desk(actor).exclude(stage=Stage.SET_ASIDE)
    recent = visible.filter(received_on__gt=today - timedelta(days=OPEN_WORK))
    return OfficeFigures(months=_months(recent), hot_clauses=_hot(recent), workload=_workload(visible, today))


def _months(recent: QuerySet[Complaint]) -> tuple[tuple[str, int, int], ...]:
    rows = recent.annotate(month=TruncMonth("received_on")).values("month").order_by("month")
    found = rows.annotate(all=Count("id"), in_time=Count("id", filter=Q(was_late=False)))
    return tuple((f"{row['month']:%Y-%m}", row["all"], row["in_time"]) for row in found)


def _hot(recent: QuerySet[Complaint]) -> tuple[tuple[str, int, int], ...]:
    proven = Count("id", filter=Q(finding__in=[finding.value for finding in PROVEN]))
    rows = recent.exclude(clause="").values("clause").annotate(all=Count("id"), proven=proven).order_by("-all", "clause")
    return tuple((row["clause"], row["all"], row["proven"]) for row in rows[:10])


def _workload(visible: QuerySet[Complaint], today: date) -> tuple[tuple[str, str, int, int], ...]:
    late = Count("id", filter=Q(due_on__lt=today, answered_at=None))
    still_open = visible.exclude(stage__in=list(FINAL)).exclude(waiting_role="")
    rows = still_open.values("waiting_role", name=F("holder__name")).annotate(all=Count("id"), late=late)
    found = sorted(rows, key=lambda row: (-row["late"], -row["all"], row["waiting_role"]))
    return tuple((ROLE_TITLES[Role(row["waiting_role"])], row["name"] or "", row["all"], row["late"]) for row in found)
