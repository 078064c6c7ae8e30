"""Who asks, when, and how often: the one place where pages take the clock and the account (51.10.1)."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor

View = Callable[..., HttpResponseBase]
SHOWN = "shown"  # in the session: number -> id of the applications whose secret this browser has shown
MOST_SHOWN = 20


def moment() -> datetime:
    """Now, aware; passed on as `at` to every act and query."""
    return timezone.now()


def posted_from(page: str, *kept: str) -> Callable[[View], View]:
    """A view that only takes what a form on `page` sends; who opens its address is led to it. `kept`: names of its address."""

    def only(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, **address: Any) -> HttpResponseBase:
            if request.method != "POST":
                back: HttpResponseBase = redirect(page, **{name: address[name] for name in kept})
                return back
            return view(request, **address)

        return require_http_methods(["GET", "HEAD", "POST"])(inside)

    return only


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person with the roles held today; NotAllowed for a visitor (put login_required before the view)."""
    if not request.user.is_authenticated:
        raise NotAllowed("51.1", "Masuk dahulu dengan akun Anda.")
    return request.user.actor(jakarta_day(moment()))


def page_of(request: HttpRequest) -> str:
    """Which page is asked for, as the ledger names it: "trail:<id>"; what was typed into a search is not in it."""
    match = request.resolver_match
    assert match is not None, "a view runs"
    return ":".join((match.view_name, *(str(value) for value in match.kwargs.values())))


def remember_shown(request: HttpRequest, number: str, id: UUID) -> None:
    """Let this browser see the application again without its secret, until the session ends (51.3)."""
    shown: dict[str, str] = {**request.session.get(SHOWN, {}), number: str(id)}
    request.session[SHOWN] = dict(list(shown.items())[-MOST_SHOWN:])


def shown(request: HttpRequest, number: str) -> UUID | None:
    """The application of that number, when this browser has shown its secret; None otherwise, whether it exists or not."""
    id = request.session.get(SHOWN, {}).get(number)
    return UUID(id) if id else None


def _tries_key(request: HttpRequest, what: str) -> str:
    return f"tries:{what}:{get_client_ip_address(request)}"


def too_many_tries(request: HttpRequest, what: str, *, most: int) -> bool:
    """Whether this address has failed at `what` `most` times lately; the same for every number tried, so it tells nothing."""
    return int(cache.get(_tries_key(request, what), 0)) >= most


def count_try(request: HttpRequest, what: str, *, seconds: int) -> None:
    """Count one failure of this address at `what`; forgotten `seconds` after the last."""
    key = _tries_key(request, what)
    cache.set(key, int(cache.get(key, 0)) + 1, timeout=seconds)
