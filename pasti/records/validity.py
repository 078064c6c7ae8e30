"""What happens around a certificate after its issue: hearings of its holder, changes of its data (51.5)."""

from typing import ClassVar

from django.db import models

from pasti.domain import validity
from pasti.domain.workflow import Act
from pasti.records.accounts import Account
from pasti.records.encryption import EncryptedJSONField
from pasti.records.licensing import Application


class Hearing(models.Model):
    """What is intended and why, as the holder was told; their response; closed by the act or by a later hearing."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="hearings")
    intends = models.CharField(max_length=20)
    ground = models.TextField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    respond_by = models.DateField()
    response = EncryptedJSONField(null=True)
    responded_at = models.DateTimeField(null=True)
    over_told_at = models.DateTimeField(null=True)  # when the head was told that the term passed without a response
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "hearing"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application"], condition=models.Q(closed_at=None), name="hearing_one_open")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["respond_by", "id"],
                name="hearing_waits",
                condition=models.Q(closed_at=None, responded_at=None, over_told_at=None),
            )
        ]

    def value(self) -> validity.Hearing:
        """The domain's value of this row."""
        return validity.Hearing(intends=Act(self.intends), respond_by=self.respond_by, responded=self.responded_at is not None)


class ChangeRequest(models.Model):
    """Data the holder wants changed: the section's clean answers, and what was decided."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="change_requests")
    section = models.CharField(max_length=20)
    answers = EncryptedJSONField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        db_table = "change_request"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application"], condition=models.Q(decided_at=None), name="change_request_one_open")
        ]
