"""The demonstration office's desk: invented makers whose cases stand at every step, walked there by the real acts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pasti import standards
from pasti.actions import (
    certificate,
    demonstration,
    intake,
    licensing,
    showcase_complaints,
    showcase_evaluation,
    showcase_facilities,
    showcase_staff,
    showcase_survey,
)
from pasti.actions.opening import Person, add_person, demonstration_actors
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.licensing import Application

QUESTION = "Di ruang mana alat kalibrasi disimpan, dan siapa yang bertanggung jawab atasnya?"
LACKING = "Sertifikat kalibrasi kolimator tidak terbaca; unggah ulang hasil pindai yang jelas."


@dataclass(frozen=True, kw_only=True)
class Story:
    """One maker's case: who, where, how many working days ago it was submitted, and where it stands."""

    business: str
    owner: str
    email: str
    nib: str
    district: str
    village: str
    days_ago: int
    state: State
    outside: bool = False


STORIES: tuple[Story, ...] = tuple(
    Story(
        business=b, owner=o, email=f"{e}@pasti.example", nib=n, district=f"32.14.{d}", village=v, days_ago=a, state=s, outside=x
    )
    for b, o, e, n, d, v, a, s, x in (
        ("CV Optik Citarum", "Hendra Gunawan", "citarum", "9120300410021", "13", "Cibening", 7, State.ISSUED, False),
        (
            "PT Teropong Parahyangan",
            "Lilis Suryani",
            "parahyangan",
            "9120300410033",
            "12",
            "Babakancikao",
            11,
            State.ISSUED,
            False,
        ),
        ("CV Mikroskop Wanayasa", "Dede Kurnia", "wanayasa", "9120300410045", "09", "Wanayasa", 7, State.SIGNING, True),
        ("CV Prisma Jatiluhur", "Ratna Dewi", "prisma", "9120300410057", "03", "Jatiluhur", 6, State.DECISION, True),
        ("CV Lensa Situ Buleud", "Anton Wijaya", "buleud", "9120300410069", "01", "Nagrikaler", 8, State.VALIDATION, False),
        ("UD Kaca Pembesar Plered", "Mamat Rahmat", "plered", "9120300410071", "04", "Plered", 6, State.RECOMMENDATION, True),
        (
            "CV Binokular Bungursari",
            "Siti Rohmah",
            "bungursari",
            "9120300410083",
            "13",
            "Bungursari",
            5,
            State.FIELD_INSPECTION,
            True,
        ),
        ("CV Kolimator Campaka", "Eko Prasetyo", "campaka", "9120300410095", "02", "Campaka", 4, State.TECHNICAL_REVIEW, False),
        ("CV Periskop Darangdan", "Wulan Sari", "darangdan", "9120300410107", "06", "Darangdan", 5, State.CLARIFICATION, False),
        ("CV Spektrum Sukatani", "Rudi Hartono", "sukatani", "9120300410119", "05", "Sukatani", 3, State.RETURNED, False),
        ("CV Laser Cibatu", "Nina Marlina", "cibatu", "9120300410121", "14", "Cibatu", 1, State.SUBMITTED, False),
        ("CV Proyektor Pasawahan", "Yusuf Maulana", "pasawahan", "9120300410133", "10", "Pasawahan", 2, State.SUBMITTED, False),
    )
)


def unfinished() -> bool:
    """Whether a story's case is still missing, as after an interrupted first start."""
    numbers = {story.nib for story in STORIES}
    made = Application.objects.filter(nib__in=numbers).exclude(state=State.DRAFT).count()
    return made < len(STORIES) or showcase_complaints.unfinished() or showcase_survey.unfinished()


def furnish(*, password: str, passphrase: str, at: datetime) -> int:
    """Walk every story's case to where it stands, unless that was done before; answers how many were made."""
    office = demonstration_actors(jakarta_day(at))
    showcase_survey.furnish(office, "51", password=password, passphrase=passphrase, at=at)
    made = 0
    for story in STORIES:
        if Application.objects.filter(nib=story.nib).exists():
            continue
        _tell(story, office, password=password, passphrase=passphrase, at=at)
        made += 1
    showcase_facilities.furnish(office[Role.FACILITY_CUSTODIAN], "51", at=at)
    showcase_complaints.furnish(office, mornings=lambda days: _mornings(days, at), passphrase=passphrase)
    showcase_evaluation.furnish(office, "51", at=at)
    showcase_staff.furnish(office, passphrase=passphrase, at=at)
    return made


def _tell(story: Story, office: Mapping[Role, Actor], *, password: str, passphrase: str, at: datetime) -> None:
    moments = _mornings(story.days_ago, at)
    began = next(moments)
    account = add_person(Person(email=story.email, name=story.owner, roles=()), password=password, at=began)
    applicant = account.actor(jakarta_day(began))
    row = intake.submit(applicant, demonstration.draft(applicant, "51", at=began, sections=_sections(story)).id, at=began)
    until = _road(story.state)
    for _ in demonstration.walk(office, row.id, until=until, moments=moments):
        pass
    _last_turn(story.state, office, row, passphrase, at if story.state is State.ISSUED else next(moments))


def _road(state: State) -> State:
    return {
        State.ISSUED: State.SIGNING,
        State.CLARIFICATION: State.TECHNICAL_REVIEW,
        State.RETURNED: State.SUBMITTED,
    }.get(state, state)


def _last_turn(state: State, office: Mapping[Role, Actor], row: Application, passphrase: str, at: datetime) -> None:
    seen = Application.objects.values_list("ledger_length", flat=True).get(pk=row.pk)
    if state is State.ISSUED:
        certificate.sign(office[Role.HEAD], row.id, passphrase, seen=seen, at=at)
    elif state is State.CLARIFICATION:
        licensing.ask(office[Role.TECHNICAL_TEAM], row.id, seen=seen, at=at, reason=QUESTION)
    elif state is State.FIELD_INSPECTION:
        demonstration.arrange_visit(office[Role.TECHNICAL_TEAM], row.id, at=at)
    elif state is State.RETURNED:
        demonstration.judge_all(office[Role.EXAMINER], row.id, at=at)
        licensing.judge(office[Role.EXAMINER], row.id, "51.1.B.8", "not_met", LACKING, at=at)
        seen = Application.objects.values_list("ledger_length", flat=True).get(pk=row.pk)
        licensing.send_to_complete(office[Role.EXAMINER], row.id, seen=seen, at=at)


def _sections(story: Story) -> dict[str, dict[str, str]]:
    outside = {"in_estate": "tidak", "estate": "", "ground": "c"} if story.outside else {}
    return {
        "business": {
            "business_name": story.business,
            "owner_name": story.owner,
            "email": story.email,
            "nib": story.nib,
            "legal_form": "pt" if story.business.startswith("PT") else "cv",
        },
        "place": {"district": story.district, "village": story.village, **outside},
    }


def _mornings(days_ago: int, at: datetime) -> Iterator[datetime]:
    """Nine in the morning of each working day from `days_ago` working days before `at`; never later than `at`."""
    calendar, day = standards.load().calendar(), jakarta_day(at)
    while days_ago and (day := day - timedelta(days=1)):
        days_ago -= calendar.is_working_day(day)
    while True:
        yield min(datetime.combine(day, time(9), JAKARTA), at)
        day = min(calendar.add_working_days(day, 1), jakarta_day(at))
