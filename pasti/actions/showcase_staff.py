"""The demonstration office's staff: most proven, one paper waiting, one judged with a lack, guards noted (51.9 to 51.13)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from pasti.actions import guarantees, safety, staff
from pasti.actions.demonstration import evidence_pdf
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.safety import Watch
from pasti.domain.staff import Credential
from pasti.records.staff import Credential as CredentialRow

# (role, kind, code, name, first day, last day or the day on the paper)
PAPERS = (
    (Role.COUNTER_OFFICER, "education", "senior_high", "SMAN 1 Contoh", None, date(2008, 6, 14)),
    (Role.COUNTER_OFFICER, "experience", "one_stop", "Loket pelayanan terpadu", date(2019, 2, 1), None),
    (Role.EXAMINER, "education", "bachelor", "Universitas Contoh", None, date(2011, 8, 20)),
    (Role.TECHNICAL_TEAM, "competence", "", "Metrologi optik", None, date(2020, 3, 9)),
    (Role.PROCESSING_OFFICER, "education", "bachelor", "Universitas Contoh", None, date(2014, 8, 16)),
    (Role.VALIDATOR, "education", "master", "Universitas Contoh", None, date(2010, 2, 27)),
    (Role.COMPLAINTS_OFFICER, "education", "bachelor", "Universitas Contoh", None, date(2013, 8, 17)),
    (Role.SURVEY_OFFICER, "education", "bachelor", "Universitas Contoh", None, date(2016, 8, 20)),
)
TRAINED = (Role.COUNTER_OFFICER, Role.EXAMINER, Role.VALIDATOR)
NOTE = "Perlu pendampingan memakai aplikasi pelayanan; dijadwalkan bulan depan."
GUARDS = (("Jajang Nurjaman", time(7), time(15)), ("Ade Rohman", time(15), time(22)))
WAITING = Credential(kind="education", code="senior_high", name="SMKN 2 Contoh", ends_on=date(2009, 6, 13))


def furnish(office: Mapping[Role, Actor], *, passphrase: str, at: datetime) -> None:
    """All of it, once, by the real acts."""
    if CredentialRow.objects.exists():
        return
    _papers(office, at)
    _judge(office, at)
    _pledge(office, passphrase, at)
    guarantees.publish(office[Role.HEAD], at=at)
    _guard(office[Role.FACILITY_CUSTODIAN], at)


def _papers(office: Mapping[Role, Actor], at: datetime) -> None:
    superior = office[Role.SUPERIOR]
    for role, kind, code, name, first, last in PAPERS:
        given = Credential(kind=kind, code=code, name=name, starts_on=first, ends_on=last)
        staff.enter(superior, office[role].person, given, file=_paper(name), at=at)
    for role in TRAINED:
        for training in staff.staffing_on(at).trainings:
            given = Credential(kind="training", code=training.id, name="Balai diklat daerah", ends_on=date(2024, 5, 17))
            staff.enter(superior, office[role].person, given, file=_paper(training.title.id), at=at)
    keeper = office[Role.FACILITY_CUSTODIAN]
    staff.enter(keeper, keeper.person, WAITING, file=_paper(WAITING.name), at=at)


def _paper(name: str) -> tuple[str, bytes]:
    return "bukti.pdf", evidence_pdf(name)


def _judge(office: Mapping[Role, Actor], at: datetime) -> None:
    clauses = staff.staffing_on(at).competences
    for role in (Role.EXAMINER, Role.PROCESSING_OFFICER, Role.VALIDATOR):
        staff.assess(office[Role.SUPERIOR], office[role].person, dict.fromkeys(clauses, True), "", at=at)
    found = {clause: clause != clauses[-2] for clause in clauses}
    staff.assess(office[Role.SUPERIOR], office[Role.COUNTER_OFFICER].person, found, NOTE, at=at)


def _pledge(office: Mapping[Role, Actor], passphrase: str, at: datetime) -> None:
    for pledge in staff.staffing_on(at).pledges:
        guarantees.sign(office[Role.HEAD], pledge.id, passphrase, at=at)
        for role in (Role.COUNTER_OFFICER, Role.EXAMINER, Role.VALIDATOR):
            guarantees.confirm(office[role], pledge.id, office[role].name, at=at)


def _guard(keeper: Actor, at: datetime) -> None:
    yesterday = jakarta_day(at) - timedelta(days=1)
    for guard, starts, ends in GUARDS:
        watch = Watch(on=yesterday, starts=starts, ends=ends, post="Pintu gerbang", guard=guard)
        safety.note_watch(keeper, safety.plan(keeper, watch, at=at).id, is_kept=True, words="", at=at)
        ahead = Watch(on=jakarta_day(at) + timedelta(days=2), starts=starts, ends=ends, post="Pintu gerbang", guard=guard)
        safety.plan(keeper, ahead, at=at)
