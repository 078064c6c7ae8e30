"""/kartu-skor/: how every component of every standard stands, for anybody, today and on any past day (51.14.1)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Status
from pasti.pages.access import moment
from pasti.pages.score import asked_of, file, part_of, public_card_or_404
from pasti.pages.screen import show
from pasti.queries import compliance, public_score


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every service with its fourteen components."""
    asked = asked_of(request)
    day, library = jakarta_day(asked.at), standards.load()
    cards = []
    for entry in compliance.entries_on(day):
        card = public_score.scorecard(entry, at=asked.at, now=moment(), for_many=True)
        parts = [part_of(score) for score in card.components]
        counts = {status.value: card.count(status) for status in Status}
        cards.append({"standard": library.in_force(entry, day), "parts": parts, "all": len(card.lines), **counts})
    return show(request, "public/scorecard.html", title=_("Kartu skor kantor"), asked=asked, today=day, cards=cards)


@require_safe
def download(request: HttpRequest, entry: str, kind: str) -> HttpResponse:
    """The same as a file: json, xlsx or pdf. A word that it does not know is refused: silence would give another day."""
    unknown = sorted(set(request.GET) - {"pada"})
    if unknown:
        words = _("Kata “{word}” tidak dikenal pada alamat ini. Untuk hari yang lampau tulis ?pada=2026-07-01.")
        return HttpResponse(f"{words.format(word=unknown[0])}\n", status=400, content_type="text/plain; charset=utf-8")
    return file(entry, asked_of(request), kind, card=public_card_or_404)
