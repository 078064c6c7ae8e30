"""/s/<code>/: a visitor reports a fault by the sticker, without an account; /sarana/: what there is for visitors (51.8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import facilities
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.pages.access import count_try, moment, too_many_tries
from pasti.pages.forms.words import WordsForm
from pasti.pages.public.standard import in_force
from pasti.pages.refusals import not_known, put_into
from pasti.pages.screen import show
from pasti.queries import facilities as register

MOST_REPORTS = 10  # of one address in an hour
HOUR_SECONDS = 3600


@require_http_methods(["GET", "HEAD", "POST"])
def fault(request: HttpRequest, code: str) -> HttpResponse:
    """What carries this sticker, and words about what is wrong with it."""
    thing = register.by_sticker(code)
    if thing is None:
        return _no_such_sticker(request)
    form = WordsForm(request.POST or None, label=_("Apa yang rusak atau kurang?"))
    if request.method == "POST" and form.is_valid():
        if too_many_tries(request, "fault", most=MOST_REPORTS):
            raise RuleBroken("51.8", "Terlalu banyak laporan dari tempat ini. Coba lagi satu jam lagi, atau ke meja informasi.")
        try:
            facilities.report_fault(code, form.cleaned_data["words"], at=moment())
        except RuleBroken as refusal:
            put_into(form, refusal, at="words")
        else:
            count_try(request, "fault", seconds=HOUR_SECONDS)
            return redirect("fault_thanks", code=code)
    status = 422 if form.errors else 200
    return show(request, "public/fault.html", title=_("Laporkan kerusakan"), status=status, thing=thing, form=form)


@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """The report has been kept."""
    thing = register.by_sticker(code)
    if thing is None:
        return _no_such_sticker(request)
    return show(request, "public/fault.html", title=_("Terima kasih"), thing=thing, form=None)


def _no_such_sticker(request: HttpRequest) -> HttpResponse:
    text = _("Kode ini bukan kode sarana kami, atau sarananya sudah tidak dipakai. Tunjukkan stikernya ke meja informasi.")
    return not_known(request, _("Kode stiker tidak dikenal"), text, clause="51.8")


@require_safe
def visit(request: HttpRequest) -> HttpResponse:
    """What a visitor finds in the office today, and where; first of all what helps those who walk, see or hear less well."""
    at = moment()
    (standard, *_others) = in_force(jakarta_day(at))
    return show(
        request,
        "public/facilities.html",
        title=_("Sarana bagi pengunjung"),
        lines=register.for_visitors(standard.entry, at=at),
    )
