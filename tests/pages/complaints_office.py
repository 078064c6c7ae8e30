"""What the tests of the complaints' desk stand on: an office at this very moment, and a browser signed in as one of it."""

from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.utils import timezone

from pasti.actions import complaints
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_steps import Stage
from pasti.domain.roles import Actor, Role
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint
from tests import makers
from tests.complaints import fresh, walk


class ComplaintsOffice:
    """One officer per role, and one complaint filed now; `client_of` signs one of them in."""

    def __init__(self, **filed: object) -> None:
        self.at = timezone.now()
        self.people = makers.complaint_officers(self.at)
        given = {"service_on": jakarta_day(self.at) - timedelta(days=10), **filed}
        self.id: UUID = complaints.file(makers.filing(**given), at=self.at).id

    @property
    def row(self) -> Complaint:
        """The complaint as it stands now."""
        return fresh(self.id)

    def person(self, role: Role) -> Actor:
        """Who holds that role; made when none does yet."""
        if role not in self.people:
            self.people[role] = makers.actor(role, at=self.at)
        return self.people[role]

    def client_of(self, role: Role) -> Client:
        """A browser in which the officer of that role has signed in."""
        client = Client()
        account = Account.objects.get(pk=self.person(role).id)
        client.force_login(account, backend="pasti.config.accounts.AuthenticationBackend")
        return client

    def address(self, tail: str = "") -> str:
        """The complaint's address at the desk."""
        return f"/meja/pengaduan/{self.id}/{tail}"

    def walk(self, until: Stage, category: int = 1) -> None:
        """Walk it to a stage."""
        walk(self.people, self.id, until=until, at=timezone.now(), category=category)
