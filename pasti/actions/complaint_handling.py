"""What handlers do until a category is set, one function per step of 51.6.5 and 51.6.6."""

from datetime import datetime
from uuid import UUID

from pasti.domain.complaint_handling import Planned
from pasti.domain.complaints import Kind
from pasti.domain.roles import Actor


def take(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """Take the complaint in hand, or over from a colleague (51.6.4)."""
    raise NotImplementedError


def ask(actor: Actor, id: UUID, question: str, *, seen: int, at: datetime) -> None:
    """Ask the reporter something; they read it at their tracking page and by message. The term runs on (51.6.5.a)."""
    raise NotImplementedError


def screen(actor: Actor, id: UUID, kind: Kind, *, seen: int, at: datetime, reason: str = "", unknowable: str = "") -> None:
    """Settle what it is kept as (51.6.3, 51.6.5.b). `unknowable`: why the service day cannot be learned.

    RuleBroken while the service day is neither known nor said to be unknowable, or when the clauses do not allow `kind`.
    """
    raise NotImplementedError


def set_aside(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Set spam or abuse aside, with the reason; nothing is deleted (51.6.5.a)."""
    raise NotImplementedError


def restore(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Bring back what was set aside (51.6.5.a)."""
    raise NotImplementedError


def group(actor: Actor, id: UUID, *, service: str, problem: str, seen: int, at: datetime) -> None:
    """Group by service and by component: ids of the edition's groups (51.6.5.c)."""
    raise NotImplementedError


def take_note(actor: Actor, id: UUID, text: str, *, seen: int, at: datetime) -> None:
    """What the office makes of a suggestion; it is then answered and reported like a complaint (51.6.3)."""
    raise NotImplementedError


def formulate(actor: Actor, id: UUID, core: str, *, seen: int, at: datetime) -> None:
    """The core of the problem (51.6.6.a)."""
    raise NotImplementedError


def relate(actor: Actor, id: UUID, clause: str, *, seen: int, at: datetime, other_rule: str = "") -> None:
    """The clause of the standard it says was broken, and an SOP or rule beside it (51.6.6.b)."""
    raise NotImplementedError


def check(actor: Actor, id: UUID, known: str, *, seen: int, at: datetime) -> None:
    """What the case file, the ledger and earlier complaints already tell (51.6.6.c)."""
    raise NotImplementedError


def plan(actor: Actor, id: UUID, planned: tuple[Planned, ...], *, seen: int, at: datetime) -> None:
    """The plan: actions with owner and last day (51.6.6.d)."""
    raise NotImplementedError


def add_action(actor: Actor, id: UUID, planned: Planned, *, seen: int, at: datetime) -> None:
    """One more action (51.6.6.d)."""
    raise NotImplementedError


def record_result(actor: Actor, id: UUID, action_id: UUID, result: str, *, seen: int, at: datetime) -> None:
    """What came of one action (51.6.6.e)."""
    raise NotImplementedError


def conclude(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """All actions have results and all referrals their answers: on to the category (51.6.6.e)."""
    raise NotImplementedError


def link(actor: Actor, id: UUID, number: str, kind: str, *, seen: int, at: datetime) -> None:
    """Link to another complaint of the same matter: "double" or "earlier" (51.6.6.c)."""
    raise NotImplementedError
