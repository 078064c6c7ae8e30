"""Every clause of the standards in force, with what proves it (51.1 to 51.14)."""

from collections.abc import Iterable
from datetime import datetime

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import ClauseStatus, Evidence, statuses


def clause_statuses(at: datetime, evidence: Iterable[Evidence] = ()) -> tuple[ClauseStatus, ...]:
    """Each clause of each entry in force at `at`, judged by `evidence`; a clause without any is `no_evidence`. No SQL query."""
    day, facts = jakarta_day(at), tuple(evidence)
    library = standards.load()
    rows: list[ClauseStatus] = []
    for entry in library.entries():
        if library.editions(entry)[0].effective <= day:
            rows += statuses(library.in_force(entry, day), facts, on=day)
    return tuple(rows)
