"""Makers for tests: name only what matters, the rest is believable."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import repeat
from uuid import UUID

from pasti import standards
from pasti.actions import complaints, demonstration, facilities, inspection, intake, licensing
from pasti.actions.demonstration import BUSINESS as BUSINESS
from pasti.actions.demonstration import PLACE as PLACE
from pasti.actions.demonstration import SCALE as SCALE
from pasti.actions.opening import Person, add_person
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.complaint_intake import Filing, Reporter
from pasti.domain.facilities import Check
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint
from pasti.records.inspection import Inspection
from pasti.records.licensing import Application

PASSWORD = "sandi-untuk-uji-2026"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 09:00 in Jakarta
PDF = demonstration.evidence_pdf("uji")
UNREADABLE = "Bukti kalibrasi tidak terbaca."
SIGNING_NIK = "3214015403720004"
OFFICE_ROLES = (Role.COUNTER_OFFICER, Role.EXAMINER, Role.TECHNICAL_TEAM, Role.PROCESSING_OFFICER, Role.VALIDATOR, Role.HEAD)


def morning(at: datetime) -> datetime:
    """Nine o'clock of the last working day begun by then: what comes in then counts as received that day, test when you may."""
    local = at.astimezone(JAKARTA)
    calendar = standards.load().calendar()
    day = local.date() if local.time() >= time(9) else local.date() - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9), JAKARTA)


def account(*roles: Role, email: str = "", name: str = "", at: datetime = MONDAY) -> Account:
    """An account holding `roles` (an applicant without any)."""
    label = "-".join(roles) or "pemohon"
    person = Person(
        email=email or f"{label}@uji.example",
        name=name or label.title(),
        roles=roles,
        nip="197203141998032004",
        signing_nik=SIGNING_NIK if Role.HEAD in roles else "",
    )
    return add_person(person, password=PASSWORD, at=at)


def actor(*roles: Role, at: datetime = MONDAY, email: str = "", name: str = "") -> Actor:
    """The domain's actor of a fresh account."""
    return account(*roles, at=at, email=email, name=name).actor(jakarta_day(at))


def officers(at: datetime = MONDAY) -> dict[Role, Actor]:
    """One officer per role of the procedures."""
    return {role: actor(role, at=at) for role in OFFICE_ROLES}


def draft(applicant: Actor, *, entry: str = "51", at: datetime = MONDAY, **sections: dict[str, str]) -> Application:
    """A complete draft, ready to be submitted."""
    return demonstration.draft(applicant, entry, at=at, sections=sections)


def submitted(applicant: Actor, *, entry: str = "51", at: datetime = MONDAY, **sections: dict[str, str]) -> Application:
    """A submitted application."""
    return intake.submit(applicant, draft(applicant, entry=entry, at=at, **sections).id, at=at)


OUTSIDE = {"in_estate": "tidak", "estate": "", "ground": "c"}  # a site that must be visited


def to_inspect(office: dict[Role, Actor], applicant: Actor, *, at: datetime = MONDAY) -> Application:
    """A case that waits for its field inspection."""
    row = submitted(applicant, at=at, place={**PLACE, **OUTSIDE})
    return advance(office, row.id, until=State.FIELD_INSPECTION, at=at)


def agreed_visit(office: dict[Role, Actor], applicant: Actor, *, at: datetime = MONDAY) -> Inspection:
    """An inspection whose time the applicant has accepted."""
    visit = demonstration.arrange_visit(office[Role.TECHNICAL_TEAM], to_inspect(office, applicant, at=at).id, at=at)
    inspection.accept(applicant, visit.id, seen=visit.ledger_length, at=at)
    return Inspection.objects.get(pk=visit.pk)


def fresh(id: UUID) -> Application:
    """The row as it stands now."""
    return Application.objects.get(pk=id)


def judge_all(officer: Actor, id: UUID, *, at: datetime = MONDAY) -> None:
    """Find every requirement met."""
    demonstration.judge_all(officer, id, at=at)


