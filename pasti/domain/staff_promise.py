"""What an edition says of its staff: who qualifies, what they learn and pledge, how long that holds (51.9, 51.12, 51.13)."""

from dataclasses import dataclass
from enum import StrEnum

from pasti.domain.roles import Role
from pasti.domain.texts import Text


class Education(StrEnum):
    """Levels of schooling, the lowest first."""

    SENIOR_HIGH = "senior_high"
    DIPLOMA = "diploma"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Experience(StrEnum):
    """Where a time of work was spent."""

    GOVERNMENT = "government"
    ONE_STOP = "one_stop"


class Unqualified(StrEnum):
    """What follows when a role is given to somebody who does not meet what is asked for it."""

    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class StaffGround:
    """One way to qualify: a schooling with, where asked, years of work; or a technical competence."""

    id: str
    title: Text
    education: Education | None  # the lowest that will do
    experience: frozenset[Experience]  # the kinds of work that count
    years: int
    competence: bool


@dataclass(frozen=True, kw_only=True)
class Training:
    """One training that every officer takes."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class SanctionKind:
    """One kind of sanction, the lightest first."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """A text that every officer signs, or that the office publishes."""

    id: str
    clause: str
    title: Text
    text: Text
    source: str


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """Everything about staff that is data; `source` says what is assumed."""

    source: str
    unqualified: Unqualified
    valid_days: int  # calendar days for which an assessment or a pledge holds
    guard_days: int  # calendar days for which a kept watch proves that there are guards
    legal_aid_days: int  # calendar days in which a request for legal aid is answered
    judged: frozenset[Role]
    apart_clause: str
    apart: frozenset[Role]  # who holds one of these holds none of the others: oversight from outside
    not_apart: Unqualified
    grounds_clause: str
    grounds: tuple[StaffGround, ...]
    trainings_clause: str
    trainings: tuple[Training, ...]
    competences: tuple[str, ...]
    sanctions_clause: str
    sanctions: tuple[SanctionKind, ...]
    pledges: tuple[Pledge, ...]
    proclamation: Pledge

    def pledge(self, id: str) -> Pledge:
        """The pledge of that name; KeyError when there is none."""
        return {pledge.id: pledge for pledge in self.pledges}[id]
