"""The register of staff, the guarantees and safety, through their acts, and what they prove (51.9, 51.11 to 51.13)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from pasti import standards
from pasti.actions import guarantees, safety, staff
from pasti.domain.calendar import JAKARTA
from pasti.domain.compliance import Status
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Capacity, Role
from pasti.domain.safety import Watch
from pasti.domain.staff import Credential
from pasti.domain.staff_promise import Unqualified
from pasti.queries import compliance
from pasti.queries import guarantees as pledges
from pasti.queries import staff as register
from pasti.records.accounts import Account
from pasti.records.guarantees import Signing
from pasti.records.ledger import LedgerEntry
from pasti.standards.library import Library
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
PAPER = ("ijazah.pdf", makers.PDF)
DEGREE = Credential(kind="education", code="bachelor", name="Universitas Contoh", ends_on=date(2012, 6, 1))
LATER = MONDAY + timedelta(hours=1)


def training(code: str) -> Credential:
    return Credential(kind="training", code=code, name="Balai Diklat", ends_on=date(2024, 3, 1))


def status(clause: str, at: datetime) -> Status:
    return next(row.status for row in compliance.of_standard("51", at) if row.id == clause)


@pytest.fixture
def head() -> Actor:
    return makers.actor(Role.HEAD, name="Euis Komariah")


@pytest.fixture
def examiner() -> Actor:
    return makers.actor(Role.EXAMINER, name="Dewi Lestari")


def line(head: Actor, of: Actor, at: datetime = LATER) -> register.Line:
    return next(row for row in register.register(head, at=at) if row.person.id == of.id)


@pytest.mark.clause("51.9.1")
def test_ones_own_paper_counts_once_another_has_checked_it(head: Actor, examiner: Actor) -> None:
    paper = staff.enter(examiner, examiner.person, DEGREE, file=PAPER, at=MONDAY)
    assert (line(head, examiner).state, line(head, examiner).waiting) == ("unproven", 1)
    with pytest.raises(NotAllowed):
        staff.verify(examiner, paper.id, accept=True, at=LATER)
    staff.verify(head, paper.id, accept=True, at=LATER)
    assert [str(g) for g in line(head, examiner).grounds] == ["Pendidikan paling rendah sarjana"]
    with pytest.raises(RuleBroken, match="sudah diperiksa"):
        staff.verify(head, paper.id, accept=False, reason="Tidak terbaca", at=LATER)


def test_a_paper_without_its_file_is_refused_field_by_field(examiner: Actor) -> None:
    with pytest.raises(InvalidInput) as refusal:
        staff.enter(examiner, examiner.person, replace(DEGREE, name="", ends_on=None), at=MONDAY)
    assert [p.field for p in refusal.value.problems] == ["name", "ends_on", "file"]


def test_another_officers_paper_is_opened_with_a_fact(head: Actor, examiner: Actor) -> None:
    paper = staff.enter(examiner, examiner.person, DEGREE, file=PAPER, at=MONDAY)
    assert staff.open_paper(examiner, paper.id, at=LATER)[0] == "application/pdf"
    assert not LedgerEntry.objects.filter(kind="data.looked_at").exists()
    staff.open_paper(head, paper.id, at=LATER)
    assert LedgerEntry.objects.get(kind="data.looked_at").about == examiner.id
    with pytest.raises(NotAllowed):
        staff.open_paper(makers.actor(Role.ADMINISTRATOR), paper.id, at=LATER)


@pytest.mark.clause("51.9.1")
@pytest.mark.clause("51.9.2")
def test_the_clause_is_met_when_everyone_qualifies_and_as_it_was_known(head: Actor, examiner: Actor) -> None:
    superior = makers.actor(Role.SUPERIOR)
    assert status("51.9.1", LATER) is Status.NO_EVIDENCE
    staff.enter(superior, examiner.person, DEGREE, file=PAPER, at=MONDAY)
    assert status("51.9.1", LATER) is Status.NOT_MET
    for given in (DEGREE, training("ptsp"), training("oss"), training("personality")):
        staff.enter(superior, head.person, given, file=PAPER, at=LATER)
    assert (status("51.9.1", LATER), status("51.9.2", LATER)) == (Status.MET, Status.NOT_MET)
    assert status("51.9.1", MONDAY) is Status.NOT_MET  # as it was known then


@pytest.mark.clause("51.9.3")
@pytest.mark.clause("51.9.9")
def test_a_yearly_judgement_holds_a_year(head: Actor, examiner: Actor) -> None:
    superior = makers.actor(Role.SUPERIOR)
    clauses = staff.staffing_on(MONDAY).competences
    for officer in (head, examiner):
        staff.assess(superior, officer.person, dict.fromkeys(clauses, True), "", at=MONDAY)
    assert status("51.9.3", MONDAY + timedelta(days=365)) is Status.MET
    assert status("51.9.3", MONDAY + timedelta(days=366)) is Status.STALE
    found = {**dict.fromkeys(clauses, True), "51.9.9": False}
    staff.assess(superior, examiner.person, found, "Perlu pendampingan di loket", at=LATER)
    assert (status("51.9.9", LATER), status("51.9.9", MONDAY)) == (Status.NOT_MET, Status.MET)
    assert line(head, examiner).lacks == ("51.9.9",)


@pytest.mark.clause("51.11")
def test_roles_are_given_by_others_and_an_unproven_one_is_marked(head: Actor, examiner: Actor) -> None:
    admin = makers.actor(Role.ADMINISTRATOR)
    day = date(2026, 11, 23)
    (warning,) = staff.appoint(admin, examiner.person, Role.SURVEY_OFFICER, starts_on=day, ends_on=None, at=MONDAY)
    assert "dasar 51.9.1" in warning
    assert LedgerEntry.objects.filter(kind="account.appointed").latest("at", "seq").after["unqualified"] is True
    with pytest.raises(NotAllowed):
        staff.appoint(admin, admin.person, Role.HEAD, starts_on=day, ends_on=None, at=MONDAY)
    with pytest.raises(NotAllowed):
        staff.appoint(examiner, head.person, Role.EXAMINER, starts_on=day, ends_on=None, at=MONDAY)
    staff.end_appointment(head, examiner.person, Role.SURVEY_OFFICER, ends_on=day, at=LATER)


@pytest.mark.clause("51.9.1")
def test_where_the_edition_refuses_an_unproven_officer_gets_no_role(
    head: Actor, examiner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = standards.load()
    standard = library.staffed(date(2026, 11, 23))
    assert standard.staffing is not None
    strict = replace(standard, staffing=replace(standard.staffing, unqualified=Unqualified.REFUSE))
    monkeypatch.setattr(Library, "staffed", lambda _self, _on: strict)
    day = date(2026, 11, 23)
    with pytest.raises(RuleBroken, match="belum dapat diberikan"):
        staff.appoint(head, examiner.person, Role.VALIDATOR, starts_on=day, ends_on=None, at=MONDAY)
    staff.enter(head, examiner.person, DEGREE, file=PAPER, at=MONDAY)
    assert staff.appoint(head, examiner.person, Role.VALIDATOR, starts_on=day, ends_on=None, at=LATER) == ()


@pytest.mark.clause("51.10.2")
@pytest.mark.parametrize(("held", "given"), [(Role.EXAMINER, Role.INSPECTOR), (Role.INSPECTOR, Role.EXAMINER)])
def test_who_oversees_from_outside_holds_no_role_of_the_office(
    head: Actor, held: Role, given: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, person = makers.actor(Role.ADMINISTRATOR), makers.actor(held)
    day = date(2026, 11, 23)
    with pytest.raises(RuleBroken, match="mengawasi kantor ini dari luar") as refusal:
        staff.appoint(admin, person.person, given, starts_on=day, ends_on=None, at=MONDAY)
    assert refusal.value.clause == "51.10.2"
    staff.end_appointment(admin, person.person, held, ends_on=day, at=MONDAY)
    next_day = day + timedelta(days=1)
    staff.appoint(admin, person.person, given, starts_on=next_day, ends_on=next_day, at=MONDAY)  # one after the other
    standard = standards.load().staffed(day)
    assert standard.staffing is not None
    lenient = replace(standard, staffing=replace(standard.staffing, not_apart=Unqualified.WARN))
    monkeypatch.setattr(Library, "staffed", lambda _self, _on: lenient)
    other = makers.actor(held, email="lain@uji.example")
    warnings = staff.appoint(admin, other.person, given, starts_on=day, ends_on=None, at=MONDAY)
    assert "dari luar kantor" in warnings[-1]
    assert LedgerEntry.objects.filter(kind="account.appointed").latest("at", "id").after["not_apart"] is True


@pytest.mark.clause("51.11")
def test_a_plh_stands_in_only_while_the_holder_is_away(head: Actor, examiner: Actor) -> None:
    admin, day = makers.actor(Role.ADMINISTRATOR), date(2026, 11, 24)
    given = {"starts_on": day, "ends_on": day + timedelta(days=2), "kind": Capacity.PLH, "at": MONDAY}

    def stand_in(role: Role, of: Actor) -> None:
        staff.appoint(admin, examiner.person, role, stands_in_for=of.person, **given)  # type: ignore[arg-type]

    with pytest.raises(RuleBroken, match="tidak tercatat cuti pada 24 November 2026"):
        stand_in(Role.HEAD, head)
    for first, last in ((24, 24), (25, 25)):  # two notes of leave, one after the other; the 26th is missing
        staff.be_away(
            admin, head.person, starts_on=date(2026, 11, first), ends_on=date(2026, 11, last), reason="Dinas luar", at=MONDAY
        )
    with pytest.raises(RuleBroken, match="tidak tercatat cuti pada 26 November 2026"):
        stand_in(Role.HEAD, head)
    with pytest.raises(RuleBroken, match="bukan pemegang tetap peran"):
        stand_in(Role.VALIDATOR, head)
    given["ends_on"] = day + timedelta(days=1)
    stand_in(Role.HEAD, head)
    assert [post.for_whom for p in register.people(admin, at=MONDAY) if p.id == examiner.id for post in p.posts if post.for_whom]


@pytest.mark.clause("51.9.1")
def test_the_same_paper_is_not_entered_twice_unless_it_was_refused(head: Actor, examiner: Actor) -> None:
    first = staff.enter(examiner, examiner.person, DEGREE, file=PAPER, at=MONDAY)
    again = replace(DEGREE, name=" universitas  contoh")
    with pytest.raises(InvalidInput) as refusal:
        staff.enter(head, examiner.person, again, file=PAPER, at=LATER)
    assert [(p.field, "sudah tercatat" in str(p)) for p in refusal.value.problems] == [("name", True)]
    staff.enter(examiner, examiner.person, replace(DEGREE, code="master"), file=PAPER, at=LATER)
    staff.verify(head, first.id, accept=False, reason="Tidak terbaca", at=LATER)
    staff.enter(examiner, examiner.person, DEGREE, file=PAPER, at=LATER)


@pytest.mark.clause("51.11")
def test_leave_and_standing_in_are_shown(head: Actor, examiner: Actor) -> None:
    day = date(2026, 11, 23)
    staff.be_away(examiner, examiner.person, starts_on=day, ends_on=day, reason="Cuti tahunan", at=MONDAY)
    with pytest.raises(NotAllowed):
        staff.be_away(examiner, head.person, starts_on=day, ends_on=day, reason="Cuti tahunan", at=MONDAY)
    deputy = makers.actor(Role.VALIDATOR)
    superior = makers.actor(Role.SUPERIOR)
    staff.be_away(superior, head.person, starts_on=day, ends_on=day, reason="Cuti tahunan", at=MONDAY)
    staff.appoint(
        superior,
        deputy.person,
        Role.HEAD,
        starts_on=day,
        ends_on=day,
        kind=Capacity.PLH,
        stands_in_for=head.person,
        at=MONDAY,
    )
    people = {person.id: person for person in register.people(head, at=MONDAY)}
    assert people[examiner.person].is_away
    assert [str(p.title) for p in people[deputy.person].posts] == ["Plh. Kepala DPMPTSP", "Kepala bidang (validator)"]
    count = register.head_count(standards.load().staffed(day), day)
    assert (count.officers, count.away, count.promised) == (4, 2, 30)
    makers.actor(Role.INSPECTOR)  # oversees from outside, so is none of them
    assert register.head_count(standards.load().staffed(day), day).officers == 4


@pytest.mark.clause("51.12.1")
@pytest.mark.clause("51.12.2")
def test_pledges_are_signed_where_one_can_and_confirmed_elsewhere(head: Actor, examiner: Actor, signing_passphrase: str) -> None:
    guarantees.confirm(examiner, "ethics", "Dewi Lestari", at=MONDAY)
    assert status("51.12.1", LATER) is Status.NOT_MET
    with pytest.raises(RuleBroken, match="elektronik"):
        guarantees.confirm(head, "ethics", "Euis Komariah", at=MONDAY)
    guarantees.sign(head, "ethics", signing_passphrase, at=LATER)
    assert (status("51.12.1", LATER), status("51.12.2", LATER)) == (Status.MET, Status.NO_EVIDENCE)
    assert status("51.12.1", LATER + timedelta(days=366)) is Status.STALE
    signed = Signing.objects.get(account=head.id)
    assert guarantees.open_pledge(head, signed.pk)[1].startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        guarantees.open_pledge(examiner, signed.pk)
    assert {str(g.how) for p in pledges.everybody(head, at=LATER) for g in p.given if g.how} == {
        "tanda tangan elektronik",
        "nama yang diketik sendiri, bukan tanda tangan elektronik",
    }


@pytest.mark.clause("51.12.3")
@pytest.mark.clause("51.12.4")
def test_the_proclamation_counts_once_published(head: Actor, examiner: Actor) -> None:
    assert (status("51.12.3", LATER), status("51.12.4", LATER)) == (Status.NO_EVIDENCE, Status.NO_EVIDENCE)
    with pytest.raises(NotAllowed):
        guarantees.publish(examiner, at=MONDAY)
    row = guarantees.publish(head, at=MONDAY)
    assert (status("51.12.3", LATER), status("51.12.4", LATER)) == (Status.MET, Status.MET)
    assert status("51.12.3", MONDAY - timedelta(days=1)) is Status.NO_EVIDENCE
    row.mottoes = ["Semboyan lain"]
    row.save()
    assert status("51.12.4", LATER) is Status.NOT_MET


@pytest.mark.clause("51.13.1")
def test_a_watch_proves_guards_for_a_week(head: Actor) -> None:
    keeper = makers.actor(Role.FACILITY_CUSTODIAN)
    makers.extinguisher(keeper, at=LATER + timedelta(minutes=1))  # the clause names guards and equipment
    watch = Watch(on=date(2026, 11, 23), starts=time(7), ends=time(15), post="Pintu gerbang", guard="Jajang")
    row = safety.plan(keeper, watch, at=MONDAY)
    assert status("51.13.1", LATER) is Status.NO_EVIDENCE
    over = datetime(2026, 11, 23, 15, tzinfo=JAKARTA)
    safety.note_watch(keeper, row.id, is_kept=True, words="", at=over)
    assert status("51.13.1", over + timedelta(days=7)) is Status.MET
    assert status("51.13.1", over + timedelta(days=8)) is Status.STALE
    with pytest.raises(RuleBroken, match="sudah dicatat"):
        safety.note_watch(keeper, row.id, is_kept=True, words="", at=over)


@pytest.mark.clause("51.13.1")
@pytest.mark.parametrize(
    ("starts", "ends", "hour", "kept", "says"),
    [
        (7, 15, (23, 6), False, "baru mulai 23 November 2026 pukul 07.00"),
        (7, 15, (23, 14), True, "baru selesai 23 November 2026 pukul 15.00"),
        (7, 15, (23, 14), False, ""),  # who did not come is known at once
        (7, 15, (23, 15), True, ""),
        (22, 6, (23, 23), True, "baru selesai 24 November 2026 pukul 06.00"),
        (22, 6, (24, 6), True, ""),
    ],
)
def test_a_watch_is_kept_only_once_it_has_ended(starts: int, ends: int, hour: tuple[int, int], kept: bool, says: str) -> None:
    keeper = makers.actor(Role.FACILITY_CUSTODIAN)
    watch = Watch(on=date(2026, 11, 23), starts=time(starts), ends=time(ends), post="Pintu gerbang", guard="Jajang")
    row = safety.plan(keeper, watch, at=MONDAY)
    at = datetime(2026, 11, hour[0], hour[1], tzinfo=JAKARTA)

    def note() -> None:
        safety.note_watch(keeper, row.id, is_kept=kept, words="" if kept else "Sakit, diganti Ade Rohman", at=at)

    if says:
        with pytest.raises(RuleBroken, match=says):
            note()
    else:
        note()
    assert LedgerEntry.objects.filter(kind="guard.noted").exists() is not bool(says)


@pytest.mark.clause("51.13.1")
def test_nobody_guards_twice_at_once() -> None:
    keeper = makers.actor(Role.FACILITY_CUSTODIAN)
    night = Watch(on=date(2026, 11, 23), starts=time(22), ends=time(6), post="Pintu gerbang", guard="Jajang Nurjaman")
    safety.plan(keeper, night, at=MONDAY)
    for clash in (night, replace(night, guard="jajang  nurjaman", on=date(2026, 11, 24), starts=time(5), ends=time(13))):
        with pytest.raises(InvalidInput, match="Ada 1 isian") as refusal:
            safety.plan(keeper, clash, at=MONDAY)
        assert "sudah dijadwalkan di Pintu gerbang, 22.00 sampai 06.00" in str(refusal.value.problems[0])
    safety.plan(keeper, replace(night, guard="Ade Rohman"), at=MONDAY)  # two at one post is a choice
    safety.plan(keeper, replace(night, on=date(2026, 11, 24), starts=time(6), ends=time(14)), at=MONDAY)


@pytest.mark.clause("51.13.1")
def test_an_incident_is_reported_by_anyone_and_closed_by_the_keeper(examiner: Actor) -> None:
    keeper = makers.actor(Role.FACILITY_CUSTODIAN)
    with pytest.raises(InvalidInput):
        safety.report(examiner, "", happened_at=LATER, place="", words="", at=MONDAY)
    row = safety.report(
        examiner, "injury", happened_at=MONDAY, place="Loket 2", words="Pengunjung pingsan, dibantu P3K.", at=LATER
    )
    with pytest.raises(NotAllowed):
        safety.close(examiner, row.id, "Kursi tunggu ditambah", at=LATER)
    safety.close(keeper, row.id, "Kursi tunggu ditambah", at=LATER)
    assert "pingsan" not in str(LedgerEntry.objects.get(kind="incident.reported").after)


@pytest.mark.clause("51.13.3")
def test_legal_aid_is_answered_by_another_within_its_term(head: Actor, examiner: Actor) -> None:
    row = safety.ask_aid(examiner, "Digugat karena menolak berkas palsu.", at=MONDAY)
    assert status("51.13.3", LATER) is Status.NO_EVIDENCE
    assert status("51.13.3", MONDAY + timedelta(days=15)) is Status.NOT_MET
    with pytest.raises(NotAllowed):
        safety.answer_aid(examiner, row.id, "Didampingi bagian hukum", is_given=True, at=LATER)
    safety.answer_aid(head, row.id, "Didampingi bagian hukum", is_given=True, at=LATER)
    assert status("51.13.3", MONDAY + timedelta(days=15)) is Status.MET
    assert safety.read_aid(examiner, row.id, at=LATER)[1] == "Didampingi bagian hukum"
    assert not LedgerEntry.objects.filter(kind="data.looked_at").exists()
    safety.read_aid(head, row.id, at=LATER)
    assert LedgerEntry.objects.filter(kind="data.looked_at").exists()
    with pytest.raises(NotAllowed):
        safety.read_aid(makers.actor(Role.FACILITY_CUSTODIAN), row.id, at=LATER)


def test_the_register_costs_the_same_for_many(head: Actor, django_assert_max_num_queries: "pytest.FixtureRequest") -> None:
    for number in range(6):
        makers.actor(Role.EXAMINER, email=f"pemeriksa{number}@uji.example")
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # pytest-django's own type is not public
        assert len(register.register(head, at=LATER)) == 7
    assert Account.objects.count() == 7
