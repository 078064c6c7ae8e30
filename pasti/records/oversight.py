"""What oversight has to look at afterwards: a post-audit for each case that nobody decided in time (51.10.2)."""

from typing import ClassVar

from django.db import models

from pasti.records.accounts import Account
from pasti.records.licensing import Application
from pasti.records.subject import Subject


class PostAudit(Subject):
    """One task: the case was deemed approved, so it is examined after the fact. Open until it has a finding."""

    subject_kind = "post_audit"
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="post_audit")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    finding = models.TextField(blank=True)

    class Meta:
        db_table = "post_audit"
        indexes: ClassVar = [
            models.Index(fields=["opened_at"], name="post_audit_open", condition=models.Q(closed_at__isnull=True)),
        ]
