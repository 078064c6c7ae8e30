"""`pasti standard` and `pasti clauses` as an operator uses them (51.1 to 51.14)."""

import json
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pasti.cli.main import main
from pasti.cli.standard import clauses
from pasti.domain.calendar import jakarta_day
from pasti.standards import PACKAGE_FOLDER
from tests.standards.library import EDITION, ENTRIES, break_line, copy

Captured = pytest.CaptureFixture[str]


def test_check_says_what_is_there(capsys: Captured) -> None:
    assert main(["standard", "check"]) == 0
    said = capsys.readouterr().out
    assert "entri 51 mulai 2022-01-03 (126 klausul, 13 syarat)" in said
    assert "entri 51 mulai 2026-06-15 (126 klausul, 13 syarat)" in said
    assert "4 kelas prosedur" in said


def test_check_prints_a_line_for_each_fault_and_fails(tmp_path: Path, capsys: Captured) -> None:
    root = copy(tmp_path)
    first = break_line(root, EDITION, "issuer: local", "issuer: dinas")
    second = break_line(root, "procedures/7.yaml", "actor: head", "actor: kepala")
    assert main(["standard", "check", str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{root / EDITION}:{first}", f"{root / 'procedures/7.yaml'}:{second}"]


def test_check_takes_one_file_of_a_library(tmp_path: Path, capsys: Captured) -> None:
    root = copy(tmp_path)
    break_line(root, EDITION, "issuer: local", "issuer: dinas")
    assert main(["standard", "check", str(root / EDITION)]) == 1
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (EDITION, "salinan.yaml"),
        ("procedures/7.yaml", "p.yaml"),
        ("holidays/2026.yaml", "libur.yaml"),
        ("office.yaml", "kantor.yaml"),
    ],
)
def test_check_takes_a_lone_copy_and_checks_it_with_ours(tmp_path: Path, capsys: Captured, source: str, name: str) -> None:
    lone = tmp_path / name
    lone.write_text((PACKAGE_FOLDER / source).read_text())
    assert main(["standard", "check", str(lone)]) == 0
    lone.write_text(lone.read_text() + "lain: 1\n")
    assert main(["standard", "check", str(lone)]) == 1
    assert "lain: kunci tidak dikenal" in capsys.readouterr().out


def test_check_takes_a_folder_of_new_entries(capsys: Captured) -> None:
    assert main(["standard", "check", str(ENTRIES)]) == 0
    assert main(["standard", "check", str(ENTRIES / "52"), str(ENTRIES / "procedures")]) == 0
    assert "entri 52 mulai 2026-01-02" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["tidak-ada.yaml", "."])
def test_check_of_nothing_fails(tmp_path: Path, capsys: Captured, path: str) -> None:
    assert main(["standard", "check", str(tmp_path / path)]) == 1
    assert "tidak ada berkas" in capsys.readouterr().out


def test_show_reads_like_the_annex_with_the_law_of_the_day(capsys: Captured) -> None:
    assert main(["standard", "show", "51", "--on", "2026-06-14"]) == 0
    said = capsys.readouterr().out
    assert "Janji: 7 hari kerja. Biaya: gratis." in said
    assert "sumber: assumed" in said
    assert "51.7.2  PP-5-2021 [dicabut: PP 28/2025]" in said
    assert "51.14.3" in said


@pytest.mark.parametrize(
    ("words", "said"), [(["99"], "Entri 99 tidak ada"), (["51", "--on", "2021-01-01"], "mulai berlaku 2022-01-03")]
)
def test_show_of_what_is_not_there_fails(capsys: Captured, words: list[str], said: str) -> None:
    assert main(["standard", "show", *words]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_clauses_of_an_office_without_a_record_are_126_and_none_is_met(capsys: Captured) -> None:
    assert clauses(Namespace(json=True, on=None, check=False)) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 126
    assert {"id", "component", "way", "status", "evidence", "as_of", "since", "since_is_exact"} <= rows[0].keys()
    assert {row["status"] for row in rows} == {"no_evidence"}
    assert {row["as_of"] for row in rows} == {None}


@pytest.mark.django_db
def test_clauses_as_text_has_a_line_for_each(capsys: Captured) -> None:
    assert clauses(Namespace(json=False, on=None, check=False)) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["KLAUSUL", "KOMP", "CARA", "STATUS", "SEJAK", "DILIHAT", "BUKTI"]
    assert len(lines) == 126
    since, seen = head.index("SEJAK"), head.index("DILIHAT")
    assert {line[since:seen].strip() for line in lines} == {f"≤{jakarta_day(datetime.now(UTC))}"}  # no night was kept
    assert {line[seen:].split()[0] for line in lines} == {"-"}


@pytest.mark.django_db
@pytest.mark.parametrize(("on", "said"), [(date.max, "belum tiba"), (date(1999, 1, 1), "belum ada standar yang berlaku")])
def test_clauses_of_a_day_that_cannot_be_told_are_refused(capsys: Captured, on: date, said: str) -> None:
    assert clauses(Namespace(json=True, on=on, check=False)) == 1
    told = capsys.readouterr()
    assert (told.out, said in told.err) == ("", True)
