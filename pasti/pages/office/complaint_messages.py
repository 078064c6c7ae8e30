"""/meja/pengaduan/pesan/: mail, SMS and WhatsApp that came in and were not filed; each look is recorded (51.6.2)."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pasti.actions import complaint_identity
from pasti.domain.roles import Actor
from pasti.pages.access import moment, posted_from
from pasti.pages.office.door import complaints_officer
from pasti.pages.public.files import as_download
from pasti.pages.screen import show
from pasti.queries import messages as incoming

CHANNELS = {
    "email": ("surel", _("Surel")),
    "sms": ("sms", "SMS"),
    "whatsapp": ("whatsapp", "WhatsApp"),
}  # the channel an officer files such a message under


@require_safe
@complaints_officer
def unfiled_messages(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The latest fifty, or the fifty before `setelah`."""
    asked = request.GET.get("setelah", "")
    rows = incoming.unfiled(actor, after=_key(asked))
    last = rows[-1] if len(rows) == incoming.PAGE else None
    return show(
        request,
        "office/complaint_messages.html",
        title=say("Pesan yang belum dicatat"),
        rows=tuple((row, *CHANNELS[row.medium]) for row in rows),
        first_url=request.path if asked else "",
        next_url=f"{request.path}?setelah={last.taken_at:%Y%m%dT%H%M%S%f}_{last.id}" if last else "",
    )


def _key(text: str) -> tuple[datetime, UUID] | None:
    try:
        at, id = text.split("_")
        return datetime.strptime(f"{at}+0000", "%Y%m%dT%H%M%S%f%z"), UUID(id)
    except ValueError:
        return None


@posted_from("unfiled_messages")
@complaints_officer
def message(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The original, byte for byte; a POST, for the look is recorded first."""
    original = complaint_identity.open_message(actor, id, at=moment())
    return as_download(original, name=f"pesan-{id}.txt", mime="application/octet-stream")
