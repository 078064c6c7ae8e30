"""The page while the database does not answer: 503, that nothing is half kept, and the same form again by one press (51.12).

It is made without the database, so without who is signed in. What was typed is put into the page to be sent again, unless a
file is among it, which no page can hold, or a word that must not be printed; then the browser's own reload sends it again.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pasti import standards
from pasti.pages import sent_again

RETRY_AFTER_SECONDS = "15"  # about a failover


def page(request: HttpRequest) -> HttpResponse:
    """What to show for this request."""
    shown = {
        "title": _("Basis data sedang tidak menjawab"),
        "office": standards.load().office(),
        "address": request.get_full_path(),
        "is_sending": request.method == "POST",
        "sent": sent_again.fields(request),
    }
    answer = HttpResponse(render_to_string("lost_database.html", shown), status=503)
    answer["Retry-After"] = RETRY_AFTER_SECONDS
    return sent_again.whole_page(request, answer)
