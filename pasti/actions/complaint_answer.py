"""The signed answer, the report to the direct superior, and the close that needs both (51.6.4, 51.6.8)."""

from datetime import datetime
from uuid import UUID

from pasti.domain.roles import Actor


def answer(actor: Actor, id: UUID, text: str, passphrase: str, *, seen: int, at: datetime) -> None:
    """Have the letter with the answer signed by the actor's passphrase, check it, keep it, and only then answer (51.6.8).

    No transaction is open while the service is asked. WrongPassphrase, DoorClosed, Overtaken, RuleBroken.
    """
    raise NotImplementedError


def letter(id: UUID, *, actor: Actor | None = None) -> tuple[str, bytes]:
    """Number and signed bytes of the latest answer: for an officer who may see it, or (None) for who has shown the secret."""
    raise NotImplementedError


def report(actor: Actor, id: UUID, text: str, *, seen: int, at: datetime) -> None:
    """Report the outcome to the direct superior (51.6.8)."""
    raise NotImplementedError


def close(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """Close it: never before answer and report (51.6.8)."""
    raise NotImplementedError
