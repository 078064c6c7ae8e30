"""The page on which another agency answers what we asked it about a complaint, behind the secret of our letter (51.6.6.e)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pasti.actions.complaint_ground import secret_of
from pasti.actions.complaint_tiers import answer_referral
from pasti.pages.access import count_try, moment, remember_shown, shown, too_many_tries
from pasti.pages.forms.complaints import ReferralForm, ReferralKeyForm
from pasti.pages.forms.fields import typed
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.queries.complaint_tracking import referral_for

MOST_TRIES = 10
TRIES_SECONDS = 10 * 60


@sensitive_post_parameters("secret")
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, id: UUID) -> HttpResponse:
    """First the secret, then the question with the form for its answer, then the answer that was kept."""
    if shown(request, _name(id)) is None:
        return _key(request, id)
    secret = secret_of(id, "referral")
    form = ReferralForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda: _answer(id, secret, form))
        if status == 200:
            messages.success(request, _("Terima kasih. Jawaban instansi Anda sudah kami terima."))
            return redirect("referral", id=id)
    found = referral_for(id, secret)
    return show(
        request,
        "public/referral.html",
        title=_("Permintaan keterangan"),
        status=status,
        referral=found,
        clause=f"{found.complaint.entry}.6.6.e" if found else "",
        form=form,
    )


def _name(id: UUID) -> str:
    """Under which this browser remembers that it has shown the secret; no complaint has such a number."""
    return f"rujukan:{id}"


def _answer(id: UUID, secret: str, form: ReferralForm) -> None:
    answer_referral(id, secret, form.cleaned_data["text"], form.cleaned_data["answered_by"], at=moment())


def _key(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask for the secret, whether there is such a referral or not."""
    form = ReferralKeyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if too_many_tries(request, "referral", most=MOST_TRIES):
            form.add_error(None, _("Terlalu banyak percobaan dari jaringan Anda. Tunggu sepuluh menit, lalu coba lagi."))
            status = 429
        elif form.is_valid():
            if referral_for(id, typed(request.POST, "secret")):
                remember_shown(request, _name(id), id)
                return redirect("referral", id=id)
            count_try(request, "referral", seconds=TRIES_SECONDS)
            form.add_error(None, _("Kata sandi ini tidak cocok dengan alamat ini. Periksa keduanya pada surat kami."))
    return show(request, "public/referral_key.html", title=_("Permintaan keterangan"), status=status, form=form)
