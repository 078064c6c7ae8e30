"""The front page: what do you need, the four acts, and how the promise was kept this quarter (51.3)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.domain.calendar import jakarta_day
from pasti.pages.access import moment
from pasti.pages.public.standard import figure_strip, in_force
from pasti.pages.screen import show
from pasti.queries import standard as standards_asked
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
        figures=figure_strip(figures),
        since=figures.since,
        outages=open_outages(),
    )
