"""What the tests of the desk stand on: an office at this very moment, and a browser signed in as one of it."""

from uuid import UUID

from django.test import Client
from django.utils import timezone

from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from tests import makers


def signed_in(who: Actor) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    client.force_login(Account.objects.get(pk=who.id), backend="pasti.config.accounts.AuthenticationBackend")
    return client


class Office:
    """An applicant, one officer per role, and one submitted case; `client_of` signs one of them in."""

    def __init__(self, *more: Role) -> None:
        self.at = timezone.now()
        self.applicant = makers.actor(at=self.at)
        self.officers: dict[Role, Actor] = makers.officers(self.at)
        self.officers |= {role: makers.actor(role, at=self.at) for role in more}
        self.id: UUID = makers.submitted(self.applicant, at=self.at).id

    @property
    def seen(self) -> int:
        """The case's version now."""
        return makers.fresh(self.id).ledger_length

    @property
    def state(self) -> State:
        """The case's state now."""
        return State(makers.fresh(self.id).state)

    def until(self, state: State) -> None:
        """Walk the case to `state`."""
        makers.advance(self.officers, self.id, until=state, at=timezone.now())

    def client_of(self, role: Role) -> Client:
        """A browser in which the officer of that role has signed in."""
        return signed_in(self.applicant if role is Role.APPLICANT else self.officers[role])

    def address(self, tail: str = "") -> str:
        """The case's address at the desk."""
        return f"/meja/kasus/{self.id}/{tail}"
