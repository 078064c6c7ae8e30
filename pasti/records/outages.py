"""Outages and the numbered paper forms used in them (51.12)."""

from typing import ClassVar

from django.db import models

from pasti.domain.outages import Down, Stretch
from pasti.records.accounts import Account
from pasti.records.licensing import Application
from pasti.records.subject import Subject


class Outage(Subject):
    """Something that was, or is, down."""

    subject_kind = "outage"
    what = models.CharField(max_length=10)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    evidence = models.TextField()
    declared_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        db_table = "outage"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["what"], name="outage_open_once", condition=models.Q(ended_at__isnull=True))
        ]

    def stretch(self) -> Stretch:
        """The domain's value of this row."""
        return Stretch(what=Down(self.what), began_at=self.began_at, ended_at=self.ended_at)


class PaperForm(models.Model):
    """One numbered form printed in advance; used once, for one act on one case."""

    number = models.CharField(max_length=20, unique=True)
    printed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    used_for = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+", null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "paper_form"
