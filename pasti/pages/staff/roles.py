"""/meja/pegawai/peran/: who holds which role from when to when, who stands in, who is away (51.11)."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.actions import staff as acts
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Capacity, Role
from pasti.pages.access import moment, posted_from
from pasti.pages.screen import show
from pasti.pages.staff import forms
from pasti.pages.staff.door import appointer, done_or_again
from pasti.pages.words import in_language
from pasti.queries import staff
from pasti.queries.staff import Person


@require_safe
@appointer
def roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everyone with roles and absences, and the forms to change them."""
    return _page(request, actor)


def _others(actor: Actor) -> tuple[Person, ...]:
    return tuple(person for person in staff.people(actor, at=moment()) if person.id != actor.id)


def _appoint_choices(actor: Actor) -> dict[str, forms.Choices]:
    everyone = staff.people(actor, at=moment())
    return forms.appoint_choices(_names(tuple(p for p in everyone if p.id != actor.id)), _names(everyone))


def _names(people: tuple[Person, ...]) -> forms.Choices:
    return [(str(person.id), person.name) for person in people]


def _posts(people: tuple[Person, ...]) -> forms.Choices:
    return [
        (f"{person.id}:{post.role}", f"{person.name}: {in_language(post.title)}") for person in people for post in person.posts
    ]


def _page(request: HttpRequest, actor: Actor, *, which: str = "", form: Form | None = None, status: int = 200) -> HttpResponse:
    people, today = _others(actor), jakarta_day(moment())
    names = _names(people)
    first = {"starts_on": today}
    made: dict[str, Form] = {
        "appoint": forms.AppointForm(choices=_appoint_choices(actor), initial=first, auto_id="give_%s"),
        "end": forms.EndForm(choices={"post": _posts(people)}, initial={"ends_on": today}, auto_id="end_%s"),
        "leave": forms.LeaveForm(choices={"account": names}, initial=first, auto_id="leave_%s"),
    }
    if form is not None:
        made[which] = form
    return show(request, "staff/roles.html", title=_("Peran dan cuti"), status=status, people=people, today=today, **made)


@posted_from("staff_roles")
@appointer
def appoint(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a role, or have somebody stand in."""
    form = forms.AppointForm(request.POST, choices=_appoint_choices(actor), auto_id="give_%s")

    def act() -> None:
        given = form.cleaned_data
        warnings = acts.appoint(
            actor,
            UUID(given["account"]),
            Role(given["role"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            kind=Capacity(given["kind"]),
            stands_in_for=UUID(given["stands_in_for"]) if given["stands_in_for"] else None,
            at=moment(),
        )
        for warning in warnings:
            messages.warning(request, in_language(warning))

    return _after(request, actor, "appoint", form, act, _("Peran tercatat."))


def _after(request: HttpRequest, actor: Actor, which: str, form: Form, act: object, said: str) -> HttpResponse:
    assert callable(act), "a view passes what it does"
    return done_or_again(
        request,
        form,
        act,
        said=said,
        back=redirect("staff_roles"),
        again=lambda code: _page(request, actor, which=which, form=form, status=code),
    )


@posted_from("staff_roles")
@appointer
def end(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make a day the last of a role."""
    form = forms.EndForm(request.POST, choices={"post": _posts(_others(actor))}, auto_id="end_%s")

    def act() -> None:
        id, role = form.cleaned_data["post"].split(":")
        acts.end_appointment(actor, UUID(id), Role(role), ends_on=form.cleaned_data["ends_on"], at=moment())

    return _after(request, actor, "end", form, act, _("Peran diakhiri."))


@posted_from("staff_roles")
@appointer
def away(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Note that somebody is away."""
    form = forms.LeaveForm(request.POST, choices={"account": _names(_others(actor))}, auto_id="leave_%s")

    def act() -> None:
        given = form.cleaned_data
        dates = {name: given[name] for name in ("starts_on", "ends_on", "reason")}
        acts.be_away(actor, UUID(given["account"]), at=moment(), **dates)

    return _after(request, actor, "leave", form, act, _("Cuti tercatat."))
