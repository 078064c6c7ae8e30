"""The door of the desk: who may come in, and the case they ask for (51.10.1)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from pasti.actions.complaints import MAY_RECEIVE
from pasti.actions.looks import read_page
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import listed
from pasti.pages.access import actor_of, moment, page_of
from pasti.queries.licensing import CaseView, case_view

CLAUSE = "51.10.1"


View = Callable[..., HttpResponseBase]


def officer(view: View) -> View:
    """A page of the desk: sign in first; NotAllowed for who has no work there. The view gets the actor; nothing is cached."""
    return _behind(view, lambda actor: actor.may_open_desk, _kept_out)


def complaints_officer(view: View) -> View:
    """The same for the complaints' desk (51.6)."""
    return _behind(view, lambda actor: actor.may_open_complaints, _not_complaints)


def receiver(view: View) -> View:
    """The same for taking a complaint in: its handlers, and the counter (51.6.2)."""
    return _behind(view, lambda actor: bool(actor.roles & MAY_RECEIVE), _not_complaints)


def _behind(view: View, is_open: Callable[[Actor], bool], refusal: Callable[[Actor], NotAllowed]) -> View:
    @wraps(view)
    def inside(request: HttpRequest, **address: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if not is_open(actor):
            raise refusal(actor)
        if request.method in ("GET", "HEAD"):
            read_page(actor, page_of(request), at=moment(), about=address.get("id"))
        return view(request, actor, **address)

    return never_cache(login_required(inside))


def _not_complaints(actor: Actor) -> NotAllowed:
    roles = listed(ROLE_TITLES[r] for r in sorted(actor.roles))
    return NotAllowed("51.6", "Peran Anda ({roles}) tidak mengerjakan pengaduan, jadi pengaduannya tidak terbuka.", roles=roles)


def _kept_out(actor: Actor) -> NotAllowed:
    if actor.has(Role.ADMINISTRATOR):
        return NotAllowed(
            CLAUSE,
            "Administrator mengurus akun dan peran dengan perintah bin/pasti account di server; "
            "data permohonan tidak pernah dibuka dengan peran ini.",
        )
    if actor.has(Role.APPLICANT):
        return NotAllowed(CLAUSE, "Meja kerja hanya untuk petugas. Permohonan Anda sendiri ada di “Permohonan saya”.")
    roles = listed(ROLE_TITLES[r] for r in sorted(actor.roles))
    return NotAllowed(
        CLAUSE, "Peran Anda ({roles}) tidak mengerjakan permohonan izin, jadi berkasnya tidak terbuka.", roles=roles
    )


def open_case(actor: Actor, id: UUID) -> CaseView:
    """The case as it stands now; NotAllowed alike when it does not exist and when it is not the actor's to see."""
    case = case_view(actor, id, at=moment())
    if case is None:
        raise NotAllowed(CLAUSE, "Berkas ini tidak ada, atau bukan untuk Anda.")
    return case
