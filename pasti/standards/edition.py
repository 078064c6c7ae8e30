"""The shape of an edition's file: one entry of the annex as in force from one day (51.1 to 51.14)."""

from typing import Annotated, Literal

from pydantic import Field

from pasti.domain import standard
from pasti.standards.complaint import HandlingShape
from pasti.standards.duties import DutiesShape
from pasti.standards.kbli import MappingShape
from pasti.standards.requirement import RequirementShape
from pasti.standards.staffing import StaffingShape
from pasti.standards.words import ClauseId, Count, Day, Flag, Hour, Line, Name, Several, Shape, TermShape, Text, Word


class PartShape(Shape):
    """One of the things that a clause names."""

    id: Name
    text: Text

    def value(self) -> standard.ClausePart:
        """The domain's part."""
        return standard.ClausePart(id=self.id, text=self.text.value())


class ClauseShape(Shape):
    """One clause."""

    id: ClauseId
    way: standard.Way
    text: Text
    source: Line = "lampiran"
    parts: tuple[PartShape, ...] = ()

    def value(self, component: int) -> standard.Clause:
        """The domain's clause."""
        return standard.Clause(
            id=self.id,
            component=component,
            way=self.way,
            text=self.text.value(),
            source=self.source,
            parts=tuple(part.value() for part in self.parts),
        )


class ComponentShape(Shape):
    """One component with its clauses in the source's order."""

    number: Several
    title: Text
    clauses: Annotated[tuple[ClauseShape, ...], Field(min_length=1)]

    def value(self, part: str) -> standard.Component:
        """The domain's component; `part` is "delivery" or "management"."""
        clauses = (clause.value(self.number) for clause in self.clauses)
        return standard.Component(number=self.number, title=self.title.value(), part=part, clauses=tuple(clauses))


class ScaleShape(Shape):
    """A business scale; a bound left null is open."""

    id: Literal["mikro", "kecil", "menengah", "besar"]
    title: Text
    capital_up_to: Several | None
    sales_up_to: Several | None
    served: Flag
    refer_to: Text | None = None

    def value(self) -> standard.ScaleBand:
        """The domain's band."""
        return standard.ScaleBand(
            id=self.id,
            title=self.title.value(),
            capital_up_to=self.capital_up_to,
            sales_up_to=self.sales_up_to,
            served=self.served,
            refer_to=self.refer_to.value() if self.refer_to else None,
        )


class GroundShape(Shape):
    """A ground for lying outside an industrial estate."""

    code: Annotated[str, Field(strict=True, pattern=r"^[a-z]$")]
    title: Text
    classes: frozenset[Literal["kecil", "menengah", "besar"]] = frozenset()
    evidence: Text

    def value(self) -> standard.LocationGround:
        """The domain's ground."""
        classes: frozenset[str] = frozenset(self.classes)
        return standard.LocationGround(code=self.code, title=self.title.value(), classes=classes, evidence=self.evidence.value())


class IndustryShape(Shape):
    """The bounds of the industry classes that the location rule goes by."""

    small_workers: Several
    small_investment: Several
    medium_investment: Several


class ReferShape(Shape):
    """Who serves those whom this office may not."""

    foreign_capital: Text
    cross_border: Text
    outside_regency: Text


class IntakeShape(Shape):
    """Whom the office serves."""

    source: Line
    scales: Annotated[tuple[ScaleShape, ...], Field(min_length=1)]
    industry: IndustryShape
    location_grounds: tuple[GroundShape, ...]
    refer_to: ReferShape

    def value(self) -> standard.Intake:
        """The domain's intake rules."""
        return standard.Intake(
            scales=tuple(scale.value() for scale in self.scales),
            location_grounds=tuple(ground.value() for ground in self.location_grounds),
            industry_small_workers=self.industry.small_workers,
            industry_small_investment=self.industry.small_investment,
            industry_medium_investment=self.industry.medium_investment,
            foreign_capital_refer_to=self.refer_to.foreign_capital.value(),
            cross_border_refer_to=self.refer_to.cross_border.value(),
            outside_regency_refer_to=self.refer_to.outside_regency.value(),
            source=self.source,
        )


