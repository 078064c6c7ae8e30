"""One complaint on one screen, for its handlers: the reporter is never part of it (51.6)."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from pasti import standards
from pasti.domain import complaints as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_clock import days_left
from pasti.domain.complaint_promise import Tier
from pasti.domain.complaint_steps import EARLY, FINAL, Stage, Step
from pasti.domain.complaints import Complaint, Finding, Kind
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.licensing import Ground
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Text
from pasti.queries.complaints import ComplaintView, RelatedLine, TermLine, channel_title, on_complaints_desk, stage_title
from pasti.queries.ledger import TimelineEntry, timelines
from pasti.records.complaints import Complaint as Row
from pasti.records.complaints import ComplaintLink, ComplaintNamed

MOST_RELATED = 10
REPORTER = Sentence("Pelapor")  # whom the ledger knows as an applicant


def complaint_view(actor: Actor, id: UUID, *, at: datetime) -> ComplaintView | None:
    """One complaint as its desk sees it; None when the actor may not. At most 15 SQL queries (51.6)."""
    row = on_complaints_desk(actor).filter(pk=id).select_related("application", "holder", "received_by").first()
    if row is None:
        return None
    library, today = standards.load(), jakarta_day(at)
    standard, calendar = library.edition(row.entry, row.effective), library.calendar().known_on(today)
    named, parts = list(row.named.select_related("account")) if row.is_secret else [], _parts(row)
    value = _value(row, named, parts)
    ground = Ground(actor=actor, at=at, standard=standard, calendar=calendar)
    knows = rules.may_see_identity(value, actor)
    open_to = knows or not row.is_secret  # a case, a link or a message's id may name the reporter
    facts = timelines(row.id, row.application_id if open_to else None)
    counting = row.due_on is not None and row.answered_at is None and value.stage not in FINAL
    return ComplaintView(
        id=row.id,
        seen=row.ledger_length,
        complaint=value,
        standard=standard,
        number=row.number,
        kind_title=rules.KIND_TITLES[value.kind],
        stage_title=stage_title(value.stage, value.kind),
        reason_clause=row.reason_clause,
        channel_title=channel_title(standard, row.channel),
        channel_detail=row.channel_detail if open_to else "",
        object=row.object,
        matter=row.matter,
        received_by=str(row.received_by) if row.received_by else "",
        holder=str(row.holder) if row.holder else "",
        is_mine=row.holder_id == actor.id,
        waiting_for=ROLE_TITLES[Role(row.waiting_role)] if row.waiting_role else "",
        question=row.question,
        days_since_service=(jakarta_day(row.received_at) - row.service_on).days if row.service_on else None,
        terms=terms_of(row, standard),
        days_left=days_left(row.due_on, calendar, today) if counting and row.due_on else None,
        is_overdue=counting and row.due_on is not None and today > row.due_on,
        service_title=_title(row.service_group, standard.handling.services),
        problem_title=_title(row.problem_group, standard.handling.components),
        core=row.core,
        clause=row.clause,
        other_rule=row.other_rule,
        known=row.known,
        tier=rules.tier_of(value, standard),
        tiers=_tiers(value, standard),
        inspectorate_words=row.inspectorate_words,
        finding=Finding(row.finding) if row.finding else None,
        finding_words=row.finding_words,
        helped_words=row.helped_words or "",
        may_see_identity=knows,
        steps=_steps(rules.open_steps(value, ground), parts),
        hindrance=_hindrance(value, ground),
        **parts,
        related=_related(row, same_reporter=open_to, same_case=open_to),
        named=tuple(str(n.account) for n in named),
        application_number=(row.application.number or "") if row.application and open_to else "",
        application_timeline=facts.beside,
        timeline=_with_reporter(facts.own),
        looks=facts.looks,
    )


def _value(row: Row, named: list[ComplaintNamed], parts: dict[str, Any]) -> Complaint:
    """The domain's value, by what was read of it already."""
    hands = row.application.hands.values() if row.application else ()
    return row.complaint(
        named=[n.account_id for n in named],
        involved=[UUID(i) for ids in hands for i in ids],
        owners=[part.owner_id for part in (*parts["actions"], *parts["follow_ups"])],
    )


