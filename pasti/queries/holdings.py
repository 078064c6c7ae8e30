"""What a backup must hold, all of one moment: how far the ledger has come, and which files the tables name (51.10.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from pasti.records.ledger import LedgerEntry
from pasti.records.roots import LedgerRoot

NAMES_A_FILE = ("sha256", "signed_sha256", "original")  # a column of these names holds a name in the store


@dataclass(frozen=True, kw_only=True)
class LedgerEnd:
    """How many facts there are, the newest one's hash, and the newest root."""

    facts: int
    newest: str
    root_number: int
    root: str

    def as_json(self) -> dict[str, int | str]:
        return asdict(self)


@contextmanager
def one_moment() -> Iterator[str]:
    """Everything read in here is of one moment; answers the snapshot's name, by which pg_dump reads the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def ledger_end() -> LedgerEnd:
    """How far the ledger has come."""
    newest = LedgerEntry.objects.order_by("-id").values_list("hash", flat=True).first()
    root = LedgerRoot.objects.order_by("-number").values_list("number", "root").first()
    number, digest = root or (0, "")
    return LedgerEnd(facts=LedgerEntry.objects.count(), newest=newest or "", root_number=number, root=digest)


def named_files() -> frozenset[str]:
    """The name of every file in the store that a row speaks of."""
    found: set[str] = set()
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            if field.name in NAMES_A_FILE:
                found.update(model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True).distinct())
    return frozenset(found)


def newest_migration() -> str:
    """The newest migration of our own tables."""
    mine = MigrationRecorder.Migration.objects.filter(app="records").order_by("-name")
    return str(mine.values_list("name", flat=True).first() or "")


def server_version() -> int:
    """PostgreSQL's version as the connection gives it: 180001 is 18.1."""
    return int(connection.cursor().connection.info.server_version)
