"""/evaluasi/: what each yearly evaluation came to, for anybody; it names no person (51.14.1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.pages.access import moment
from pasti.pages.screen import show
from pasti.queries import evaluation as evaluations


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The closed evaluations, the latest first."""
    return show(request, "public/evaluations.html", title=_("Evaluasi tahunan"), lines=evaluations.published())


@require_safe
def evaluation(request: HttpRequest, entry: str, year: int) -> HttpResponse:
    """One closed evaluation: summary, each part, what is improved."""
    view = evaluations.published_evaluation(entry, year, at=moment())
    if view is None:
        raise Http404
    title = _("Evaluasi tahun {year}").format(year=year)
    return show(request, "public/evaluation.html", title=title, view=view)
