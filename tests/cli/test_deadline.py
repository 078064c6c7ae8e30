"""`pasti deadline` says the date, why, and when it cannot say (51.3)."""

import json

import pytest

from pasti.cli.main import main

pytestmark = pytest.mark.clause("51.3")


def test_the_first_line_is_the_date_and_its_long_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-12-23", "--working-days", "7"]) == 0
    assert capsys.readouterr().out == "2027-01-07  Kamis, 7 Januari 2027\n"


def test_why_tells_each_day_and_the_decree_that_took_it_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-12-23", "--working-days", "7", "--why"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "7 hari kerja, diterima Rabu, 23 Desember 2026:"
    assert len(lines) == 2 + 16
    assert "Cuti bersama, tidak dihitung" in lines[3]
    assert "SKB" in lines[3]
    assert lines[-1].endswith("Hari kerja ke-7, batas waktu.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["2024-02-07", "--working-days", "1"], "2024-02-12"),  # the 8th Isra Mikraj, the 9th joint leave, then the weekend
        (["2025-08-15", "--working-days", "1"], "2025-08-19"),
        (["2025-08-15", "--working-days", "1", "--known-on", "2025-08-06"], "2025-08-18"),
        (["2026-12-23", "--working-days", "7", "--at-time", "23:59"], "2027-01-08"),
        (["2026-12-23", "--calendar-days", "30"], "2027-01-22"),
        (["2027-03-05", "--working-days", "1"], "2027-03-16"),  # Nyepi, Idulfitri and four days of joint leave
    ],
)
def test_the_date_follows_the_decrees_of_all_four_years(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deadline", *words]) == 0
    assert capsys.readouterr().out.split()[0] == expected


def test_json_has_the_date_and_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-12-23", "--working-days", "7", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["due_on"], answer["started_on"], answer["unit"]) == ("2027-01-07", "2026-12-23", "working_days")
    assert [d["day"] for d in answer["days"] if d["kind"] == "due"] == ["2027-01-07"]


@pytest.mark.parametrize("words", [["2027-12-29", "--working-days", "7"], ["2028-01-03", "--working-days", "1"]])
def test_a_year_without_a_decree_is_named_and_nothing_is_guessed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", *words]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "2028" in said.err


@pytest.mark.parametrize("words", [["2026-12-23", "--entry", "99999"], ["1999-01-04"]])
def test_a_standard_that_is_not_on_file_or_not_in_force_is_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", *words, "--working-days", "7"]) == 1
    assert "Tidak ada standar" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["2026-12-23"],
        ["2026-12-23", "--working-days", "-1"],
        ["2026-12-23", "--working-days", "tujuh"],
        ["2026-12-23", "--working-days", "7", "--calendar-days", "7"],
        ["2026-02-30", "--working-days", "7"],
        ["2026-12-23", "--working-days", "7", "--at-time", "25:00"],
    ],
)
def test_wrong_words_are_told_apart_from_a_refusal(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["deadline", *words])
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err
