"""The standard, alive: the list, the page posted on the wall, the search, and "is this for me?" (51.1 to 51.14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import ClauseStatus, Status
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.sentence import Sentence, said_number
from pasti.domain.standard import Clause, Component, Procedure, Standard
from pasti.pages.access import moment
from pasti.pages.screen import show
from pasti.pages.words import in_language, said
from pasti.queries import public_score
from pasti.queries import standard as standards_asked
from pasti.queries.component_figures import live
from pasti.queries.standard import Figures

MOST_FOUND = 30
PARTS = (
    ("delivery", gettext_lazy("Bagian A: penyampaian pelayanan")),
    ("management", gettext_lazy("Bagian B: pengelolaan di dalam kantor")),
)


def in_force(day: date) -> tuple[Standard, ...]:
    """The edition of each entry in force on `day`; an entry that starts later is not offered yet."""
    library = standards.load()
    return tuple(
        library.in_force(entry, day) for entry in library.entries() if any(s.effective <= day for s in library.editions(entry))
    )


def standard_or_404(entry: str, day: date) -> Standard:
    """The edition in force on `day`; 404 for an entry the office does not have."""
    found = next((s for s in in_force(day) if s.entry == entry), None)
    if found is None:
        raise Http404(entry)
    return found


def figure_strip(figures: Figures) -> tuple[dict[str, str], ...]:
    """The figures as parts/figures.html shows them; what has not been measured says so."""
    nothing = _("belum ada data")
    on_time, median = figures.on_time_percent, figures.median_days
    return (
        {
            "value": nothing if on_time is None else f"{number_format(on_time, 0)} %",
            "label": _("tepat waktu, dari {count} keputusan").format(count=figures.decided),
        },
        {"value": nothing if median is None else in_language(said_number(median)), "label": _("hari kerja, nilai tengah")},
        {"value": number_format(figures.open), "label": _("sedang diproses")},
        {"value": number_format(figures.overdue), "label": _("di antaranya lewat tanggal janji")},
    )


@dataclass(frozen=True, kw_only=True)
class Found:
    """A standard that answers a search, with the clauses whose text has the words."""

    standard: Standard
    clauses: tuple[Clause, ...]


def _matches(words: list[str], text: str) -> bool:
    return all(word in text.lower() for word in words)


def _search(asked: str, day: date) -> tuple[Found, ...]:
    words = asked.lower().split()
    found = []
    for standard in in_force(day):
        clauses = tuple(c for c in standard.clauses() if words and _matches(words, f"{c.id} {in_language(c.text)}"))
        about = f"{in_language(standard.title)} {in_language(standard.product)} {standard.kbli} {standard.entry}"
        if not words or clauses or _matches(words, about):
            found.append(Found(standard=standard, clauses=clauses[:MOST_FOUND]))
    return tuple(found)


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Every standard the office serves, or those that answer the search `cari`."""
    asked = request.GET.get("cari", "").strip()[:100]
    return show(
        request, "public/standards.html", title=_("Standar pelayanan"), asked=asked, found=_search(asked, jakarta_day(moment()))
    )


@dataclass(frozen=True, kw_only=True)
class Fold:
    """One component on the page: each clause with how it stands."""

    component: Component
    lines: tuple[tuple[Clause, ClauseStatus], ...]
    live: Sentence

    @property
    def met(self) -> int:
        """How many clauses are met by evidence."""
        return sum(status.status is Status.MET for _clause, status in self.lines)


@require_safe
def page(request: HttpRequest, entry: str) -> HttpResponse:
    """The standard as posted on the wall, each clause with what proves it (51.7.*). `buka=semua` opens every fold."""
    at = moment()
    standard = standard_or_404(entry, jakarta_day(at))
    figures = standards_asked.figures(entry, at=at)
    folds = _folds(standard, public_score.statuses(entry, at), figures)
    return show(
        request,
        "public/standard.html",
        title=in_language(standard.short_title),
        standard=standard,
        has_earlier=standards.load().editions(entry)[0] is not standard,
        figures=figure_strip(figures),
        since=figures.since,
        parts=[(title, [f for f in folds if f.component.part == part]) for part, title in PARTS],
        open_all=request.GET.get("buka") == "semua",
        requirement_count=len(standard.requirements),
        procedures=[(p, _steps(p)) for p in standard.procedures],
        step_head=(_("Pekerjaan"), _("Pelaksana"), _("Bukti"), _("Menit kerja"), _("Keluaran")),
    )


def _folds(standard: Standard, statuses: Iterable[ClauseStatus], figures: Figures) -> tuple[Fold, ...]:
    by_clause = {status.id: status for status in statuses}
    return tuple(_fold(standard, c, [by_clause[clause.id] for clause in c.clauses], figures) for c in standard.components)


def _fold(standard: Standard, component: Component, statuses: list[ClauseStatus], figures: Figures) -> Fold:
    lines = tuple(zip(component.clauses, statuses, strict=True))
    return Fold(component=component, lines=lines, live=live(standard, component.number, statuses, figures))


def _steps(procedure: Procedure) -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple(
        (said(s.work), in_language(ROLE_TITLES[s.actor]), said(s.evidence), number_format(s.minutes), said(s.output))
        for s in procedure.steps
    )
