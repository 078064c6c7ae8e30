"""The desk's tools in a real browser: nothing for axe to find, nothing wider than a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import outages
from pasti.domain.roles import Role
from tests.browsing import DESK, PHONE
from tests.pages.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]


@pytest.fixture
def office() -> Office:
    """An office with something down."""
    office = Office()
    began = timezone.now() - timedelta(hours=1)
    words = "Pusat data mengumumkan gangguan sejak pagi."
    outages.declare(office.officers[Role.HEAD], "oss", began_at=began, evidence=words, at=timezone.now())
    return office


def _signed_in(open_page: OpenPage, live: str, office: Office, role: Role, *, width: int) -> Page:
    page = open_page("/", width=width)
    session = office.client_of(role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
    return page


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_tool_is_accessible(
    open_page: OpenPage, live: str, office: Office, assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = _signed_in(open_page, live, office, Role.VALIDATOR, width=width)
    for address in ("/meja/?lingkup=semua&waktu=soon", office.address("kelas/"), office.address(), "/meja/gangguan/"):
        page.goto(live + address)
        assert_accessible(page)
    page = _signed_in(open_page, live, office, Role.COUNTER_OFFICER, width=width)
    page.goto(f"{live}/meja/loket/")
    assert_accessible(page)
    page.goto(f"{live}/meja/gangguan/")
    page.get_by_role("button", name="Beri nomor dan tampilkan").click()
    expect(page.locator(".paper")).to_have_count(10)
    assert_accessible(page)
