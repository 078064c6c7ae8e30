"""Accounts and the roles they hold from a day until a day."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from pasti.domain.appointments import Post
from pasti.domain.roles import WITHOUT_ACCOUNT, Actor, Capacity, Role
from pasti.records.subject import Subject


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by e-mail; that is their name."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, Subject):
    """A person who signs in: an applicant, or an officer by appointment. The e-mail is the login."""

    subject_kind = "account"
    begins_with_a_fact = False  # who signs up themselves
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    nip = models.CharField(max_length=18, blank=True)
    signing_nik = models.CharField(max_length=16, blank=True)  # only of who signs, as the signing service knows the person
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    @cached_property
    def posts(self) -> "list[Appointment]":
        """Every appointment, asked for once."""
        return list(self.appointments.all())

    def actor(self, on: date) -> Actor:
        """The domain's value: this person with the roles held on `on`; an account without appointment is an applicant."""
        posts = [a for a in self.posts if a.holds(on)]
        held = {Role(a.role) for a in posts}
        own = {Role(a.role) for a in posts if a.kind == Capacity.DEFINITIVE}
        acting = {Role(a.role): Capacity(a.kind) for a in posts if Role(a.role) not in own}
        roles = frozenset(held or {Role.APPLICANT})
        return Actor(id=self.id, name=self.get_full_name(), roles=roles, stands_in=frozenset(acting.items()))


class Appointment(models.Model):
    """One role held by one account between two days, definitively or standing in for someone (51.11)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=32, choices=[(r.value, r.value) for r in Role if r not in WITHOUT_ACCOUNT])
    title = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=12, default=Capacity.DEFINITIVE.value, db_default=Capacity.DEFINITIVE.value)
    stands_in_for = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="stood_in_for", null=True)

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        db_table = "appointment"
        indexes: ClassVar = [models.Index(fields=["role"], name="appointment_by_role")]

    def post(self) -> Post:
        """The domain's value of this row."""
        return Post(role=Role(self.role), starts_on=self.starts_on, ends_on=self.ends_on, kind=Capacity(self.kind))

    def holds(self, on: date) -> bool:
        """Whether the role is held on that day, both ends included."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Leave(models.Model):
    """Days on which an officer is away, both ends included (51.11)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "leave"
        indexes: ClassVar = [models.Index(fields=["account", "ends_on"], name="leave_of_account")]
