"""Following an application: the applicant's own, and by number and secret without an account (51.3)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import licensing
from pasti.domain.errors import InvalidInput, Overtaken, RuleBroken
from pasti.domain.workflow import VALID, State
from pasti.pages.access import actor_of, count_try, moment, remember_shown, shown, too_many_tries
from pasti.pages.forms.complaints import several_files
from pasti.pages.forms.fields import FILES, typed
from pasti.pages.office.words import found_met, told
from pasti.pages.public.complaint_filing import uploads_of
from pasti.pages.public.survey import invitation_to
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.queries import duties, tracking
from pasti.queries import inspection as inspections
from pasti.queries import intake as drafts
from pasti.queries.endings import ending_of
from pasti.queries.outages import open_outages
from pasti.queries.tracking import TrackView

MOST_TRIES = 10
TRIES_SECONDS = 10 * 60


class KeyForm(forms.Form):
    """Number and secret, as printed on the receipt."""

    number = forms.CharField(
        label=gettext_lazy("Nomor permohonan"),
        help_text=gettext_lazy("Misalnya PB-2026-0042, ada pada tanda terima."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=gettext_lazy("Kode rahasia"),
        help_text=gettext_lazy("Dua belas huruf dan angka, ada pada tanda terima. Tanda hubung boleh tidak ditulis."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    use_required_attribute = False


class AnswerForm(forms.Form):
    """The answer to an officer's question."""

    answer = forms.CharField(label=gettext_lazy("Jawaban Anda"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields[FILES] = several_files()


class WithdrawForm(forms.Form):
    """Why the application is withdrawn, and the version that was on the screen."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan menarik permohonan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The applicant's applications, newest first."""
    lines = tracking.mine(actor_of(request), at=moment())
    return show(request, "public/applications.html", title=_("Permohonan saya"), lines=lines)


@login_required
@require_safe
def application(request: HttpRequest, id: UUID) -> HttpResponse:
    """One application of the signed-in applicant; a draft leads to its task list."""
    actor, at = actor_of(request), moment()
    view = tracking.track(id, at=at, actor=actor)
    if view is not None:
        return _page(request, view)
    if drafts.draft(actor, id, at=at) is None:
        raise Http404
    return redirect("draft", id=id)


def _own(request: HttpRequest, id: UUID) -> TrackView:
    view = tracking.track(id, at=moment(), actor=actor_of(request))
    if view is None:
        raise Http404
    return view


@login_required
@require_http_methods(["GET", "HEAD", "POST"])  # GET: back from signing in
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Answer the officer's open question, with files; the clock runs on (51.2, 51.3)."""
    if request.method != "POST":
        return redirect("application", id=id)
    form, uploads = AnswerForm(request.POST), uploads_of(request)
    if form.is_valid():
        try:
            licensing.answer(actor_of(request), id, form.cleaned_data["answer"], uploads=uploads, at=moment())
        except InvalidInput as refusal:
            for problem in refusal.problems:
                form.add_error(FILES, sentence(problem))
        except (RuleBroken, Overtaken) as refusal:
            form.add_error(None, _words(refusal))
        else:
            messages.success(request, _("Jawaban Anda sudah diterima. Waktu berjalan lagi."))
            return redirect("application", id=id)
    if uploads:
        form.add_error(FILES, _("Berkas Anda belum tersimpan. Pilih lagi sebelum mengirim."))
    return _page(request, _own(request, id), answering=form, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])  # GET: back from signing in
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Withdraw the application, with the reason (51.2)."""
    if request.method != "POST":
        return redirect("application", id=id)
    typed_in = request.POST.copy()
    form = WithdrawForm(typed_in)
    if form.is_valid():
        try:
            licensing.withdraw(
                actor_of(request), id, seen=form.cleaned_data["seen"], at=moment(), reason=form.cleaned_data["reason"]
            )
        except (RuleBroken, Overtaken) as refusal:
            form.add_error(None, _words(refusal))
        else:
            messages.success(request, _("Permohonan Anda sudah ditarik."))
            return redirect("application", id=id)
    view = _own(request, id)
    # What the person decides on next is the fresh page, so the version on it is the fresh one.
    typed_in["seen"] = str(view.seen)
    return _page(request, view, withdrawing=form, status=422)


def _words(refusal: RuleBroken | Overtaken) -> str:
    return sentence(refusal) if isinstance(refusal, RuleBroken) else _(str(refusal))


def _page(
    request: HttpRequest,
    view: TrackView,
    *,
    answering: AnswerForm | None = None,
    withdrawing: WithdrawForm | None = None,
    own: bool = True,
    status: int = 200,
) -> HttpResponse:
    finished = view.state in VALID or view.state is State.REJECTED
    return show(
        request,
        "public/track.html",
        title=view.number,
        status=status,
        view=view,
        outages=open_outages(),
        own=own,
        visit=inspections.latest_of(view.id),
        ending=ending_of(view, at=moment()),
        duties=duties.of_case(view.id, at=moment()) if view.certificate_token else (),
        facts=told(tuple(e for e in view.timeline if not found_met(e))),
        every_fact=told(view.timeline),
        answering=answering or AnswerForm(),
        withdrawing=withdrawing or WithdrawForm(initial={"seen": view.seen}),
        status_kind=STATUS_KINDS.get(view.state, "active"),
        invitation=invitation_to(request, view.id) if finished else None,
        finished=finished,
    )


STATUS_KINDS = {
    State.ISSUED: "good",
    State.RETURNED: "warn",
    State.NOT_MET: "warn",
    State.CLARIFICATION: "stopped",
    State.WITHDRAWN: "locked",
    State.REJECTED: "late",
    State.REVOKED: "late",
    State.SUSPENDED: "warn",
}


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Number and secret; whatever does not fit gets one and the same answer, and too many tries wait (51.3)."""
    if request.method != "POST":
        form = KeyForm(initial={"number": request.GET.get("nomor", "")[:40]})
        return show(request, "public/lookup.html", title=_("Lacak permohonan"), form=form)
    form = KeyForm(request.POST)
    if too_many_tries(request, "track", most=MOST_TRIES):
        form.add_error(None, _("Terlalu banyak percobaan dari jaringan Anda. Tunggu sepuluh menit, lalu coba lagi."))
        return show(request, "public/lookup.html", title=_("Lacak permohonan"), status=429, form=form)
    if form.is_valid():
        number = typed(request.POST, "number").strip().upper()
        id = tracking.find(number, typed(request.POST, "secret"))
        if id is not None:
            remember_shown(request, number, id)
            return redirect("tracked", number=number)
        count_try(request, "track", seconds=TRIES_SECONDS)
        form.add_error(None, _("Nomor dan kode ini tidak cocok. Periksa keduanya pada tanda terima Anda."))
    return show(request, "public/lookup.html", title=_("Lacak permohonan"), status=422, form=form)


@require_safe
def tracked(request: HttpRequest, number: str) -> HttpResponse:
    """The application this browser has shown the secret of; anyone else is asked for it, whether the number exists or not."""
    id = shown(request, number)
    view = tracking.track(id, at=moment()) if id else None
    if view is None:
        return redirect("track")
    return _page(request, view, own=False)
