"""/buku/: the root over all facts of each night, signed, to be kept by whoever wants to check us later (51.10.2)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.actions.roots import public_keys
from pasti.domain.heartbeat import Duty
from pasti.pages.access import moment
from pasti.pages.screen import show
from pasti.queries import heartbeat
from pasti.queries.roots import Book, RootView, book

LONGEST_NUMBER = 9


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest roots, the office's key, how to check, and an alarm when no root was made lately."""
    asked = request.GET.get("sebelum", "")
    found = _asked(asked)
    is_late = any(beat.duty is Duty.ROOT for beat in heartbeat.late(at=moment()))
    return show(
        request,
        "public/book.html",
        title=_("Buku jejak audit"),
        book=found,
        newest=found.roots[0] if found.roots and not asked else None,
        is_late=is_late,
        keys=public_keys(),
        first_url=reverse("book") if asked else "",
        next_url=f"{reverse('book')}?sebelum={found.next}" if found.next else "",
    )


@require_safe
def as_json(request: HttpRequest) -> JsonResponse:
    """The same for programs, and to be kept for `verify_ledger.py --known`."""
    found = _asked(request.GET.get("sebelum", ""))
    address = request.build_absolute_uri(f"{reverse('book_json')}?sebelum={found.next}") if found.next else None
    return JsonResponse({"keys": public_keys(), "roots": [_plain(root) for root in found.roots], "next": address})


def _asked(before: str) -> Book:
    return book(before=int(before) if before.isdecimal() and len(before) <= LONGEST_NUMBER else 0)


def _plain(root: RootView) -> dict[str, object]:
    return {**root.__dict__, "stamp": root.stamp or None}
