"""/meja/pengaduan/angka/: the office's own figures: months, clauses most complained of, open work (51.6)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.office.door import complaints_officer
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries.complaint_figures import OfficeFigures, office

WIDTH, HEIGHT, STEP = 560, 120, 46  # of the drawing: room for twelve months


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month as a pair of columns: all that came, and what of it was answered in time."""

    title: str
    short: str
    received: int
    in_time: int
    x: int
    received_height: int
    in_time_height: int

    @property
    def received_y(self) -> int:
        """Where the first column begins."""
        return HEIGHT - self.received_height

    @property
    def in_time_y(self) -> int:
        """Where the second column begins."""
        return HEIGHT - self.in_time_height


@require_safe
@complaints_officer
def complaint_figures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The last twelve months, as drawings with the same numbers in tables."""
    at = moment()
    figures = office(actor, at=at)
    library = standards.load()
    texts = {c.id: c.text for entry in library.entries() for c in library.in_force(entry, jakarta_day(at)).clauses()}
    return show(
        request,
        "office/complaint_figures.html",
        title=_("Angka kantor: pengaduan"),
        months=_months(figures),
        width=WIDTH,
        height=HEIGHT,
        hot=tuple(
            (f"{clause} {in_language(texts[clause])}" if clause in texts else clause, all_, proven)
            for clause, all_, proven in figures.hot_clauses
        ),
        workload=tuple(
            (role, holder or _("belum diambil"), still_open, late) for role, holder, still_open, late in figures.workload
        ),
        month_head=(_("Bulan"), _("Diterima"), _("Dijawab tepat waktu")),
        hot_head=(_("Klausul"), _("Pengaduan"), _("Terbukti")),
        work_head=(_("Peran"), _("Pemegang"), _("Terbuka"), _("Lewat waktu")),
        last_two=(1, 2),
        last_of_four=(2, 3),
    )


def _months(figures: OfficeFigures) -> tuple[Month, ...]:
    most = max((received for _month, received, _in_time in figures.months), default=0) or 1
    return tuple(
        Month(
            title=date_format(_first(month), "F Y"),
            short=date_format(_first(month), "M"),
            received=received,
            in_time=in_time,
            x=number * STEP,
            received_height=round(HEIGHT * received / most),
            in_time_height=round(HEIGHT * in_time / most),
        )
        for number, (month, received, in_time) in enumerate(figures.months[-12:])
    )


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
