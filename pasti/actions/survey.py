"""What is done with the satisfaction survey: inviting, answering, closing, planning, publishing (51.14.2)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError

from pasti import standards
from pasti.actions.carry_out import carry_out, together
from pasti.domain import survey_run
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.events import Outcome
from pasti.domain.roles import SYSTEM, Actor
from pasti.domain.survey import CLAUSE, Quarter, compute, tally_from
from pasti.domain.survey_run import Channel, Plan, Run, Stage
from pasti.records.licensing import Application
from pasti.records.survey import SurveyAnswer, SurveyInvitation, SurveyPlan, SurveyRun, finished_at, served, subject_of, token_of

INVITED_ON = frozenset({"signed", "rejected"})  # the letters that end a service


def clause_of(row: SurveyRun) -> str:
    """The survey's clause in the standard of the run's service."""
    return standards.load().in_force(row.entry, Quarter(row.year, row.quarter).last_day).cite("14.2")


def invite(kind: str, id: UUID, *, entry: str, finished: datetime, at: datetime) -> str:
    """Invite the person of a finished service, or of an answered complaint, once; the address, "" once answered or closed."""
    run = run_for(entry, Quarter.of(jakarta_day(finished)), at=at)
    with together():
        run = locked(run)
        if run.stage != Stage.OPEN:
            return ""
        known = SurveyInvitation.objects.filter(kind=kind, subject_id=id).first()
        if known is None:
            fact = survey_run.invited(_value(run))
            invitation = SurveyInvitation(kind=kind, subject_id=id)
            carry_out(run, Outcome(events=(fact,)), actor=SYSTEM, at=at, about=id, inserts=[invitation])
    return "" if known and known.used else f"{settings.PASTI_BASE_URL}/survei/{token_of(kind, id)}/"


def invite_applicant(row: Application, *, at: datetime) -> str:
    """Invite the applicant of a finished application; "" while it is not finished."""
    finished = finished_at(row)
    return invite("application", row.id, entry=row.entry, finished=finished, at=at) if finished else ""


def is_used(kind: str, id: UUID) -> bool:
    """Whether that invitation was answered."""
    return SurveyInvitation.objects.filter(kind=kind, subject_id=id, used=True).exists()


def answer(token: str, raw: Mapping[str, str], *, channel: Channel, at: datetime) -> None:
    """Keep one questionnaire and mark its invitation used, in one transaction; nothing ties the one to the other (51.14.2)."""
    kind, id = subject_of(token) or ("", UUID(int=0))
    about = served(kind, id)
    if about is None or about.finished_at is None:
        raise RuleBroken(CLAUSE, "Undangan ini belum berlaku: layanannya belum selesai, atau alamatnya tidak utuh.")
    instrument = standards.load().survey()
    run = run_for(about.entry, Quarter.of(jakarta_day(about.finished_at)), at=at)
    with together():
        run = locked(run)
        known = SurveyInvitation.objects.filter(kind=kind, subject_id=id).first()
        outcome = survey_run.answer(_value(run), channel, used=known is not None and known.used)
        clean = survey_run.check_answers(raw, instrument, clause=clause_of(run))
        remark = raw.get("remark", "").strip()
        sheet = SurveyAnswer(run=run, channel=channel, remark=remark, **clean)
        first = [] if known else [SurveyInvitation(kind=kind, subject_id=id, used=True)]
        used = [(known, {"used": True})] if known else []
        carry_out(run, outcome, actor=SYSTEM, at=at, inserts=[sheet, *first], updates=used)


def close(actor: Actor, id: UUID, *, at: datetime) -> None:
    """Close a quarter that is over: what it came to is kept, with the population and the sample it needed (51.14.2)."""
    row, instrument = run_seen(actor, id), standards.load().survey()
    outcome = survey_run.close(_value(row), actor, instrument, row.tallied(), population=row.finished(), at=at)
    with together():
        carry_out(row, outcome, actor=actor, at=at, updates=[(file, {"rows": [], "serials": []}) for file in row.papers.all()])
        _deal_anew(row)


def plan(actor: Actor, id: UUID, asked: Plan, *, seen: int, at: datetime) -> None:
    """Plan what is done about one element (51.14.2)."""
    row = run_seen(actor, id, seen=seen)
    planned = set(row.plans.values_list("element", flat=True))
    outcome = survey_run.plan(_value(row), actor, standards.load().survey(), asked, planned=planned, at=at)
    assert asked.owner and asked.due_on, "the rule has seen to it"
    fresh = SurveyPlan(run=row, element=asked.element, action=asked.action.strip(), owner_id=asked.owner, due_on=asked.due_on)
    carry_out(row, outcome, actor=actor, at=at, inserts=[fresh])


def finish_plan(actor: Actor, plan_id: UUID, evidence: str, *, at: datetime) -> None:
    """Record that a plan was carried out, with what shows it (51.14.2)."""
    found = SurveyPlan.objects.select_related("run").filter(pk=plan_id).first()
    if found is None:
        raise NotAllowed(CLAUSE, "Rencana ini tidak ada, atau bukan untuk Anda.")
    outcome = survey_run.finish_plan(_value(found.run), actor, found.value(), evidence, done=found.done_on is not None)
    done = {"done_on": jakarta_day(at), "evidence": evidence.strip()}
    carry_out(found.run, outcome, actor=actor, at=at, updates=[(found, done)])


def publish(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """Publish what a closed quarter came to (51.14.2)."""
    row = run_seen(actor, id, seen=seen)
    instrument, lowest = standards.load().survey(), tuple[str, ...]()
    if row.tally:
        lowest = compute(instrument, tally_from(row.tally)).lowest(instrument.follow_up)
    planned = set(row.plans.values_list("element", flat=True))
    carry_out(row, survey_run.publish(_value(row), actor, lowest=lowest, planned=planned, at=at), actor=actor, at=at)


def run_for(entry: str, quarter: Quarter, *, at: datetime) -> SurveyRun:
    """The quarter's survey of a service, begun when there is none."""
    rows = SurveyRun.objects.filter(entry=entry, year=quarter.year, quarter=quarter.number)
    row = rows.first()
    if row is not None:
        return row
    fresh = SurveyRun(entry=entry, year=quarter.year, quarter=quarter.number, opened_at=at)
    try:
        with together():
            carry_out(fresh, Outcome(events=(survey_run.opened(_value(fresh)),)), actor=SYSTEM, at=at)
    except IntegrityError:  # somebody else began it in this very moment
        return rows.get()
    return fresh


