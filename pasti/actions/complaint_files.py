"""Files of a complaint into the store: checked by content, kept by content (51.6.5.a)."""

from datetime import datetime
from pathlib import Path

from pasti.actions.files import MOST_BYTES, MOST_FILES, store
from pasti.adapters.store.sniff import check_upload
from pasti.domain.errors import FieldProblem, RuleBroken, field_problem
from pasti.domain.roles import Actor
from pasti.records.complaints import Complaint, ComplaintFile


def keep(
    row: Complaint, uploads: tuple[tuple[str, bytes], ...], *, taken: int, actor: Actor, at: datetime, clause: str
) -> tuple[list[ComplaintFile], tuple[FieldProblem, ...]]:
    """Put each acceptable upload in the store; answers the rows to insert and a problem for each refused file.

    `taken`: how many files the complaint has already.
    """
    kept: list[ComplaintFile] = []
    refused: list[FieldProblem] = []
    for name, data in uploads:
        if taken + len(kept) >= MOST_FILES:
            refused.append(field_problem("files", clause, "Paling banyak {most} berkas untuk satu pengaduan.", most=MOST_FILES))
            break
        try:
            type = check_upload(data, name=name, max_bytes=MOST_BYTES, clause=clause)
        except RuleBroken as broken:
            refused.append(field_problem("files", clause, broken.template, **broken.values))
            continue
        kept.append(
            ComplaintFile(
                complaint=row,
                sha256=store().put(data),
                name=Path(name).name[-200:],
                mime=type.mime,
                size=len(data),
                added_at=at,
                added_by_id=actor.id,
            )
        )
    return kept, tuple(refused)
