"""The door of the commands: quick, in Indonesian, and strict about words."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from pasti.cli.main import COMMANDS, main, parser

ROOT = Path(__file__).parent.parent.parent


def in_a_shell(*words: str, database: str = "", data: str = "") -> subprocess.CompletedProcess[str]:
    """`pasti …` in a process of its own, with that DATABASE_URL; its data folder is gone afterwards unless named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PASTI_", "DJANGO_", "DATABASE_URL"))}
    given = kept | {"PYTHONPATH": str(ROOT)} | ({"DATABASE_URL": database} if database else {})
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-m", "pasti.cli", "--data", data or folder, *words]
        return subprocess.run(command, env=given, capture_output=True, text=True)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert f"pasti {command}" in capsys.readouterr().out


def test_a_wrong_command_is_refused_and_the_right_ones_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["terbang"])

    assert ended.value.code == 2
    assert "serve" in capsys.readouterr().err


def test_the_data_folder_is_not_taken_for_the_command() -> None:
    assert parser("ledger").parse_args(["--data", "x", "ledger", "verify"]).data == Path("x")


def test_a_command_that_needs_nothing_starts_at_once_and_without_django() -> None:
    code = "import sys; from pasti.cli.main import parser; parser('serve'); print('django' in sys.modules)"
    began = time.monotonic()

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"
    assert time.monotonic() - began < 1.0  # 0.06 s on a quiet machine


@pytest.mark.parametrize("words", [["ledger", "verify"], ["account", "list"], ["worker", "--once"]])
def test_a_database_without_tables_is_said_with_the_way_out(server: str, words: list[str]) -> None:
    said = in_a_shell(*words, database=server)

    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "prepare" in said.stderr
