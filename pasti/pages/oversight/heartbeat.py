"""/pengawasan/denyut/: every background duty, when it last ran, when it must run next, and whether it is late (51.10.2)."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pasti.domain.errors import NotAllowed
from pasti.domain.heartbeat import Beat, Pulse, may_watch
from pasti.pages.access import actor_of, moment
from pasti.pages.screen import show
from pasti.queries import heartbeat

PULSES = {
    Pulse.LATE: (gettext_lazy("Terlambat"), "late"),
    Pulse.ON_TIME: (gettext_lazy("Berjalan"), "good"),
    Pulse.AWAITED: (gettext_lazy("Menunggu yang pertama"), "active"),
    Pulse.UNWATCHED: (gettext_lazy("Belum dipasang"), ""),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One duty as the table shows it."""

    beat: Beat
    status: str
    kind: str


@require_safe
@never_cache
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The duties, the late ones first; for who keeps the server or answers for the office."""
    if not may_watch(actor_of(request)):
        raise NotAllowed(
            "51.10.1", "Denyut tugas latar dibuka oleh administrator, kepala dinas, atasan langsung, dan Inspektorat."
        )
    beats = sorted(heartbeat.beats(at=moment()), key=lambda beat: beat.pulse is not Pulse.LATE)
    rows = tuple(Row(beat=b, status=str(PULSES[b.pulse][0]), kind=PULSES[b.pulse][1]) for b in beats)
    return show(
        request,
        "oversight/heartbeat.html",
        title=_("Denyut tugas latar"),
        rows=rows,
        late=sum(row.beat.pulse is Pulse.LATE for row in rows),
        awaited=sum(row.beat.pulse is Pulse.AWAITED for row in rows),
    )
