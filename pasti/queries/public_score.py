"""How the clauses stand, as anybody may see it: the one way from the facts to every public output (51.14.1, 51.6.5.a).

Two days laid side by side must not place a complaint. So a clause that complaints had touched in its month by a past day is shown
as it stood at the end of the month before; today's status is today's. And since when is told by month. What happened after a
past day changes nothing of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from pasti import standards
from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.compliance import ClauseStatus
from pasti.domain.public_status import in_public, is_of_complaints, month_end, month_over
from pasti.queries import compliance
from pasti.queries.compliance import ClauseLine, Scorecard, Since


def statuses(entry: str, at: datetime) -> tuple[ClauseStatus, ...]:
    """The clauses as they stand at `at`, which is now, for the posted standard."""
    return tuple(in_public(status, jakarta_day(at)) for status in compliance.lately(entry, at))


def scorecard(entry: str, *, at: datetime, now: datetime, for_many: bool = False) -> Scorecard:
    """The scorecard at `at`: now, or the end of a past day, which takes twice the queries of the office's own."""
    day = jakarta_day(at)
    card = compliance.scorecard(entry, at=at, for_many=for_many and day == jakarta_day(now))
    instead = {} if day in (jakarta_day(now), month_end(day)) else _touched(card)
    components = tuple(
        replace(part, lines=tuple(instead.get(line.status.id) or _shown(line, day) for line in part.lines))
        for part in card.components
    )
    return replace(card, components=components)


def _touched(card: Scorecard) -> Mapping[str, ClauseLine]:
    """The clauses that complaints touched in the month of a past day until then, as they stood at the end of the month before."""
    day, begun = jakarta_day(card.at), standards.load().editions(card.entry)[0].effective
    before = max(month_over(day), begun)
    early = compliance.scorecard(card.entry, at=end_of(before))
    touched = {line.status.id for each in (early, card) for line in each.lines if is_of_complaints(line.status)}
    return {line.status.id: _shown(line, before) for line in early.lines if line.status.id in touched}


def _shown(line: ClauseLine, on: date) -> ClauseLine:
    since = Since(day=min(month_end(line.since.day), on), is_exact=False)
    return replace(line, status=in_public(line.status, on), since=since)
