"""What an administrator of the database, or of the file, could do to the ledger, and the verifier must see (51.10.2)."""

import base64
import hashlib
import json
import random
from collections.abc import Callable
from typing import Any

from pasti.records.ledger import LedgerEntry
from tests.tools.exported import NIGHT, relink, row_of


def change_naively(rng: random.Random, entry: LedgerEntry) -> None:
    """One column of any fact, and nothing else."""
    column, value = rng.choice(
        [
            ("reason", f"{entry.reason}."),
            ("at", entry.at + NIGHT / 86400),
            ("kind", f"{entry.kind}x"),
            ("clause", "51.14.3"),
            ("after", {**entry.after, "verdict": "lain"}),
            ("before", {**entry.before, "x": 1}),
            ("actor_id", entry.subject_id),
            ("actor_roles", "head,superior"),
            ("edition", "51@2020-01-01"),
            ("public", not entry.public),
            ("about", entry.actor_id or entry.subject_id),
            ("prev_hash", "0" * 64),
            ("hash", "f" * 64),
            ("seq", entry.seq + 1000),
            ("subject_kind", "lain"),
        ]
    )
    assert getattr(entry, column) != value
    LedgerEntry.objects.filter(pk=entry.pk).update(**{column: value})


def change_and_relink(rng: random.Random, entry: LedgerEntry) -> None:
    """One fact, every hash after it, and the subject's own row: what an administrator of the database could do."""
    LedgerEntry.objects.filter(pk=entry.pk).update(reason=f"{entry.reason} ({rng.random()})")
    relink(entry.subject_id)


def drop(rng: random.Random, entry: LedgerEntry) -> None:
    """One fact, wherever it stands."""
    entry.delete()


def drop_and_relink(rng: random.Random, entry: LedgerEntry) -> None:
    """One fact, the chain closed over the gap, and the subject's own row."""
    LedgerEntry.objects.filter(pk=entry.pk).delete()
    relink(entry.subject_id)


def drop_chain(rng: random.Random, entry: LedgerEntry) -> None:
    """Every fact of a subject, and its row says that there never were any: no root is needed to see that."""
    LedgerEntry.objects.filter(subject_id=entry.subject_id).delete()
    row_of(entry.subject_id).update(ledger_length=0, ledger_head="")


def insert_and_relink(rng: random.Random, entry: LedgerEntry) -> None:
    """A fact that never was, inside a chain or at its end, before the last root."""
    chain = LedgerEntry.objects.filter(subject_id=entry.subject_id)
    for later in chain.filter(seq__gt=entry.seq).order_by("-seq"):
        chain.filter(pk=later.pk).update(seq=later.seq + 1)
    LedgerEntry.objects.filter(pk__gt=0).filter(pk=entry.pk).update(id=-entry.pk)
    twin = LedgerEntry.objects.get(pk=-entry.pk)
    twin.pk, twin.seq, twin.reason = entry.pk, entry.seq + 1, "disisipkan"
    twin.save(force_insert=True)
    LedgerEntry.objects.filter(pk=-entry.pk).update(id=0)
    relink(entry.subject_id)


def swap_places(rng: random.Random, entry: LedgerEntry) -> None:
    """Two neighbours change places in the order of all facts."""
    other = LedgerEntry.objects.filter(pk__gt=entry.pk).order_by("pk").first() or LedgerEntry.objects.order_by("pk")[0]
    for old, new in ((entry.pk, 0), (other.pk, entry.pk), (0, other.pk)):
        LedgerEntry.objects.filter(pk=old).update(id=new)


def swap_numbers(rng: random.Random, entry: LedgerEntry) -> None:
    """Two facts of one chain change their numbers."""
    chain = LedgerEntry.objects.filter(subject_id=entry.subject_id)
    other = chain.exclude(pk=entry.pk).order_by("?").first()
    if other is None:
        chain.update(seq=2)
        return
    for pk, seq in ((entry.pk, 5000), (other.pk, entry.seq), (entry.pk, other.seq)):
        chain.filter(pk=pk).update(seq=seq)


