"""The secret address at which an officer's own calendar program reads their inspections (51.2)."""

import hashlib

from django.db import models

from pasti.records.accounts import Account


class FeedKey(models.Model):
    """One address for one person. Only its digest is kept, so that who reads the table reads nobody's calendar."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="feed_key")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "feed_key"


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is long and drawn by lot, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
