"""The holder's side after the decision: the letter of rejection, responding to a hearing, asking for a change (51.1, 51.5)."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import looks, validity
from pasti.domain.errors import InvalidInput, Overtaken, RuleBroken
from pasti.domain.intake import section_fields
from pasti.domain.standard import Field
from pasti.domain.workflow import State
from pasti.pages.access import actor_of, moment
from pasti.pages.forms.fields import AnswersForm, parse
from pasti.pages.forms.questions import questions_of
from pasti.pages.public.files import as_download
from pasti.pages.refusals import put_into, sentence
from pasti.pages.screen import show
from pasti.queries import intake, tracking
from pasti.queries.endings import ending_of
from pasti.queries.tracking import TrackView

SECTION = "business"  # what may change without a new verification


class ResponseForm(forms.Form):
    """What the holder says to what is intended."""

    response = forms.CharField(
        label=gettext_lazy("Tanggapan Anda"),
        help_text=gettext_lazy("Jelaskan keadaannya menurut Anda. Hanya petugas yang memutus dan pengawas yang membacanya."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Tulis tanggapan Anda.")},
    )
    use_required_attribute = False


class ReasonForm(forms.Form):
    """Why the data changes."""

    reason = forms.CharField(
        label=gettext_lazy("Mengapa datanya berubah"),
        help_text=gettext_lazy("Paling sedikit 10 huruf, misalnya: nama usaha diubah dengan akta baru."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis mengapa datanya berubah.")},
    )
    use_required_attribute = False


def _own(request: HttpRequest, id: UUID) -> TrackView:
    view = tracking.track(id, at=moment(), actor=actor_of(request))
    if view is None:
        raise Http404
    return view


@login_required
@require_safe
@never_cache
def letter(request: HttpRequest, id: UUID) -> HttpResponse:
    """The signed letter of rejection, byte for byte, for its applicant."""
    if _own(request, id).state is not State.REJECTED:
        raise Http404
    number, pdf = looks.open_letter(actor_of(request), id, at=moment())
    return as_download(pdf, name=f"{number.replace('/', '-')}.pdf", mime="application/pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is intended and why, and the holder's answer to it."""
    if request.method != "POST":
        return _respond_page(request, _own(request, id), ResponseForm())
    form = ResponseForm(request.POST)
    if form.is_valid():
        try:
            validity.respond(actor_of(request), id, form.cleaned_data["response"], at=moment())
        except (RuleBroken, Overtaken) as refusal:
            _put(form, refusal)
        else:
            messages.success(request, _("Tanggapan Anda sudah kami terima. Kepala dinas mempertimbangkannya sebelum memutus."))
            return redirect("application", id=id)
    return _respond_page(request, _own(request, id), form, status=422)


def _respond_page(request: HttpRequest, view: TrackView, form: ResponseForm, *, status: int = 200) -> HttpResponse:
    ending = ending_of(view, at=moment())
    return show(request, "public/respond.html", title=_("Tanggapan Anda"), status=status, view=view, ending=ending, form=form)


def _put(form: forms.Form, refusal: RuleBroken | Overtaken) -> None:
    if isinstance(refusal, RuleBroken):
        put_into(form, refusal)
    else:
        form.add_error(None, _("Berkas ini baru saja berubah. Baca keadaan terbarunya, lalu kirim lagi."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """The data as it is now, to be changed where it has changed; the head decides."""
    view, actor = _own(request, id), actor_of(request)
    if view.state is not State.ISSUED:
        return redirect("application", id=id)
    fields = section_fields(SECTION, view.standard, intake.choices())
    if request.method != "POST":
        now = looks.reveal(actor, id, SECTION, at=moment())
        return _change_page(request, view, AnswersForm(fields, dict(now)), ReasonForm())
    return _ask(request, view, fields)


def _ask(request: HttpRequest, view: TrackView, fields: Sequence[Field]) -> HttpResponse:
    raw, why = parse(fields, request.POST), ReasonForm(request.POST)
    form = AnswersForm(fields, raw)
    if not why.is_valid():
        return _change_page(request, view, form, why, status=422)
    answers = {name: str(value) for name, value in raw.items()}
    try:
        validity.request_change(actor_of(request), view.id, SECTION, answers, at=moment(), reason=why.cleaned_data["reason"])
    except InvalidInput as refusal:
        form.put_problems(refusal.problems)
    except RuleBroken as refusal:
        form.add_error(None, sentence(refusal))
    except Overtaken as overtaken:
        _put(why, overtaken)
    else:
        messages.success(request, _("Permintaan perubahan Anda sudah kami terima. Kepala dinas memutusnya."))
        return redirect("application", id=view.id)
    return _change_page(request, view, form, why, status=422)


def _change_page(request: HttpRequest, view: TrackView, form: AnswersForm, why: ReasonForm, *, status: int = 200) -> HttpResponse:
    return show(
        request,
        "public/request_change.html",
        title=_("Ajukan perubahan data"),
        status=status,
        view=view,
        form=form,
        questions=questions_of(form),
        why=why,
    )
