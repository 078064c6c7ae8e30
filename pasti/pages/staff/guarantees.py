"""/meja/jaminan/ and /maklumat/: everyone's pledges, the proclamation, sanctions (51.12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.actions import guarantees as acts
from pasti.domain.roles import Actor, Role
from pasti.domain.sanctions import READERS, may_impose
from pasti.pages.access import moment, posted_from
from pasti.pages.screen import show
from pasti.pages.staff.door import officer, pledge_looker
from pasti.queries import guarantees, sanctions, staff

STATES = {"holds": "good", "expired": "late", "missing": "warn"}


@require_safe
@pledge_looker
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Pledges officer by officer, the proclamation with what would be published, and the sanctions."""
    at = moment()
    promised = staff.promised(at)
    return show(
        request,
        "staff/guarantees.html",
        title=_("Jaminan pelayanan"),
        people=guarantees.everybody(actor, at=at),
        kinds=STATES,
        published=guarantees.proclamation(at=at),
        to_publish=promised[1].proclamation if promised else None,
        may_publish=actor.has(Role.HEAD),
        sanctions=guarantees.sanctions(actor, at=at),
        imposed=sanctions.imposed(actor, at=at) if actor.roles & READERS else (),
        may_impose=may_impose(actor),
    )


@posted_from("guarantees")
@officer
def publish(_request: HttpRequest, actor: Actor) -> HttpResponse:
    """Publish the proclamation."""
    acts.publish(actor, at=moment())
    return redirect("guarantees")


@require_safe
def proclamation(request: HttpRequest) -> HttpResponse:
    """What the office has published, for everybody; says so when it has published nothing yet."""
    published = guarantees.proclamation(at=moment())
    return show(request, "public/proclamation.html", title=_("Maklumat pelayanan"), published=published)
