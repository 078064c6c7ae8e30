"""What an application came to beside the straight road, as its applicant needs to know it (51.1, 51.3, 51.5)."""

from dataclasses import dataclass
from datetime import date, datetime

from pasti.domain.letters import letter_number
from pasti.domain.licensing import fulfilment_lapsed
from pasti.domain.standard import Objection, Requirement, Text
from pasti.domain.workflow import State
from pasti.queries.tracking import TrackView
from pasti.queries.validity import ChangeView, HearingView, waiting_after_issue
from pasti.records.licensing import Application

STATUS_FACTS = frozenset({"application.suspended", "application.reinstated", "application.revoked"})


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """One requirement on which a rejection rests."""

    requirement: Requirement
    reason: str


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Terms that bind the applicant, and what was decided beside the straight road. Empty where nothing of it happened."""

    fulfil_by: date | None  # the last day to fulfil what was found not met
    fulfilment_lapsed: bool
    lapsed_on: date | None  # the office's term that ran out undecided
    lapse_ground: Text
    letter: str  # the number of the letter of rejection
    reason: str  # of the rejection, or of the certificate's last change of status
    unmet: tuple[Unmet, ...]
    objections: tuple[Objection, ...]
    status_since: datetime | None  # when the certificate was last suspended, reinstated or revoked
    hearing: HearingView | None
    change: ChangeView | None
    may_change: bool


def ending_of(view: TrackView, *, at: datetime) -> Ending:
    """The same case that the reader was let in to see. At most three SQL queries."""
    row, standard = Application.objects.get(pk=view.id), view.standard
    hearing, change = waiting_after_issue(row, at=at)
    rejected = view.state is State.REJECTED
    told = next((e for e in view.timeline if e.kind in STATUS_FACTS or e.kind == "application.rejected"), None)
    not_met = told.after.get("not_met") if told and rejected else None
    return Ending(
        fulfil_by=row.fulfil_by,
        fulfilment_lapsed=fulfilment_lapsed(row.case()),
        lapsed_on=row.lapsed_on,
        lapse_ground=standard.clock.on_lapse_ground,
        letter=letter_number(view.number) if rejected else "",
        reason=told.reason if told else "",
        unmet=_unmet(view, not_met),
        objections=standard.remedies.objections if rejected and standard.remedies else (),
        status_since=told.at if told and not rejected else None,
        hearing=hearing,
        change=change,
        may_change=view.state is State.ISSUED and change is None,
    )


def _unmet(view: TrackView, not_met: object) -> tuple[Unmet, ...]:
    found = not_met if isinstance(not_met, dict) else {}
    return tuple(Unmet(requirement=view.standard.requirement(c), reason=str(why or "")) for c, why in found.items())
