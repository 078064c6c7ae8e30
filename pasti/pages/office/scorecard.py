"""/meja/kartu-skor/: every clause, since when it stands so, who must act, and the very facts behind it (51.14.1, 51.10.1)."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.compliance import Status
from pasti.domain.roles import ROLE_TITLES, Actor
from pasti.pages.office.fact_places import place_of_fact
from pasti.pages.office.words import what_happened
from pasti.pages.oversight.door import staff
from pasti.pages.score import PLACES, STATUS_WORDS, asked_of, card_or_404, file, place_of
from pasti.pages.screen import show
from pasti.queries import compliance
from pasti.queries.compliance import ClauseLine
from pasti.queries.compliance_facts import FactPage, facts_behind


@require_safe
@staff
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The clauses of one service, those that wait for somebody first asked for by status, role or component."""
    asked = asked_of(request)
    entries = compliance.entries_on(jakarta_day(asked.at))
    entry = request.GET.get("layanan", "") or next(iter(entries), "")
    card = card_or_404(entry, asked)
    wanted = {name: request.GET.get(name, "") for name in ("status", "peran", "komponen")}
    lines = [line for line in card.lines if _is_wanted(line, wanted)]
    library = standards.load()
    return show(
        request,
        "office/scorecard.html",
        title=_("Kartu skor"),
        asked=asked,
        card=card,
        lines=lines,
        wanted=wanted,
        counts=[(status, STATUS_WORDS[status], card.count(status)) for status in Status],
        statuses=[(status.value, words) for status, words in STATUS_WORDS.items()],
        roles=[(role, ROLE_TITLES[role]) for role in sorted({line.role for line in card.lines})],
        entries=[library.in_force(one, jakarta_day(asked.at)) for one in entries],
        mine=[role for role in actor.roles if any(line.role == role for line in card.lines)],
    )


@require_safe
@staff
def download(request: HttpRequest, _actor: Actor, entry: str, kind: str) -> HttpResponse:
    """The same as a file: json, xlsx or pdf, with the figures that the public's hides."""
    return file(entry, asked_of(request), kind, card=card_or_404)


def _is_wanted(line: ClauseLine, wanted: dict[str, str]) -> bool:
    asked = (
        (wanted["status"], line.status.status.value),
        (wanted["peran"], line.role.value),
        (wanted["komponen"], str(line.status.component)),
    )
    return all(not wish or wish == value for wish, value in asked)


@require_safe
@staff
def clause(request: HttpRequest, actor: Actor, entry: str, clause: str) -> HttpResponse:
    """One clause with the facts that its evidence is counted from, fifty at a time."""
    asked = asked_of(request)
    line = next((line for line in card_or_404(entry, asked).lines if line.status.id == clause), None)
    if line is None:
        raise Http404(clause)
    before = _before(request)
    changes = compliance.history(entry, clause, on=jakarta_day(asked.at))
    facts = facts_behind(entry, line.status.behind, at=asked.at, before=before)
    here = reverse("scorecard_clause", args=[entry, clause])
    return show(
        request,
        "office/scorecard_clause.html",
        title=_("Klausul {clause}").format(clause=clause),
        asked=asked,
        line=line,
        role=ROLE_TITLES[line.role],
        entry=entry,
        place=place_of(line.status),
        history=[(change, STATUS_WORDS[change.status]) for change in changes],
        place_name=PLACES.get(line.status.where, ""),
        facts=[(fact, what_happened(fact.kind, fact.after), place_of_fact(fact, actor)) for fact in facts.lines],
        first_url=f"{here}{asked.query}" if before else "",
        next_url=_next(here, asked.query, facts),
    )


def _next(here: str, query: str, facts: FactPage) -> str:
    if facts.before is None:
        return ""
    at, id = facts.before
    return f"{here}{query or '?'}{'&' if query else ''}sebelum={at.timestamp():.6f}.{id}"


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    seconds, _dot, id = request.GET.get("sebelum", "").rpartition(".")
    try:
        return datetime.fromtimestamp(float(seconds), tz=JAKARTA), int(id)
    except (ValueError, OverflowError, OSError):
        return None
