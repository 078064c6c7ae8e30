"""An export in a string, and a database that can be put back after it was tampered with (51.10.2)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pgtrigger
from django.apps import apps
from django.db.models import QuerySet

from pasti.actions import ledger_export
from pasti.domain.chain import Fact, link
from pasti.records.ledger import LedgerEntry
from pasti.records.subject import Subject
from tests.makers import MONDAY

NIGHT = timedelta(days=1)


def export() -> str:
    """The whole ledger as `bin/pasti ledger export` writes it."""
    out = io.StringIO()
    ledger_export.write(out, at=MONDAY)
    return out.getvalue()


def row_of(subject: UUID) -> QuerySet[Any]:
    """The subject's own row."""
    models = [m for m in apps.get_app_config("records").get_models() if issubclass(m, Subject)]
    return next(rows for m in models if (rows := m._default_manager.filter(pk=subject)).exists())


def relink(subject: UUID) -> None:
    """Number and hash a chain anew, and let the subject's row say so: a forgery that the chain alone cannot show."""
    head = ""
    for seq, entry in enumerate(LedgerEntry.objects.filter(subject_id=subject).order_by("seq"), start=1):
        entry.seq, entry.prev_hash = seq, head
        entry.hash = head = link(head, Fact(**{name: getattr(entry, name) for name in Fact.__dataclass_fields__}))
        LedgerEntry.objects.filter(pk=entry.pk).update(seq=seq, prev_hash=entry.prev_hash, hash=head)
    row_of(subject).update(ledger_length=LedgerEntry.objects.filter(subject_id=subject).count(), ledger_head=head)


class Exported:
    """The ledger and its subjects as they are now, to be put back as often as needed."""

    def __init__(self) -> None:
        self.entries = list(LedgerEntry.objects.all())
        self.ends = [
            (model, pk, length, head)
            for model in apps.get_app_config("records").get_models()
            if issubclass(model, Subject)
            for pk, length, head in model._default_manager.values_list("pk", "ledger_length", "ledger_head")
        ]

    @contextmanager
    def put_back(self) -> Iterator[None]:
        """Whatever is done inside is undone after."""
        yield
        with pgtrigger.ignore("records.LedgerEntry:append_only"):
            LedgerEntry.objects.all().delete()
        LedgerEntry.objects.bulk_create(self.entries)
        for model, pk, length, head in self.ends:
            model._default_manager.filter(pk=pk).update(ledger_length=length, ledger_head=head)
