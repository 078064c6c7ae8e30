"""Categories, tiers, referrals and what follows from the finding (51.6.7, 51.12.5)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from pasti.actions.carry_out import carry_out
from pasti.actions.complaint_ground import complaint_for, digest_of, edition_of, ground_of, is_secret_of, secret_of, value_of
from pasti.actions.complaint_handling import do, require_owners
from pasti.domain import complaint_tiers as rules
from pasti.domain.complaint_steps import Stage
from pasti.domain.complaints import Complaint as ComplaintValue
from pasti.domain.complaints import Finding
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Errand, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor, Role
from pasti.records.complaints import Complaint, ComplaintBreach, ComplaintFollowUp, ComplaintReferral, ComplaintReport


def approve_inspectorate(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """The head's recorded approval that APIP takes part (51.6.7.c)."""
    do(actor, id, rules.approve_inspectorate, seen=seen, at=at, reason=reason)


def categorise(
    actor: Actor, id: UUID, category: int, *, seen: int, at: datetime, reason: str, rule: str = "", agency: str = ""
) -> None:
    """Set or change the category; category 3 needs the head's approval, a `rule`, or the `agency` head's letter (51.6.7)."""
    row, value = complaint_for(actor, id, seen=seen)
    ground = ground_of(row, actor, at, reason)
    outcome = rules.categorise(value, category, ground, rule=rule, agency=agency)
    # A tier that is left for another category leaves its written report like any other.
    written = [_report(row, value, reason, ground)] if value.stage is Stage.IN_TIERS else []
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=written)


def climb(actor: Actor, id: UUID, report: str, *, seen: int, at: datetime) -> None:
    """Report in writing to the tier above and hand the complaint to it (51.6.7)."""
    row, value = complaint_for(actor, id, seen=seen)
    ground = ground_of(row, actor, at)
    outcome = rules.climb(value, report, ground)
    written = _report(row, value, report, ground)
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=[written])


def _report(row: Complaint, value: ComplaintValue, text: str, ground: Ground) -> ComplaintReport:
    tier, to = rules.reports_to(value, ground)
    return ComplaintReport(
        complaint=row,
        category=value.category,
        tier=tier,
        to=to,
        text=text.strip(),
        written_by_id=ground.actor.person,
        written_at=ground.at,
    )


def settle(
    actor: Actor,
    id: UUID,
    finding: Finding,
    report: str,
    *,
    seen: int,
    at: datetime,
    breaches: tuple[tuple[str, date], ...] = (),
) -> None:
    """Settle it at this tier, with its written report to the tier above (51.6.7).

    A finding that proves it names each clause that was broken, with the day: evidence against that clause.
    """
    row, value = complaint_for(actor, id, seen=seen)
    ground = ground_of(row, actor, at)
    outcome = rules.settle(value, finding, report, breaches, ground)
    written = _report(row, value, report, ground)
    known = set(row.breaches.values_list("clause", flat=True))  # of before it was reopened
    broken = [
        ComplaintBreach(complaint=row, clause=clause, broken_on=day, found_at=at)
        for clause, day in breaches
        if clause not in known
    ]
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=[written, *broken])


def refer(actor: Actor, id: UUID, *, agency: str, email: str, question: str, seen: int, at: datetime) -> UUID:
    """Ask another agency; it answers on a page of its own, and is reminded. Answers the referral's id (51.6.6.e)."""
    row, value = complaint_for(actor, id, seen=seen)
    outcome, due_on = rules.refer(value, agency, email, question, ground_of(row, actor, at))
    new = ComplaintReferral(
        id=uuid4(),
        complaint=row,
        agency=agency.strip()[:200],
        email=email.strip(),
        question=question.strip(),
        referred_at=at,
        referred_by_id=actor.person,
        due_on=due_on,
    )
    new.secret_digest = digest_of(secret_of(new.id, "referral"))
    errand = Errand(name="tell_agency", payload={"referral": str(new.id), "kind": "referred"})
    asked = Outcome(changes=outcome.changes, events=outcome.events, errands=(*outcome.errands, errand))
    carry_out(row, asked, actor=actor, at=at, edition=edition_of(row), inserts=[new])
    return new.id


def answer_referral(referral_id: UUID, secret: str, text: str, answered_by: str, *, at: datetime) -> None:
    """The agency's answer; NotAllowed alike for a wrong secret and for a referral that does not exist (51.6.6.e)."""
    referral = ComplaintReferral.objects.select_related("complaint__application").filter(pk=referral_id).first()
    if referral is None or not is_secret_of(referral.secret_digest, secret):
        raise NotAllowed("51.6.6.e", "Rujukan ini tidak ada, atau kata sandinya tidak cocok.")
    row = referral.complaint
    agency = Actor(id=None, name=referral.agency, roles=frozenset({Role.AGENCY}))
    _keep_answer(row, value_of(row), referral, text, answered_by, agency, at)


def enter_referral_answer(
    actor: Actor, id: UUID, referral_id: UUID, text: str, answered_by: str, *, seen: int, at: datetime
) -> None:
    """The agency's answer on paper, typed in by an officer (51.6.6.e)."""
    row, value = complaint_for(actor, id, seen=seen)
    referral = row.referrals.filter(pk=referral_id).first()
    if referral is None:
        raise RuleBroken("51.6.6.e", "Rujukan itu tidak ada pada pengaduan ini.")
    _keep_answer(row, value, referral, text, answered_by, actor, at)


def _keep_answer(
    row: Complaint, value: ComplaintValue, referral: ComplaintReferral, text: str, answered_by: str, actor: Actor, at: datetime
) -> None:
    if len(answered_by.strip()) < 3:
        raise RuleBroken("51.6.6.e", "Tulis nama dan jabatan yang menjawab.")
    is_answered = referral.answered_at is not None
    outcome = rules.answer_referral(value, text, ground_of(row, actor, at), agency=referral.agency, is_answered=is_answered)
    said = {"answer": text.strip(), "answered_by": answered_by.strip()[:200], "answered_at": at}
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=[(referral, said)])


def follow_up(
    actor: Actor, id: UUID, kind: str, what: str, *, owner: UUID, due_on: date, seen: int, at: datetime, clause: str = ""
) -> None:
    """Open "improvement", "sanction" (51.12.5) or "correction" (of the case) on a substantiated complaint."""
    require_owners([owner], clause="51.6.8", at=at)
    row, value = complaint_for(actor, id, seen=seen)
    ground = ground_of(row, actor, at, what)
    outcome, cite = rules.follow_up(value, kind, owner, due_on, clause, ground, has_case=row.application_id is not None)
    new = ComplaintFollowUp(complaint=row, kind=kind, clause=cite, what=what.strip(), owner_id=owner, due_on=due_on, opened_at=at)
    about = row.application_id if kind == "correction" else None
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), about=about, inserts=[new])


def finish_follow_up(actor: Actor, id: UUID, follow_up_id: UUID, result: str, *, seen: int, at: datetime) -> None:
    """What came of it."""
    row, value = complaint_for(actor, id, seen=seen)
    found = row.follow_ups.filter(pk=follow_up_id).first()
    if found is None:
        raise RuleBroken("51.6.8", "Tindak lanjut itu tidak ada pada pengaduan ini.")
    ground = ground_of(row, actor, at)
    outcome = rules.finish_follow_up(value, found.owner_id, result, ground, is_done=found.done_at is not None)
    done = {"result": result.strip(), "done_at": at}
    carry_out(row, replace(outcome), actor=actor, at=at, edition=edition_of(row), updates=[(found, done)])
