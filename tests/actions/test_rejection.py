"""Not met is not a rejection: first a term to fulfil, a second verification; then a signed letter (51.1)."""

import hashlib
import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest

from pasti.actions import certificate, due, intake, licensing, rejection
from pasti.adapters.bsre.client import WrongPassphrase
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.ledger import LedgerEntry
from pasti.records.letters import Letter
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.1")]
REASON = "Alat ukur tidak tertelusur, jadi mutu lensa tidak terjamin."
LAST_DAY = date(2026, 12, 23)  # thirty calendar days after MONDAY


@pytest.fixture
def office() -> dict[Role, Actor]:
    return makers.officers()


@pytest.fixture
def applicant() -> Actor:
    return makers.actor()


def test_not_met_opens_a_term_that_the_row_and_the_ledger_keep(office: dict[Role, Actor], applicant: Actor) -> None:
    row = makers.found_not_met(office, makers.submitted(applicant).id)

    assert (row.state, row.fulfil_by) == (State.NOT_MET, LAST_DAY)
    assert LedgerEntry.objects.get(kind="application.found_not_met").after["fulfil_by"] == "2026-12-23"


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_it_is_fulfilled_through_its_last_day(office: dict[Role, Actor], applicant: Actor, days: int, late: bool) -> None:
    row = makers.found_not_met(office, makers.submitted(applicant).id)

    if late:
        with pytest.raises(RuleBroken, match="23 Desember 2026"):
            intake.submit(applicant, row.id, at=MONDAY + timedelta(days=days))
        return
    again = intake.submit(applicant, row.id, at=MONDAY + timedelta(days=days))
    assert (again.state, again.round, again.fulfil_by) == (State.SUBMITTED, 2, None)


def test_there_is_no_rejection_before_a_second_verification(office: dict[Role, Actor], applicant: Actor) -> None:
    row = makers.advance(office, makers.submitted(applicant).id, until=State.DECISION)

    with pytest.raises(RuleBroken, match="diverifikasi lagi"):
        rejection.reject(office[Role.HEAD], row.id, "tidak sampai dipakai", seen=row.ledger_length, at=MONDAY, reason=REASON)


def test_a_second_failure_is_rejected_by_a_signed_letter_that_says_how_to_object(
    office: dict[Role, Actor], applicant: Actor, signing_passphrase: str
) -> None:
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)

    rejection.reject(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY, reason=REASON)

    letter, fact = Letter.objects.get(), LedgerEntry.objects.get(kind="application.rejected")
    number, pdf = rejection.letter(applicant, row.id)
    assert (makers.fresh(row.id).state, makers.fresh(row.id).waiting_role) == (State.REJECTED, "")
    assert (fact.after["not_met"], fact.reason) == ({"51.1.B.8": makers.UNREADABLE}, REASON)
    assert (number, hashlib.sha256(pdf).hexdigest()) == (f"{row.number}/TOLAK", letter.signed_sha256)
    assert letter.data["reason"] == REASON
    assert [way["assumed"] for way in letter.data["remedies"]] == [True, True, True]
    assert len(letter.data["channels"]) == 13
    assert ledger.verify().fault is None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
        assert "letter.json" in opened.attachments


def test_a_mistyped_passphrase_leaves_the_case_undecided(
    office: dict[Role, Actor], applicant: Actor, signing_passphrase: str
) -> None:
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)

    with pytest.raises(WrongPassphrase):
        rejection.reject(office[Role.HEAD], row.id, "salah", seen=row.ledger_length, at=MONDAY, reason=REASON)

    assert (makers.fresh(row.id).state, Letter.objects.count()) == (State.DECISION, 0)


def test_a_rejection_needs_a_reason_and_a_requirement_that_is_named(office: dict[Role, Actor], applicant: Actor) -> None:
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)
    with pytest.raises(RuleBroken, match="alasannya"):
        rejection.reject(office[Role.HEAD], row.id, "x", seen=row.ledger_length, at=MONDAY, reason="")

    makers.found_not_met(office, makers.submitted(makers.actor(email="dua@uji.example")).id)
    other = makers.fresh(Letter.objects.model._meta.get_field("application").related_model.objects.exclude(pk=row.id).get().pk)
    intake.submit(Actor(id=other.applicant_id, name="", roles=frozenset({Role.APPLICANT})), other.id, at=MONDAY)
    other = makers.advance(office, other.id, until=State.DECISION)
    with pytest.raises(RuleBroken, match="Sebutkan dahulu"):
        rejection.reject(office[Role.HEAD], other.id, "x", seen=other.ledger_length, at=MONDAY, reason=REASON)


def test_nobody_but_the_head_rejects(office: dict[Role, Actor], applicant: Actor) -> None:
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)

    with pytest.raises(NotAllowed):
        rejection.reject(office[Role.VALIDATOR], row.id, "x", seen=row.ledger_length, at=MONDAY, reason=REASON)


def test_a_term_let_go_goes_back_to_the_head_who_may_then_only_reject(
    office: dict[Role, Actor], applicant: Actor, signing_passphrase: str
) -> None:
    row = makers.found_not_met(office, makers.submitted(applicant).id)
    after = datetime(2026, 12, 24, 2, tzinfo=UTC)

    reports = [due.run(at=after - timedelta(days=1)), due.run(at=after), due.run(at=after)]

    back = makers.fresh(row.id)
    assert [report.fulfilments_lapsed for report in reports] == [[], [row.number], []]
    assert (back.state, back.waiting_role, back.due_on) == (State.DECISION, Role.HEAD, None)
    head = office[Role.HEAD]
    with pytest.raises(RuleBroken, match="hanya penolakan"):
        certificate.approve(head, row.id, seen=back.ledger_length, at=after)
    with pytest.raises(RuleBroken, match="hanya penolakan"):
        licensing.send_back(head, row.id, seen=back.ledger_length, at=after, reason="Periksa sekali lagi ya.")
    rejection.reject(head, row.id, signing_passphrase, seen=back.ledger_length, at=after, reason=REASON)
    assert makers.fresh(row.id).state == State.REJECTED
    assert "23 Desember 2026" in Letter.objects.get().data["why_now"]
    assert Letter.objects.get().data["unmet"][0]["clause"] == "51.1.B.8"


@pytest.mark.clause("51.10.1")
def test_a_letter_is_for_its_applicant_and_the_desk(office: dict[Role, Actor], applicant: Actor, signing_passphrase: str) -> None:
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)
    rejection.reject(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY, reason=REASON)

    with pytest.raises(NotAllowed):
        rejection.letter(makers.actor(email="lain@uji.example"), row.id)


def test_an_officer_asks_for_nothing_that_the_edition_does_not_list(office: dict[Role, Actor], applicant: Actor) -> None:
    row = makers.submitted(applicant)

    with pytest.raises(RuleBroken, match="tidak ada pada standar"):
        licensing.judge(office[Role.EXAMINER], row.id, "51.1.C.1", "not_met", "Surat keterangan domisili belum ada.", at=MONDAY)
    with pytest.raises(RuleBroken, match="tidak ada pada standar"):
        licensing.judge(office[Role.EXAMINER], row.id, "52.1.1", "not_met", "Surat keterangan domisili belum ada.", at=MONDAY)
