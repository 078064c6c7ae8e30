"""Forms of an ended session: what is shown again, and what never is (51.10.1)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pasti.domain.workflow import State
from tests import makers
from tests.pages.office import Office

pytestmark = pytest.mark.django_db
HOME = "http://testserver"


def test_a_visitor_s_form_is_kept_and_nothing_is_done() -> None:
    office = Office()
    refused = Client().post(f"/permohonan/{office.id}/tarik/", {"seen": "1", "reason": 'Pindah "jauh".'})
    assert refused.status_code == 401
    assert refused["Cache-Control"] == "no-store"
    assert 'name="reason" value="Pindah &quot;jauh&quot;."' in refused.text
    assert office.state is State.SUBMITTED


def test_a_page_that_is_only_read_leads_to_signing_in() -> None:
    assert Client().get("/permohonan/").status_code == 302
    assert Client().post("/ajukan/51/").status_code == 302  # a button with nothing typed


def test_a_file_and_a_word_that_must_not_be_printed_are_asked_for_again() -> None:
    office = Office()
    sent = {"reason": "RAHASIA", "files": SimpleUploadedFile("a.pdf", makers.PDF)}
    refused = Client().post(f"/permohonan/{office.id}/tarik/", sent)
    assert refused.status_code == 401 and "RAHASIA" not in refused.text and "tombol kembali" in refused.text
    assert "RAHASIA" not in Client().post(f"/permohonan/{office.id}/tarik/", {"passphrase": "RAHASIA"}).text


@pytest.mark.parametrize(("origin", "is_kept"), [(HOME, True), ("https://elsewhere.example", False), (None, False)])
def test_only_this_site_s_own_form_is_offered_again(origin: str | None, is_kept: bool) -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": origin} if origin else None)
    refused = client.post("/pengaduan/", {"matter": "Tiga pekan tanpa kabar.", "csrfmiddlewaretoken": "lama"})
    assert refused.status_code == 403
    assert ("Tiga pekan tanpa kabar." in refused.text) is is_kept
    assert 'value="lama"' not in refused.text


def test_a_mere_button_with_an_old_token_is_offered_again_too() -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": HOME})
    refused = client.post("/ajukan/51/", {"csrfmiddlewaretoken": "lama"})
    assert refused.status_code == 403
    assert '<form method="post" action="/ajukan/51/">' in refused.text and "Berkas dan kata sandi" not in refused.text


def test_a_part_of_a_page_is_answered_by_the_whole() -> None:
    refused = Client().post(f"/permohonan/{Office().id}/tarik/", {"reason": "Pindah."}, headers={"hx-request": "true"})
    assert (refused["HX-Retarget"], refused["HX-Reselect"]) == ("#content", "#content")
