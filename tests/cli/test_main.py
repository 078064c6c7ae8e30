"""The door of the commands: quick, in Indonesian, and strict about words."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pasti.cli.main import COMMANDS, main, parser

ROOT = Path(__file__).parent.parent.parent


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
