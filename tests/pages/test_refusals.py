"""A refusal of the rules becomes a page with its sentence, its clause and the way on; a fault does not."""

import pytest
from django import forms
from django.test import RequestFactory

from pasti.domain.errors import (
    DoorClosed,
    InvalidInput,
    MissingCalendar,
    NotAllowed,
    NotServed,
    Overtaken,
    RuleBroken,
    field_problem,
)
from pasti.pages.refusals import Refusals, put_into, refusal_page

PROBLEM = field_problem("nib", "51.1.B.1", "NIB {nib} bukan tiga belas angka.", nib="12")


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (RuleBroken("51.3", "Sisa {days} hari kerja.", days=2), 422, ["Sisa 2 hari kerja.", "51.3"]),
        (NotAllowed("51.10.1", "Anda sudah memeriksa berkas ini."), 403, ["Anda sudah memeriksa berkas ini.", "51.10.1"]),
        (NotServed("51.1.A.1", "Dilayani oleh {refer_to}.", refer_to="provinsi"), 422, ["Dilayani oleh provinsi.", "51.1.A.1"]),
        (InvalidInput((PROBLEM,)), 422, ["NIB 12 bukan tiga belas angka.", "51.1.B.1"]),
        (Overtaken(), 409, ["Sudah berubah, lihat yang baru"]),
        (MissingCalendar(2028), 503, ["2028", "51.3"]),
        (DoorClosed("BSrE", "down", retry=True), 503, ["BSrE", "Coba lagi"]),
        (DoorClosed("BSrE", "no", retry=False), 503, ["menolak"]),
    ],
)
def test_a_refusal_says_why_and_what_next(rf: RequestFactory, refusal: Exception, status: int, words: list[str]) -> None:
    page = refusal_page(rf.get("/meja/"), refusal)
    assert page is not None
    assert page.status_code == status
    assert [word for word in words if word not in page.content.decode()] == []


def test_what_an_outside_service_said_stays_inside(rf: RequestFactory) -> None:
    page = refusal_page(rf.get("/"), DoorClosed("BSrE", "passphrase of 3214 refused", retry=False))
    assert page is not None
    assert "3214" not in page.content.decode()


def test_only_a_closed_door_that_may_open_asks_to_retry(rf: RequestFactory) -> None:
    again, never = (refusal_page(rf.get("/"), DoorClosed("BSrE", "x", retry=retry)) for retry in (True, False))
    assert again is not None and again["Retry-After"] == "60"
    assert never is not None and "Retry-After" not in never


def test_a_fault_is_no_refusal(rf: RequestFactory) -> None:
    assert refusal_page(rf.get("/"), ValueError("a bug")) is None


def test_the_way_back_never_leaves_the_office(rf: RequestFactory) -> None:
    page = refusal_page(rf.get("/", headers={"referer": "https://elsewhere.example/"}), Overtaken())
    assert page is not None
    assert "elsewhere" not in page.content.decode()


def test_a_part_that_is_refused_shows_the_whole_refusal(rf: RequestFactory) -> None:
    middleware = Refusals(lambda _request: pytest.fail("not called"))
    page = middleware.process_exception(rf.get("/", headers={"hx-request": "true"}), Overtaken())
    assert page is not None
    assert (page["HX-Retarget"], page["HX-Reselect"], page["HX-Reswap"]) == ("#content", "#content", "outerHTML")


class NibForm(forms.Form):
    """One field."""

    nib = forms.CharField()


def test_a_problem_stands_at_its_field_and_any_other_above_the_form() -> None:
    form = NibForm({"nib": "12"})
    put_into(form, InvalidInput((PROBLEM, field_problem("elsewhere", "51.1.B.2", "Ada yang lain."))))
    assert dict(form.errors) == {"nib": ["NIB 12 bukan tiga belas angka."], "__all__": ["Ada yang lain."]}
    assert form["nib"].value() == "12"
