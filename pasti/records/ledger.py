"""The ledger: what happened, who, when, on which clause; chained per subject; never changed (51.10.2)."""

from typing import ClassVar

import pgtrigger
from django.db import models


class LedgerEntry(models.Model):
    """One fact. `hash` covers every other column and the hash before it in the subject's chain."""

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    seq = models.PositiveIntegerField()  # 1, 2, 3 … within the subject
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_roles = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    clause = models.CharField(max_length=20)
    edition = models.CharField(max_length=20)  # "51@2022-01-03"; "" when no standard is concerned
    reason = models.TextField(blank=True)
    before = models.JSONField()
    after = models.JSONField()
    public = models.BooleanField()
    about = models.UUIDField(null=True)  # another subject this fact is about: the case an officer looked into
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger"
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject_id", "seq"], name="ledger_chain")]
        indexes: ClassVar = [
            models.Index(fields=["kind", "at"], name="ledger_by_kind"),
            models.Index(fields=["about", "at"], name="ledger_by_about", condition=models.Q(about__isnull=False)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'The ledger is append-only.';",
            ),
        ]
