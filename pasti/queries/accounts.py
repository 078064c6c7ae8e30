"""Who has an account, and which roles they hold or will hold (51.11)."""

from dataclasses import dataclass
from datetime import date

from pasti.domain.roles import Role
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint
from pasti.records.licensing import Application


@dataclass(frozen=True, kw_only=True)
class Post:
    """A role between two days, both included; without an end, until further notice."""

    role: Role
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """One account with its posts that have not ended, in the order they began."""

    email: str
    name: str
    posts: tuple[Post, ...]
    is_active: bool


@dataclass(frozen=True, kw_only=True)
class InHand:
    """How many cases and complaints wait in somebody's hand."""

    cases: int
    complaints: int


def accounts(on: date) -> tuple[AccountLine, ...]:
    """Every account by e-mail, with the roles held on that day or later. Two SQL queries."""
    rows = Account.objects.order_by("email").prefetch_related("appointments")
    return tuple(AccountLine(email=row.email, name=row.name, posts=_posts(row, on), is_active=row.is_active) for row in rows)


def in_hand(email: str) -> InHand:
    """What that account holds: somebody must see to it when the person is gone. Two SQL queries."""
    held = {"holder__email__iexact": email.strip()}
    return InHand(cases=Application.objects.filter(**held).count(), complaints=Complaint.objects.filter(**held).count())


def _posts(row: Account, on: date) -> tuple[Post, ...]:
    held = sorted(
        (a for a in row.appointments.all() if a.ends_on is None or on <= a.ends_on), key=lambda a: (a.starts_on, a.role)
    )
    return tuple(Post(role=Role(a.role), starts_on=a.starts_on, ends_on=a.ends_on) for a in held)
