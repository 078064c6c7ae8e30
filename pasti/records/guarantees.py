"""Pledges given and proclamations published; neither is ever changed (51.12)."""

from typing import ClassVar

from django.db import models

from pasti.records.accounts import Account
from pasti.records.subject import Subject


class Signing(models.Model):
    """One pledge of one officer. Its fact is in the officer's own chain."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="pledges")
    pledge = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    text = models.TextField()  # as it read then
    how = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64, blank=True)  # of the signed PDF; "" for one confirmed by name
    made_at = models.DateTimeField()

    class Meta:
        db_table = "pledge_signing"
        indexes: ClassVar = [models.Index(fields=["account", "pledge", "made_at"], name="pledge_of_account")]


class Proclamation(Subject):
    """One publication of the proclamation with the mottoes; the last one stands."""

    subject_kind = "proclamation"
    entry = models.CharField(max_length=10)
    clause = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.JSONField()  # {"id", "en"}
    mottoes = models.JSONField()  # Indonesian, in the office's order
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "proclamation"
