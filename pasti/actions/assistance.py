"""Helping at the counter: opening a draft for a person present, and the letter about the account (51.2)."""

from datetime import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.template.loader import render_to_string
from django.urls import reverse

from pasti import standards
from pasti.actions import intake
from pasti.actions.carry_out import carry_out, together
from pasti.actions.ground import standard_of
from pasti.actions.looks import record_look
from pasti.actions.notices import sent
from pasti.adapters.email.client import send
from pasti.domain.answers import CHECKS
from pasti.domain.assistance import require_counter
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import InvalidInput, RuleBroken, field_problem
from pasti.domain.events import Errand, Event, Outcome
from pasti.domain.roles import Actor
from pasti.domain.standard import Standard
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.licensing import Application
from pasti.records.notices import Notice


def start(officer: Actor, entry: str, *, email: str, name: str, at: datetime) -> Application:
    """A draft for a person at the counter, under the account with that e-mail, or a new one without a password (51.2).

    Either way its owner gets a letter: a new one to set the password nobody knows, a known one to know what was opened.
    """
    standard = standards.load().in_force(entry, jakarta_day(at))
    require_counter(standard, officer)
    account = _account(standard, email=email, name=name, at=at)
    opened = Event(kind="account.opened", clause=standard.cite("1"))
    helped = Event(kind="account.helped", clause=standard.cite("2"))
    with together():
        if account._state.adding:
            carry_out(account, Outcome(events=(opened,)), actor=officer, at=at)
        row = intake.open_draft(account.id, standard, actor=officer, at=at, assisted=True)
        invitation = Errand(name="invite_applicant")
        carry_out(account, Outcome(events=(helped,), errands=(invitation,)), actor=officer, at=at, about=row.id)
    return row


def _account(standard: Standard, *, email: str, name: str, at: datetime) -> Account:
    address = CHECKS["email"](email.strip().lower(), standard.cite("1"))
    known: Account | None = Account.objects.filter(email__iexact=address).first()
    if known is None and not name.strip():
        raise InvalidInput((field_problem("name", standard.cite("1"), "Isi nama pemohon; akunnya belum ada."),))
    if known is not None and known.appointments.exists():
        raise RuleBroken(standard.cite("1"), "Surel ini milik akun petugas. Permohonan diajukan dengan akun pemohon.")
    return known or Account(email=address, name=name.strip(), password=make_password(None), created_at=at)


def look_in(actor: Actor, id: UUID, *, at: datetime) -> None:
    """Record that who helps at the counter opened answers that somebody else typed (51.10.2)."""
    row = Application.objects.get(pk=id)
    if row.state != State.DRAFT or row.assisted_by_id != actor.id:
        record_look(actor, row, "assisted", at)


def invite(errand_id: UUID, application_id: UUID, *, at: datetime) -> None:
    """Send the letter about the account, once. DoorClosed when the mail server refuses. The link is in the letter alone."""
    if Notice.objects.filter(pk=errand_id).exists():
        return
    row = Application.objects.select_related("applicant").get(pk=application_id)
    account = row.applicant
    link = "" if account.has_usable_password() else _link(account)
    context = {"account": account, "standard": standard_of(row), "link": link, "base_url": settings.PASTI_BASE_URL}
    subject, _, body = render_to_string("mail/assisted.txt", context).partition("\n")
    send(
        settings.PASTI_SMTP_URL,
        to=account.email,
        subject=subject.strip(),
        body=body.strip() + "\n",
        message_id=f"{errand_id}@{settings.PASTI_HOST}",
        sender=settings.DEFAULT_FROM_EMAIL,
    )
    sent(errand_id, row, "assisted", at=at)


def _link(account: Account) -> str:
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return settings.PASTI_BASE_URL + reverse("account_reset_password_from_key", kwargs=key)
