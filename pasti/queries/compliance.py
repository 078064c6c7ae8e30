"""Every clause of the standards in force, with what proves it, since when, and who must act (51.1 to 51.14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.core.cache import cache
from django.db.models import Max, Min

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import ClauseStatus, Status, statuses
from pasti.domain.roles import Role
from pasti.domain.standard import Clause, Component
from pasti.queries.compliance_facts import standing_on_facts
from pasti.queries.evidence import facts
from pasti.records.figures import ClauseState, ScoreDay

LATELY_SECONDS = 60
MOST_CHANGES = 20  # shown of one clause
ONE_DAY = timedelta(days=1)


def entries_on(day: date) -> tuple[str, ...]:
    """The entries that have an edition in force on `day`."""
    library = standards.load()
    return tuple(entry for entry in library.entries() if library.editions(entry)[0].effective <= day)


def clause_statuses(at: datetime) -> tuple[ClauseStatus, ...]:
    """Each clause of each entry in force at `at`, judged by the facts on record; a clause without any is `no_evidence`."""
    return tuple(status for entry in entries_on(jakarta_day(at)) for status in of_standard(entry, at))


def of_standard(entry: str, at: datetime) -> tuple[ClauseStatus, ...]:
    """The clauses of one entry as in force at `at`: none is met without a fact of the ledger. At most 25 SQL queries."""
    standard = standards.load().in_force(entry, jakarta_day(at))
    return statuses(standard, standing_on_facts(entry, facts(standard, at=at), at=at), on=jakarta_day(at))


def lately(entry: str, at: datetime) -> tuple[ClauseStatus, ...]:
    """The same as any page asked it within the last minute: for pages that many read at once. One SQL query, else as above."""
    standard = standards.load().in_force(entry, jakarta_day(at))
    key = f"clauses:{entry}:{standard.effective.isoformat()}:{jakarta_day(at).isoformat()}"
    return cast("tuple[ClauseStatus, ...]", cache.get_or_set(key, lambda: of_standard(entry, at), timeout=LATELY_SECONDS))


def standing(at: datetime) -> Mapping[tuple[str, str], Status]:
    """(entry, clause) -> how it stands at `at`: what is kept at the end of each day."""
    return {(entry, row.id): row.status for entry in entries_on(jakarta_day(at)) for row in of_standard(entry, at)}


def kept(day: date) -> Mapping[tuple[str, str], ClauseState] | None:
    """The rows kept for the end of `day`, each clause's last; None when that day was not kept. Two SQL queries."""
    if not ScoreDay.objects.filter(day=day).exists():
        return None
    return {(row.entry, row.clause): row for row in _last_rows(day)}


def _last_rows(day: date, entry: str = "") -> Iterable[ClauseState]:
    rows = ClauseState.objects.filter(on__lte=day)
    rows = rows.filter(entry=entry) if entry else rows
    return rows.order_by("entry", "clause", "-on").distinct("entry", "clause")


@dataclass(frozen=True, kw_only=True)
class Since:
    """The day on which a clause began to stand as it does; not `is_exact`: on that day at the latest, the days before unknown."""

    day: date
    is_exact: bool


@dataclass(frozen=True, kw_only=True)
class ClauseLine:
    """One clause on the scorecard."""

    clause: Clause
    status: ClauseStatus
    since: Since
    role: Role


@dataclass(frozen=True, kw_only=True)
class ComponentScore:
    """One component: how many of its clauses stand how."""

    component: Component
    lines: tuple[ClauseLine, ...]

    def count(self, status: Status) -> int:
        """How many of its clauses stand so."""
        return sum(line.status.status is status for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """One service's fourteen components as they stood at a moment."""

    entry: str
    at: datetime
    components: tuple[ComponentScore, ...]

    @property
    def lines(self) -> tuple[ClauseLine, ...]:
        """Every clause in the source's order."""
        return tuple(line for component in self.components for line in component.lines)

    def count(self, status: Status) -> int:
        """How many clauses stand so."""
        return sum(component.count(status) for component in self.components)


def scorecard(entry: str, *, at: datetime, for_many: bool = False) -> Scorecard:
    """Every clause of one entry at `at`. At most 27 SQL queries, whatever the size; `for_many`: three, as `lately`."""
    library = standards.load()
    standard, office = library.in_force(entry, jakarta_day(at)), library.office()
    day = jakarta_day(at)
    rows = {row.clause: row for row in _last_rows(day, entry)}
    clauses = {clause.id: clause for clause in standard.clauses()}
    nights = ScoreDay.objects.filter(day__lte=day).aggregate(first=Min("day"), last=Max("day"))
    lines = {
        one.id: ClauseLine(
            clause=clauses[one.id],
            status=one,
            since=_since(one, rows.get(one.id), day, **nights),
            role=office.responsible_for(one.id),
        )
        for one in (lately if for_many else of_standard)(entry, at)
    }
    components = tuple(
        ComponentScore(component=component, lines=tuple(lines[clause.id] for clause in component.clauses))
        for component in standard.components
    )
    return Scorecard(entry=entry, at=at, components=components)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A day at whose end a clause stood otherwise than before."""

    day: date
    status: Status


def history(entry: str, clause: str, *, on: date) -> tuple[Change, ...]:
    """The last changes of one clause up to `on`, the newest first, by the kept ends of the days. One SQL query."""
    rows = ClauseState.objects.filter(entry=entry, clause=clause, on__lte=on).order_by("-on")[:MOST_CHANGES]
    return tuple(Change(day=row.on, status=Status(row.status)) for row in rows)


def _since(status: ClauseStatus, row: ClauseState | None, today: date, *, first: date | None, last: date | None) -> Since:
    """When it began, by the kept ends of the days, which run without a gap from the ledger's first fact (`first`) to `last`.

    A day whose end found it otherwise than the day before is known; so is a first day that brought evidence, for nothing was
    known before it. What no kept night has seen yet began today when the last night is yesterday's.
    """
    if row is None or last is None:
        return Since(day=today, is_exact=False)
    if last < today - ONE_DAY:  # days in between are still to be reckoned
        return Since(day=today, is_exact=False)
    if row.status != status.status:
        return Since(day=today, is_exact=True)
    return Since(day=row.on, is_exact=row.on != first or status.status is not Status.NO_EVIDENCE)
