"""The shape of an edition's handling of complaints (51.6.3 to 51.6.8)."""

from typing import Annotated

from pydantic import Field

from pasti.domain import complaint_promise
from pasti.domain.roles import Role
from pasti.standards.words import ClauseId, Flag, Line, Name, Several, Shape, TermShape, Text


class StatuteShape(Shape):
    """The law's own terms."""

    law: Line
    source: Line
    first_reply: TermShape
    completion: TermShape
    decision: TermShape

    def value(self) -> complaint_promise.Statute:
        """The domain's terms."""
        return complaint_promise.Statute(
            law=self.law,
            source=self.source,
            first_reply=self.first_reply.value(),
            completion=self.completion.value(),
            decision=self.decision.value(),
        )


class ServiceShape(Shape):
    """One field, sector or type of service."""

    id: Name
    title: Text


class ProblemShape(Shape):
    """One kind of problem."""

    id: Name
    title: Text
    component: Annotated[Several, Field(le=14)] | None


class TierShape(Shape):
    """One tier."""

    id: Name
    title: Text
    role: Role
    outside: Flag = False


class CategoryShape(Shape):
    """One category with its tiers."""

    number: Annotated[Several, Field(le=3)]
    clause: ClauseId
    title: Text
    needs_approval: Flag
    tiers: Annotated[tuple[TierShape, ...], Field(min_length=1)]

    def value(self) -> complaint_promise.Category:
        """The domain's category."""
        tiers = (complaint_promise.Tier(id=t.id, title=t.title.value(), role=t.role, outside=t.outside) for t in self.tiers)
        return complaint_promise.Category(
            number=self.number,
            clause=self.clause,
            title=self.title.value(),
            needs_approval=self.needs_approval,
            tiers=tuple(tiers),
        )


class HandlingShape(Shape):
    """Everything about handling complaints that is data."""

    source: Line
    number: Line
    statute: StatuteShape
    referral: TermShape
    reminders: Several
    feedback: TermShape
    suppress_below: Several
    breach_calendar_days: Several
    services: Annotated[tuple[ServiceShape, ...], Field(min_length=1)]
    components: Annotated[tuple[ProblemShape, ...], Field(min_length=1)]
    categories: tuple[CategoryShape, ...]

    def value(self) -> complaint_promise.ComplaintHandling:
        """The domain's rules."""
        services = (complaint_promise.ServiceGroup(id=s.id, title=s.title.value()) for s in self.services)
        problems = (
            complaint_promise.ProblemGroup(id=p.id, title=p.title.value(), component=p.component) for p in self.components
        )
        return complaint_promise.ComplaintHandling(
            source=self.source,
            number=self.number,
            statute=self.statute.value(),
            referral=self.referral.value(),
            reminders=self.reminders,
            feedback=self.feedback.value(),
            suppress_below=self.suppress_below,
            breach_calendar_days=self.breach_calendar_days,
            services=tuple(services),
            components=tuple(problems),
            categories=tuple(category.value() for category in self.categories),
        )
