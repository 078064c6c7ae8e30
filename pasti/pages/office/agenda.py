"""/meja/peninjauan/: the calendar of inspections by month, and the same for an officer's calendar program (51.2)."""

import re
from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from pasti.actions import agenda as acts
from pasti.domain.calendar import jakarta_day
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor
from pasti.pages.access import moment, posted_from
from pasti.pages.office.door import officer
from pasti.pages.screen import show
from pasti.queries import agenda as visits
from pasti.queries.agenda import Visit

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
UNSURE = frozenset({Stage.ASSIGNED, Stage.OFFERED, Stage.COUNTERED})


@require_safe
@officer
def agenda(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One month of visits; `bulan` says which, `lingkup` whose."""
    return _page(request, actor)


def _page(request: HttpRequest, actor: Actor, *, address: str = "") -> HttpResponse:
    today, only_mine = jakarta_day(moment()), request.GET.get("lingkup") == "saya"
    first = _month(request.GET.get("bulan", ""), today)
    return show(
        request,
        "office/agenda.html",
        title=_("Jadwal peninjauan"),
        month=date_format(first, "F Y"),
        this=_query(first, only_mine=only_mine),
        every=_query(first, only_mine=False),
        mine=_query(first, only_mine=True),
        before=_query(first - timedelta(days=1), only_mine=only_mine),
        after=_query(first + timedelta(days=31), only_mine=only_mine),
        only_mine=only_mine,
        today=today,
        visits=visits.month(actor, first, only_mine=only_mine),
        waiting=visits.without_time(actor, only_mine=only_mine),
        feed_made_at=visits.feed_made_at(actor),
        address=address,
    )


def _month(asked: str, today: date) -> date:
    """The first day of the month asked for; of this one when it is none."""
    found = MONTH.fullmatch(asked)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def _query(day: date, *, only_mine: bool) -> str:
    return f"?bulan={day:%Y-%m}" + ("&lingkup=saya" if only_mine else "")


@posted_from("agenda")
@officer
def renew(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A fresh secret address, shown this once."""
    secret = acts.renew(actor, at=moment())
    return _page(request, actor, address=settings.PASTI_BASE_URL + reverse("agenda_feed", args=[secret]))


@require_safe
@never_cache
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """The visits of whose secret this is, as a calendar (RFC 5545); not found for any other."""
    found = visits.feed(secret, at=moment())
    if found is None:
        raise Http404
    answer = HttpResponse(_calendar(found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="peninjauan.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _calendar(found: tuple[Visit, ...]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//PASTI//Peninjauan lapangan//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Peninjauan lapangan"))
    for visit in found:
        calendar.add_component(_event(visit))
    return bytes(calendar.to_ical())


def _event(visit: Visit) -> Event:
    """Business and district alone; the rest is behind the link, which asks who one is. Its end is assumed."""
    event = Event()
    event.add("uid", f"{visit.id}@pasti")
    event.add("dtstamp", moment())
    event.add("dtstart", visit.visit_at)
    event.add("dtend", visit.ends_at)
    event.add("summary", _("Peninjauan: {business}").format(business=visit.business_name))
    event.add("location", visit.district)
    event.add("status", "TENTATIVE" if visit.stage in UNSURE else "CONFIRMED")
    event.add("url", settings.PASTI_BASE_URL + reverse("inspection", args=[visit.id]))
    return event
