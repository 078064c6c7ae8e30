"""What officers keep for their own work: filters of the queue, and notes on a case (51.10.1)."""

from typing import ClassVar

from django.db import models

from pasti.records.accounts import Account
from pasti.records.licensing import Application


class SavedFilter(models.Model):
    """One filter of the queue under a name, of one officer; removed ones keep their row."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)  # of the desk's address
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saved_filter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "name"], name="saved_filter_once", condition=models.Q(removed_at__isnull=True)
            )
        ]


class CaseNote(models.Model):
    """What an officer noted on a case for colleagues. Never shown to the applicant or the public."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "case_note"
        indexes: ClassVar = [models.Index(fields=["application", "-at"], name="case_note_of_case")]
