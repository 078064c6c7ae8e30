"""Filing with help at the counter: an account without a password, the applicant's confirmation, the assisted classes (51.2)."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from pasti.actions import assistance, demonstration, intake, licensing
from pasti.actions.ground import rows_of, standard_of
from pasti.domain.assistance import Confirmation
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
EMAIL = "pengrajin@uji.example"
YES = Confirmation(name=f"  {makers.BUSINESS['owner_name'].upper()} ", identity="ktp")


def _filled(officer: Actor, **sections: dict[str, str]) -> Application:
    """A draft opened at the counter and filled in by the officer."""
    row = assistance.start(officer, "51", email=EMAIL, name="Ujang Pengrajin", at=MONDAY)
    for section, usual in (("business", makers.BUSINESS), ("place", makers.PLACE), ("scale", makers.SCALE)):
        intake.save_section(officer, row.id, section, {**usual, **sections.get(section, {})}, at=MONDAY)
    standard = standard_of(row)
    for mine in rows_of(row):
        wanted = standard.requirement(mine.clause)
        uploads = () if wanted.evidence == "none" else (("bukti.pdf", makers.PDF),)
        answers = demonstration.answers(wanted.fields)
        intake.save_requirement(officer, row.id, mine.clause, answers, uploads=uploads, at=MONDAY)
    return makers.fresh(row.id)


@pytest.mark.clause("51.2")
def test_a_case_filed_at_the_counter_is_assisted_and_takes_an_assisted_class() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    row = intake.submit(officer, _filled(officer).id, at=MONDAY, confirmation=YES)

    assert (row.state, row.assisted, row.procedure, row.assisted_by_id) == (State.SUBMITTED, True, "3", officer.id)
    assert row.applicant.email == EMAIL
    fact = LedgerEntry.objects.get(kind="intake.confirmed")
    assert (fact.actor_id, fact.after["identity"], fact.public) == (officer.id, "KTP", True)


@pytest.mark.clause("51.2")
def test_outside_an_estate_the_assisted_class_has_a_visit() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    row = _filled(officer, place={"in_estate": "tidak", "estate": "", "ground": "c"})

    assert intake.submit(officer, row.id, at=MONDAY, confirmation=YES).procedure == "7"


@pytest.mark.clause("51.2")
@pytest.mark.parametrize(
    "confirmation",
    [None, Confirmation(name="Orang Lain", identity="ktp"), Confirmation(name=makers.BUSINESS["owner_name"], identity="")],
)
def test_without_the_applicants_own_confirmation_nothing_is_filed(confirmation: Confirmation | None) -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    row = _filled(officer)

    with pytest.raises(InvalidInput):
        intake.submit(officer, row.id, at=MONDAY, confirmation=confirmation)

    assert makers.fresh(row.id).state == State.DRAFT


def test_the_account_has_no_password_until_its_owner_sets_one_from_the_letter(mailbox: Path) -> None:
    assistance.start(makers.actor(Role.COUNTER_OFFICER), "51", email=EMAIL, name="Ujang Pengrajin", at=MONDAY)
    account = Account.objects.get(email=EMAIL)
    assert not account.has_usable_password()
    job = ProcrastinateJob.objects.get(task_name="invite_applicant")
    errand, subject = UUID(job.args["errand_id"]), UUID(job.args["subject_id"])
    assistance.invite(errand, subject, at=MONDAY)
    assistance.invite(errand, subject, at=MONDAY)  # a worker that died after sending

    [letter] = mailbox.glob("*.eml")
    text = letter.read_text().replace("=\n", "").replace("=3D", "=")
    assert "petugas tidak mengetahuinya" in text
    [path] = re.findall(r"http://testserver(/akun/password/reset/key/\S+)", text)
    browser = Client()
    form = browser.get(path, follow=True)
    answer = browser.post(
        form.redirect_chain[-1][0], {"password1": "sandi-pilihan-sendiri", "password2": "sandi-pilihan-sendiri"}
    )
    assert answer.status_code == 302
    assert Account.objects.get(email=EMAIL).check_password("sandi-pilihan-sendiri")


def test_a_known_account_is_found_by_its_email_and_its_password_stays() -> None:
    known = makers.account(email=EMAIL)

    row = assistance.start(makers.actor(Role.COUNTER_OFFICER), "51", email=" PENGRAJIN@uji.example", name="", at=MONDAY)

    assert row.applicant_id == known.id
    assert Account.objects.get(email=EMAIL).check_password(makers.PASSWORD)


def test_an_officers_account_cannot_be_an_applicants() -> None:
    makers.account(Role.EXAMINER, email=EMAIL)
    with pytest.raises(RuleBroken, match="akun petugas"):
        assistance.start(makers.actor(Role.COUNTER_OFFICER), "51", email=EMAIL, name="", at=MONDAY)


@pytest.mark.clause("51.10.1")
def test_only_counter_officers_help_and_only_with_what_was_opened_there() -> None:
    with pytest.raises(NotAllowed):
        assistance.start(makers.actor(Role.EXAMINER), "51", email=EMAIL, name="Ujang", at=MONDAY)
    counter = makers.actor(Role.COUNTER_OFFICER)
    own = makers.draft(makers.actor())
    with pytest.raises(NotAllowed):
        intake.save_section(counter, own.id, "scale", makers.SCALE, at=MONDAY)
    helped = assistance.start(counter, "51", email=EMAIL, name="Ujang", at=MONDAY)
    with pytest.raises(NotAllowed):
        intake.save_section(makers.actor(Role.VALIDATOR), helped.id, "scale", makers.SCALE, at=MONDAY)


@pytest.mark.clause("51.10.1")
def test_who_filled_it_in_does_not_examine_it() -> None:
    both = makers.actor(Role.COUNTER_OFFICER, Role.EXAMINER)
    row = intake.submit(both, _filled(both).id, at=MONDAY, confirmation=YES)

    with pytest.raises(NotAllowed, match="sudah bertindak"):
        licensing.judge(both, row.id, "51.1.B.8", "met", "", at=MONDAY)


def test_the_applicant_may_go_on_alone_and_needs_no_witness() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    row = _filled(officer)
    applicant = row.applicant.actor(MONDAY.date())

    assert intake.submit(applicant, row.id, at=MONDAY).procedure == "3"
    assert not LedgerEntry.objects.filter(kind="intake.confirmed").exists()


@pytest.mark.clause("51.10.2")
def test_a_colleagues_look_at_the_answers_is_recorded() -> None:
    officer, colleague = makers.actor(Role.COUNTER_OFFICER), makers.actor(Role.COUNTER_OFFICER, email="dua@uji.example")
    row = assistance.start(officer, "51", email=EMAIL, name="Ujang", at=MONDAY)

    assistance.look_in(officer, row.id, at=MONDAY)
    assistance.look_in(colleague, row.id, at=MONDAY)

    assert [f.actor_id for f in LedgerEntry.objects.filter(kind="data.looked_at", about=row.id)] == [colleague.id]
