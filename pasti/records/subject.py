"""What every subject of the ledger carries: an id, and how long its chain of facts is."""

import uuid
from collections.abc import Iterator

from django.apps import apps
from django.db import models


class Subject(models.Model):
    """A row whose every change is a fact. `ledger_length` is also the version that a conditional UPDATE tests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ledger_length = models.PositiveIntegerField(default=0)
    ledger_head = models.CharField(max_length=64, default="")

    subject_kind: str  # the word the ledger uses for it
    begins_with_a_fact = True  # False: a row may be there before anything is said of it

    class Meta:
        abstract = True


def recorded_ends() -> Iterator[tuple[uuid.UUID, int, str]]:
    """Each subject with how many facts it has and the last one's hash, as its own row has it (51.10.2).

    A row that must have facts and says that it has none is among them: its chain was dropped.
    """
    for model in apps.get_app_config("records").get_models():
        if issubclass(model, Subject):
            rows = model._default_manager.all()
            if not model.begins_with_a_fact:
                rows = rows.filter(ledger_length__gt=0)
            yield from rows.values_list("pk", "ledger_length", "ledger_head").iterator(chunk_size=5000)
