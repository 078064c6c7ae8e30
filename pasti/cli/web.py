"""`pasti web`: the web server alone, for a process manager; `pasti serve` starts it too."""

import argparse
import os
import sys

LAST_PORT = 65535


def words(*, host: str, port: int, workers: int) -> list[str]:
    """The command of the web server. Many threads, because a slow client holds one; a worker that dies is replaced."""
    options = {"interface": "wsgi", "host": host, "port": port, "workers": workers, "blocking-threads": 64, "backpressure": 64}
    flags = ["no-ws", "respawn-failed-workers", "no-access-log"]
    given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [
        sys.executable,
        "-m",
        "granian",
        *given,
        *(f"--{flag}" for flag in flags),
        "--log-level",
        "warning",
        "pasti.config.wsgi:application",
    ]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `web`."""
    parser = commands.add_parser("web", help="jalankan peladen web saja (basis data harus sudah ada)")
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang didengarkan (bawaan: hanya mesin ini)")
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.set_defaults(run=run, needs="nothing")


def port(text: str) -> int:
    """A TCP port as a person writes it."""
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"porta harus bilangan 1 sampai {LAST_PORT}, bukan {text}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Become the web server."""
    from pasti.cli import environment, named_database
    from pasti.cli.binaries import PostgresError

    environment.prepare(args.data, base_url=f"http://{args.host}:{args.port}")
    if "DATABASE_URL" not in os.environ:
        print("DATABASE_URL belum diisi. Pakai `bin/serve`, yang membawa basis datanya sendiri.", file=sys.stderr)
        return 1
    try:
        named_database.require(os.environ["DATABASE_URL"])
    except PostgresError as reason:
        print(reason, file=sys.stderr)
        return 1
    os.execv(sys.executable, words(host=args.host, port=args.port, workers=args.workers))  # noqa: S606  # no shell is wanted
