"""The units of deploy/systemd: systemd reads them, each command is one of ours, and each is shut in alike."""

import configparser
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from pasti.cli.main import parser

ROOT = Path(__file__).parent.parent.parent
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
TIMERS = sorted((ROOT / "deploy" / "systemd").glob("*.timer"))
PROGRAM = "/opt/pasti/bin/pasti"
ITS_OWN = {"Type", "RemainAfterExit", "ExecStart", "Restart", "RestartSec", "TimeoutStartSec", "TimeoutStopSec", "Nice"}


def read(unit: Path) -> configparser.ConfigParser:
    """A unit's sections; no key stands twice in ours."""
    found = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment,method-assign]  # systemd minds the case
    found.read(unit)
    return found


def start(unit: Path) -> list[str]:
    return shlex.split(read(unit)["Service"]["ExecStart"].replace("%i", "8000"))


@pytest.mark.needs("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    for unit in (*UNITS, *TIMERS):
        (tmp_path / unit.name).write_text(unit.read_text().replace(PROGRAM, str(ROOT / "bin" / "pasti")))

    files = [tmp_path / unit.name for unit in (*UNITS, *TIMERS)]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True)

    about_ours = [line for line in done.stderr.splitlines() if "pasti" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_starts_a_command_that_exists(unit: Path) -> None:
    program, command, *words = start(unit)

    assert program == PROGRAM
    assert parser(command).parse_args([command, *words]).command == command


def test_each_timer_has_its_service() -> None:
    assert [t.with_suffix(".service") for t in TIMERS if t.with_suffix(".service") in UNITS] == [
        t.with_suffix(".service") for t in TIMERS
    ]
    assert len(TIMERS) == 2


def test_what_must_run_always_is_started_again_whatever_its_exit_code() -> None:
    for name in ("pasti-web@.service", "pasti-worker.service"):
        unit = read(ROOT / "deploy" / "systemd" / name)
        assert unit["Service"]["Restart"] == "always"
        assert unit["Unit"]["StartLimitIntervalSec"] == "0"
        assert unit["Unit"]["Requires"] == unit["Unit"]["After"] == "pasti-prepare.service"


def test_all_are_shut_in_alike_and_only_the_backup_writes_elsewhere() -> None:
    walls = {unit.name: {k: v for k, v in read(unit)["Service"].items() if k not in ITS_OWN} for unit in UNITS}
    elsewhere = {name: wall.pop("ReadWritePaths") for name, wall in walls.items()}
    walls["pasti-backup.service"].pop("IOSchedulingClass")

    assert len({tuple(sorted(wall.items())) for wall in walls.values()}) == 1
    assert walls["pasti-worker.service"].items() >= {"User": "pasti", "ProtectSystem": "strict", "NoNewPrivileges": "yes"}.items()
    assert elsewhere.pop("pasti-backup.service") == "/srv/pasti /var/backups/pasti"
    assert set(elsewhere.values()) == {"/srv/pasti"}


def test_a_shell_reads_the_example_of_the_variables_as_systemd_does() -> None:
    example = ROOT / "deploy" / "systemd" / "pasti.env.example"
    script = f"set -aeu; . {shlex.quote(str(example))}; exec env"
    done = subprocess.run(["sh", "-c", script], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True)

    assert "DATABASE_URL=postgresql:///pasti?host=/var/run/postgresql" in done.stdout
    assert done.stderr == ""


def test_every_variable_of_the_example_is_one_that_is_read() -> None:
    example = (ROOT / "deploy" / "systemd" / "pasti.env.example").read_text()
    settings = (ROOT / "pasti" / "config" / "settings.py").read_text()

    named = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)

    assert [name for name in named if f'"{name}"' not in settings] == []
    assert len(named) > 8
