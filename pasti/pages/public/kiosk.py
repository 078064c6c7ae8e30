"""The counter's own screen: the survey for whoever stands there, and nothing of the officer who opened it (51.14.2).

Opening it signs the officer out. What stays on the device is a cookie of these pages alone, until the end of that day.
The browser itself is not locked by this: public pages and the sign-in still open in it (docs/operating.md says how to lock it).
"""

from datetime import datetime

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.survey_run import Channel
from pasti.pages.access import count_try, moment, posted_from, too_many_tries
from pasti.pages.public.survey import answered
from pasti.pages.public.tracking import MOST_TRIES, TRIES_SECONDS, KeyForm
from pasti.pages.screen import show
from pasti.queries import complaint_tracking, tracking
from pasti.queries import survey as surveys

COOKIE = "pasti_kiosk"
SALT = "pasti.kiosk"
BASE = "base_kiosk.html"
TRIES = "kiosk"
FINDERS = (("application", tracking.find), ("complaint", complaint_tracking.find))


class SeatedForm(KeyForm):
    """Number and secret of whatever was finished for the person who stands there."""

    number = forms.CharField(
        label=gettext_lazy("Nomor permohonan atau pengaduan"),
        help_text=gettext_lazy("Ada pada tanda terima."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=gettext_lazy("Kode rahasia atau kata sandinya"),
        help_text=gettext_lazy("Ada pada tanda terima. Tanda hubung boleh tidak ditulis."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )


def leave_on(response: HttpResponse) -> HttpResponse:
    """The response that makes this device a kiosk until the end of the day. What it showed before is not kept either."""
    at = moment()
    until = end_of(jakarta_day(at))
    left, path = int((until - at).total_seconds()), reverse("kiosk")
    value = signing.dumps(until.isoformat(), salt=SALT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, value, max_age=left, path=path, httponly=True, samesite="Strict", secure=secure)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _is_open(request: HttpRequest) -> bool:
    try:
        until = datetime.fromisoformat(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return False
    return moment() < until


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """The next person's number and secret, from the receipt: without an officer a number alone opens nothing."""
    if not _is_open(request):
        return redirect("survey_seat")
    form = SeatedForm(request.POST if request.method == "POST" else None)
    token = _token(request, form) if form.is_bound and form.is_valid() else ""
    if token:
        return redirect("kiosk_answer", token=token)
    return show(request, "public/kiosk.html", title=_("Survei kepuasan"), status=422 if form.errors else 200, form=form)


def _token(request: HttpRequest, form: forms.Form) -> str:
    if too_many_tries(request, TRIES, most=MOST_TRIES):
        form.add_error(None, _("Terlalu banyak percobaan dari jaringan ini. Coba lagi sepuluh menit lagi."))
        return ""
    given = form.cleaned_data["number"], form.cleaned_data["secret"]
    for kind, find in FINDERS:
        id = find(*given)
        if id is not None:
            return surveys.token_for(kind, id)
    count_try(request, TRIES, seconds=TRIES_SECONDS)
    form.add_error("number", _("Nomor dan kode ini tidak cocok. Periksa tanda terimanya."))
    return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire; what was typed when the day ended is kept like any other answer."""
    is_open = _is_open(request)
    if request.method != "POST" and not is_open:
        return redirect("survey_answer", token=token)
    page = answered(request, token, channel=Channel.KIOSK if is_open else Channel.LINK, base=BASE)
    if page is not None:
        return page
    return leave_on(redirect("kiosk_thanks")) if is_open else redirect("survey_thanks")


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, and on to the next person."""
    return show(request, "public/kiosk_thanks.html", title=_("Terima kasih"))


@posted_from("kiosk")
def end(_request: HttpRequest) -> HttpResponse:
    """The device is a kiosk no more; who goes on signs in."""
    response = redirect("survey_seat")
    response.delete_cookie(COOKIE, path=reverse("kiosk"), samesite="Strict")
    return response
