"""The paper form of a complaint, to be printed and lie at the desk, with the way to its web twin (51.6.2.l)."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.domain.calendar import jakarta_day
from pasti.pages.access import moment
from pasti.pages.public.standard import in_force
from pasti.pages.screen import show

ON_PAPER = ("kantor", "loket_mpp", "surat", "telepon", "formulir", "kotak")  # what an officer writes down on it


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same questions as the web form, in its order, with a box for the officer who types it in."""
    address = settings.PASTI_BASE_URL + reverse("complain")
    standard = in_force(jakarta_day(moment()))[0]
    return show(
        request,
        "public/complaint_paper.html",
        title=_("Formulir pengaduan"),
        standard=standard,
        channels=[channel for channel in standard.complaint_channels if channel.id in ON_PAPER],
        address=address,
        code=_picture(address),
        lines=range(9),
    )


def _picture(text: str) -> SafeString:
    """The text as a QR code in SVG; nothing in it is anyone's input."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, omitsize=True, xmldecl=False, svgclass="qr")
    return SafeString(out.getvalue().decode())
