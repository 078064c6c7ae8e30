"""Drawing the night's samples by its root, and looking at them (51.10.1)."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from pasti import standards
from pasti.actions.carry_out import carry_out, together
from pasti.actions.findings import raised
from pasti.domain import sampling
from pasti.domain.calendar import JAKARTA, Calendar, jakarta_day
from pasti.domain.errors import MissingCalendar, NotAllowed, Overtaken
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import SYSTEM, Actor, Role
from pasti.domain.sampling import SAMPLED, Candidate, Drawn, Result
from pasti.domain.sentence import Sentence
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from pasti.records.roots import LedgerRoot
from pasti.records.sampling import Sample

CLAUSE = "51.10.1"
BATCH = 2000
PAUSE = "application.asked"


def draw_missing(*, at: datetime) -> int:
    """Draw for every root by which nothing was drawn yet, all of a root or nothing; answers how many samples were opened."""
    return sum(_draw(root, at) for root in list(LedgerRoot.objects.filter(drawn_at=None).order_by("number")))


def _draw(root: LedgerRoot, at: datetime) -> int:
    before = LedgerRoot.objects.filter(number=root.number - 1).values_list("through", flat=True).first() or 0
    share = standards.load().office().sampling
    found = sampling.draw(list(_candidates(before, root.through)), root=root.root, share=share)
    review_by = _review_by(at)
    done = Event(kind="ledger_root.drawn", clause=CLAUSE, after={"samples": len(found)})
    with together():
        carry_out(root, Outcome(changes={"drawn_at": at}, events=(done,)), actor=SYSTEM, at=at)
        for drawn in found:
            event = sampling.as_event(drawn, root=root.number, clause=CLAUSE)
            sample = _sample(drawn, root, at, review_by)
            carry_out(sample, Outcome(events=(event,)), actor=SYSTEM, at=at, about=drawn.candidate.case_id)
    return len(found)


def _candidates(after: int, through: int) -> Iterator[Candidate]:
    """The facts between two roots that may be sampled."""
    rows = LedgerEntry.objects.filter(id__gt=after, id__lte=through, kind__in=SAMPLED).order_by("id")
    paused = rows.filter(kind=PAUSE).values("subject_id")
    all_pauses = LedgerEntry.objects.filter(kind=PAUSE, id__lte=after, subject_id__in=paused)
    pauses = dict(all_pauses.values_list("subject_id").annotate(count=Count("id")))
    calendar = standards.load().calendar()
    for row in rows.iterator(chunk_size=BATCH):
        case = row.subject_id if row.subject_kind == Application.subject_kind else row.about
        if case is None:
            continue
        earlier = pauses.get(case, 0)
        if row.kind == PAUSE:
            pauses[case] = earlier + 1
        yield Candidate(
            hash=row.hash,
            kind=row.kind,
            at=row.at,
            actor_id=row.actor_id,
            actor_roles=row.actor_roles,
            case_id=case,
            in_office_hours=_in_hours(row.at, calendar),
            earlier_pauses=earlier,
            after=row.after,
        )


def _in_hours(at: datetime, calendar: Calendar) -> bool:
    """Whether the office is open then; in a year without a decree, by the weekday alone."""
    local = at.astimezone(JAKARTA)
    try:
        works = calendar.is_working_day(local.date())
    except MissingCalendar:
        works = True
    return works and any(
        local.weekday() in hours.weekdays and hours.opens <= local.time() < hours.closes
        for hours in standards.load().office().hours
    )


def _review_by(at: datetime) -> date | None:
    """The day by which a sample drawn now is looked at; none while next year's decree is not on file."""
    day, library = jakarta_day(at), standards.load()
    try:
        return library.calendar().known_on(day).add_working_days(day, library.office().sampling.working_days)
    except MissingCalendar:
        return None


def _sample(drawn: Drawn, root: LedgerRoot, at: datetime, review_by: date | None) -> Sample:
    fact = drawn.candidate
    assert isinstance(drawn.why, Sentence)
    return Sample(
        root=root,
        application_id=fact.case_id,
        fact=fact.hash,
        fact_kind=fact.kind,
        fact_at=fact.at,
        fact_after=fact.after,
        fact_by_id=fact.actor_id,
        kind=drawn.kind,
        tier=drawn.tier,
        way=drawn.way,
        why={"template": drawn.why.template, "values": drawn.why.values},
        drawn_at=at,
        review_by=review_by,
    )


def review(
    actor: Actor, id: UUID, result: Result, words: str, *, owner: str = "", due_on: date | None = None, seen: int, at: datetime
) -> None:
    """Record what looking at a sample came to, and the finding if it is one, both or neither (51.10.1)."""
    sample = Sample.objects.filter(pk=id).first()
    if sample is None:
        raise NotAllowed(CLAUSE, "Sampel ini tidak ada, atau bukan untuk Anda.")
    if sample.ledger_length != seen:
        raise Overtaken("Sampel ini sudah diperiksa orang lain sejak Anda membukanya.")
    outcome = sampling.review(
        words,
        result,
        actor=actor,
        tier=Role(sample.tier),
        did_it=sample.fact_by_id,
        reviewed=sample.reviewed_at is not None,
        at=at,
        clause=CLAUSE,
    )
    with together():
        carry_out(sample, outcome, actor=actor, at=at, about=sample.application_id)
        if result is Result.FINDING:
            raised(actor, words, owner, due_on, application_id=sample.application_id, sample=sample, at=at)
