"""Every clause of the standards in force, with what proves it (51.1 to 51.14)."""

from datetime import datetime

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import ClauseStatus, statuses
from pasti.queries.evidence import facts


def clause_statuses(at: datetime) -> tuple[ClauseStatus, ...]:
    """Each clause of each entry in force at `at`, judged by the facts on record; a clause without any is `no_evidence`."""
    library, day = standards.load(), jakarta_day(at)
    entries = [entry for entry in library.entries() if library.editions(entry)[0].effective <= day]
    return tuple(status for entry in entries for status in of_standard(entry, at))


def of_standard(entry: str, at: datetime) -> tuple[ClauseStatus, ...]:
    """The clauses of one entry as in force at `at`. At most eighteen SQL queries."""
    standard = standards.load().in_force(entry, jakarta_day(at))
    return statuses(standard, facts(standard, at=at), on=jakarta_day(at))
