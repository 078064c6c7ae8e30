"""How to complain today: the thirteen channels of the standard, as published (51.6.2, 51.6.4)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.domain.calendar import jakarta_day
from pasti.pages.access import moment
from pasti.pages.public.standard import in_force
from pasti.pages.screen import show


@require_safe
def complain(request: HttpRequest) -> HttpResponse:
    """The channels of the office's first standard, each with its address and clause."""
    return show(request, "public/complain.html", title=_("Pengaduan"), standard=in_force(jakarta_day(moment()))[0])
