"""pg_dump and pg_restore on the database that DATABASE_URL names, without its password on any command line."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from pasti.cli import backup_folder, binaries
from pasti.cli.backup_folder import BackupUnusable, Written


def reach(url: str) -> dict[str, str]:
    """The environment by which PostgreSQL's programs reach that database: readable by our account alone."""
    from psycopg import pq

    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    options = pq.Conninfo.parse(url.encode())
    return kept | {o.envvar.decode(): o.val.decode() for o in options if o.envvar and o.val is not None}


def take(url: str, path: Path, *, snapshot: str, major: int) -> Written:
    """Dump that snapshot into a file. It comes through a pipe: when we are killed, so is pg_dump."""
    program = binaries.tools(major).program("pg_dump")
    words = [program, "--format=custom", "--no-password", "--no-owner", "--no-acl", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as said, subprocess.Popen(words, env=reach(url), stdout=subprocess.PIPE, stderr=said) as child:
        assert child.stdout is not None
        try:
            written = backup_folder.write(child.stdout, path)
        except BaseException:
            child.kill()
            raise
        if child.wait():
            said.seek(0)
            raise BackupUnusable(f"pg_dump gagal: {said.read().decode(errors='replace').strip()}")
    return written


def faults(path: Path, *, major: int) -> list[str]:
    """Why pg_restore cannot read a dump's table of contents; nothing when it can."""
    words = [binaries.tools(major).program("pg_restore"), "--list", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace")
    return [f"{path.name}: pg_restore tidak dapat membacanya ({done.stderr.strip()})"] if done.returncode else []


def put_back(url: str, path: Path, *, major: int) -> None:
    """Restore a dump into an empty database: all of it or nothing."""
    environment = reach(url)
    words = ["--single-transaction", "--exit-on-error", "--no-password", "--no-owner", "--no-acl"]
    target = f"--dbname={environment['PGDATABASE']}" if "PGDATABASE" in environment else "--dbname="
    command = [binaries.tools(major).program("pg_restore"), *words, target, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise BackupUnusable(f"Basis data tidak dapat dipulihkan: {done.stderr.strip()}")


def server_major(version: int) -> int:
    """PostgreSQL's major version from what a connection says of its server: 180001 is 18."""
    return version // 10000


def release(major: int) -> str:
    """Which pg_dump is used for a server of that version, as it says itself."""
    said = subprocess.run([binaries.tools(major).program("pg_dump"), "--version"], capture_output=True, text=True, check=True)
    return re.sub(r"^pg_dump \(PostgreSQL\) ", "", said.stdout.strip())
