"""`bin/pasti skm`: what it prints, and how it refuses (51.14.2)."""

import json
from pathlib import Path

import pytest

from pasti.cli.main import main

pytestmark = pytest.mark.clause("51.14.2")
HEADER = "u1,u2,u3,u4,u5,u6,u7,u8,u9\n"


def written(folder: Path, *lines: str) -> str:
    """A file of questionnaires below the right header."""
    file = folder / "skm.csv"
    file.write_text(HEADER + "\n".join(lines) + "\n")
    return str(file)


def test_the_answer_is_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skm", written(tmp_path, "4,3,,4,3,3,3,4,4", "3,3,3,4,3,3,3,4,")]) == 0

    nrr = {"u1": 3.5, "u2": 3, "u3": 3, "u4": 4, "u5": 3, "u6": 3, "u7": 3, "u8": 4, "u9": 4}
    assert json.loads(capsys.readouterr().out) == {"n": 2, "nrr": nrr, "index": 84.72, "grade": "B"}


def test_the_printed_weight_says_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skm", written(tmp_path, "4,4,4,4,4,4,4,4,4"), "--weight", "printed"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert (answer["index"], answer["weight"]) == (99, "bobot tercetak 0,11")


def test_an_element_that_nobody_answered_is_null_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skm", written(tmp_path, "4,4,4,4,,3,3,3,3", "4,4,4,4,,3,3,3,")]) == 0

    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert (answer["nrr"]["u5"], answer["index"], answer["grade"], answer["unanswered"]) == (None, 87.5, "B", ["u5"])
    assert err.startswith("Unsur u5 tidak dijawab") and "8 unsur" in err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("4,4,4,4,4,4,4,4,4", "0,4,4,4,4,4,4,4,x"), ["Baris 3: u1 berisi “0”", "Baris 3: u9 berisi “x”"]),
        ((), ["Belum ada kuesioner"]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], told: list[str]
) -> None:
    assert main(["skm", written(tmp_path, *lines)]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert [line[: len(start)] for line, start in zip(err.splitlines(), told, strict=True)] == told


@pytest.mark.parametrize("words", [["skm", "/tidak/ada.csv"], ["skm", __file__], ["skm", __file__, "--weight", "kira-kira"]])
def test_what_cannot_be_read_is_refused_in_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 1
    assert capsys.readouterr().err.strip()
