"""The secret address of an officer's calendar: made, and renewed so that the one before opens nothing (51.2)."""

import secrets
from datetime import datetime

from pasti.actions.carry_out import carry_out, together
from pasti.domain.inspection import renew_feed
from pasti.domain.roles import Actor
from pasti.records.accounts import Account
from pasti.records.agenda import FeedKey, digest_of


def renew(actor: Actor, *, at: datetime) -> str:
    """A fresh secret for the actor's calendar, said this once; the earlier one is void (51.2)."""
    outcome, secret = renew_feed(actor), secrets.token_urlsafe(24)
    with together():
        account = Account.objects.select_for_update(no_key=True).get(pk=actor.person)
        known = FeedKey.objects.filter(account=account).first()
        key = FeedKey(account=account, digest=digest_of(secret), made_at=at)
        updates = [(known, {"digest": key.digest, "made_at": at})] if known else []
        carry_out(account, outcome, actor=actor, at=at, updates=updates, inserts=[] if known else [key])
    return secret
