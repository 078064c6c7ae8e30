"""/sehat/tugas and /sehat/metrik: whether every background duty runs, for programs that watch over the office (51.10.2)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pasti.domain.heartbeat import Pulse
from pasti.pages.access import moment
from pasti.queries import heartbeat

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
@require_safe
def duties(_request: HttpRequest) -> JsonResponse:
    """Every duty with its times; 503 when one is late."""
    beats = heartbeat.beats(at=moment())
    is_late = any(beat.pulse is Pulse.LATE for beat in beats)
    rows = [{"duty": b.duty, "pulse": b.pulse, "ran_at": b.ran_at, "next_at": b.next_at, "late_after": b.next_by} for b in beats]
    return JsonResponse({"status": "late" if is_late else "ok", "duties": rows}, status=503 if is_late else 200)


@never_cache
@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """The same as a text exposition: the age of each duty's last success in seconds, and whether it is late."""
    at = moment()
    beats = [beat for beat in heartbeat.beats(at=at) if beat.pulse is not Pulse.UNWATCHED]
    lines = ["# TYPE pasti_duty_late gauge", *(f'pasti_duty_late{{duty="{b.duty}"}} {int(b.pulse is Pulse.LATE)}' for b in beats)]
    lines.append("# TYPE pasti_duty_age_seconds gauge")
    lines += [
        f'pasti_duty_age_seconds{{duty="{b.duty}"}} {(at - b.ran_at).total_seconds():.0f}' for b in beats if b.ran_at is not None
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=EXPOSITION)
