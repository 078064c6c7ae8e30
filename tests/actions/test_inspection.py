"""The field inspection through its acts: the team, the appointment, what is noted, the minutes, the end (51.2, 51.13.2)."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from pasti import standards
from pasti.actions import demonstration, inspection, intake, licensing
from pasti.domain.calendar import JAKARTA
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.fieldwork import Item, ItemKind, Signed, Signing, digest_of
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor, Role
from pasti.domain.standard import Standard
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.inspection import Finding, Inspection, InspectionItem, Photo
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY
from tests.pictures import png

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REASON = "Kolimator tidak tersegel dan tidak bernomor seri."
Office = dict[Role, Actor]


@pytest.fixture
def office() -> Office:
    return makers.officers()


@pytest.fixture
def applicant() -> Actor:
    return makers.actor()


@pytest.fixture
def visit(office: Office, applicant: Actor) -> Inspection:
    """An inspection whose time the applicant has accepted."""
    return makers.agreed_visit(office, applicant)


def standard() -> Standard:
    return standards.load().editions("51")[0]


def clauses() -> list[str]:
    return [r.clause for r in standard().before_issue()]


def now(visit: Inspection) -> Inspection:
    return Inspection.objects.get(pk=visit.pk)


def item(officer: Actor, kind: ItemKind, *, made_at: datetime = MONDAY, id: UUID | None = None, **what: object) -> Item:
    return Item(id=id or uuid4(), kind=kind, made_at=made_at, device="ponsel-uji", by=officer.person, **what)  # type: ignore[arg-type]


def keep(officer: Actor, visit: Inspection, noted: Item, *, at: datetime = MONDAY, data: bytes = b"") -> bool:
    return inspection.keep(officer, visit.id, noted, at=at, data=data)


def start(officer: Actor, visit: Inspection) -> None:
    keep(officer, visit, item(officer, ItemKind.SAFETY, checked=frozenset(i.id for i in standard().safety_checklist.items)))
    keep(officer, visit, item(officer, ItemKind.START))


def signing(**what: object) -> Signed:
    usual: dict[str, object] = {
        "representative": "Rina Kartika",
        "position": "Pemilik",
        "how": Signing.TYPED,
        "remarks": "",
        "typed": "Rina Kartika",
        "officer_confirms": True,
        "shown": dict.fromkeys(clauses(), "met"),
    }
    return Signed(**(usual | what))  # type: ignore[arg-type]


def find_all(officer: Actor, visit: Inspection) -> None:
    for clause in clauses():
        keep(officer, visit, item(officer, ItemKind.FINDING, clause=clause, verdict="met"))


def test_a_team_gets_a_numbered_letter_and_its_application_knows(office: Office, applicant: Actor) -> None:
    row = makers.to_inspect(office, applicant)
    officer = office[Role.TECHNICAL_TEAM]

    visit = inspection.assign(officer, row.id, team=[officer.person], lead=officer.id, seen=row.ledger_length, at=MONDAY)

    assert (visit.letter, visit.stage, visit.round) == ("ST-2026-0001", Stage.ASSIGNED, 1)
    assert LedgerEntry.objects.get(kind="inspection.assigned").about == row.id
    with pytest.raises(RuleBroken, match="sudah ditugaskan"):
        inspection.assign(officer, row.id, team=[officer.person], lead=officer.id, seen=row.ledger_length, at=MONDAY)


@pytest.mark.clause("51.10.1")
@pytest.mark.parametrize("role", [Role.EXAMINER, Role.HEAD])
def test_who_acts_in_another_role_is_not_sent_along(office: Office, applicant: Actor, role: Role) -> None:
    row, officer = makers.to_inspect(office, applicant), office[Role.TECHNICAL_TEAM]

    team = [officer.person, office[role].person]
    with pytest.raises(NotAllowed, match="Anggota tim harus"):
        inspection.assign(officer, row.id, team=team, lead=officer.id, seen=row.ledger_length, at=MONDAY)


def test_a_team_needs_a_lead_from_its_midst(office: Office, applicant: Actor) -> None:
    row, officer = makers.to_inspect(office, applicant), office[Role.TECHNICAL_TEAM]

    with pytest.raises(RuleBroken, match="pilih ketuanya"):
        inspection.assign(officer, row.id, team=[officer.person], lead=None, seen=row.ledger_length, at=MONDAY)


def test_the_applicant_may_ask_for_another_time_and_gets_it(office: Office, applicant: Actor) -> None:
    officer, later = office[Role.TECHNICAL_TEAM], MONDAY + timedelta(days=1)
    visit = demonstration.arrange_visit(officer, makers.to_inspect(office, applicant).id, at=MONDAY)

    with pytest.raises(RuleBroken, match="Tulis alasan"):
        inspection.propose(applicant, visit.id, later, seen=visit.ledger_length, at=MONDAY, reason="sibuk")
    reason = "Mesin poles sedang diperbaiki sampai besok."
    inspection.propose(applicant, visit.id, later, seen=visit.ledger_length, at=MONDAY, reason=reason)
    assert (now(visit).stage, now(visit).proposed_at) == (Stage.COUNTERED, later)

    inspection.offer(officer, visit.id, later, seen=now(visit).ledger_length, at=MONDAY)

    assert (now(visit).stage, now(visit).visit_at, now(visit).proposed_at) == (Stage.AGREED, later, None)


@pytest.mark.clause("51.2", "51.3")
@pytest.mark.parametrize(
    ("when", "says"),
    [
        (MONDAY + timedelta(days=6), "bukan hari kerja"),
        (datetime(2026, 12, 25, 9, 0, tzinfo=JAKARTA), "bukan hari kerja"),
        (datetime(2026, 11, 24, 7, 29, tzinfo=JAKARTA), "pukul 07.30 sampai 16.00"),
        (datetime(2026, 11, 24, 16, 0, tzinfo=JAKARTA), "pukul 07.30 sampai 16.00"),
        (datetime(2026, 12, 23, 9, 0, tzinfo=JAKARTA), "dijanjikan keputusan"),
        (datetime(2036, 1, 7, 9, 0, tzinfo=JAKARTA), "2036 belum ditetapkan"),
    ],
)
def test_an_unusual_time_is_offered_only_with_a_reason(office: Office, applicant: Actor, when: datetime, says: str) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    visit = demonstration.arrange_visit(officer, makers.to_inspect(office, applicant).id, at=MONDAY)

    with pytest.raises(RuleBroken, match=says):
        inspection.offer(officer, visit.id, when, seen=visit.ledger_length, at=MONDAY)
    inspection.offer(officer, visit.id, when, seen=visit.ledger_length, at=MONDAY, reason="Diminta pemilik lewat telepon.")

    assert (now(visit).stage, now(visit).visit_at) == (Stage.OFFERED, when)


def test_what_the_applicant_asked_for_needs_no_reason_of_the_office(office: Office, applicant: Actor) -> None:
    officer, sunday = office[Role.TECHNICAL_TEAM], MONDAY + timedelta(days=6)
    visit = demonstration.arrange_visit(officer, makers.to_inspect(office, applicant).id, at=MONDAY)
    reason = "Pabrik hanya berjalan pada akhir pekan."
    inspection.propose(applicant, visit.id, sunday, seen=visit.ledger_length, at=MONDAY, reason=reason)

    inspection.offer(officer, visit.id, sunday, seen=now(visit).ledger_length, at=MONDAY)

    assert now(visit).stage == Stage.AGREED


def test_an_answer_to_an_offer_that_was_replaced_is_asked_again(office: Office, applicant: Actor) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    visit = demonstration.arrange_visit(officer, makers.to_inspect(office, applicant).id, at=MONDAY)
    inspection.offer(officer, visit.id, MONDAY + HOUR, seen=visit.ledger_length, at=MONDAY)

    with pytest.raises(Overtaken):
        inspection.accept(applicant, visit.id, seen=visit.ledger_length, at=MONDAY)


def test_only_the_applicant_answers_and_only_the_team_offers(office: Office, visit: Inspection) -> None:
    stranger = makers.actor(Role.TECHNICAL_TEAM, email="lain@uji.example")

    with pytest.raises(NotAllowed, match="Hanya anggota tim"):
        inspection.offer(stranger, visit.id, MONDAY, seen=visit.ledger_length, at=MONDAY)
    with pytest.raises(NotAllowed, match="Hanya pemohon"):
        inspection.accept(office[Role.TECHNICAL_TEAM], visit.id, seen=visit.ledger_length, at=MONDAY)
    with pytest.raises(NotAllowed, match="tidak ada"):
        inspection.accept(makers.actor(email="tetangga@uji.example"), visit.id, seen=visit.ledger_length, at=MONDAY)


@pytest.mark.clause("51.13.2")
def test_a_visit_does_not_start_before_its_safety_checklist_is_complete(office: Office, visit: Inspection) -> None:
    officer, lines = office[Role.TECHNICAL_TEAM], standard().safety_checklist.items

    with pytest.raises(RuleBroken, match="tidak dapat dimulai") as refused:
        keep(officer, visit, item(officer, ItemKind.START))
    assert refused.value.clause == "51.13.2"
    with pytest.raises(RuleBroken, match="masih 1 butir"):
        keep(officer, visit, item(officer, ItemKind.SAFETY, checked=frozenset(i.id for i in lines[1:])))
    with pytest.raises(RuleBroken, match="belum dimulai"):
        keep(officer, visit, item(officer, ItemKind.FINDING, clause="51.1.B.1", verdict="met"))

    start(officer, visit)

    assert now(visit).stage == Stage.STARTED


def test_a_visit_does_not_start_on_an_earlier_day_than_was_agreed(office: Office, applicant: Actor, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    inspection.offer(officer, visit.id, MONDAY + timedelta(days=1), seen=visit.ledger_length, at=MONDAY)

    with pytest.raises(RuleBroken, match="hari lain"):
        start(officer, visit)


def test_the_same_item_sent_twice_is_kept_once(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    noted = item(officer, ItemKind.FINDING, clause="51.1.B.1", verdict="met")

    assert [keep(officer, visit, noted), keep(officer, visit, noted)] == [True, False]

    assert LedgerEntry.objects.filter(kind="inspection.found").count() == Finding.objects.count() == 1


def test_the_last_finding_by_the_devices_time_counts_whatever_arrives_first(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    at = MONDAY + 3 * HOUR

    late = item(officer, ItemKind.FINDING, made_at=MONDAY + HOUR, clause="51.1.B.8", verdict="not_met", reason=REASON)
    keep(officer, visit, late, at=at)
    keep(officer, visit, item(officer, ItemKind.FINDING, clause="51.1.B.8", verdict="met"), at=at)

    assert now(visit).inspection().findings["51.1.B.8"].verdict == "not_met"
    told = LedgerEntry.objects.filter(kind="inspection.found").order_by("seq")
    assert [(f.after["verdict"], f.reason) for f in told] == [("not_met", REASON), ("met", "")]


def test_a_clock_that_runs_ahead_does_not_win_for_ever(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    ahead = item(officer, ItemKind.FINDING, made_at=MONDAY + timedelta(days=900), clause="51.1.B.1", verdict="met")
    keep(officer, visit, ahead, at=MONDAY + HOUR)

    later = item(officer, ItemKind.FINDING, made_at=MONDAY + 2 * HOUR, clause="51.1.B.1", verdict="not_met", reason=REASON)
    keep(officer, visit, later, at=MONDAY + 2 * HOUR)

    assert now(visit).inspection().findings["51.1.B.1"].verdict == "not_met"
    assert InspectionItem.objects.get(pk=ahead.id).made_at == MONDAY + HOUR


def test_a_photo_is_kept_with_its_time_place_and_device(office: Office, visit: Inspection) -> None:
    officer, picture = office[Role.TECHNICAL_TEAM], png(32, 24)
    start(officer, visit)
    noted = item(officer, ItemKind.PHOTO, clause="51.1.B.5", position=(-6.55, 107.44, 12.0))

    assert keep(officer, visit, noted, data=picture)
    assert not keep(officer, visit, noted, data=picture)

    photo = Photo.objects.select_related("item").get()
    assert (photo.clause, photo.latitude, photo.accuracy_metres, photo.size) == ("51.1.B.5", -6.55, 12.0, len(picture))
    assert (photo.item.made_at, photo.item.device) == (MONDAY, "ponsel-uji")
    assert LedgerEntry.objects.get(kind="inspection.photographed").after["sha256"] == photo.sha256


def test_what_is_no_picture_is_no_photo(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)

    with pytest.raises(RuleBroken, match="JPEG atau PNG"):
        keep(officer, visit, item(officer, ItemKind.PHOTO), data=makers.PDF)


def test_minutes_need_every_finding_and_both_signatures(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    with pytest.raises(RuleBroken, match="Belum semua syarat"):
        keep(officer, visit, item(officer, ItemKind.MINUTES, signed=signing()))
    find_all(officer, visit)

    for refusal, signed in (
        ("pernyataan petugas", signing(officer_confirms=False)),
        ("nama wakil", signing(representative="R", typed="R")),
        ("mengetik ulang", signing(typed="Rina")),
        ("belum digambar", signing(how=Signing.DRAWN)),
        ("tidak menandatangani", signing(how=Signing.DECLINED)),
        ("Temuan berubah", signing(shown={**dict.fromkeys(clauses(), "met"), "51.1.B.8": "not_met"})),
    ):
        with pytest.raises(RuleBroken, match=refusal):
            keep(officer, visit, item(officer, ItemKind.MINUTES, signed=signed))
    keep(officer, visit, item(officer, ItemKind.MINUTES, signed=signing()))

    sealed = now(visit)
    assert sealed.stage == Stage.SEALED
    assert LedgerEntry.objects.get(kind="inspection.minutes_signed").after["minutes_sha256"] == digest_of(sealed.minutes)
    assert (sealed.minutes["representative"], len(sealed.minutes["findings"])) == ("Rina Kartika", len(clauses()))
    assert "Rina" not in str(LedgerEntry.objects.filter(subject_kind="inspection").values_list("after", "reason"))


def test_a_drawn_signature_is_kept_with_the_minutes(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    find_all(officer, visit)

    keep(officer, visit, item(officer, ItemKind.MINUTES, signed=signing(how=Signing.DRAWN, typed="")), data=png(8, 8))

    assert len(now(visit).minutes["drawing"]) == 64


def test_what_a_device_brings_after_the_minutes_is_refused(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    demonstration.note_visit(officer, visit, at=MONDAY)
    late = item(officer, ItemKind.FINDING, made_at=MONDAY - HOUR, clause="51.1.B.1", verdict="not_met", reason=REASON)

    with pytest.raises(RuleBroken, match="sudah ditutup"):
        keep(officer, visit, late)

    assert not InspectionItem.objects.filter(pk=late.id).exists()


@pytest.mark.clause("51.10.1")
def test_what_another_account_noted_on_the_device_is_not_sent_in_my_name(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]

    with pytest.raises(NotAllowed, match="akun lain"):
        keep(officer, visit, item(office[Role.EXAMINER], ItemKind.START))


@pytest.mark.clause("51.13.2")
def test_a_case_does_not_leave_the_inspection_without_its_minutes(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    find_all(officer, visit)
    row = makers.fresh(visit.application_id)

    with pytest.raises(RuleBroken, match="Peninjauan belum selesai"):
        inspection.conclude(officer, row.id, seen=row.ledger_length, at=MONDAY, reason=demonstration.NOTE)


def test_the_findings_become_the_dossiers_verdicts(office: Office, visit: Inspection) -> None:
    officer = office[Role.TECHNICAL_TEAM]
    start(officer, visit)
    find_all(officer, visit)
    later = MONDAY + timedelta(minutes=1)
    wrong = item(officer, ItemKind.FINDING, made_at=later, clause="51.1.B.8", verdict="not_met", reason=REASON)
    keep(officer, visit, wrong, at=later)
    shown = {**dict.fromkeys(clauses(), "met"), "51.1.B.8": "not_met"}
    keep(officer, visit, item(officer, ItemKind.MINUTES, made_at=later, signed=signing(shown=shown)), at=later)
    row = makers.fresh(visit.application_id)

    inspection.conclude(officer, row.id, seen=row.ledger_length, at=later, reason=demonstration.NOTE)

    row = makers.fresh(row.id)
    found = row.rows.get(clause="51.1.B.8")
    assert (row.state, found.verdict, found.reason) == (State.RECOMMENDATION, "not_met", REASON)
    assert now(visit).stage == Stage.CONCLUDED
    fact = LedgerEntry.objects.get(kind="application.inspected")
    assert (fact.after["letter"], fact.after["minutes_sha256"]) == (visit.letter, now(visit).minutes_sha256)
    assert ledger.verify().fault is None
    with pytest.raises(RuleBroken, match="Belum semua syarat"):
        licensing.recommend(officer, row.id, "meets", seen=row.ledger_length, at=later, reason="Semua sudah sesuai di lapangan.")


def test_a_second_round_has_an_inspection_of_its_own(office: Office, applicant: Actor) -> None:
    row = makers.to_inspect(office, applicant)
    makers.advance(office, row.id, until=State.DECISION)
    Application.objects.filter(pk=row.id).update(state=State.NOT_MET, holder=None)
    intake.submit(applicant, row.id, at=MONDAY)

    makers.advance(office, row.id, until=State.RECOMMENDATION)

    visits = Inspection.objects.filter(application=row).order_by("round")
    assert [(v.round, v.letter, v.stage) for v in visits] == [
        (1, "ST-2026-0001", Stage.CONCLUDED),
        (2, "ST-2026-0002", Stage.CONCLUDED),
    ]
