"""Categories, tiers, referrals and what follows from the finding (51.6.7, 51.12.5)."""

from datetime import date, datetime
from uuid import UUID

from pasti.domain.complaints import Finding
from pasti.domain.roles import Actor


def approve_inspectorate(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """The head's recorded approval that APIP takes part (51.6.7.c)."""
    raise NotImplementedError


def categorise(
    actor: Actor, id: UUID, category: int, *, seen: int, at: datetime, reason: str, rule: str = "", agency: str = ""
) -> None:
    """Set or change the category; category 3 needs the head's approval, a `rule`, or the `agency` head's letter (51.6.7)."""
    raise NotImplementedError


def climb(actor: Actor, id: UUID, report: str, *, seen: int, at: datetime) -> None:
    """Report in writing to the tier above and hand the complaint to it (51.6.7)."""
    raise NotImplementedError


def settle(
    actor: Actor, id: UUID, finding: Finding, report: str, *, seen: int, at: datetime, breaches: tuple[tuple[str, date], ...] = ()
) -> None:
    """Settle it at this tier, with its written report to the tier above (51.6.7).

    A finding that proves it names each clause that was broken, with the day: evidence against that clause.
    """
    raise NotImplementedError


def refer(actor: Actor, id: UUID, *, agency: str, email: str, question: str, seen: int, at: datetime) -> UUID:
    """Ask another agency; it answers on a page of its own with a secret, and is reminded (51.6.6.e). Answers the referral's id."""
    raise NotImplementedError


def answer_referral(referral_id: UUID, secret: str, text: str, answered_by: str, *, at: datetime) -> None:
    """The agency's answer; NotAllowed alike for a wrong secret and for a referral that does not exist (51.6.6.e)."""
    raise NotImplementedError


def enter_referral_answer(
    actor: Actor, id: UUID, referral_id: UUID, text: str, answered_by: str, *, seen: int, at: datetime
) -> None:
    """The agency's answer on paper, typed in by an officer (51.6.6.e)."""
    raise NotImplementedError


def follow_up(
    actor: Actor, id: UUID, kind: str, what: str, *, owner: UUID, due_on: date, seen: int, at: datetime, clause: str = ""
) -> None:
    """Open "improvement", "sanction" (51.12.5) or "correction" (of the case) on a substantiated complaint."""
    raise NotImplementedError


def finish_follow_up(actor: Actor, id: UUID, follow_up_id: UUID, result: str, *, seen: int, at: datetime) -> None:
    """What came of it."""
    raise NotImplementedError
