"""/meja/jaminan/sanksi/: imposing a sanction on an officer, and reading one (51.12.5)."""

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import sanctions as acts
from pasti.domain import sanctions as rules
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.screen import show
from pasti.pages.staff import forms
from pasti.pages.staff.door import done_or_again, officer
from pasti.pages.words import in_language
from pasti.queries import sanctions, staff

CLAUSE = "51.12.5"


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form; `dasar` chooses what it rests on beforehand."""
    if not rules.may_impose(actor):
        raise NotAllowed(CLAUSE, "Sanksi dijatuhkan oleh kepala dinas atau atasan langsung.")
    choices = _choices(actor)
    if request.method != "POST":
        return _page(request, forms.SanctionForm(choices=choices, initial={"basis": request.GET.get("dasar", "")}))
    form = forms.SanctionForm(request.POST, choices=choices)

    def act() -> None:
        acts.impose(actor, form.account_id(), form.given(), basis_id=form.basis_id(), at=moment())

    return done_or_again(
        request,
        form,
        act,
        said=_("Sanksi tercatat. Pegawai itu membacanya pada “Data saya”."),
        back=redirect("guarantees"),
        again=lambda code: _page(request, form, status=code),
    )


def _page(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponse:
    return show(request, "staff/sanction_new.html", title=_("Jatuhkan sanksi"), status=status, form=form)


def _choices(actor: Actor) -> dict[str, forms.Choices]:
    at = moment()
    found = staff.promised(at)
    outside = found[1].apart if found else frozenset()
    others = (p for p in staff.people(actor, at=at) if p.id != actor.id and not any(post.role in outside for post in p.posts))
    people = [(str(person.id), person.name) for person in others]
    kinds = [(kind.id, in_language(kind.title)) for kind in found[1].sanctions] if found else []
    grounds = [(ground.value, f"{in_language(ground.basis)}: {ground.words}") for ground in sanctions.grounds(actor)]
    return {"account": [forms.CHOOSE, *people], "kind": kinds, "basis": [forms.CHOOSE, *grounds]}


@require_safe
@officer
def one(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One sanction with its words."""
    line = sanctions.one(actor, id, at=moment())
    if line is None:
        raise NotAllowed(CLAUSE, "Sanksi ini tidak ada, atau bukan untuk Anda.")
    words, heard = acts.read(actor, id, at=moment())
    return show(request, "staff/sanction.html", title=_("Sanksi"), line=line, words=words, heard=heard)
