"""The office that makes the promise: names, addresses, hours, districts, mottoes (51.6.2, 51.12.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated

from pydantic import Field

from pasti.domain.sampling import Share
from pasti.domain.standard import Text as DomainText
from pasti.standards.words import Hour, Line, Name, Shape, Text, Word

MONDAY = date(2024, 1, 1)  # any day, to subtract hours


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """The working hours of some weekdays. 0 is Monday; `break_minutes` are not worked."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        """Working minutes of such a day."""
        span = datetime.combine(MONDAY, self.closes) - datetime.combine(MONDAY, self.opens)
        return int(span.total_seconds()) // 60 - self.break_minutes


def shortest_day(week: Sequence[OpeningHours]) -> int:
    """Working minutes of the shortest working day of the week."""
    return min(hours.minutes for hours in week)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place where the office serves people."""

    id: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ReportChannel:
    """Where an illegal levy is reported (51.4)."""

    id: str
    title: DomainText
    address: str


@dataclass(frozen=True, kw_only=True)
class Office:
    """The office; what is assumed is named in `source`."""

    name: str
    short_name: str
    parent: str  # the government it belongs to
    regency: str
    regency_code: str  # Kemendagri's, "32.14"
    province: str
    regent_title: str
    head_title: str
    inspectorate: str
    technical_agency: str
    address: str
    postal_code: str
    phone: str
    email: str
    websites: tuple[str, ...]
    places: tuple[Place, ...]
    motto: DomainText
    mottoes: tuple[DomainText, ...]
    hours: tuple[OpeningHours, ...]
    districts: tuple[tuple[str, str], ...]  # (Kemendagri's code, name)
    estates: tuple[tuple[str, str], ...]  # (code, name)
    levy_report_channels: tuple[ReportChannel, ...]
    sampling: Share  # of oversight
    source: str

    def opens_on(self, day: date) -> time:
        """When the office opens on that weekday; on one without hours, the earliest of the week."""
        hours = [h for h in self.hours if day.weekday() in h.weekdays] or self.hours
        return min(h.opens for h in hours)

    @property
    def minutes_a_day(self) -> int:
        """Working minutes of the shortest working day."""
        return shortest_day(self.hours)


class HoursShape(Shape):
    """The hours of some weekdays."""

    weekdays: Annotated[tuple[Annotated[int, Field(strict=True, ge=0, le=6)], ...], Field(min_length=1)]
    opens: Hour
    closes: Hour
    break_minutes: Annotated[int, Field(strict=True, ge=0)]

    def value(self) -> OpeningHours:
        """The office's hours."""
        return OpeningHours(weekdays=self.weekdays, opens=self.opens, closes=self.closes, break_minutes=self.break_minutes)


class PlaceShape(Shape):
    """A place of service."""

    id: Name
    name: Line
    address: Line


class ReportShape(Shape):
    """A channel for reporting a levy."""

    id: Name
    title: Text
    address: Line


class SamplingShape(Shape):
    """How much oversight draws of each kind and tier in a night, and by when that is looked at (51.10.1)."""

    percent: Annotated[int, Field(strict=True, ge=1, le=100)]
    at_least: Annotated[int, Field(strict=True, ge=1)]
    working_days: Annotated[int, Field(strict=True, ge=1)]

    def value(self) -> Share:
        """The share."""
        return Share(percent=self.percent, at_least=self.at_least, working_days=self.working_days)


class OfficeShape(Shape):
    """The office's file."""

    source: Line
    name: Line
    short_name: Line
    parent: Line
    regency: Line
    regency_code: Word
    province: Line
    regent_title: Line
    head_title: Line
    inspectorate: Line
    technical_agency: Line
    address: Line
    postal_code: Word
    phone: Line
    email: Line
    websites: tuple[Line, ...]
    places: tuple[PlaceShape, ...]
    motto: Text
    mottoes: tuple[Text, ...]
    hours: Annotated[tuple[HoursShape, ...], Field(min_length=1)]
    districts: dict[Line, Line]
    estates: dict[Line, Line]
    levy_report_channels: tuple[ReportShape, ...]
    sampling: SamplingShape

    def value(self) -> Office:
        """The office."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        return Office(
            **plain,
            places=tuple(Place(id=p.id, name=p.name, address=p.address) for p in self.places),
            motto=self.motto.value(),
            mottoes=tuple(m.value() for m in self.mottoes),
            hours=tuple(h.value() for h in self.hours),
            districts=tuple(self.districts.items()),
            estates=tuple(self.estates.items()),
            levy_report_channels=tuple(
                ReportChannel(id=r.id, title=r.title.value(), address=r.address) for r in self.levy_report_channels
            ),
            sampling=self.sampling.value(),
        )


_PLAIN = (*(name for name, info in OfficeShape.model_fields.items() if info.annotation is str), "websites")
