"""What time alone brings about: warnings, lapses, rungs of the ladder, fulfilment terms that ran out (51.1, 51.3).

Each case is read, asked of the rules at the moment given, and changed by one conditional act: running twice, or in two
processes at once, changes nothing twice. Whoever is overtaken leaves the case to the next run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pasti import standards
from pasti.actions.carry_out import carry_out, together
from pasti.actions.certificate import next_certificate_number, prepare
from pasti.actions.ground import edition_of, ground_for
from pasti.actions.oversight import open_post_audit
from pasti.domain import guard
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateStatus
from pasti.domain.errors import MissingCalendar, Overtaken
from pasti.domain.events import Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import SYSTEM
from pasti.domain.workflow import TIMED, State
from pasti.records.licensing import Application

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
    """The cases whose term counts or has run out, then those whose fulfilment term has."""
    timed = Application.objects.filter(due_on__isnull=False, state__in=TIMED).order_by("due_on", "id")
    yield from timed.iterator(chunk_size=BATCH)
    lapsed = Application.objects.filter(state=State.NOT_MET, fulfil_by__lt=jakarta_day(at)).order_by("fulfil_by", "id")
    yield from lapsed.iterator(chunk_size=BATCH)


def _see_to(row: Application, ground: Ground, report: DueReport) -> list[str] | None:
    """Do the one thing that is due; answers the list of the report that it belongs to."""
    if guard.has_lapsed(row.case(), ground):
        _lapse(row, ground)
        return report.deemed_approved
    opens = standards.load().office().opens_on(jakarta_day(ground.at))
    rules: tuple[tuple[Callable[[], Outcome | None], list[str]], ...] = (
        (lambda: guard.escalate(row.case(), ground), report.escalated),
        (lambda: guard.lapse_fulfilment(row.case(), ground), report.fulfilments_lapsed),
        (lambda: guard.warn(row.case(), ground, opens=opens), report.warned),
    )
    for rule, done in rules:
        outcome = rule()
        if outcome is not None:
            carry_out(row, outcome, actor=SYSTEM, at=ground.at, edition=edition_of(row))
            return done
    return None


def _lapse(row: Application, ground: Ground) -> None:
    """The fact, the certificate's number and the post-audit: all of them or none (51.3, 51.5, 51.10.2)."""
    with together():
        approved = row.certificates.filter(status=CertificateStatus.PREPARED).first()  # in time, but not signed in time
        number = approved.number if approved else next_certificate_number(row, ground)
        carry_out(row, guard.lapse(row.case(), number, ground), actor=SYSTEM, at=ground.at, edition=edition_of(row))
        if approved is None:
            prepare(row, number, ground)
        open_post_audit(row, actor=SYSTEM, at=ground.at)
