"""How a refusal of the rules reaches a person: a page with the sentence, the clause and what to do next.

RuleBroken → 422, NotAllowed → 403, Overtaken → 409, MissingCalendar and DoorClosed → 503. Anything else is a fault (500).
"""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget

from pasti.domain.errors import (
    DoorClosed,
    FieldProblem,
    InvalidInput,
    MissingCalendar,
    NotAllowed,
    Overtaken,
    RuleBroken,
)
from pasti.pages.screen import show
from pasti.pages.words import filled

RETRY_AFTER_SECONDS = "60"


class Refusals:
    """Middleware: turns what the rules raise into a page; put it last, so that it sees what views raise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        answer = refusal_page(request, refusal)
        if answer is not None and request.headers.get("HX-Request"):
            # A part was asked for; the refusal replaces the content of the page instead.
            return reswap(reselect(retarget(answer, "#content"), "#content"), "outerHTML")
        return answer


def sentence(refusal: RuleBroken | FieldProblem) -> str:
    """The refusal in the reader's language."""
    return filled(refusal.template, refusal.values)


def refusal_page(request: HttpRequest, refusal: Exception) -> HttpResponse | None:
    """The page for one refusal, or None for what is not a refusal but a fault."""
    if isinstance(refusal, InvalidInput):
        problems = [sentence(problem) for problem in refusal.problems]
        return _refuse(
            request, 422, _("Ada isian yang perlu diperbaiki"), sentence(refusal), clause=refusal.clause, problems=problems
        )
    if isinstance(refusal, NotAllowed):
        return _refuse(request, 403, _("Anda tidak berwenang melakukan ini"), sentence(refusal), clause=refusal.clause)
    if isinstance(refusal, RuleBroken):
        return _refuse(request, 422, _("Ini belum dapat dilakukan"), sentence(refusal), clause=refusal.clause)
    if isinstance(refusal, Overtaken):
        text = _(
            "Orang lain lebih dulu mengubahnya. Tidak ada yang Anda kerjakan tersimpan. Buka yang terbaru, lalu putuskan lagi."
        )
        return _refuse(request, 409, _("Sudah berubah, lihat yang baru"), text, again=_("Lihat yang terbaru"))
    if isinstance(refusal, MissingCalendar):
        text = _("Tanggal tidak dihitung dengan dugaan. Petugas sudah harus memasukkan keputusan hari libur tahun {year}.")
        return _refuse(request, 503, _("Kalender kerja belum lengkap"), text.format(year=refusal.year), clause="51.3")
    if isinstance(refusal, DoorClosed):
        return _door_closed(request, refusal)
    return None


def _door_closed(request: HttpRequest, refusal: DoorClosed) -> HttpResponse:
    if not refusal.retry:
        text = _("Layanan {door} menolak permintaan ini. Hubungi petugas; mencoba lagi tidak akan membantu.")
        return _refuse(request, 503, _("Layanan luar menolak"), text.format(door=refusal.door))
    text = _("Layanan {door} sedang tidak menjawab. Tidak ada yang berubah. Coba lagi sebentar lagi.")
    answer = _refuse(request, 503, _("Layanan luar belum menjawab"), text.format(door=refusal.door), again=_("Coba lagi"))
    answer["Retry-After"] = RETRY_AFTER_SECONDS
    return answer


def _refuse(request: HttpRequest, status: int, title: str, text: str, **more: object) -> HttpResponse:
    return show(request, "refusal.html", title=title, status=status, text=text, came_from=_came_from(request), **more)


def not_known(request: HttpRequest, title: str, text: str, **more: object) -> HttpResponse:
    """404 for a public code of nobody's: what was not found, what to do, and the way on (`base`, `came_from`, `again`)."""
    way = {"came_from": "/", "again": _("Ke halaman depan")}
    return show(request, "refusal.html", title=title, status=404, text=text, **(way | more))


def _came_from(request: HttpRequest) -> str:
    """The page before, when it is ours; the front page otherwise."""
    before = request.headers.get("Referer", "")
    return before if before.startswith(f"{request.scheme}://{request.get_host()}/") else "/"


def put_into(form: BaseForm, refusal: RuleBroken, *, at: str | None = None) -> None:
    """Shows a refusal inside the form that was sent: at its fields where they exist, else at field `at` or above the form."""
    if not isinstance(refusal, InvalidInput):
        form.add_error(None if isinstance(refusal, NotAllowed) else at, sentence(refusal))
        return
    for problem in refusal.problems:
        form.add_error(problem.field if problem.field in form.fields else None, sentence(problem))


def attempt(form: BaseForm, act: Callable[[], object]) -> int:
    """Do what a valid form asks for; 200 when it is done, else the status of the refusal that now stands in the form."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Overtaken as overtaken:
        form.add_error(None, str(overtaken))
        return 409
    except RuleBroken as refusal:
        put_into(form, refusal)
        return 403 if isinstance(refusal, NotAllowed) else 422
    return 200
