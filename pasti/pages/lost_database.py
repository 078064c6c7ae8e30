"""The page while the database does not answer: 503, that nothing is half kept, and the same form again by one press (51.12).

It is made without the database, so without who is signed in. What was typed is put into the page to be sent again, unless a
file is among it, which no page can hold, or a word that must not be printed; then the browser's own reload sends it again.
"""

from collections.abc import Sequence

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget

from pasti import standards

RETRY_AFTER_SECONDS = "15"  # about a failover
UNPRINTABLE = ("password", "passphrase", "secret", "credential")  # parts of names of fields
ACCOUNT_PAGES = "/akun/"


def page(request: HttpRequest) -> HttpResponse:
    """What to show for this request."""
    sent = _sent(request) if request.method == "POST" else ()
    shown = {
        "title": _("Basis data sedang tidak menjawab"),
        "office": standards.load().office(),
        "address": request.get_full_path(),
        "is_sending": request.method == "POST",
        "sent": sent,
    }
    answer = HttpResponse(render_to_string("lost_database.html", shown), status=503)
    answer["Retry-After"] = RETRY_AFTER_SECONDS
    answer["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request"):
        return reswap(reselect(retarget(answer, "#content"), "#content"), "outerHTML")
    return answer


def _sent(request: HttpRequest) -> Sequence[tuple[str, str]]:
    """The fields of the form that was sent, in order; none when they may not or cannot stand in a page."""
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (UnreadablePostError, SuspiciousOperation):
        return ()
    is_secret = any(part in name.lower() for name, _value in fields for part in UNPRINTABLE)
    return () if has_files or is_secret or request.path.startswith(ACCOUNT_PAGES) else fields
