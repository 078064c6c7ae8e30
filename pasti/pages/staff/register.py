"""/meja/pegawai/ and /meja/saya/: the register of staff, each officer, and one's own page (51.9, 51.12)."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import guarantees as pledge_acts
from pasti.actions import staff as acts
from pasti.actions.files import MOST_BYTES
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.domain.staff import may_appoint
from pasti.domain.staff_promise import Staffing
from pasti.domain.standard import Standard
from pasti.pages.access import moment, posted_from
from pasti.pages.public.files import as_download
from pasti.pages.screen import show
from pasti.pages.staff import forms
from pasti.pages.staff.door import done_or_again, looker, officer
from pasti.queries import guarantees, sanctions, staff
from pasti.queries.staff import Detail

STATES = {"qualified": "good", "unproven": "warn", "not_judged": ""}


@require_safe
@looker
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every officer with ground, trainings, judgement, and the head count against the promise."""
    at = moment()
    standard, _staffing = _promised()
    return show(
        request,
        "staff/register.html",
        title=_("Pegawai"),
        lines=staff.register(actor, at=at),
        head_count=staff.head_count(standard, jakarta_day(at)),
        may_appoint=may_appoint(actor),
        kinds=STATES,
    )


def _promised() -> tuple[Standard, Staffing]:
    found = staff.promised(moment())
    if found is None:
        raise NotAllowed("51.9", "Berkas standar ini belum menetapkan syarat petugas (staffing).")
    return found


