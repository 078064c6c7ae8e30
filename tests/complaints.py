"""A complaint walked through its steps, for tests that begin further on."""

from datetime import date, datetime, timedelta
from uuid import UUID

from pasti.actions import complaint_handling as handling
from pasti.actions import complaint_tiers as tiers
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_handling import ActionKind, Planned
from pasti.domain.complaint_steps import Stage
from pasti.domain.complaints import Finding, Kind
from pasti.domain.roles import Actor, Role
from pasti.records.complaints import Complaint
from tests.makers import MONDAY

WORDS = "Berkas tertahan di meja validasi tanpa alasan."
Office = dict[Role, Actor]


def fresh(id: UUID) -> Complaint:
    """The row as it stands now."""
    return Complaint.objects.get(pk=id)


def planned(owner: Actor, due_on: date = date(2026, 11, 27)) -> Planned:
    """One action of a plan."""
    return Planned(kind=ActionKind.CLARIFICATION, what="Tanyai petugas validasi.", owner=owner.person, due_on=due_on)


def step(office: Office, id: UUID, *, at: datetime = MONDAY, category: int = 1, finding: Finding = Finding.SUBSTANTIATED) -> None:
    """Take the step that is next, in the simplest way."""
    row, officer = fresh(id), office[Role.COMPLAINTS_OFFICER]
    seen, stage = row.ledger_length, Stage(row.stage)
    if stage is Stage.RECEIVED:
        handling.screen(officer, id, Kind(row.kind), seen=seen, at=at)
    elif stage is Stage.SCREENED:
        handling.group(officer, id, service="perizinan_industri", problem="waktu", seen=seen, at=at)
    elif stage is Stage.GROUPED and row.kind != Kind.COMPLAINT:
        handling.take_note(officer, id, WORDS, seen=seen, at=at)
    elif stage is Stage.GROUPED:
        handling.formulate(officer, id, WORDS, seen=seen, at=at)
    elif stage is Stage.FORMULATED:
        handling.relate(officer, id, "51.3", seen=seen, at=at)
    elif stage is Stage.RELATED:
        handling.check(officer, id, WORDS, seen=seen, at=at)
    elif stage is Stage.CHECKED:
        handling.plan(officer, id, (planned(officer, jakarta_day(at) + timedelta(days=4)),), seen=seen, at=at)
    elif stage is Stage.PLANNED and row.open_actions:
        action = row.actions.filter(done_at=None).get()
        handling.record_result(officer, id, action.pk, WORDS, seen=seen, at=at)
    elif stage is Stage.PLANNED:
        handling.conclude(officer, id, seen=seen, at=at)
    elif stage is Stage.EXAMINED:
        tiers.categorise(
            office[Role.COMPLAINTS_OFFICIAL], id, category, seen=seen, at=at, reason=WORDS, rule="UU 30/2014 Pasal 20"
        )
    else:
        breaches = (("51.3", jakarta_day(at) - timedelta(days=3)),) if finding is not Finding.UNSUBSTANTIATED else ()
        tiers.settle(office[Role(row.waiting_role)], id, finding, WORDS, seen=seen, at=at, breaches=breaches)


def walk(office: Office, id: UUID, *, until: Stage, at: datetime = MONDAY, category: int = 1) -> Complaint:
    """Step by step until it stands in `until`."""
    while fresh(id).stage != until:
        step(office, id, at=at, category=category)
    return fresh(id)
