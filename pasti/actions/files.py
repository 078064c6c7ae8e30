"""Uploads into the store: checked by content, kept by content (51.1)."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from pasti.adapters.store.client import Store
from pasti.adapters.store.sniff import check_upload
from pasti.domain.errors import FieldProblem, RuleBroken, field_problem
from pasti.domain.events import Event, Json
from pasti.domain.roles import Actor
from pasti.records.intake import Evidence
from pasti.records.licensing import Application, Clarification

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 10


def store() -> Store:
    """The office's file store."""
    return Store(Path(settings.PASTI_DATA) / "files")


def keep_upload(
    row: Application,
    clause: str,
    uploads: tuple[tuple[str, bytes], ...],
    *,
    actor: Actor,
    at: datetime,
    answered: Clarification | None = None,
) -> tuple[list[Evidence], tuple[FieldProblem, ...]]:
    """Put each acceptable upload in the store; answers the rows to insert and a problem for each refused file.

    They are for one requirement, or come with the answer to the question `answered`.
    """
    kept: list[Evidence] = []
    refused: list[FieldProblem] = []
    room = MOST_FILES - row.evidence.filter(clause=clause, clarification=answered, replaced_at=None).count() if uploads else 0
    for name, data in uploads:
        field = f"{clause}:files"
        if len(kept) >= room:
            refused.append(_too_many(field, clause, answered))
            break
        try:
            type = check_upload(data, name=name, max_bytes=MOST_BYTES, clause=clause)
        except RuleBroken as broken:
            refused.append(field_problem(field, clause, broken.template, **broken.values))
            continue
        sha256 = store().put(data)
        kept.append(
            Evidence(
                application=row,
                clause=clause,
                sha256=sha256,
                name=Path(name).name[-200:],
                mime=type.mime,
                size=len(data),
                uploaded_by_id=actor.person,
                uploaded_at=at,
                clarification=answered,
            )
        )
    return kept, tuple(refused)


def _too_many(field: str, clause: str, answered: Clarification | None) -> FieldProblem:
    if answered:
        return field_problem(field, clause, "Paling banyak {most} berkas untuk satu jawaban.", most=MOST_FILES)
    return field_problem(field, clause, "Paling banyak {most} berkas untuk satu syarat.", most=MOST_FILES)


def added(file: Evidence) -> Event:
    """The fact that a file was added: which bytes, not what they are called."""
    after: dict[str, Json] = {"sha256": file.sha256, "size": file.size, "mime": file.mime}
    return Event(kind="evidence.added", clause=file.clause, after=after)
