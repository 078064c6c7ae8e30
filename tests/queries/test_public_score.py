"""No public output of any day tells of a single complaint: no count, no day, not by laying days side by side (51.14.1)."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from pasti.actions import complaint_handling, scorecard
from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.public_status import WORDS, is_of_complaints, month_end, month_over
from pasti.domain.roles import Role
from pasti.pages.words import in_language
from pasti.queries import compliance, public_score, transparency
from tests import makers
from tests.pages.office import Office
from tests.proven_office import proven_office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.1"), pytest.mark.clause("51.6.5.a")]
BACK = 45  # days that are laid side by side
KEPT = 3  # of them, those of which every output is read


def filed_day_by_day() -> None:
    """One by telephone, others on later days, the first of them without a name."""
    now = timezone.now()
    for back, channel in ((40, "telepon"), (26, "surel"), (19, "web_dpmptsp"), (9, "surel"), (3, "telepon")):
        at = now - timedelta(days=back)
        makers.filed(at=at, service_on=jakarta_day(at), channel=channel)


def days() -> list[date]:
    today = jakarta_day(timezone.now())
    return [today - timedelta(days=back) for back in range(BACK)]


def lines_of(client: Client, day: date, at: str = "/kartu-skor/51/kartu-skor.json") -> dict[str, dict[str, object]]:
    told = client.get(at, {"pada": day.isoformat()}).json()
    return {line["clause"]: line for part in told["parts"] for line in part["lines"]}


def told_of(client: Client, day: date) -> Iterator[tuple[str, str]]:
    """Every public output of a day; the PDF is printed from the report that the JSON gives, and carries it."""
    asked = {"pada": day.isoformat()}
    for language in ("id", "en"):
        client.cookies["django_language"] = language
        for path in ("/kartu-skor/", "/standar/51/?buka=semua", "/kartu-skor/51/kartu-skor.json"):
            yield f"{path} {language}", client.get(path, asked if "?" not in path else {}).text
        sheet = openpyxl.load_workbook(io.BytesIO(client.get("/kartu-skor/51/kartu-skor.xlsx", asked).content)).worksheets[0]
        yield f"xlsx {language}", json.dumps([[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])


def secrets_of(day: date) -> set[str]:
    """What the office's own scorecard says of complaints on that day and today, in both languages."""
    said: set[str] = set()
    for at in (timezone.now(), min(end_of(day), timezone.now())):
        rows = [row for row in compliance.of_standard("51", at) if is_of_complaints(row)]
        for language in ("id", "en"):
            with override(language):
                said |= {in_language(row.evidence) for row in rows}
    return said


def test_no_output_of_any_day_says_what_the_office_counts_of_complaints(signing_passphrase: str, client: Client) -> None:
    proven_office(signing_passphrase, at=timezone.now())
    filed_day_by_day()
    scorecard.keep_missing(compliance.standing, at=timezone.now())
    for day in days()[: 7 * KEPT : 7]:
        secrets = secrets_of(day)
        assert len(secrets) > 5
        for name, text in told_of(client, day):
            assert {said for said in secrets if said in text} == set(), (day, name)
    told = lines_of(client, days()[0])
    assert told["51.3"]["evidence"] == WORDS[False]
    assert client.get("/kartu-skor/51/kartu-skor.pdf", {"pada": days()[7].isoformat()}).content[:5] == b"%PDF-"


def test_days_of_one_month_laid_side_by_side_tell_nothing(signing_passphrase: str, client: Client) -> None:
    proven_office(signing_passphrase, at=timezone.now())
    filed_day_by_day()
    scorecard.keep_missing(compliance.standing, at=timezone.now())
    today, now = jakarta_day(timezone.now()), timezone.now()
    ours = {row.id for day in days() for row in compliance.of_standard("51", min(end_of(day), now)) if is_of_complaints(row)}
    assert {"51.3", "51.6.2.d", "51.6.4", "51.6.5.a", "51.6.5.b", "51.12.5"} <= ours
    seen: dict[tuple[date, str], set[str]] = {}
    for day in days()[1:]:
        for clause, line in lines_of(client, day).items():
            assert line["since"] in {day.isoformat(), month_end(date.fromisoformat(str(line["since"]))).isoformat()}
            assert not line["since_is_exact"]
            if clause in ours and clause.startswith(("51.6.", "51.12.5")):
                assert line["as_of"] in (None, month_over(day).isoformat())
            if clause in ours and clause.startswith(("51.6.", "51.12.5")) and day != month_end(day):
                plain = {name: line[name] for name in ("status", "evidence", "as_of")}
                seen.setdefault((day.replace(day=1), clause), set()).add(json.dumps(plain))
    assert [key for key, said in seen.items() if len(said) > 1] == []
    for clause, line in lines_of(client, today).items():
        if clause in ours and line["evidence"] in WORDS.values():
            assert line["as_of"] == today.isoformat()