# How each is done, and whether only the roots can show it: then the fact must be under one.
TAMPERINGS: tuple[tuple[Callable[[random.Random, LedgerEntry], Any], bool], ...] = (
    (change_naively, False),
    (drop, False),
    (swap_numbers, False),
    (change_and_relink, True),
    (drop_and_relink, True),
    (drop_chain, False),
    (insert_and_relink, True),
    (swap_places, True),
)


# What is done to the file, by who holds no key: they can keep everything in it consistent but the office's signature.
def drop_chain_from_file(rng: random.Random, lines: list[str]) -> list[str]:
    """A chain that no root is over, with its end."""
    chains = {row["subject_id"] for row in map(json.loads, lines) if row["type"] == "entry"}
    covered = {row["subject_id"] for row in map(json.loads, lines) if row["type"] == "entry" and row["id"] <= _through(lines)}
    chain = rng.choice(sorted(chains - covered))
    return [line for line in lines if json.loads(line).get("subject_id") != chain]


def shorten_chain_in_file(rng: random.Random, lines: list[str]) -> list[str]:
    """The last fact of a chain that no root is over, and its end moved back."""
    rows = [json.loads(line) for line in lines]
    last = rng.choice([row for row in rows if row["type"] == "entry" and row["id"] > _through(lines) and _is_last(row, rows)])
    end = {"type": "end", "subject_id": last["subject_id"], "length": last["seq"] - 1, "head": last["prev_hash"]}
    kept = [row for row in rows if row is not last]
    return [as_line(end) if row["type"] == "end" and row["subject_id"] == last["subject_id"] else as_line(row) for row in kept]


def change_header(rng: random.Random, lines: list[str]) -> list[str]:
    """Whose ledger it is, when it was exported, or what a column means."""
    head = json.loads(lines[0])
    name = rng.choice(["office", "exported_at", "personal", "fields"])
    head[name] = "lain" if name != "fields" else {**head["fields"], "reason": "lain"}
    return [as_line(head), *lines[1:]]


def add_stamp(rng: random.Random, lines: list[str]) -> list[str]:
    """A time stamp for a root that has none: the stamp's own digest would fit."""
    at = rng.randrange(2) + 1
    root = json.loads(lines[at])
    token = hashlib.sha256(root["proof"].encode()).digest()
    return [*lines[:at], as_line({**root, "stamp": base64.b64encode(token).decode()}), *lines[at + 1 :]]


def drop_newest_root(rng: random.Random, lines: list[str]) -> list[str]:
    """The last root with the fact that tells of it."""
    made = next(r for r in map(json.loads, lines) if r.get("kind") == "ledger_root.sealed" and r["after"]["number"] == 2)
    return [line for line in lines if not is_of_root(line, 2) and made["subject_id"] not in line]


def nest(rng: random.Random, lines: list[str]) -> list[str]:
    """A line too deep for a reader."""
    at, deep = rng.randrange(len(lines)), rng.choice([2_000, 100_000])
    return [*lines[:at], "[" * deep + "]" * deep, *lines[at + 1 :]]


FILE_TAMPERINGS: tuple[Callable[[random.Random, list[str]], list[str]], ...] = (
    drop_chain_from_file,
    shorten_chain_in_file,
    change_header,
    add_stamp,
    drop_newest_root,
    nest,
)


def as_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _is_last(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    return row["seq"] > 1 and not any(r.get("prev_hash") == row["hash"] for r in rows)


def _through(lines: list[str]) -> int:
    payload = [json.loads(line)["proof"] for line in lines if json.loads(line)["type"] == "root"][-1].split(".")[1]
    return int(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["through"])


def is_of_root(line: str, number: int) -> bool:
    row = json.loads(line)
    if row["type"] != "root":
        return False
    payload = row["proof"].split(".")[1]
    return bool(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["number"] == number)