def advance(office: dict[Role, Actor], id: UUID, *, until: State, at: datetime = MONDAY) -> Application:
    """Walk a submitted case by its procedure until it stands in `until`, all at one moment."""
    for _ in demonstration.walk(office, id, until=until, moments=repeat(at)):
        pass
    return fresh(id)


def found_not_met(office: dict[Role, Actor], id: UUID, *, clause: str = "51.1.B.8", at: datetime = MONDAY) -> Application:
    """A submitted case walked until the head has found `clause` not met."""
    advance(office, id, until=State.TECHNICAL_REVIEW, at=at)
    licensing.judge(office[Role.TECHNICAL_TEAM], id, clause, "not_met", UNREADABLE, at=at)
    row = advance(office, id, until=State.RECOMMENDATION, at=at)
    licensing.recommend(office[Role.TECHNICAL_TEAM], id, "not_meets", seen=row.ledger_length, at=at, reason=UNREADABLE)
    row = advance(office, id, until=State.DECISION, at=at)
    licensing.find_not_met(office[Role.HEAD], id, seen=row.ledger_length, at=at, reason=UNREADABLE)
    return fresh(id)


def unmet_again(office: dict[Role, Actor], applicant: Actor, id: UUID, *, at: datetime = MONDAY) -> Application:
    """A submitted case at its second decision, its requirement still not met."""
    found_not_met(office, id, at=at)
    intake.submit(applicant, id, at=at)
    advance(office, id, until=State.TECHNICAL_REVIEW, at=at)
    licensing.judge(office[Role.TECHNICAL_TEAM], id, "51.1.B.8", "not_met", UNREADABLE, at=at)
    row = advance(office, id, until=State.RECOMMENDATION, at=at)
    licensing.recommend(office[Role.TECHNICAL_TEAM], id, "not_meets", seen=row.ledger_length, at=at, reason=UNREADABLE)
    return advance(office, id, until=State.DECISION, at=at)


def complaint_officers(at: datetime = MONDAY) -> dict[Role, Actor]:
    """One officer per role that handles complaints."""
    roles = (
        Role.COMPLAINTS_OFFICER,
        Role.COMPLAINTS_OFFICIAL,
        Role.TECHNICAL_TEAM,
        Role.HEAD,
        Role.SUPERIOR,
        Role.INSPECTOR,
    )
    return {role: actor(role, at=at) for role in roles}


def nobody() -> Reporter:
    """A reporter who gives no name."""
    return Reporter(name="", contact="")


def filing(**changes: object) -> Filing:
    """A complaint with all that is asked: named, of a matter, ten days after the service."""
    given: dict[str, object] = {
        "channel": "web_dpmptsp",
        "object": "Sertifikat terlambat terbit",
        "matter": "Berkas saya lengkap sejak awal bulan, tetapi belum ada keputusan.",
        "reporter": Reporter(name="Rina Kartika", contact="rina@warga.example"),
        "service_on": date(2026, 11, 13),
    }
    return Filing(**{**given, **changes})  # type: ignore[arg-type]  # a test names only what matters


def filed(*, at: datetime = MONDAY, **changes: object) -> Complaint:
    """A complaint in the register."""
    return Complaint.objects.get(pk=complaints.file(filing(**changes), at=at).id)


def seen_usable(keeper: Actor, clause: str, *, part: str = "", at: datetime = MONDAY, condition: str = "good") -> UUID:
    """A thing in the register of facilities, just looked at."""
    row = facilities.enter(keeper, "51", clause, part=part, name="Sarana uji", place="Lantai 1", at=at)
    seen = Check(condition=condition, note="Dilihat, dapat dipakai.", seen_on=jakarta_day(at), expires_on=None, has_photo=False)
    facilities.check(keeper, row.id, seen, at=at)
    return row.id


def extinguisher(keeper: Actor, *, at: datetime = MONDAY) -> UUID:
    """The safety equipment of 51.13.1, just looked at."""
    return seen_usable(keeper, "51.13.1", at=at)