def _with_reporter(facts: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    """The facts, whose applicant is called the reporter."""
    return tuple(replace(f, who=REPORTER) if f.who == ROLE_TITLES[Role.APPLICANT] else f for f in facts)


def _parts(row: Row) -> dict[str, Any]:
    """What belongs to it, in order; what cannot be there yet is not asked for. At most seven SQL queries."""
    is_planned, was_settled = row.stage not in EARLY, bool(row.settled_at or row.reopened)
    return {
        "files": tuple(row.files.order_by("added_at", "id")),
        "actions": tuple(row.actions.select_related("owner").order_by("due_on", "id")) if is_planned else (),
        "reports": tuple(row.reports.select_related("written_by").order_by("written_at")) if is_planned else (),
        "referrals": tuple(row.referrals.order_by("referred_at")) if is_planned else (),
        "answers": tuple(row.answers.order_by("signed_at")) if was_settled else (),
        "breaches": tuple(row.breaches.order_by("broken_on", "clause")) if was_settled else (),
        "follow_ups": tuple(row.follow_ups.select_related("owner").order_by("opened_at")) if was_settled else (),
    }


def _steps(steps: tuple[Step, ...], parts: dict[str, Any]) -> tuple[Step, ...]:
    """The steps to offer: a follow-up is finished where one is open."""
    is_open = any(follow.done_at is None for follow in parts["follow_ups"])
    return tuple(step for step in steps if step is not Step.FINISH_FOLLOW_UP or is_open)


def terms_of(row: Row, standard: Standard) -> tuple[TermLine, ...]:
    """The edition's term and the law's beside it; the earliest that still counts drives the alarms (51.6.4)."""
    answered, screened = row.answered_at is not None, Stage(row.stage) is not Stage.RECEIVED
    law = standard.handling.statute.law
    lines = (
        ("first_reply", law, row.respond_due_on, screened or answered),
        ("answer", standard.cite("6.4"), row.answer_due_on, answered),
        ("decision", law, row.decide_due_on, answered),
    )
    is_aside = Stage(row.stage) is Stage.SET_ASIDE
    running = [day for _, _, day, met in lines if day and not met and not is_aside]
    first = min(running, default=None)
    return tuple(
        TermLine(id=id, clause=clause, due_on=day, is_met=met, drives=day in running and not met and day == first)
        for id, clause, day, met in lines
    )


def _title(id: str, groups: tuple[object, ...]) -> Text | None:
    return next((g.title for g in groups if g.id == id), None)  # type: ignore[attr-defined]  # either kind of group


def _tiers(value: Complaint, standard: Standard) -> tuple[Tier, ...]:
    return standard.handling.category(value.category).tiers if value.category else ()


def _hindrance(value: Complaint, ground: Ground) -> NotAllowed | None:
    """Why the actor may not take the step that is next, when it is a matter of who."""
    role = rules.turn(value, ground.standard)
    if role is None or not ground.actor.has(role):
        return None
    try:
        rules.require_may(value, rules.next_step(value), ground)
    except NotAllowed as no:
        return no
    except RuleBroken:
        return None
    return None


def _related(row: Row, *, same_reporter: bool, same_case: bool) -> tuple[RelatedLine, ...]:
    """What is linked, then what has the same words, the same case or the same reporter, newest first.

    A secret reporter is not found through another complaint of theirs: only open ones are laid beside one another.
    """
    linked = ComplaintLink.objects.filter(Q(complaint=row) | Q(other=row)).select_related("complaint", "other")
    lines = {}
    for link in linked:
        other = link.other if link.complaint_id == row.id else link.complaint
        lines[other.id] = _related_line(other, link.kind, is_linked=True)
    same = Q(matter_digest=row.matter_digest) & ~Q(matter_digest="")
    if same_case and row.application_id:
        same |= Q(application_id=row.application_id, is_secret=False)
    if same_reporter and row.contact_digest:
        same |= Q(contact_digest=row.contact_digest, is_secret=False)
    found = Row.objects.filter(same).exclude(pk=row.pk).defer("matter", "helped_words").order_by("-received_at")[:MOST_RELATED]
    for other in found:
        lines.setdefault(other.id, _related_line(other, _why(row, other), is_linked=False))
    return tuple(lines.values())


def _why(row: Row, other: Row) -> str:
    if row.matter_digest and row.matter_digest == other.matter_digest:
        return "same_words"
    return "same_case" if row.application_id and row.application_id == other.application_id else "same_reporter"


def _related_line(other: Row, why: str, *, is_linked: bool) -> RelatedLine:
    return RelatedLine(
        id=other.id,
        number=other.number,
        why=why,
        is_linked=is_linked,
        object=other.object,
        stage_title=stage_title(Stage(other.stage), Kind(other.kind)),
        received_at=other.received_at,
    )
