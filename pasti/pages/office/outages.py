"""/meja/gangguan/: declaring what is down, cases at risk, paper forms, and entering later what was done on paper (51.12)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pasti.actions import outages as acts
from pasti.domain.outages import CLAUSE, DOWN_TITLES, ON_PAPER, may_declare, require_not_lapsed
from pasti.domain.roles import Actor
from pasti.domain.workflow import ACT_TITLES
from pasti.pages.access import moment, posted_from
from pasti.pages.office.door import officer, open_case
from pasti.pages.office.forms import ReasonForm
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.pages.words import moment as said_moment
from pasti.queries import outages as known


def _now() -> str:
    return timezone.localtime(moment()).strftime("%Y-%m-%dT%H:%M")


def _moment_field(label: Any, *, lacking: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "govuk-input--width-20"})
    return forms.DateTimeField(label=label, widget=widget, error_messages={"required": lacking})


class DeclareForm(forms.Form):
    """What is down, since when, and what shows it."""

    what = forms.ChoiceField(
        label=gettext_lazy("Yang terganggu"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih yang terganggu.")},
    )
    began_at = _moment_field(gettext_lazy("Sejak"), lacking=gettext_lazy("Isi sejak kapan terganggu."))
    evidence = forms.CharField(
        label=gettext_lazy("Bukti"),
        help_text=gettext_lazy("Pesan galat, pengumuman resmi, atau siapa yang memeriksa dan apa yang dilihatnya."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis buktinya.")},
    )
    use_required_attribute = False

    def offering(self) -> "DeclareForm":
        """The form with what may be down."""
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(down.value, in_language(title)) for down, title in DOWN_TITLES.items()]
        return self


class EnterForm(ReasonForm):
    """An act done on paper: which, on which form, when, in which outage."""

    act = forms.ChoiceField(
        label=gettext_lazy("Yang dikerjakan"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih yang dikerjakan.")},
    )
    outage = forms.ChoiceField(
        label=gettext_lazy("Saat gangguan"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih gangguannya.")},
    )
    happened_at = _moment_field(
        gettext_lazy("Waktu kejadian, seperti tertulis pada formulir"), lacking=gettext_lazy("Isi waktu kejadiannya.")
    )
    paper = forms.CharField(
        label=gettext_lazy("Nomor formulir kertas"),
        help_text=gettext_lazy("Seperti tercetak, misalnya KF-2026-0001."),
        max_length=20,
        error_messages={"required": gettext_lazy("Isi nomor formulir kertasnya.")},
    )
    field_order = ("seen", "act", "outage", "happened_at", "paper", "reason")

    def offering(self, open_acts: frozenset[str]) -> "EnterForm":
        """The form with the acts open now that can be done on paper, and the outages there were."""
        acts_field, outages_field = self.fields["act"], self.fields["outage"]
        assert isinstance(acts_field, forms.ChoiceField) and isinstance(outages_field, forms.ChoiceField)
        acts_field.choices = [(a.value, in_language(ACT_TITLES[a])) for a in ON_PAPER if a in open_acts]
        outages_field.choices = [
            (str(line.id), f"{in_language(line.title)}, {said_moment(line.began_at)} – {_until(line)}")
            for line in known.outages()
        ]
        self.fields["reason"].label, self.fields["reason"].help_text = _("Catatan"), _("Pemohon membaca tulisan ini.")
        return self


def _until(line: known.OutageLine) -> str:
    return said_moment(line.ended_at) if line.ended_at else _("sekarang")


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def outages(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is and was down, with the cases at risk; POST declares."""
    if request.method != "POST":
        return _page(request, actor, DeclareForm(initial={"began_at": _now()}).offering(), 200)
    form = DeclareForm(request.POST).offering()
    status = attempt(form, lambda: acts.declare(actor, at=moment(), **form.cleaned_data))
    if status != 200:
        return _page(request, actor, form, status)
    messages.success(request, _("Gangguan dinyatakan dan diumumkan di halaman publik."))
    return redirect("outages")


def _page(request: HttpRequest, actor: Actor, form: DeclareForm, status: int) -> HttpResponse:
    at = moment()
    lines = known.outages()
    return show(
        request,
        "office/outages.html",
        title=_("Gangguan"),
        status=status,
        clause=CLAUSE,
        form=form,
        may_declare=may_declare(actor),
        now=_now(),
        lines=tuple((line, known.at_risk(actor, line, at=at) if line.ended_at is None else ()) for line in lines),
    )


@posted_from("outages")
@officer
def end_outage(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Declare that it works again."""
    form = EndForm(request.POST)
    status = attempt(form, lambda: acts.end(actor, id, ended_at=form.cleaned_data["ended_at"], at=moment()))
    if status != 200:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("outages")


class EndForm(forms.Form):
    """When it worked again."""

    ended_at = _moment_field(gettext_lazy("Berakhir"), lacking=gettext_lazy("Isi kapan gangguan berakhir."))


@posted_from("outages")
@officer
def paper_forms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """So many numbered forms, to be printed in advance."""
    count = request.POST.get("count", "")
    numbers = acts.print_forms(actor, int(count) if count.isdecimal() else 0, at=moment())
    acts_on_paper = tuple(in_language(ACT_TITLES[act]) for act in ON_PAPER)
    return show(request, "office/paper.html", title=_("Formulir kertas"), numbers=numbers, acts=acts_on_paper)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def enter(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Enter an act that was done on paper; both times are kept."""
    case = open_case(actor, id)
    if request.method != "POST":  # what was typed before the lapse was recorded is shown again with the reason
        require_not_lapsed(case.lapsed_on, clause=case.standard.cite("3"))
    open_acts = frozenset(act.value for act in (ON_PAPER if case.lapsed_on else case.acts))
    form = EnterForm(request.POST if request.method == "POST" else None, initial={"seen": case.seen}).offering(open_acts)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda: acts.enter(actor, id, at=moment(), **_values(form)))
        if status == 200:
            messages.success(request, _("{number}: dicatat dengan kedua waktunya.").format(number=case.number))
            return redirect("case", id=id)
        if status == 409:
            form.data = {**request.POST.dict(), "seen": open_case(actor, id).seen}
    return show(
        request,
        "office/form.html",
        title=_("Catat yang dikerjakan di kertas"),
        status=status,
        caption=f"{case.number} · {case.business_name}",
        clause=CLAUSE,
        follows=(
            _("Hitungan waktu memakai waktu kejadian; jejak audit menyimpan waktu kejadian dan waktu pencatatan."),
            _("Formulir kertasnya disimpan dalam arsip, dan nomornya hanya dipakai sekali."),
        ),
        form=form,
        submit=_("Catat"),
        back="case",
        id=id,
    )


def _values(form: EnterForm) -> dict[str, Any]:
    return {**form.cleaned_data, "outage": UUID(form.cleaned_data["outage"])}
