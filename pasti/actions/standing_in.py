"""Who is in charge of a case on a day: its holder and the holders of roles then (51.10.1, 51.11)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from pasti.domain.roles import Role
from pasti.records.accounts import Account, Appointment
from pasti.records.licensing import Application


def in_charge(row: Application, roles: Iterable[Role], *, on: date) -> list[Account]:
    """The case's holder, then everyone who holds one of `roles` on that day, each once."""
    people = [row.holder] if row.holder else []
    people += [post.account for role in roles for post in _posts(role, on)]
    return list({person.id: person for person in people if person.is_active}.values())


def _posts(role: Role, on: date) -> Iterable[Appointment]:
    lasts = Q(ends_on=None) | Q(ends_on__gte=on)
    return Appointment.objects.filter(lasts, role=role, starts_on__lte=on).select_related("account").order_by("id")
