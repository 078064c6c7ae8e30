"""The operator's commands: `bin/pasti COMMAND`. A command's module is only loaded when it may be meant."""

import argparse
import importlib
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from pasti.domain.errors import PastiError

# command → the module that has it; a module adds its parser by `add(commands)` and sets `run` and what it `needs`:
# nothing, a database, or the tables in it too.
COMMANDS = {
    "serve": "pasti.cli.serve",
    "web": "pasti.cli.web",
    "worker": "pasti.cli.worker",
    "prepare": "pasti.cli.opening",
    "account": "pasti.cli.account",
    "api-key": "pasti.cli.api_key",
    "standard": "pasti.cli.standard",
    "clauses": "pasti.cli.standard",
    "deadline": "pasti.cli.deadline",
    "due": "pasti.cli.due",
    "skm": "pasti.cli.survey",
    "certificate": "pasti.cli.certificate",
    "mailbox": "pasti.cli.mailbox",
    "ledger": "pasti.cli.ledger",
    "heartbeat": "pasti.cli.heartbeat",
    "backup": "pasti.cli.backup",
    "restore": "pasti.cli.restore",
    "demo": "pasti.cli.demo",
    "simulate": "pasti.cli.simulate",
    "manage": "pasti.cli.manage",
}


def parser(asked: str | None) -> argparse.ArgumentParser:
    """The parser with the asked command's module, or with all of them when none is asked for."""
    made = argparse.ArgumentParser(prog="pasti", description="Perintah-perintah kantor layanan PASTI.")
    made.add_argument("--data", type=Path, help="folder data (bawaan: $PASTI_DATA, atau .data di sebelah program)")
    commands = made.add_subparsers(dest="command", metavar="PERINTAH", required=True)
    wanted = [COMMANDS[asked]] if asked in COMMANDS else dict.fromkeys(COMMANDS.values())
    for name in wanted:
        importlib.import_module(name).add(commands)
    return made


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code: 0 well, 1 the command says no, 2 wrong words."""
    words = list(sys.argv[1:] if words is None else words)
    args = parser(_asked(words)).parse_args(words)
    try:
        return _run(args)
    except PastiError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(args: argparse.Namespace) -> int:
    return int(args.run(args)) if args.needs == "nothing" else in_office(args)


def in_office(args: argparse.Namespace) -> int:
    """Run `args.run` with what `args.needs` of the office: its database, and the tables in it."""
    from pasti.cli import environment
    from pasti.cli.binaries import PostgresError

    args.data = environment.prepare(args.data)
    try:
        with environment.database(args.data):
            return _with_django(args)
    except PostgresError as reason:
        print(reason, file=sys.stderr)
        return 1


def _asked(words: Sequence[str]) -> str | None:
    """The command's word: the first that is neither --data nor its value."""
    rest = iter(words)
    for word in rest:
        if word == "--data":
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return None


def _with_django(args: argparse.Namespace) -> int:
    import django
    from django.db import connection

    django.setup()
    try:
        if args.needs == "tables" and not _has_tables():
            print(f"Tabel di basis data ini belum ada atau belum terbaru. Jalankan: {_prepare(args.data)}", file=sys.stderr)
            return 1
        return int(args.run(args))
    finally:
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has it, and ours is one


def _has_tables() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _prepare(data: Path) -> str:
    return f"bin/pasti --data {shlex.quote(str(data))} prepare"