class ClockShape(Shape):
    """How the term is counted."""

    source: Line
    promise: TermShape
    closing: Hour
    day_zero: Flag
    on_lapse: standard.OnLapse
    on_lapse_ground: Text
    fulfilment: TermShape
    warnings: tuple[Count, ...]
    fulfilment_warnings: tuple[Count, ...] = ()

    def value(self) -> standard.ClockRules:
        """The domain's rules."""
        return standard.ClockRules(
            promise=self.promise.value(),
            closing=self.closing,
            day_zero=self.day_zero,
            on_lapse=self.on_lapse,
            fulfilment=self.fulfilment.value(),
            warnings=self.warnings,
            source=self.source,
            on_lapse_ground=self.on_lapse_ground.value(),
            fulfilment_warnings=self.fulfilment_warnings,
        )


class RuleShape(Shape):
    """One line of the rule that chooses a procedure class."""

    procedure: Word
    assisted: Flag | None
    visit_when: frozenset[Literal["outside_estate", "medium_scale"]] = frozenset()
    reason: Text

    def value(self) -> standard.ProcedureRule:
        """The domain's line."""
        facts: frozenset[str] = frozenset(self.visit_when)
        return standard.ProcedureRule(
            procedure=self.procedure, assisted=self.assisted, visit_when=facts, reason=self.reason.value()
        )


class ChannelShape(Shape):
    """One way to complain."""

    clause: ClauseId
    id: Name
    title: Text
    address: Line

    def value(self) -> standard.ComplaintChannel:
        """The domain's channel."""
        return standard.ComplaintChannel(clause=self.clause, id=self.id, title=self.title.value(), address=self.address)


class ComplaintShape(Shape):
    """The terms and channels of complaints."""

    filing: TermShape
    answer: TermShape
    channels: Annotated[tuple[ChannelShape, ...], Field(min_length=1)]


class ObjectionShape(Shape):
    """One way to object."""

    title: Text
    text: Text
    source: Line

    def value(self) -> standard.Objection:
        """The domain's way."""
        return standard.Objection(title=self.title.value(), text=self.text.value(), source=self.source)


class RemediesShape(Shape):
    """The hearing of a holder, and the ways to object."""

    source: Line
    hearing: TermShape
    objections: tuple[ObjectionShape, ...]

    def value(self) -> standard.Remedies:
        """The domain's remedies."""
        objections = tuple(way.value() for way in self.objections)
        return standard.Remedies(hearing=self.hearing.value(), objections=objections, source=self.source)


class SafetyItemShape(Shape):
    """One line of the safety checklist."""

    id: Name
    text: Text


class SafetyShape(Shape):
    """What is confirmed before an inspection starts."""

    clause: ClauseId
    source: Line
    items: Annotated[tuple[SafetyItemShape, ...], Field(min_length=1)]

    def value(self) -> standard.SafetyChecklist:
        """The domain's checklist."""
        items = tuple(standard.SafetyItem(id=item.id, text=item.text.value()) for item in self.items)
        return standard.SafetyChecklist(clause=self.clause, source=self.source, items=items)


class EditionShape(Shape):
    """The whole edition."""

    entry: Annotated[Word, Field(pattern=r"^[0-9]+$")]
    effective: Day
    source: Line
    title: Text
    short_title: Text
    kbli: Annotated[Word, Field(pattern=r"^[0-9]{5}$")]
    kbli_version: Word
    kbli_title: Text
    kbli_mapping: MappingShape | None = None
    risk: Text
    product: Text
    fee_rupiah: Count
    issuer: standard.Issuer
    certificate_number: Line
    office_unit: Line
    staff_required: Several
    clock: ClockShape
    intake: IntakeShape
    procedures: Annotated[tuple[Word, ...], Field(min_length=1)]
    procedure_rules: Annotated[tuple[RuleShape, ...], Field(min_length=1)]
    legal_bases: dict[ClauseId, Line]
    other_legal_bases: tuple[Line, ...] = ()
    complaint: ComplaintShape
    complaint_handling: HandlingShape | None = None
    remedies: RemediesShape | None = None
    delivery: tuple[ComponentShape, ...]
    management: tuple[ComponentShape, ...]
    requirements: tuple[RequirementShape, ...]
    safety_checklist: SafetyShape | None = None
    duties: DutiesShape | None = None
    staffing: StaffingShape | None = None

    def components(self) -> tuple[standard.Component, ...]:
        """The fourteen components as the domain's values."""
        parts = [c.value("delivery") for c in self.delivery]
        return (*parts, *(c.value("management") for c in self.management))
