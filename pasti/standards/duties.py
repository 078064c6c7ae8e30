"""The shape of what a holder owes after issue, and what must hold in it (51.1.A.3, 51.1.A.5)."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pasti.domain import standard
from pasti.domain.roles import DESK_ROLES, Role
from pasti.standards.tree import Tree
from pasti.standards.words import ClauseId, Count, Flag, Line, Name, Shape, TermShape, Text

ANY_YEAR = 2023  # no leap year: a period ends on a day that every year has


def _day_of_year(value: object) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"{ANY_YEAR}-{value}")
    except ValueError:
        raise ValueError(f"“{value}” bukan hari dalam setahun; tulis BB-HH, misalnya 06-30.") from None
    return day.month, day.day


DayOfYear = Annotated[tuple[int, int], BeforeValidator(_day_of_year)]


class DutyShape(Shape):
    """One duty: once, or after the end of every period."""

    id: Name
    clause: ClauseId
    title: Text
    help: Text
    number_label: Text
    dated_label: Text
    evidence: Literal["required", "optional"]
    may_be_none: Flag = False
    period_ends: tuple[DayOfYear, ...] = ()
    within: TermShape
    source: Line

    def value(self) -> standard.Duty:
        """The domain's duty."""
        return standard.Duty(
            id=self.id,
            clause=self.clause,
            title=self.title.value(),
            help=self.help.value(),
            number_label=self.number_label.value(),
            dated_label=self.dated_label.value(),
            evidence=self.evidence,
            may_be_none=self.may_be_none,
            period_ends=self.period_ends,
            within=self.within.value(),
            source=self.source,
        )


class DutiesShape(Shape):
    """Every duty, and who is told of it when."""

    source: Line
    reminders: tuple[Count, ...]
    told_when_overdue: tuple[Role, ...]
    items: Annotated[tuple[DutyShape, ...], Field(min_length=1)]

    def value(self) -> standard.Duties:
        """The domain's duties."""
        return standard.Duties(
            items=tuple(item.value() for item in self.items),
            reminders=self.reminders,
            told_when_overdue=self.told_when_overdue,
            source=self.source,
        )


def check_duties(tree: Tree, duties: DutiesShape, clauses: Mapping[str, int]) -> None:
    """Note every fault: a clause outside component 1, a name given twice, days out of order, a role without a desk."""
    if not all(a > b for a, b in pairwise(duties.reminders)):
        tree.problem(("duties", "reminders"), "reminders harus menurun, misalnya [30, 7, 0].")
    for index, role in enumerate(duties.told_when_overdue):
        if role not in DESK_ROLES:
            here = ("duties", "told_when_overdue", index)
            tree.problem(here, f"peran {role} tidak membuka berkas permohonan; pilih {', '.join(sorted(DESK_ROLES))}.")
    names = [item.id for item in duties.items]
    for index, item in enumerate(duties.items):
        here = ("duties", "items", index)
        if clauses.get(item.clause) != 1:
            tree.problem((*here, "clause"), f"klausul {item.clause} tidak ada di komponen 1.")
        if item.id in names[:index]:
            tree.problem((*here, "id"), f"kewajiban “{item.id}” sudah ada; beri nama lain.")
        if list(item.period_ends) != sorted(set(item.period_ends)):
            tree.problem((*here, "period_ends"), "period_ends harus urut dalam setahun, tiap hari sekali.")
