"""The door of oversight: superiors of every tier, the Inspectorate, and who must follow up a finding (51.10.1, 51.10.2)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from pasti.actions.looks import read_page
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Role
from pasti.pages.access import actor_of, moment, page_of
from pasti.queries.samples import oversees

CLAUSE = "51.10.1"


def staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever works here: the view shows each what is theirs. The Inspectorate's reading is recorded."""

    @wraps(view)
    def inside(request: HttpRequest, **address: Any) -> HttpResponse:
        actor = actor_of(request)
        if actor.has(Role.APPLICANT):
            raise NotAllowed(CLAUSE, "Halaman pengawasan hanya untuk petugas.")
        if request.method in ("GET", "HEAD"):
            read_page(actor, page_of(request), at=moment())
        return view(request, actor, **address)

    return never_cache(login_required(inside))


def overseer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for superiors of every tier and the Inspectorate."""

    @wraps(view)
    def inside(request: HttpRequest, **address: Any) -> HttpResponse:
        if not oversees(actor_of(request)):
            raise NotAllowed(CLAUSE, "Halaman ini untuk atasan langsung pada tiap jenjang dan Inspektorat.")
        return staff(view)(request, **address)

    return never_cache(login_required(inside))
