"""The doors of staff, guarantees and safety: who serves, and who oversees or gives roles (51.9, 51.11 to 51.13)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from pasti.actions.looks import read_page
from pasti.domain import guarantees, safety, staff
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.pages.access import actor_of, moment, page_of
from pasti.pages.refusals import attempt

View = Callable[..., HttpResponse]


def _door(may: Callable[[Actor], bool], refusal: NotAllowed) -> Callable[[View], View]:
    def door(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, **address: Any) -> HttpResponse:
            actor = actor_of(request)
            if not may(actor):
                raise NotAllowed(refusal.clause, refusal.template)
            if request.method in ("GET", "HEAD"):
                read_page(actor, page_of(request), at=moment())
            return view(request, actor, **address)

        return never_cache(login_required(inside))

    return door


officer = _door(staff.serves, NotAllowed("51.9", "Halaman ini untuk petugas kantor ini."))
looker = _door(
    staff.may_look,
    NotAllowed("51.9", "Daftar pegawai dibuka oleh pimpinan dan Inspektorat. Data Anda sendiri ada di “Data saya”."),
)
appointer = _door(
    staff.may_appoint, NotAllowed("51.11", "Peran dan cuti diurus oleh kepala dinas, atasan langsung, atau administrator.")
)
pledge_looker = _door(guarantees.may_look, NotAllowed("51.12", "Jaminan pelayanan dibuka oleh pimpinan dan Inspektorat."))
guard_looker = _door(safety.may_look, NotAllowed("51.13", "Keselamatan dibuka oleh pengelola sarana, pimpinan, dan Inspektorat."))


def done_or_again(
    request: HttpRequest,
    form: Form,
    act: Callable[[], object],
    *,
    said: str,
    back: HttpResponse,
    again: Callable[[int], HttpResponse],
) -> HttpResponse:
    """Do what the form asks and go back, or show the page again with the refusal in it and all that was typed."""
    status = attempt(form, act)
    if status != 200:
        return again(status)
    messages.success(request, said)
    return back
