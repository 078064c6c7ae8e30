"""The form inside the office's other sites: framed by them alone, and without a cookie (51.6.2.k).

Browsers give a frame of another site no cookies, so the usual token against forged requests cannot work here. It has nothing to
protect either: the form acts for nobody, whoever is signed in. What it must show instead is a key that we signed for this one
form within the last day, and that it was sent from our own address.
"""

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.standard import Standard
from pasti.pages.access import moment
from pasti.pages.forms.complaints import ComplaintForm
from pasti.pages.public import complaint_filing as filing
from pasti.pages.public.complaints import grouped
from pasti.pages.public.standard import in_force
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.queries import complaint_tracking as tracking


@csrf_exempt
@xframe_options_exempt
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def embedded(request: HttpRequest) -> HttpResponse:
    """The form, then the receipt at the same address; sending it again shows the same receipt."""
    answer = _answer(request)
    sites = [f"https://{site}" for site in standards.load().office().websites]
    answer._csp_replace = {"frame-ancestors": [SELF, *sites]}  # type: ignore[attr-defined]  # how django-csp is told
    return answer


def _answer(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, filing.empty(request))
    require_own_page(request)
    standard = in_force(jakarta_day(moment()))[0]
    receipt, form = filing.file(request, _channel(request, standard))
    if receipt is None:
        return _page(request, form, status=422)
    return show(
        request,
        "public/complaint_embedded_receipt.html",
        title=_("Tanda terima pengaduan"),
        view=tracking.track(receipt.id, at=moment()),
        secret=grouped(receipt.id),
        refused=[sentence(problem) for problem in receipt.refused],
    )


def _page(request: HttpRequest, form: ComplaintForm, *, status: int = 200) -> HttpResponse:
    standard = in_force(jakarta_day(moment()))[0]
    return show(request, "public/complaint_embedded.html", title=_("Pengaduan"), status=status, standard=standard, form=form)


def require_own_page(request: HttpRequest) -> None:
    """Refuses what a page of another site sends in its visitor's name; a browser that says nothing of it is believed."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.get_host()}":
        raise NotAllowed("51.6.2", "Kirim pengaduan dari formulir kami sendiri.")


def _channel(request: HttpRequest, standard: Standard) -> str:
    """Which of the office's sites it was filed on, by `?situs=`; the last of them, the second site, unless told."""
    known = filing.web_channels(standard)
    asked = request.GET.get("situs", "")
    return asked if asked in known else known[-1]
