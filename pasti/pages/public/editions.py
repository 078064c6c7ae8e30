"""The editions of a standard: each as it reads, and what one changed of the other (51.1 to 51.14)."""

from datetime import date
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.editions import compare
from pasti.domain.standard import Standard
from pasti.pages.access import moment
from pasti.pages.public.standard import PARTS
from pasti.pages.screen import show
from pasti.pages.words import in_language


def _editions(entry: str) -> tuple[Standard, ...]:
    library = standards.load()
    if entry not in library.entries():
        raise Http404(entry)
    return library.editions(entry)


def _in_force(editions: tuple[Standard, ...], day: date) -> Standard | None:
    return next((e for e in reversed(editions) if e.effective <= day), None)


@require_safe
def editions(request: HttpRequest, entry: str) -> HttpResponse:
    """Every edition, the newest first, with what each changed of the one before, component by component."""
    found = _editions(entry)
    current = _in_force(found, jakarta_day(moment()))
    compared = [compare(before, after) for before, after in pairwise(found)]
    return show(
        request,
        "public/editions.html",
        title=_("Edisi standar"),
        entry=entry,
        editions=tuple(reversed(found)),
        current=current,
        comparisons=tuple(reversed(compared)),
    )


@require_safe
def edition(request: HttpRequest, entry: str, day: str) -> HttpResponse:
    """One edition to read, whether it is in force or not."""
    found = _editions(entry)
    standard = next((e for e in found if e.effective.isoformat() == day), None)
    if standard is None:
        raise Http404(day)
    return show(
        request,
        "public/edition.html",
        title=in_language(standard.short_title),
        standard=standard,
        is_current=standard is _in_force(found, jakarta_day(moment())),
        current=_in_force(found, jakarta_day(moment())),
        parts=[(title, [c for c in standard.components if c.part == part]) for part, title in PARTS],
    )
