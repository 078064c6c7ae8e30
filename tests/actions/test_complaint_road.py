"""A complaint from its screening to its close, in each category, and what may not be skipped (51.6.5 to 51.6.8)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from pasti.actions import complaint_answer, complaint_handling, complaint_identity, complaint_tiers, complaints
from pasti.actions.complaint_ground import secret_of
from pasti.domain.complaint_steps import Stage
from pasti.domain.complaints import Finding, Kind
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.queries import complaint_tracking, ledger
from pasti.queries.complaint import complaint_view
from pasti.records.complaints import ComplaintReport
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.complaints import WORDS, Office, fresh, walk
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
OFFICER, OFFICIAL, HEAD = Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD


@pytest.fixture
def office() -> Office:
    return makers.complaint_officers()


@pytest.mark.clause("51.6.8")
def test_it_is_closed_after_both_answer_and_report(office: Office, signing_passphrase: str) -> None:
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    with pytest.raises(RuleBroken, match="Belum dijawab"):
        complaint_answer.close(office[OFFICIAL], row.id, seen=row.ledger_length, at=MONDAY)
    complaint_answer.answer(office[HEAD], row.id, WORDS, signing_passphrase, seen=row.ledger_length, at=MONDAY)
    row = fresh(row.id)
    with pytest.raises(RuleBroken, match="Belum dilaporkan"):
        complaint_answer.close(office[OFFICIAL], row.id, seen=row.ledger_length, at=MONDAY)
    complaint_answer.report(office[OFFICER], row.id, WORDS, seen=row.ledger_length, at=MONDAY)

    complaint_answer.close(office[OFFICER], row.id, seen=fresh(row.id).ledger_length, at=MONDAY)

    row = fresh(row.id)
    number, pdf = complaint_answer.letter(row.id)
    track = complaint_tracking.track(row.id, at=MONDAY)
    assert (row.stage, row.answer_days, row.was_late) == (Stage.CLOSED, 0, False)
    assert (number, pdf[:5]) == (f"{row.number}/JAWABAN-1", b"%PDF-")
    assert track is not None
    assert (track.answer, track.may_say) == (WORDS, True)
    assert ledger.verify().fault is None


@pytest.mark.clause("51.6.8")
def test_an_answer_that_does_not_help_reopens_once_and_climbs(office: Office, signing_passphrase: str) -> None:
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    complaint_answer.answer(office[HEAD], row.id, WORDS, signing_passphrase, seen=row.ledger_length, at=MONDAY)

    complaints.say_helped(row.id, helped=False, words="Belum jelas.", at=MONDAY + timedelta(days=1))

    row = fresh(row.id)
    assert (row.stage, row.tier, row.waiting_role, row.helped_words) == (Stage.IN_TIERS, 1, OFFICIAL, "Belum jelas.")
    assert (row.answered_at, row.answer_due_on, row.was_late) == (None, date(2026, 12, 14), False)
    complaint_tiers.settle(
        office[OFFICIAL], row.id, Finding.UNSUBSTANTIATED, WORDS, seen=row.ledger_length, at=MONDAY + timedelta(days=1)
    )
    later = MONDAY + timedelta(days=2)
    complaint_answer.answer(office[HEAD], row.id, WORDS, signing_passphrase, seen=fresh(row.id).ledger_length, at=later)
    complaints.say_helped(row.id, helped=False, at=later)
    assert (fresh(row.id).stage, fresh(row.id).helped) == (Stage.SETTLED, False)
    with pytest.raises(RuleBroken, match="satu kali"):
        complaints.say_helped(row.id, helped=True, at=later)


@pytest.mark.clause("51.6.8")
def test_who_has_no_signature_is_told_who_has(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.SETTLED)

    with pytest.raises(RuleBroken, match="penanda tangan"):
        complaint_answer.answer(office[OFFICIAL], row.id, WORDS, "apa saja", seen=row.ledger_length, at=MONDAY)


@pytest.mark.clause("51.6.7.a", "51.6.7.b")
def test_a_tier_left_for_another_category_leaves_its_report_too(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.IN_TIERS)

    complaint_tiers.categorise(office[OFFICIAL], row.id, 2, seen=row.ledger_length, at=MONDAY, reason=WORDS)

    assert fresh(row.id).category == 2
    assert list(ComplaintReport.objects.values_list("category", "tier")) == [(1, "pelaksana")]


@pytest.mark.clause("51.6.7.a", "51.6.7.b", "51.6.7.c")
@pytest.mark.parametrize(
    ("category", "tiers"), [(1, ["pelaksana", "pejabat", "kepala"]), (2, ["pelaksana", "tim_teknis", "kepala_pd"])]
)
def test_every_tier_leaves_its_written_report(office: Office, category: int, tiers: list[str]) -> None:
    row = walk(office, makers.filed().id, until=Stage.IN_TIERS, category=category)
    for _ in tiers[:-1]:
        with pytest.raises(RuleBroken, match="laporan tertulis"):
            complaint_tiers.climb(office[Role(row.waiting_role)], row.id, "", seen=row.ledger_length, at=MONDAY)
        complaint_tiers.climb(office[Role(row.waiting_role)], row.id, WORDS, seen=row.ledger_length, at=MONDAY)
        row = fresh(row.id)
    with pytest.raises(RuleBroken, match="jenjang terakhir"):
        complaint_tiers.climb(office[Role(row.waiting_role)], row.id, WORDS, seen=row.ledger_length, at=MONDAY)

    last = office[Role(row.waiting_role)]
    complaint_tiers.settle(
        last, row.id, Finding.SUBSTANTIATED, WORDS, seen=row.ledger_length, at=MONDAY, breaches=(("51.3", DAY),)
    )

    assert list(ComplaintReport.objects.order_by("id").values_list("tier", flat=True)) == tiers
    assert fresh(row.id).stage == Stage.SETTLED


@pytest.mark.clause("51.6.7.c")
def test_the_inspectorate_comes_in_by_approval_or_rule_alone(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.EXAMINED)
    official, head = office[OFFICIAL], office[HEAD]
    with pytest.raises(RuleBroken, match="persetujuan"):
        complaint_tiers.categorise(official, row.id, 3, seen=row.ledger_length, at=MONDAY, reason=WORDS)
    with pytest.raises(NotAllowed):
        complaint_tiers.approve_inspectorate(official, row.id, seen=row.ledger_length, at=MONDAY, reason=WORDS)
    complaint_tiers.approve_inspectorate(head, row.id, seen=row.ledger_length, at=MONDAY, reason=WORDS)

    complaint_tiers.categorise(official, row.id, 3, seen=fresh(row.id).ledger_length, at=MONDAY, reason=WORDS)

    row = fresh(row.id)
    assert (row.category, row.waiting_role, row.inspectorate_basis) == (3, Role.INSPECTOR, "approval")


@pytest.mark.clause("51.6.2", "51.6.3")
def test_the_screening_asks_for_the_day_and_keeps_to_the_clauses(office: Office) -> None:
    unknown = makers.filed(service_on=None)
    with pytest.raises(RuleBroken, match="belum diketahui"):
        complaint_handling.screen(office[OFFICER], unknown.id, Kind.COMPLAINT, seen=1, at=MONDAY)
    complaint_handling.screen(office[OFFICER], unknown.id, Kind.COMPLAINT, seen=1, at=MONDAY, unknowable="Pelapor tidak ingat.")
    timely = makers.filed()
    with pytest.raises(RuleBroken, match="ditangani sebagai pengaduan"):
        complaint_handling.screen(office[OFFICER], timely.id, Kind.INPUT, seen=1, at=MONDAY)
    late = makers.filed(service_on=date(2026, 9, 1))
    complaint_handling.screen(office[OFFICER], late.id, Kind.CORRECTION, seen=1, at=MONDAY)

    assert (fresh(unknown.id).kind, fresh(late.id).kind, fresh(late.id).reason_clause) == ("complaint", "correction", "51.6.3")
    assert fresh(unknown.id).due_on == date(2026, 12, 11)  # the law's first reply no longer counts


@pytest.mark.clause("51.6.5.b")
@pytest.mark.parametrize("words", [{"object": ""}, {"matter": ""}])
def test_an_object_or_a_matter_is_enough_for_a_complaint(office: Office, words: dict[str, str]) -> None:
    row = makers.filed(**words)
    assert row.kind == Kind.COMPLAINT
    complaint_handling.screen(office[OFFICER], row.id, Kind.COMPLAINT, seen=1, at=MONDAY)
    assert (fresh(row.id).kind, fresh(row.id).stage) == (Kind.COMPLAINT, Stage.SCREENED)


@pytest.mark.clause("51.6.3")
def test_a_suggestion_is_noted_answered_and_reported(office: Office, signing_passphrase: str) -> None:
    row = walk(office, makers.filed(service_on=date(2026, 9, 1)).id, until=Stage.SETTLED)

    complaint_answer.answer(office[HEAD], row.id, WORDS, signing_passphrase, seen=row.ledger_length, at=MONDAY)

    assert fresh(row.id).answered_at == MONDAY


@pytest.mark.clause("51.6.5.a")
def test_a_secret_reporter_is_seen_by_those_named_alone_each_look_a_fact(office: Office) -> None:
    row = makers.filed(wants_secrecy=True)
    official, officer = office[OFFICIAL], office[OFFICER]
    with pytest.raises(NotAllowed, match="dirahasiakan"):
        complaint_identity.reveal(official, row.id, at=MONDAY)
    complaint_identity.name(official, row.id, officer.person, seen=row.ledger_length, at=MONDAY, reason=WORDS)

    shown = complaint_identity.reveal(officer, row.id, at=MONDAY)

    looks = LedgerEntry.objects.filter(kind="data.looked_at", about=row.id)
    assert (shown.name, [look.actor_id for look in looks]) == ("Rina Kartika", [officer.id])


@pytest.mark.clause("51.6.6.e")
def test_another_agency_answers_with_its_secret_and_holds_up_the_close(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.PLANNED)
    question = {"agency": "Dinas Perindustrian", "email": "dinas@contoh.example", "question": WORDS}
    id = complaint_tiers.refer(office[OFFICER], row.id, **question, seen=row.ledger_length, at=MONDAY)
    with pytest.raises(NotAllowed):
        complaint_tiers.answer_referral(id, "SALAH", WORDS, "Kepala Dinas", at=MONDAY)
    shown = complaint_tracking.referral_for(id, secret_of(id, "referral"))
    complaint_tiers.answer_referral(id, secret_of(id, "referral"), WORDS, "Kepala Dinas", at=MONDAY)

    assert shown is not None
    assert shown.question == WORDS
    assert fresh(row.id).open_referrals == 0
    fact = LedgerEntry.objects.get(subject_id=row.id, kind="complaint.referral_answered")
    assert (fact.actor_roles, fact.after["agency"]) == ("agency", "Dinas Perindustrian")
    with pytest.raises(RuleBroken, match="sudah dijawab"):
        complaint_tiers.answer_referral(id, secret_of(id, "referral"), WORDS, "Kepala Dinas", at=MONDAY)


@pytest.mark.clause("51.6.5.a")
def test_a_question_asked_during_the_handling_can_be_answered(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.PLANNED)
    complaint_handling.ask(office[OFFICER], row.id, "Siapa yang Anda temui?", seen=row.ledger_length, at=MONDAY)

    complaints.complete(complaints.REPORTER, row.id, text="Petugas di loket tiga.", at=MONDAY)

    row = fresh(row.id)
    assert (row.question, row.matter.endswith("Petugas di loket tiga."), row.stage) == ("", True, Stage.PLANNED)


@pytest.mark.clause("51.6.5.a")
def test_spam_is_set_aside_by_a_person_with_a_reason_and_comes_back(office: Office) -> None:
    row = makers.filed()
    with pytest.raises(RuleBroken, match="alasannya"):
        complaint_handling.set_aside(office[OFFICER], row.id, seen=1, at=MONDAY, reason="")
    complaint_handling.set_aside(office[OFFICER], row.id, seen=1, at=MONDAY, reason="Iklan, bukan pengaduan.")
    assert fresh(row.id).stage == Stage.SET_ASIDE

    view = complaint_view(office[OFFICIAL], row.id, at=MONDAY)
    assert view is not None
    assert not any(term.drives for term in view.terms)

    complaint_handling.restore(office[OFFICIAL], row.id, seen=2, at=MONDAY, reason="Ternyata pengaduan.")

    assert fresh(row.id).stage == Stage.RECEIVED


@pytest.mark.clause("51.12.5")
def test_a_proven_complaint_may_lead_to_a_sanction(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    owner = office[HEAD].person

    complaint_tiers.follow_up(
        office[HEAD], row.id, "sanction", WORDS, owner=owner, due_on=date(2026, 12, 1), seen=row.ledger_length, at=MONDAY
    )

    found = fresh(row.id).follow_ups.get()
    assert (found.clause, found.kind) == ("51.12.5", "sanction")


def test_whoever_decides_on_an_old_page_is_told(office: Office) -> None:
    row = makers.filed()
    complaint_handling.take(office[OFFICER], row.id, seen=1, at=MONDAY)

    with pytest.raises(Overtaken):
        complaint_handling.take(office[OFFICER], row.id, seen=1, at=MONDAY)


def test_who_acted_on_the_case_does_not_handle_the_complaint() -> None:
    officers = makers.officers()
    case = makers.submitted(makers.actor())
    makers.advance(officers, case.id, until=makers.State.TECHNICAL_REVIEW)
    row = makers.filed(application_number=makers.fresh(case.id).number)
    involved = UUID(next(iter(makers.fresh(case.id).hands.values()))[0])
    handler = Actor(id=involved, name="Merangkap", roles=frozenset({OFFICER}))

    with pytest.raises(NotAllowed, match="pernah memproses"):
        complaint_handling.screen(handler, row.id, Kind.COMPLAINT, seen=1, at=MONDAY)


def test_a_secret_complaint_s_case_is_shown_to_no_one_who_may_not_know_the_reporter(office: Office) -> None:
    case = makers.submitted(makers.actor())
    row = makers.filed(application_number=case.number, wants_secrecy=True, detail="pesan-1")

    view = complaint_view(office[OFFICER], row.id, at=MONDAY)

    assert view is not None
    assert (view.application_number, view.application_timeline, view.channel_detail) == ("", (), "")