def test_a_past_day_is_the_same_after_later_complaints(client: Client) -> None:
    filed_day_by_day()
    past = jakarta_day(timezone.now()) - timedelta(days=12)
    before = lines_of(client, past)
    for back in (11, 5, 1):
        at = timezone.now() - timedelta(days=back)
        makers.filed(at=at, service_on=jakarta_day(at), channel="telepon")
    assert lines_of(client, past) == before


def test_the_status_of_now_stays_true_and_the_office_keeps_its_figures(client: Client) -> None:
    filed_day_by_day()
    now, office = timezone.now(), Office()
    standing = {(row.id, row.status) for row in compliance.of_standard("51", now)}
    public = public_score.scorecard("51", at=now, now=now)
    assert {(line.status.id, line.status.status) for line in public.lines} == standing
    assert {(row.id, row.status) for row in public_score.statuses("51", now)} == standing
    inside = office.client_of(Role.EXAMINER)
    told = lines_of(inside, jakarta_day(now), "/meja/kartu-skor/51/kartu-skor.json")
    assert str(told["51.6.5.a"]["evidence"]).startswith("5 pengaduan dan saran diterima")
    assert client.get("/meja/kartu-skor/51/kartu-skor.json").status_code == 302
    assert "5 pengaduan dan saran" in inside.get("/meja/kartu-skor/51/51.6.5.a/").text


def test_one_count_of_what_was_received_for_all(client: Client) -> None:
    """Complaints and suggestions are in, what was set aside is not: by month, by quarter, and at the office's clause."""
    now = makers.morning(timezone.now())
    day = jakarta_day(now)
    for _ in range(6):
        makers.filed(at=now, service_on=day)
    makers.filed(at=now, service_on=day, reporter=makers.nobody())
    officer = makers.actor(Role.COMPLAINTS_OFFICER, at=now)
    aside = makers.filed(at=now, service_on=day)
    complaint_handling.set_aside(officer, aside.id, seen=aside.ledger_length, at=now, reason="Iklan, bukan pengaduan.")
    month = client.get("/angka/angka.json").json()
    quarter = f"{day.year}-T{(day.month + 2) // 3}"
    figures = {figure["id"]: figure for figure in client.get(f"/pengaduan/angka.json?masa={quarter}").json()["figures"]}
    page = Office().client_of(Role.EXAMINER).get("/meja/kartu-skor/51/51.6.5.a/").text
    told = {row["month"]: row["complaints"] for row in month["months"]}
    assert (told[f"{day:%Y-%m}"], figures["received"]["value"]) == (7, 7)
    assert "7 pengaduan dan saran diterima dalam 90 hari terakhir, 1 di antaranya saran" in page
    assert page.count("Pengaduan tercatat") == 7
    for definition in (month["definitions"]["complaints"], figures["received"]["definition"]):
        assert "yang disisihkan petugas tidak dihitung" in definition


def test_no_month_is_told_by_its_quarter_less_the_others() -> None:
    for month, count in ((7, 6), (8, 9), (9, 2), (10, 8)):
        for number in range(count):
            at = datetime(2026, month, 3, 3, tzinfo=UTC) + timedelta(minutes=number)
            makers.filed(at=at, service_on=jakarta_day(at))
    shown = {line.month.month: line.complaints for line in transparency.months("51", at=datetime(2026, 11, 3, tzinfo=UTC))}
    assert [shown[month] for month in (6, 7, 8, 9, 10, 11)] == [0, None, 9, None, 8, 0]
    later = {line.month: line.complaints for line in transparency.months("51", at=datetime(2027, 8, 3, tzinfo=UTC))}
    assert [later[date(2026, month, 1)] for month in (9, 10)] == [None, 8]
