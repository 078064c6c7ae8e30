"""The door of the commands: quick, in Indonesian, and strict about words."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from pasti.cli import named_database
from pasti.cli.binaries import PostgresError
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


@pytest.mark.parametrize("port", ["99999", "0", "-1", "delapan"])
@pytest.mark.parametrize("command", ["serve", "web"])
def test_a_port_that_is_none_is_refused(command: str, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, f"--port={port}"])

    assert ended.value.code == 2
    assert "1 sampai 65535" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["serve"], ["ledger", "verify"]])
@pytest.mark.parametrize("folder", [__file__, f"{__file__}/data", "/proc/pasti", "/proc"])
def test_a_data_folder_that_cannot_be_one_is_said_in_a_sentence(words: list[str], folder: str) -> None:
    said = in_a_shell(*words, data=folder)

    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert f"Folder data {folder} tidak dapat dipakai" in said.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "tidak dapat ditulisi" in in_a_shell("ledger", "verify", data=str(tmp_path)).stderr


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://orang:rahasia@127.0.0.1:1/kantor", "Basis data kantor di 127.0.0.1:1"),
        ("postgresql://orang:rahasia@tidak.ada.invalid/kantor", "Basis data kantor di tidak.ada.invalid"),
        ("postgresql://orang:raha@rahasia@127.0.0.1/kantor", "%40"),
        ("postgresql://orang:rahasia/sia@127.0.0.1/kantor", "%2F"),
        ("postgresql://orang:rahasia@127.0.0.1:pintu/kantor", "bukan alamat PostgreSQL"),
        ("postgresql/orang:rahasia@127.0.0.1", "bukan alamat PostgreSQL"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(
    url: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "2")
    with pytest.raises(PostgresError) as refusal:
        named_database.require(url)

    assert says in str(refusal.value)
    assert "rahasia" not in str(refusal.value)


@pytest.mark.parametrize("words", [["serve", "--port", "18999"], ["web"], ["ledger", "verify"]])
def test_every_command_says_it_in_one_line(words: list[str]) -> None:
    said = in_a_shell(*words, database="postgresql://orang:rahasia@127.0.0.1:1/kantor")

    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "rahasia" not in said.stderr
