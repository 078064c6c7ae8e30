"""What is done with the yearly evaluation: begun, found, closed and sent to all staff, acknowledged (51.14.1, 51.14.3)."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, models

from pasti import standards
from pasti.actions.carry_out import carry_out, together
from pasti.domain import evaluation
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.evaluation import CLAUSE, STAFF, Part, parts_of
from pasti.domain.roles import Actor
from pasti.domain.standard import Standard
from pasti.records.accounts import Appointment
from pasti.records.evaluation import Evaluation, EvaluationFinding, EvaluationReading


def begin(actor: Actor, entry: str, year: int, *, at: datetime) -> Evaluation:
    """Begin a year's evaluation of one standard; RuleBroken when it has begun before (51.14.1)."""
    library = standards.load()
    if entry not in library.entries():
        raise RuleBroken(CLAUSE, "Pilih salah satu standar pelayanan.")
    standard = library.in_force(entry, min(jakarta_day(at), date(year, 12, 31)))
    row = Evaluation(entry=entry, effective=standard.effective)
    outcome = evaluation.begin(actor, year, standard.cite("14.1"), at=at)
    try:
        with together():
            carry_out(row, outcome, actor=actor, at=at)
    except IntegrityError:  # the year has one, begun before or in this very moment
        raise RuleBroken(standard.cite("14.1"), "Evaluasi tahun {year} sudah dimulai.", year=year) from None
    return row


def find(actor: Actor, id: UUID, part: str, *, verdict: str, words: str, seen: int, at: datetime) -> None:
    """Note what was found of one component or SOP (51.14.1)."""
    row = evaluation_seen(actor, id, seen=seen)
    outcome = evaluation.find(value_of(row), actor, part_of(row, part), verdict, words)
    known = row.findings.filter(part=part).first()
    noted: dict[str, object] = {"verdict": verdict, "words": words.strip(), "noted_at": at}
    fresh = [] if known else [EvaluationFinding(evaluation=row, part=part, **noted)]
    updates: list[tuple[models.Model, Mapping[str, object]]] = [(known, noted)] if known else []
    carry_out(row, outcome, actor=actor, at=at, inserts=fresh, updates=updates)


def close(actor: Actor, id: UUID, summary: str, *, seen: int, at: datetime) -> None:
    """Close the year: its results go to everybody who works here on that day (51.14.1, 51.14.3)."""
    row = evaluation_seen(actor, id, seen=seen)
    told = [EvaluationReading(evaluation=row, account_id=person, told_at=at) for person in _staff(jakarta_day(at))]
    outcome = evaluation.close(
        value_of(row),
        actor,
        summary,
        parts=parts_of(standard_of(row)),
        found=dict(row.findings.values_list("part", "verdict")),
        staff=len(told),
        rhythm=standards.load().office().evaluation,
        at=at,
    )
    carry_out(row, outcome, actor=actor, at=at, inserts=told)


def acknowledge(actor: Actor, id: UUID, *, at: datetime) -> None:
    """The actor has read the results (51.14.3)."""
    row = evaluation_seen(actor, id)
    with together():  # two who click at once both count
        row = Evaluation.objects.select_for_update(no_key=True).get(pk=row.pk)
        reading = row.readings.filter(account=actor.person).first()
        is_read = reading is not None and reading.read_at is not None
        outcome = evaluation.acknowledge(value_of(row), is_told=reading is not None, is_read=is_read)
        assert reading, "refused above"
        carry_out(row, outcome, actor=actor, at=at, updates=[(reading, {"read_at": at})])


def evaluation_seen(actor: Actor, id: UUID, *, seen: int | None = None) -> Evaluation:
    """The evaluation, when the actor may read it; Overtaken when it has moved since `seen`, the version a person decided on."""
    row = Evaluation.objects.filter(pk=id).first() if actor.roles & evaluation.READS else None
    if row is None:
        raise NotAllowed(CLAUSE, "Evaluasi ini tidak ada, atau bukan untuk Anda.")
    if seen is not None and row.ledger_length != seen:
        raise Overtaken("Evaluasi ini sudah berubah sejak Anda membukanya. Lihat keadaan terbarunya, lalu putuskan lagi.")
    return row


def standard_of(row: Evaluation) -> Standard:
    """The edition that is evaluated."""
    return standards.load().edition(row.entry, row.effective)


def value_of(row: Evaluation) -> evaluation.Evaluation:
    """The domain's value, with the clauses of its standard."""
    standard = standard_of(row)
    return row.value(clause=standard.cite("14.1"), told_clause=standard.cite("14.3"))


def part_of(row: Evaluation, id: str) -> Part:
    """The part of that name; RuleBroken when the standard has none."""
    found = next((part for part in parts_of(standard_of(row)) if part.id == id), None)
    if found is None:
        raise RuleBroken(value_of(row).clause, "Bagian {part} tidak ada pada standar ini.", part=id)
    return found


def _staff(on: date) -> list[UUID]:
    lasts = models.Q(ends_on=None) | models.Q(ends_on__gte=on)
    posts = Appointment.objects.filter(lasts, starts_on__lte=on, role__in=list(STAFF), account__is_active=True)
    return list(posts.order_by("account_id").values_list("account_id", flat=True).distinct())