def run_seen(actor: Actor, id: UUID, *, seen: int | None = None) -> SurveyRun:
    """The run, when the actor may read it; Overtaken when it has moved since `seen`, the version a person decided on."""
    row = SurveyRun.objects.filter(pk=id).first() if actor.roles & survey_run.READS else None
    if row is None:
        raise NotAllowed(CLAUSE, "Survei ini tidak ada, atau bukan untuk Anda.")
    if seen is not None and row.ledger_length != seen:
        raise Overtaken("Survei ini sudah berubah sejak Anda membukanya. Lihat keadaan terbarunya, lalu putuskan lagi.")
    return row


def _deal_anew(row: SurveyRun) -> None:
    """Write a closed quarter's questionnaires again, by lot and all at once: the table's own bookkeeping told their order.

    How each came in is left out, for the one person at the counter's screen would be known by it; and what people wrote is dealt
    apart from what they answered, for words tell more than numbers.
    """
    sheets, words = list(row.answers.all()), sorted(row.answers.values_list("remark", flat=True))
    row.answers.all().delete()
    for sheet in sheets:
        sheet.pk, sheet.channel = uuid4(), ""
    sheets.sort(key=lambda sheet: sheet.pk)
    for sheet, remark in zip(sheets, words, strict=True):
        sheet.remark = remark
    SurveyAnswer.objects.bulk_create(sheets)


def locked(row: SurveyRun) -> SurveyRun:
    """The run as it stands now, held until the transaction ends: answers come in side by side and none is turned away."""
    return SurveyRun.objects.select_for_update(no_key=True).get(pk=row.pk)


def _value(row: SurveyRun) -> Run:
    return row.value(clause_of(row))
