"""What the holder of a certificate owes after issue, and what was reported back (51.1.A.3, 51.1.A.5)."""

from typing import ClassVar

from django.db import models

from pasti.domain.duties import Owed
from pasti.records.licensing import Application


class Duty(models.Model):
    """One duty of one application, for one period when it comes back. Its facts are in the application's chain."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=40)  # its name in the edition
    from_on = models.DateField()
    due_on = models.DateField()
    reminded = models.PositiveSmallIntegerField(null=True)
    is_overdue = models.BooleanField(default=False)
    reported_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=100, blank=True)
    dated_on = models.DateField(null=True)
    none_reason = models.TextField(blank=True)  # why nothing is owed, in the holder's words
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    mime = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "duty"
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "duty", "from_on"], name="duty_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="duty_overdue", condition=models.Q(is_overdue=True, reported_at=None))
        ]

    def value(self) -> Owed:
        """The domain's value of this row."""
        return Owed(
            duty=self.duty,
            from_on=self.from_on,
            due_on=self.due_on,
            reminded=self.reminded,
            is_overdue=self.is_overdue,
            is_reported=self.reported_at is not None,
        )
