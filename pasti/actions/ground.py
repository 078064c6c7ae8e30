"""What an act stands on, gathered: the row the actor may see, its edition, the calendar, the dossier."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.intake import Choices, Row
from pasti.domain.licensing import Ground, may_see
from pasti.domain.roles import Actor
from pasti.domain.standard import Standard
from pasti.records.intake import DossierRow
from pasti.records.licensing import Application
from pasti.records.prepared import prepared
from pasti.records.reading import columns

# Raw, here and below: the compiler takes longer over what every act reads than the database does, and would join every row of
# the dossier with every file.
ROWS = (
    "SELECT r.*, (SELECT count(*) FROM evidence e WHERE e.application_id = r.application_id AND e.clause = r.clause "
    "AND e.replaced_at IS NULL) AS file_count FROM dossier_row r WHERE r.application_id = %s"
)
APPLICATION = columns(Application)
DOSSIER = (
    "SELECT (SELECT json_agg(r) FROM (SELECT clause, answers, verdict, reason FROM dossier_row "  # noqa: S608
    "WHERE application_id = a.id) r), "
    "(SELECT array_agg(e.clause) FROM evidence e WHERE e.application_id = a.id AND e.replaced_at IS NULL), "
    f"{APPLICATION.of('a')} FROM application a WHERE a.id = %s"
)


def application_for(actor: Actor, id: UUID, *, seen: int | None = None) -> Application:
    """The application, when the actor may see it; NotAllowed alike for one that does not exist.

    `seen` is the version the person decided on: Overtaken when the case has moved since.
    """
    row = _shown(next(iter(Application.objects.raw("SELECT * FROM application WHERE id = %s", [id])), None), actor)
    if seen is not None and row.ledger_length != seen:
        raise Overtaken("Berkas ini sudah berubah sejak Anda membukanya. Lihat keadaan terbarunya, lalu putuskan lagi.")
    return row


def dossier_for(actor: Actor, id: UUID) -> tuple[Application, tuple[Row, ...]]:
    """The application as `application_for` gives it, and the domain's values of its rows, in one query."""
    with prepared() as cursor:
        cursor.execute(DOSSIER, [id])
        found = cursor.fetchone()
    row = _shown(APPLICATION.row(found[2:]) if found else None, actor)
    files, read = Counter(found[1]), {r["clause"]: r for r in found[0] or ()}
    return row, tuple(
        Row(clause=c, answers=r["answers"], files=files[c], verdict=r["verdict"], reason=r["reason"])
        for c in (requirement.clause for requirement in standard_of(row).requirements)
        if (r := read.get(c))
    )


def _shown(row: Application | None, actor: Actor) -> Application:
    if row is None or not may_see(row.case(), actor):
        raise NotAllowed("51.2", "Berkas ini tidak ada, atau bukan untuk Anda.")
    return row


def standard_of(row: Application) -> Standard:
    """The edition the application keeps."""
    return standards.load().edition(row.entry, row.effective)


def edition_of(row: Application) -> str:
    """The edition as the ledger names it: "51@2022-01-03"."""
    return f"{row.entry}@{row.effective.isoformat()}"


def ground_for(row: Application, actor: Actor, at: datetime, reason: str = "") -> Ground:
    """Who, when, why, under which edition and which calendar as known at that moment (51.3)."""
    library = standards.load()
    return Ground(
        actor=actor,
        at=at,
        standard=library.edition(row.entry, row.effective),
        calendar=library.calendar().known_on(jakarta_day(at)),
        reason=reason,
    )


def rows_of(row: Application) -> list[DossierRow]:
    """The dossier's rows that the edition asks, in its order, each with `file_count`, its current files."""
    rows = DossierRow.objects.raw(ROWS, [row.pk])
    order = [r.clause for r in standard_of(row).requirements]
    return sorted((r for r in rows if r.clause in order), key=lambda r: order.index(r.clause))


def row_of(row: Application, clause: str) -> DossierRow:
    """The dossier's row on that clause, with `file_count`; RuleBroken when there is none."""
    found = next(iter(DossierRow.objects.raw(f"{ROWS} AND r.clause = %s", [row.pk, clause])), None)
    if found is None or clause not in {r.clause for r in standard_of(row).requirements}:
        raise RuleBroken(clause, "Syarat {clause} tidak ada pada standar ini.", clause=clause)
    return found


def values_of(rows: Iterable[DossierRow]) -> tuple[Row, ...]:
    """The domain's values of dossier rows that carry `file_count`."""
    return tuple(Row(clause=r.clause, answers=r.answers, files=r.file_count, verdict=r.verdict, reason=r.reason) for r in rows)  # type: ignore[attr-defined]  # annotated


def choices() -> Choices:
    """The districts and estates that the form offers."""
    office = standards.load().office()
    return Choices(districts=office.districts, estates=office.estates)
