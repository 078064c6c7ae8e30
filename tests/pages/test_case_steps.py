"""The steps of a case on its pages: with names for officers, without for the applicant (51.2)."""

import pytest

from pasti.actions import licensing
from pasti.domain.roles import Role
from pasti.domain.steps import Progress
from pasti.domain.workflow import State
from pasti.queries.licensing import case_view
from pasti.queries.tracking import track
from tests import makers
from tests.pages.applicants import BACKEND, days_ago, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.clause("51.2")
def test_officers_read_who_held_each_step_and_the_applicant_only_when() -> None:
    browser, applicant = signed_in()
    office = makers.officers(at=days_ago(9))
    row = makers.submitted(applicant, at=days_ago(5))
    licensing.take(office[Role.EXAMINER], row.id, seen=row.ledger_length, at=days_ago(4))
    makers.advance(office, row.id, until=State.TECHNICAL_REVIEW, at=days_ago(3))

    seen = case_view(office[Role.HEAD], row.id, at=days_ago(0))
    assert seen is not None
    check = next(line for line in seen.steps if line.record.step.state == "submitted")
    assert [held.who for held in check.held] == ["", "Examiner"]
    assert check.record.progress is Progress.DONE

    browser.force_login(makers.account(Role.HEAD, email="lain@uji.example", at=days_ago(9)), backend=BACKEND)
    assert "Examiner" in browser.get(f"/meja/kasus/{row.id}/").content.decode()


@pytest.mark.clause("51.2")
def test_tracking_tells_no_names() -> None:
    browser, applicant = signed_in()
    office = makers.officers(at=days_ago(9))
    row = makers.submitted(applicant, at=days_ago(5))
    licensing.take(office[Role.EXAMINER], row.id, seen=row.ledger_length, at=days_ago(4))

    page = browser.get(f"/permohonan/{row.id}/").content.decode()

    assert "Waktu baku" in page and "7 jam 30 menit" in page
    assert "Examiner" not in page
    view = track(row.id, at=days_ago(0))
    assert view is not None
    check = next(line for line in view.steps if line.record.step.state == "submitted")
    assert [(held.who, held.since) for held in check.held] == [("", row.submitted_at)]


@pytest.mark.clause("51.2")
def test_a_step_nobody_took_is_said_not_to_have_been_done() -> None:
    browser, applicant = signed_in()
    makers.officers(at=days_ago(9))
    row = makers.submitted(applicant, at=days_ago(5))
    licensing.withdraw(applicant, row.id, seen=row.ledger_length, reason="Usaha pindah kota.", at=days_ago(4))

    page = browser.get(f"/permohonan/{row.id}/").content.decode()

    strip = page[page.index('<ol class="steps">') : page.index("</ol>", page.index('<ol class="steps">'))]
    assert "(selesai)" not in strip
    assert strip.count("(tidak dilakukan)") == 7


@pytest.mark.clause("51.1")
def test_while_the_applicant_fulfils_nothing_is_said_to_be_decided_or_checked() -> None:
    browser, applicant = signed_in()
    office = makers.officers(at=days_ago(9))
    row = makers.found_not_met(office, makers.submitted(applicant, at=days_ago(5)).id, at=days_ago(3))

    page = browser.get(f"/permohonan/{row.id}/").content.decode()

    assert "Hitungan selesai: belum memenuhi. Menunggu pemohon" in page
    assert "permohonan sudah diputus" not in page
    assert "Pemeriksaan kelengkapan<span> (menunggu pemohon)" in page
