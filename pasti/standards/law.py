"""The shape of the legal bases and of the holidays by decree (51.7, 51.3)."""

from typing import Annotated, Literal

from pydantic import Field

from pasti.domain import calendar, standard
from pasti.standards.words import Day, Line, Shape


class BasisShape(Shape):
    """One rule and what became of it."""

    id: Annotated[str, Field(strict=True, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")]
    title: Line
    in_force_from: Day
    in_force_until: Day | None = None
    status: Literal["in_force", "amended", "replaced", "repealed"]
    status_by: Line | None = None
    replaced_by: tuple[Line, ...] = ()
    source: Line

    def value(self, clause: str = "") -> standard.LegalBasis:
        """The domain's basis, as cited by `clause`."""
        return standard.LegalBasis(
            id=self.id,
            title=self.title,
            status=self.status,
            status_by=self.status_by or "",
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
            source=self.source,
            clause=clause,
        )


class BasesShape(Shape):
    """The file of legal bases."""

    legal_bases: tuple[BasisShape, ...]


class DaysOffShape(Shape):
    """The days off of one decree and kind."""

    decree: Line
    announced_on: Day
    kind: calendar.HolidayKind
    days: Annotated[dict[Line, Line], Field(min_length=1)]


class HolidaysShape(Shape):
    """The file of one calendar year."""

    year: Annotated[int, Field(strict=True, ge=1945)]
    source: Line
    lists: Annotated[tuple[DaysOffShape, ...], Field(min_length=1)]
