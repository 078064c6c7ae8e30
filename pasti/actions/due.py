"""What time alone brings about: warnings, lapses, rungs, terms of applicants and holders, duties after issue (51.1, 51.3, 51.5).

Each case is read, asked of the rules at the moment given, and changed by one conditional act: running twice, or in two
processes at once, changes nothing twice. Whoever is overtaken leaves the case to the next run.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Model, QuerySet

from pasti import standards
from pasti.actions import duties
from pasti.actions.carry_out import carry_out, together
from pasti.actions.certificate import next_certificate_number, prepare
from pasti.actions.ground import edition_of, ground_for
from pasti.actions.oversight import open_post_audit
from pasti.domain import guard, validity
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateStatus
from pasti.domain.errors import MissingCalendar, Overtaken
from pasti.domain.events import Outcome
from pasti.domain.guard import Watch
from pasti.domain.licensing import Ground
from pasti.domain.roles import SYSTEM
from pasti.domain.workflow import TIMED, VALID, State
from pasti.records.licensing import Application
from pasti.records.validity import Hearing

BATCH = 500


@dataclass(kw_only=True)
class DueReport:
    """What one run did, as case numbers; `overtaken` cases wait for the next run, `undated` ones for a year's decree."""

    at: datetime
    looked_at: int = 0
    warned: list[str] = field(default_factory=list)
    deemed_approved: list[str] = field(default_factory=list)
    escalated: list[str] = field(default_factory=list)
    fulfilments_lapsed: list[str] = field(default_factory=list)
    fulfilments_ending: list[str] = field(default_factory=list)
    hearings_ended: list[str] = field(default_factory=list)
    duties_told: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def run(*, at: datetime) -> DueReport:
    """Do for every open case what is due at that moment, and say what was done (51.3)."""
    report = DueReport(at=at)
    for row in _candidates(at):
        report.looked_at += 1
        number = row.number or ""
        try:
            done = _see_to(row, ground_for(row, SYSTEM, at), report)
        except Overtaken:
            report.overtaken.append(number)
        except MissingCalendar:
            report.undated.append(number)
        else:
            if done is not None:
                done.append(number)
    return report


def _candidates(at: datetime) -> Iterator[Application]:
    """The cases whose term counts or has run out, whose fulfilment term ends, whose holder's term or duty is due."""
    today, library = jakarta_day(at), standards.load()
    soon = max((max(e.clock.fulfilment_warnings, default=0) for n in library.entries() for e in library.editions(n)), default=0)
    of = Application.objects
    for rows in (
        of.filter(due_on__isnull=False, state__in=TIMED).order_by("due_on", "id"),
        of.filter(state=State.NOT_MET, fulfil_by__lte=today + timedelta(days=soon)).order_by("fulfil_by", "id"),
        of.filter(hearings__in=_unanswered(today), state__in=VALID).order_by("id"),
        of.filter(duties_next_on__lte=today, state__in=VALID).order_by("duties_next_on", "id"),
    ):
        ids = list(rows.values_list("pk", flat=True))  # most often none: a run that finds nothing costs next to nothing
        for start in range(0, len(ids), BATCH):
            found = of.in_bulk(ids[start : start + BATCH])
            yield from (found[id] for id in ids[start : start + BATCH])


def _unanswered(today: date) -> QuerySet[Hearing]:
    return Hearing.objects.filter(closed_at=None, responded_at=None, over_told_at=None, respond_by__lt=today)


def _see_to(row: Application, ground: Ground, report: DueReport) -> list[str] | None:
    """Do the one thing that is due; answers the list of the report that it belongs to."""
    if row.state in VALID:
        return _see_to_issued(row, ground, report)
    office = standards.load().office()
    if guard.has_lapsed(row.case(), ground):
        _lapse(row, ground, office.watch)
        return report.deemed_approved
    opens = office.opens_on(jakarta_day(ground.at))
    rules: tuple[tuple[Callable[[], Outcome | None], list[str]], ...] = (
        (lambda: guard.escalate(row.case(), ground, watch=office.watch), report.escalated),
        (lambda: guard.lapse_fulfilment(row.case(), ground), report.fulfilments_lapsed),
        (lambda: guard.warn_of_fulfilment(row.case(), ground), report.fulfilments_ending),
        (lambda: guard.warn(row.case(), ground, opens=opens, watch=office.watch), report.warned),
    )
    for rule, done in rules:
        outcome = rule()
        if outcome is not None:
            carry_out(row, outcome, actor=SYSTEM, at=ground.at, edition=edition_of(row))
            return done
    return None


def _see_to_issued(row: Application, ground: Ground, report: DueReport) -> list[str] | None:
    """A hearing whose term has passed comes before the duties: the next run sees to those."""
    hearing = row.hearings.filter(pk__in=_unanswered(jakarta_day(ground.at))).first()
    ended = validity.end_hearing(hearing.value(), ground) if hearing else None
    if hearing and ended:
        updates: list[tuple[Model, Mapping[str, object]]] = [(hearing, {"over_told_at": ground.at})]
        carry_out(row, ended, actor=SYSTEM, at=ground.at, edition=edition_of(row), updates=updates)
        return report.hearings_ended
    opens = standards.load().office().opens_on(jakarta_day(ground.at))
    return report.duties_told if duties.see_to(row, ground, opens=opens) else None


def _lapse(row: Application, ground: Ground, watch: Watch) -> None:
    """The fact, the certificate's number and the post-audit: all of them or none (51.3, 51.5, 51.10.2)."""
    with together():
        approved = row.certificates.filter(status=CertificateStatus.PREPARED).first()  # in time, but not signed in time
        number = approved.number if approved else next_certificate_number(row, ground)
        outcome = guard.lapse(row.case(), number, ground, watch=watch)
        carry_out(row, outcome, actor=SYSTEM, at=ground.at, edition=edition_of(row))
        if approved is None:
            prepare(row, number, ground)
        open_post_audit(row, actor=SYSTEM, at=ground.at)
