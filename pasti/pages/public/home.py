"""The front page: what do you need, the four acts, and how the promise was kept this quarter (51.3)."""

from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.domain.calendar import jakarta_day
from pasti.pages.access import moment
from pasti.pages.public.standard import figure_strip, in_force
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import standard as standards_asked
from pasti.queries import survey as surveys
from pasti.queries.outages import open_outages


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    at = moment()
    figures = standards_asked.figures(at=at)
    return show(
        request,
        "public/home.html",
        title=_("Beranda"),
        standards=in_force(jakarta_day(at)),
        figures=(*figure_strip(figures), _survey()),
        since=figures.since,
        outages=open_outages(),
    )


def _survey() -> dict[str, str]:
    """The latest published satisfaction index; that there is none is said too (51.14.2)."""
    latest = next(iter(surveys.published()), None)
    if latest is None or latest.index is None:
        return {"value": _("belum ada data"), "label": _("survei kepuasan")}
    value = f"{number_format(latest.index, 2)} ({latest.grade})"
    return {"value": value, "label": _("survei kepuasan"), "note": in_language(latest.quarter.title)}
