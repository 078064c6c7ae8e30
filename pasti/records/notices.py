"""What the applicant was told, once each."""

from django.db import models

from pasti.records.subject import Subject


class Notice(Subject):
    """One message that left the house. Its id is that of the errand, so a resent errand tells nobody twice."""

    subject_kind = "notice"
    application_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "notice"
