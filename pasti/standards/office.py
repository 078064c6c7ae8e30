"""The office that makes the promise: names, addresses, hours, districts, mottoes (51.6.2, 51.12.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from pydantic import Field

from pasti.domain.evaluation import Rhythm
from pasti.domain.guard import Watch
from pasti.domain.hours import OpeningHours, shortest_day
from pasti.domain.roles import Role
from pasti.domain.sampling import Share
from pasti.domain.standard import Text as DomainText
from pasti.standards.words import Hour, Line, Name, Shape, Text, Word


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
    watch: Watch
    visitor_facilities: tuple[str, ...]  # what a visitor asks for, what helps those less able first: "8.24"
    facility_check_days: int  # calendar days after which a look at a facility proves nothing any more
    visit_minutes: int  # how long a field inspection is put into a calendar for; assumed
    sampling: Share  # of oversight
    finding_warnings: tuple[int, ...]  # calendar days left at which a finding's owner is warned; assumed
    evaluation: Rhythm  # yearly, of the standard and its SOPs
    responsible: Mapping[str, Role]  # a clause's number without its entry, "10.1" -> who must act when it is not proven
    source: str

    def opens_on(self, day: date) -> time:
        """When the office opens on that weekday; on one without hours, the earliest of the week."""
        hours = [h for h in self.hours if day.weekday() in h.weekdays] or self.hours
        return min(h.opens for h in hours)

    def responsible_for(self, clause: str) -> Role:
        """Who must act for a clause, "51.10.1": the longest number that is named and begins it."""
        parts = clause.split(".")[1:]
        known = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((self.responsible[number] for number in known if number in self.responsible), Role.HEAD)

    @property
    def minutes_a_day(self) -> int:
        """Working minutes of the shortest working day."""
        return shortest_day(self.hours)


class WatchShape(Shape):
    """Whom the deadline guard turns to."""

    source: Line
    warned_too: tuple[Role, ...]
    told_of_lapse: tuple[Role, ...]
    ladder: Annotated[tuple[Role, ...], Field(min_length=1)]

    def value(self) -> Watch:
        """The domain's watch."""
        return Watch(warned_too=self.warned_too, told_of_lapse=self.told_of_lapse, ladder=self.ladder, source=self.source)


class HoursShape(Shape):
    """The hours of some weekdays."""

    weekdays: Annotated[tuple[Annotated[int, Field(strict=True, ge=0, le=6)], ...], Field(min_length=1)]
    opens: Hour
    closes: Hour
    break_starts: Hour
    break_minutes: Annotated[int, Field(strict=True, ge=0)]

    def value(self) -> OpeningHours:
        """The office's hours."""
        return OpeningHours(
            weekdays=self.weekdays,
            opens=self.opens,
            closes=self.closes,
            break_starts=self.break_starts,
            break_minutes=self.break_minutes,
        )


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


class EvaluationShape(Shape):
    """How often the standard is evaluated, and when the staff is reminded of the results (51.14.1, 51.14.3)."""

    every_months: Annotated[int, Field(strict=True, ge=1)]
    acknowledge_days: Annotated[int, Field(strict=True, ge=1)]
    remind_every_days: Annotated[int, Field(strict=True, ge=1)]

    def value(self) -> Rhythm:
        """The rhythm."""
        return Rhythm(
            every_months=self.every_months,
            acknowledge_days=self.acknowledge_days,
            remind_every_days=self.remind_every_days,
        )


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
    watch: WatchShape
    visitor_facilities: tuple[Word, ...]
    facility_check_days: Annotated[int, Field(strict=True, ge=1)]
    visit_minutes: Annotated[int, Field(strict=True, ge=1)]
    sampling: SamplingShape
    finding_warnings: tuple[Annotated[int, Field(strict=True, ge=0)], ...]
    evaluation: EvaluationShape
    responsible: dict[Word, Role]

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
            watch=self.watch.value(),
            levy_report_channels=tuple(
                ReportChannel(id=r.id, title=r.title.value(), address=r.address) for r in self.levy_report_channels
            ),
            sampling=self.sampling.value(),
            evaluation=self.evaluation.value(),
            responsible=self.responsible,
        )


_PLAIN = (
    *(name for name, info in OfficeShape.model_fields.items() if info.annotation is str),
    "websites",
    "visitor_facilities",
    "facility_check_days",
    "visit_minutes",
    "finding_warnings",
)
