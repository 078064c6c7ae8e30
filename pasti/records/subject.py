"""What every subject of the ledger carries: an id, and how long its chain of facts is."""

import uuid

from django.db import models


class Subject(models.Model):
    """A row whose every change is a fact. `ledger_length` is also the version that a conditional UPDATE tests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ledger_length = models.PositiveIntegerField(default=0)
    ledger_head = models.CharField(max_length=64, default="")

    subject_kind: str  # the word the ledger uses for it

    class Meta:
        abstract = True
