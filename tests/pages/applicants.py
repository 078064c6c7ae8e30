"""An applicant at a browser, for the tests of the public pages."""

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from pasti.domain.roles import Actor
from tests import makers

BACKEND = "pasti.config.accounts.AuthenticationBackend"


def days_ago(days: float) -> datetime:
    """A moment before now: the pages take the real clock."""
    return timezone.now() - timedelta(days=days)


def signed_in(name: str = "Rina Kartika", email: str = "") -> tuple[Client, Actor]:
    """A browser signed in as a fresh applicant, and that applicant."""
    account = makers.account(name=name, email=email, at=days_ago(9))
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client, account.actor(days_ago(9).date())