def _detail(actor: Actor, id: UUID) -> Detail:
    found = staff.detail(actor, id, at=moment())
    if found is None:
        raise NotAllowed("51.9", "Pegawai ini tidak ada, atau bukan untuk Anda.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def one(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One officer; POST enters a paper of theirs (51.9.1, 51.9.2)."""
    if request.method == "POST":
        return _entered(
            request, actor, id, redirect("officer", id=id), lambda form, code: _one(request, actor, id, form, status=code)
        )
    return _one(request, actor, id)


def _credential_form(*args: object) -> forms.CredentialForm:
    return forms.CredentialForm(*args, choices=forms.credential_choices(_promised()[1]), auto_id="paper_%s")


def _entered(
    request: HttpRequest, actor: Actor, id: UUID, back: HttpResponse, again: Callable[[Form, int], HttpResponse]
) -> HttpResponse:
    form = _credential_form(request.POST, request.FILES)

    def act() -> None:
        uploaded = form.cleaned_data["file"]
        file = (uploaded.name, uploaded.read(MOST_BYTES + 1)) if uploaded else None
        acts.enter(actor, id, form.given(), file=file, at=moment())

    return done_or_again(request, form, act, said=_("Tercatat."), back=back, again=lambda code: again(form, code))


def _one(
    request: HttpRequest,
    actor: Actor,
    id: UUID,
    paper: Form | None = None,
    assess: Form | None = None,
    *,
    verify: tuple[UUID, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`verify`: the form under one paper that was sent and refused."""
    sent = dict([verify] if verify else ())
    found, (standard, staffing) = _detail(actor, id), _promised()
    judging = forms.AssessForm(standard=standard, staffing=staffing, auto_id="judge_%s")
    return show(
        request,
        "staff/officer.html",
        title=found.line.person.name,
        status=status,
        found=found,
        kind=STATES[found.line.state],
        papers=[(p, sent.get(p.id) or forms.VerifyForm(auto_id=f"v{p.id}_%s")) for p in found.papers],
        paper=paper or _credential_form(),
        assess=assess or judging,
        clauses=staffing,
    )


@posted_from("officer", "id")
@officer
def assess(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The yearly judgement (51.9.3 to 51.9.9)."""
    standard, staffing = _promised()
    form = forms.AssessForm(request.POST, standard=standard, staffing=staffing, auto_id="judge_%s")
    return done_or_again(
        request,
        form,
        lambda: acts.assess(actor, id, form.found(), form.cleaned_data["note"], at=moment()),
        said=_("Penilaian tercatat."),
        back=redirect("officer", id=id),
        again=lambda code: _one(request, actor, id, assess=form, status=code),
    )


@posted_from("officer", "id")
@officer
def verify(request: HttpRequest, actor: Actor, id: UUID, paper: UUID) -> HttpResponse:
    """Accept or refuse a paper."""
    form = forms.VerifyForm(request.POST, auto_id=f"v{paper}_%s")

    def act() -> None:
        given = form.cleaned_data
        acts.verify(actor, paper, accept=given["accept"] == "ya", reason=given["reason"], at=moment())

    return done_or_again(
        request,
        form,
        act,
        said=_("Pemeriksaan tercatat."),
        back=redirect("officer", id=id),
        again=lambda code: _one(request, actor, id, verify=(paper, form), status=code),
    )


@require_safe
@officer
def paper(_request: HttpRequest, actor: Actor, paper: UUID) -> HttpResponse:
    """The file of a paper."""
    mime, data = acts.open_paper(actor, paper, at=moment())
    return as_download(data, name=f"bukti-{paper}", mime=mime, inline=True)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def me(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own papers, pledges, trainings, absences; POST enters a paper."""
    if request.method == "POST":
        return _entered(
            request, actor, actor.person, redirect("me"), lambda form, code: _me(request, actor, paper=form, status=code)
        )
    return _me(request, actor)


def _me(
    request: HttpRequest,
    actor: Actor,
    *,
    paper: Form | None = None,
    leave: Form | None = None,
    pledge: tuple[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    found, can_sign = _detail(actor, actor.person), guarantees.can_sign(actor)
    given = guarantees.mine(actor, at=moment())
    typed = dict([pledge] if pledge else [])
    return show(
        request,
        "staff/me.html",
        title=_("Data saya"),
        status=status,
        found=found,
        kind=STATES[found.line.state],
        can_sign=can_sign,
        papers=[(p, None) for p in found.papers],
        sanctions=sanctions.mine(actor, at=moment()),
        pledges=[(g, typed.get(g.pledge.id) or _pledge_form(g.pledge.id, can_sign)) for g in given],
        paper=paper or _credential_form(),
        leave=leave or forms.OwnLeaveForm(auto_id="leave_%s"),
    )


def _pledge_form(id: str, can_sign: bool, data: QueryDict | None = None) -> Form:
    made: type[Form] = forms.PledgeSignForm if can_sign else forms.ConfirmForm
    return made(data, auto_id=f"{id}_%s")


@sensitive_post_parameters("passphrase")
@posted_from("me")
@officer
def pledge(request: HttpRequest, actor: Actor, pledge: str) -> HttpResponse:
    """Sign a pledge, or confirm it by name (51.12.1, 51.12.2)."""
    can_sign = guarantees.can_sign(actor)
    form = _pledge_form(pledge, can_sign, request.POST)

    def act() -> None:
        if can_sign:
            pledge_acts.sign(actor, pledge, form.cleaned_data["passphrase"], at=moment())
        else:
            pledge_acts.confirm(actor, pledge, form.cleaned_data["typed"], at=moment())

    return done_or_again(
        request,
        form,
        act,
        said=_("Janji Anda tercatat."),
        back=redirect("me"),
        again=lambda code: _me(request, actor, pledge=(pledge, form), status=code),
    )


@posted_from("me")
@officer
def away(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Note one's own days away."""
    form = forms.OwnLeaveForm(request.POST, auto_id="leave_%s")
    return done_or_again(
        request,
        form,
        lambda: acts.be_away(actor, actor.person, at=moment(), **form.cleaned_data),
        said=_("Cuti Anda tercatat."),
        back=redirect("me"),
        again=lambda code: _me(request, actor, leave=form, status=code),
    )


@require_safe
@officer
def pledge_file(_request: HttpRequest, actor: Actor, signing: int) -> HttpResponse:
    """A signed pledge."""
    name, pdf = pledge_acts.open_pledge(actor, signing)
    return as_download(pdf, name=f"{name}.pdf", mime="application/pdf", inline=True)
