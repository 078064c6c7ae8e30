"""Until when a case may stay in the hand it is in (51.2, 51.3)."""

from datetime import datetime

from pasti import standards
from pasti.domain import pace
from pasti.domain.clock import ClockState
from pasti.domain.standard import Standard
from pasti.domain.workflow import State
from pasti.queries.bar import Bar
from pasti.records.licensing import Application


def leave_by(row: Application, standard: Standard, bar: Bar) -> datetime | None:
    """The last safe working moment; None while the clock does not run. No SQL query."""
    if bar.state is not ClockState.RUNNING or bar.due_on is None:
        return None
    library = standards.load()
    procedure = standard.procedure(row.procedure)
    return pace.leave_by(procedure, State(row.state), bar.due_on, week=library.office().hours, calendar=library.calendar())
