"""What a rule answers: the changes, the facts for the ledger, the errands to run. A rule does none of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One fact for the ledger: what happened, on which clause, before and after. Never personal data."""

    kind: str  # "application.submitted", "clock.started": subject dot past participle
    clause: str  # the clause it stands on, "51.3"
    reason: str = ""  # in the actor's words; shown to the applicant when `public`
    before: Mapping[str, Json] = field(default_factory=dict)
    after: Mapping[str, Json] = field(default_factory=dict)
    public: bool = False  # whether the applicant's timeline shows it
    by_itself: bool = False  # it follows from what was done: the system's fact, nobody's act


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Something to be done outside, after the commit that queues it (transactional outbox)."""

    name: str  # a task of actions/errands.py, "tell_applicant"
    payload: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All that must follow from an act. `changes` names columns of the subject's row and their new values."""

    changes: Mapping[str, object] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    errands: tuple[Errand, ...] = ()


def joined(first: Outcome, second: Outcome) -> Outcome:
    """Both, to be carried out as one; where both change a column, the second says to what."""
    return Outcome(
        changes={**first.changes, **second.changes},
        events=(*first.events, *second.events),
        errands=(*first.errands, *second.errands),
    )
