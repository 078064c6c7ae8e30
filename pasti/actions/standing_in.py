"""Who is in charge of a case on a day: who is there, or who stands in (51.10.1, 51.11)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from pasti.domain.roles import Role
from pasti.records.accounts import Account, Appointment, Leave
from pasti.records.complaints import Complaint
from pasti.records.licensing import Application


def in_charge(row: Application | Complaint, roles: Iterable[Role], *, on: date) -> list[Account]:
    """The case's holder and everyone who holds one of `roles` on that day, each once, as far as they are there.

    For who is away it is who stands in for them; for a role with nobody there it is the superior.
    """
    people = _holder(row, on)
    for role in roles:
        people += holding(role, on=on)
    return list({person.id: person for person in people}.values())


def holding(role: Role, *, on: date) -> list[Account]:
    """Everyone who holds the role on that day and is there; the superior where nobody is."""
    return _there(role, on) or _there(Role.SUPERIOR, on)


def _holder(row: Application | Complaint, on: date) -> list[Account]:
    if row.holder is None:
        return []
    is_away = row.holder.leaves.filter(starts_on__lte=on, ends_on__gte=on).exists() or not row.holder.is_active
    if not is_away:
        return [row.holder]
    return [post.account for post in _posts(on).filter(stands_in_for_id=row.holder_id, role=row.waiting_role)]


def _there(role: Role, on: date) -> list[Account]:
    return [post.account for post in _posts(on).filter(role=role)]


def _posts(on: date) -> QuerySet[Appointment]:
    """The appointments of that day whose holders are active and not away."""
    lasts = Q(ends_on=None) | Q(ends_on__gte=on)
    away = Leave.objects.filter(account=OuterRef("account"), starts_on__lte=on, ends_on__gte=on)
    posts = Appointment.objects.filter(lasts, ~Exists(away), starts_on__lte=on, account__is_active=True)
    return posts.select_related("account").order_by("id")
