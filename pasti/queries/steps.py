"""The steps of one case's class, read from its ledger: who held each, standard time against time used (51.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.standard import Procedure
from pasti.domain.steps import Hold, Progress, StepRecord, Turn, records
from pasti.domain.workflow import STATE_TITLES, State
from pasti.records.accounts import Account
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """Who had the case during a step: a name for officers, the role's title for everyone else."""

    who: str  # "" while nobody had taken it
    since: datetime
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One step as a person reads it."""

    record: StepRecord
    title: str
    role: str
    held: tuple[HeldLine, ...]

    @property
    def is_open(self) -> bool:
        """Whether the case stands at it now, or will again once the applicant has done their part."""
        return self.record.progress in (Progress.NOW, Progress.WAITING)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the applicant."""
        return self.record.progress is Progress.WAITING

    @property
    def is_not_done(self) -> bool:
        """Whether the case ended, or passed on by itself, before it was finished."""
        return self.record.progress is Progress.NOT_DONE


def steps_of(row: Application, procedure: Procedure, *, at: datetime, named: bool) -> tuple[StepLine, ...]:
    """Every step of the class as this case went through it. One SQL query, two when `named` (51.2)."""
    turns = tuple(_turns(row.id))
    library = standards.load()
    found = records(procedure, turns, week=library.office().hours, calendar=library.calendar().known_on(jakarta_day(at)), at=at)
    ids = {hold.who for record in found for hold in record.holds if hold.who} if named else set()
    names = {str(account.pk): str(account) for account in Account.objects.filter(pk__in=ids)} if ids else {}
    return tuple(_line(record, names, named=named) for record in found)


def _turns(id: UUID) -> Iterator[Turn]:
    """The facts that moved the case or handed it over, oldest first."""
    facts = LedgerEntry.objects.filter(subject_id=id, kind__startswith="application.").order_by("seq")
    for at, after in facts.values_list("at", "after"):
        if "happened_at" in after:  # done on paper during an outage, entered later
            at = datetime.fromisoformat(after["happened_at"])
        if "state" in after:
            yield Turn(at=at, state=State(after["state"]))
        if "holder" in after:
            yield Turn(at=at, holder=after["holder"] or "")


def _line(record: StepRecord, names: dict[str, str], *, named: bool) -> StepLine:
    role = ROLE_TITLES[record.step.actor]
    held = tuple(_held(hold, names.get(hold.who, role) if hold.who else "") for hold in record.holds)
    return StepLine(
        record=record, title=STATE_TITLES[State(record.step.state)], role=role, held=held if named else _without_names(record)
    )


def _held(hold: Hold, who: str) -> HeldLine:
    return HeldLine(who=who, since=hold.since, until=hold.until)


def _without_names(record: StepRecord) -> tuple[HeldLine, ...]:
    """From when to when the step was open, without telling colleagues apart: a line for each visit."""
    lines: list[HeldLine] = []
    for hold in record.holds:
        if lines and lines[-1].until == hold.since:
            lines[-1] = HeldLine(who="", since=lines[-1].since, until=hold.until)
        else:
            lines.append(_held(hold, ""))
    return tuple(lines)
