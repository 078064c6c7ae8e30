"""The heartbeat of the background duties, and the book of the nightly roots, as people and programs see them (51.10.2)."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pasti.actions import roots
from pasti.actions.heartbeat import beat, begin
from pasti.cli.main import parser
from pasti.domain.heartbeat import Duty
from pasti.domain.roles import Role
from pasti.queries.roots import PAGE
from tests import makers
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.2")]


def all_beat() -> None:
    """Every duty has just run."""
    for duty in Duty:
        beat(duty, at=timezone.now())


def heartbeat(*words: str) -> int:
    """`pasti heartbeat …` on the test's database."""
    args = parser("heartbeat").parse_args(["heartbeat", *words])
    return int(args.run(args))


def test_the_page_is_for_who_keeps_the_server_or_answers_for_the_office() -> None:
    office = Office(Role.ADMINISTRATOR, Role.SUPERIOR, Role.INSPECTOR)
    answers = {role: office.client_of(role).get("/pengawasan/denyut/").status_code for role in office.officers}

    allowed = {role for role, status in answers.items() if status == 200}

    assert allowed == {Role.ADMINISTRATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR}
    assert Client().get("/pengawasan/denyut/").status_code == 302


def test_a_duty_that_stopped_is_an_alarm_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(Role.ADMINISTRATOR)
    all_beat()
    well = (heartbeat(), Client().get("/sehat/tugas").status_code)
    beat(Duty.ROOT, at=timezone.now() - timedelta(days=2))

    answer = Client().get("/sehat/tugas")

    assert well == (0, 200)
    assert (heartbeat(), answer.status_code) == (1, 503)
    assert [row["duty"] for row in answer.json()["duties"] if row["pulse"] == "late"] == ["root"]
    assert 'pasti_duty_late{duty="root"} 1' in Client().get("/sehat/metrik").text
    assert "TERLAMBAT      Akar malam jejak audit" in capsys.readouterr().out
    assert "Ada tugas yang terlambat" in office.client_of(Role.ADMINISTRATOR).get("/pengawasan/denyut/").text
    assert "Akar malam terlambat" in Client().get("/buku/").text


def test_the_command_takes_the_moment_and_a_backups_word() -> None:
    makers.actor(at=timezone.now())
    all_beat()
    tomorrow = (timezone.now() + timedelta(days=2)).isoformat()

    assert heartbeat("--ran", "backup") == 0
    assert heartbeat("--at", tomorrow) == 1


def test_only_who_watches_has_the_link_in_the_menu() -> None:
    office = Office(Role.ADMINISTRATOR)

    assert "/pengawasan/denyut/" in office.client_of(Role.ADMINISTRATOR).get("/").text
    assert "/pengawasan/denyut/" not in office.client_of(Role.EXAMINER).get("/meja/").text


def test_the_book_shows_the_roots_and_pages_by_number() -> None:
    at = timezone.now()
    made = [roots.seal(at=at) for _ in range(PAGE + 2)]

    first, rest = Client().get("/buku/").text, Client().get("/buku/?sebelum=3").text

    assert made[-1].root in first and f"/buku/?sebelum={made[2].number}" in first and made[0].root not in first
    assert re.findall(r'header">(\d+)</th>', rest) == ["2", "1"]
    assert Client().get("/buku/?sebelum=x").status_code == 200


def test_the_books_json_has_all_that_the_verifier_compares() -> None:
    made = roots.seal(at=timezone.now())

    answer = json.loads(Client().get("/buku/akar.json").content)

    assert answer["keys"] == roots.public_keys() and answer["next"] is None
    assert [(row["number"], row["proof"], row["stamp"]) for row in answer["roots"]] == [(1, made.proof, None)]


def test_an_office_just_installed_is_not_late_and_one_never_started_is() -> None:
    makers.actor(at=timezone.now() - timedelta(days=90))
    assert heartbeat() == 1

    begin(at=timezone.now())
    begin(at=timezone.now() - timedelta(days=90))  # a second start changes nothing

    assert heartbeat() == 0
