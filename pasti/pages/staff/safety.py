"""/meja/keselamatan/: the guards' roster, incidents, legal aid (51.13.1, 51.13.3)."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pasti.actions import safety as acts
from pasti.domain import safety as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.pages.access import moment, posted_from
from pasti.pages.forms.words import WordsForm
from pasti.pages.screen import show
from pasti.pages.staff import forms
from pasti.pages.staff.door import done_or_again, guard_looker, officer
from pasti.queries import safety

WATCH_STATES = {"kept": "good", "missed": "late", "due": "warn", "running": "active", "planned": ""}


@require_http_methods(["GET", "HEAD", "POST"])
@guard_looker
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The roster and the log; POST plans a watch."""
    if request.method != "POST":
        return _page(request, actor)
    form = forms.WatchForm(request.POST, auto_id="watch_%s")
    return done_or_again(
        request,
        form,
        lambda: acts.plan(actor, form.watch(), at=moment()),
        said=_("Jaga tercatat pada jadwal."),
        back=redirect("safety"),
        again=lambda code: _page(request, actor, watch=form, status=code),
    )


def _page(
    request: HttpRequest, actor: Actor, *, watch: Form | None = None, beside: tuple[UUID, Form] | None = None, status: int = 200
) -> HttpResponse:
    """`beside`: the form under one line that was sent and refused."""
    at = moment()
    sent = dict([beside] if beside else ())
    return show(
        request,
        "staff/safety.html",
        title=_("Keamanan dan keselamatan"),
        status=status,
        roster=[(line, sent.get(line.id) or _note_form(line.id)) for line in safety.roster(actor, at=at)],
        incidents=[(line, sent.get(line.id) or _close_form(line.id)) for line in safety.incidents(actor)],
        kinds=WATCH_STATES,
        may_keep=bool(actor.roles & rules.KEEPERS),
        watch=watch or forms.WatchForm(initial={"on": jakarta_day(at)}, auto_id="watch_%s"),
    )


def _note_form(id: UUID, data: QueryDict | None = None) -> Form:
    return forms.NoteWatchForm(data, auto_id=f"n{id}_%s")


def _close_form(id: UUID, data: QueryDict | None = None) -> WordsForm:
    return WordsForm(data, label=_("Tindakan supaya tidak terulang"), auto_id=f"c{id}_%s")


@posted_from("safety")
@guard_looker
def note(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Whether a watch was kept."""
    form = _note_form(id, request.POST)

    def act() -> None:
        given = form.cleaned_data
        acts.note_watch(actor, id, is_kept=given["kept"] == "ya", words=given["words"], at=moment())

    return _beside(request, actor, id, form, act, _("Jaga dicatat."))


def _beside(request: HttpRequest, actor: Actor, id: UUID, form: Form, act: Callable[[], None], said: str) -> HttpResponse:
    return done_or_again(
        request,
        form,
        act,
        said=said,
        back=redirect("safety"),
        again=lambda code: _page(request, actor, beside=(id, form), status=code),
    )


@posted_from("safety")
@guard_looker
def close(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """What came of an incident."""
    form = _close_form(id, request.POST)

    def act() -> None:
        acts.close(actor, id, form.cleaned_data["words"], at=moment())

    return _beside(request, actor, id, form, act, _("Kejadian ditutup."))


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def report(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Report an incident: open to every officer."""
    choices = forms.incident_choices()
    if request.method != "POST":
        return _report_page(request, forms.IncidentForm(initial={"on": jakarta_day(moment())}, choices=choices))
    form = forms.IncidentForm(request.POST, choices=choices)

    def act() -> None:
        values = form.cleaned_data
        acts.report(
            actor,
            values["kind"],
            happened_at=form.happened_at(),
            place=values["place"],
            words=values["words"],
            at=moment(),
        )

    back = redirect("safety" if rules.may_look(actor) else "me")
    said = _("Kejadian tercatat dan terlihat oleh pengelola sarana dan pimpinan.")
    return done_or_again(request, form, act, said=said, back=back, again=lambda code: _report_page(request, form, status=code))


def _report_page(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponse:
    return show(request, "staff/incident.html", title=_("Catat kejadian"), status=status, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def aid(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Requests for legal aid; POST asks for it."""
    label = _("Perkara dan bantuan yang diperlukan")
    if request.method != "POST":
        return _aid_page(request, actor, WordsForm(label=label))
    form = WordsForm(request.POST, label=label)
    return done_or_again(
        request,
        form,
        lambda: acts.ask_aid(actor, form.cleaned_data["words"], at=moment()),
        said=_("Permintaan Anda tercatat dan menunggu jawaban kepala dinas atau atasan langsung."),
        back=redirect("legal_aid"),
        again=lambda code: _aid_page(request, actor, form, status=code),
    )


def _aid_page(request: HttpRequest, actor: Actor, form: Form, *, status: int = 200) -> HttpResponse:
    lines = safety.aid(actor)
    return show(request, "staff/legal_aid.html", title=_("Bantuan hukum"), status=status, lines=lines, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def one_aid(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One request with its matter; POST answers it."""
    if request.method != "POST":
        return _one_aid_page(request, actor, id, forms.AidForm(label=_("Bantuan, atau alasannya")))
    form = forms.AidForm(request.POST, label=_("Bantuan, atau alasannya"))

    def act() -> None:
        given = form.cleaned_data
        acts.answer_aid(actor, id, given["words"], is_given=given["given"] == "ya", at=moment())

    return done_or_again(
        request,
        form,
        act,
        said=_("Jawaban tercatat."),
        back=redirect("legal_aid"),
        again=lambda code: _one_aid_page(request, actor, id, form, status=code),
    )


def _one_aid_page(request: HttpRequest, actor: Actor, id: UUID, form: Form, *, status: int = 200) -> HttpResponse:
    line = safety.one_aid(actor, id)
    if line is None:
        raise NotAllowed("51.13", "Permintaan ini tidak ada, atau bukan untuk Anda.")
    matter, help = acts.read_aid(actor, id, at=moment())
    may_answer = bool(actor.roles & rules.HELPERS) and not line.is_own and line.answered_at is None
    return show(
        request,
        "staff/legal_aid_one.html",
        title=_("Permintaan bantuan hukum"),
        status=status,
        line=line,
        matter=matter,
        help=help,
        form=form if may_answer else None,
    )
