"""A holder's duties after issue: opened and told of by the clock, reported by the holder (51.1.A.3, 51.1.A.5)."""

from datetime import datetime, time
from uuid import UUID

from django.db.models import Model

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.files import MOST_BYTES, store
from pasti.actions.ground import application_for, edition_of, ground_for
from pasti.adapters.store.sniff import check_upload
from pasti.domain import duties
from pasti.domain.calendar import jakarta_day
from pasti.domain.duties import Look, Owed, Report
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.licensing import Ground
from pasti.domain.roles import SYSTEM, Actor
from pasti.records.duties import Duty
from pasti.records.licensing import Application


def see_to(row: Application, ground: Ground, *, opens: time) -> bool:
    """Open, remind of, or find overdue what is due now; answers whether anything was (51.1). `ground.actor` is the system."""
    rows = {known.key: mine for mine in row.duties.all() for known in [mine.value()]}
    look = duties.look(tuple(mine.value() for mine in rows.values()), ground, opens=opens)
    if look is None:
        return False
    updates = [(rows[one.key], duties.changes_of(one)) for one in look.changed]
    carry_out(
        row,
        look.outcome,
        actor=SYSTEM,
        at=ground.at,
        edition=edition_of(row),
        inserts=opened_rows(row, look),
        updates=updates,
    )
    return True


def first_look(row: Application, ground: Ground) -> Look | None:
    """What the first issue opens, to be carried out together with it; None when the edition names no duties."""
    if row.issued_at is not None:
        return None
    return duties.look((), ground, opens=standards.load().office().opens_on(jakarta_day(ground.at)))


def opened_rows(row: Application, look: Look | None) -> list[Model]:
    """The rows to insert for what a look has opened."""
    return [_row(row, one) for one in look.opened] if look else []


def _row(row: Application, one: Owed) -> Duty:
    return Duty(application=row, duty=one.duty, from_on=one.from_on, due_on=one.due_on, **duties.changes_of(one))


def report(actor: Actor, id: UUID, duty: int, given: Report, upload: tuple[str, bytes] | None, *, at: datetime) -> None:
    """Keep what the holder reports about one duty, with its file. InvalidInput names all it lacks (51.1.A.3, 51.1.A.5)."""
    row = application_for(actor, id)
    rows = {mine.pk: mine for mine in row.duties.all()}
    if duty not in rows:
        raise NotAllowed("51.1", "Kewajiban ini tidak ada, atau bukan untuk Anda.")
    mine, ground = rows[duty], ground_for(row, actor, at)
    known = tuple(one.value() for one in rows.values())
    outcome = duties.report(row.case(), mine.value(), known, given, ground)
    values: dict[str, object] = {"reported_at": at, "none_reason": given.none_reason.strip()}
    if not given.none_reason:
        values |= {"number": given.number.strip(), "dated_on": given.dated_on, **_kept(upload, outcome.events[0].clause)}
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=[(mine, values)])


def _kept(upload: tuple[str, bytes] | None, clause: str) -> dict[str, object]:
    """The file's columns, its bytes in the store. InvalidInput when it is none that we take."""
    if upload is None:
        return {}
    name, data = upload
    try:
        kind = check_upload(data, name=name, max_bytes=MOST_BYTES, clause=clause)
    except RuleBroken as refused:
        raise InvalidInput((field_problem("file", clause, refused.template, **refused.values),)) from None
    return {"sha256": store().put(data), "file_name": name[-200:], "mime": kind.mime}
