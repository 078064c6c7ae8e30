"""What an edition says of handling complaints: number, terms, groups, categories and their tiers (51.6.3 to 51.6.8)."""

from dataclasses import dataclass

from pasti.domain.roles import Role
from pasti.domain.texts import Term, Text


@dataclass(frozen=True, kw_only=True)
class Statute:
    """The law's own terms beside the edition's; the earlier date drives the alarms."""

    law: str
    first_reply: Term  # to say whether the complaint is complete
    completion: Term  # the reporter's, to supply what is missing
    decision: Term
    source: str


@dataclass(frozen=True, kw_only=True)
class ServiceGroup:
    """One field, sector or type of service a complaint is grouped by (51.6.5.c.1)."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class ProblemGroup:
    """One kind of problem by the standard's components (51.6.5.c.2). `component` None: another matter."""

    id: str
    title: Text
    component: int | None


@dataclass(frozen=True, kw_only=True)
class Tier:
    """One rung on which a complaint may be settled. `outside`: its people have no account; `role` records for them."""

    id: str
    title: Text
    role: Role
    outside: bool


@dataclass(frozen=True, kw_only=True)
class Category:
    """One of the three categories with its tiers from executor to head (51.6.7)."""

    number: int
    clause: str
    title: Text
    needs_approval: bool  # of the head of the office or the agency, or a rule
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, kw_only=True)
class ComplaintHandling:
    """Everything about handling that is data; `source` says what is assumed."""

    source: str
    number: str  # pattern with {year} and {sequence}
    statute: Statute
    referral: Term  # another agency's time to answer
    reminders: int  # at most so many to that agency, one each working day after its term
    feedback: Term  # how long after the answer the reporter may say that it did not help
    suppress_below: int  # public figures show no smaller count
    breach_calendar_days: int  # a breach stands so long at least, counted from the day it was found
    services: tuple[ServiceGroup, ...]
    components: tuple[ProblemGroup, ...]
    categories: tuple[Category, ...]

    def category(self, number: int) -> Category:
        """The category with that number; KeyError when there is none."""
        try:
            return next(c for c in self.categories if c.number == number)
        except StopIteration:
            raise KeyError(number) from None
