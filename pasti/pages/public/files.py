"""An uploaded file, given back to who may see it: never run, never sniffed, shown in place only when it is an image (51.1)."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pasti.actions import looks
from pasti.pages.access import actor_of, moment

IMAGES = frozenset({"image/jpeg", "image/png"})
SAFE = IMAGES | {"application/pdf"}


def as_download(data: bytes, *, name: str, mime: str, inline: bool = False) -> HttpResponse:
    """The bytes under a safe type and a sandbox; anything that is not a known safe type is only bytes."""
    answer = HttpResponse(data, content_type=mime if mime in SAFE else "application/octet-stream")
    in_place = inline and mime in IMAGES
    answer["Content-Disposition"] = content_disposition_header(not in_place, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def evidence(request: HttpRequest, id: UUID) -> HttpResponse:
    """One uploaded file, for its applicant or an officer of the case. `lihat` shows an image in place."""
    found, data = looks.open_file(actor_of(request), id, at=moment())
    return as_download(data, name=found.name, mime=found.mime, inline="lihat" in request.GET)
