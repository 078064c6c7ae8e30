"""The dossier: a row per requirement, its answers, files and verdict (51.1)."""

import uuid
from typing import ClassVar

from django.db import models

from pasti.records.accounts import Account
from pasti.records.licensing import Application, Clarification


class DossierRow(models.Model):
    """One requirement of one application: what was answered, and what the examiner found."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="rows")
    clause = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, blank=True)  # "" | "met" | "not_met"
    reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossier_row"
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "clause"], name="dossier_row_once")]


class Evidence(models.Model):
    """One file, for one requirement or with the answer to a question. A replaced version keeps its row and its bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="evidence")
    clause = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="files", null=True)

    class Meta:
        db_table = "evidence"
