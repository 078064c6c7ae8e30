"""`pasti prepare`: tables, static files and, when asked, the demonstration office. Safe to run again, and by several at once."""

import argparse
import hashlib
import secrets
from datetime import timedelta
from pathlib import Path

from pasti.cli import standins
from pasti.cli.secret import secret

OPEN_SINCE = timedelta(days=380)  # the demonstration office was opened before its first case, three whole quarters ago


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `prepare`."""
    parser = commands.add_parser("prepare", help="siapkan tabel dan berkas statis; aman diulang")
    parser.add_argument("--demo", action="store_true", help="isi juga kantor peragaan: satu orang untuk tiap peran")
    parser.set_defaults(run=run, needs="database")


def run(args: argparse.Namespace) -> int:
    """Migrate, collect static files when they have changed, and open the demonstration office."""
    from django.core.management import call_command
    from django.utils import timezone

    from pasti.actions import heartbeat

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    heartbeat.begin(at=timezone.now())
    _collect_static(args.data)
    if args.demo:
        _open_office(args.data)
    return 0


def demo_password(data: Path) -> str:
    """The one password of all demonstration accounts of this installation: made at its first start, short enough to type."""
    return secret(data / "secrets" / "demo_password", f"pasti-{secrets.token_hex(4)}")


def demo_passphrase(data: Path) -> str:
    """What the demonstration's head types to sign."""
    return secret(data / "secrets" / "demo_passphrase", f"tanda-tangan-{secrets.token_hex(3)}")


def _open_office(data: Path) -> None:
    from django.test.utils import override_settings
    from django.utils import timezone
    from procrastinate.contrib.django import app

    from pasti.actions import nightly, opening, showcase
    from pasti.domain.roles import ROLE_TITLES, Role

    now, words = timezone.now(), {"password": demo_password(data), "passphrase": demo_passphrase(data)}
    if opening.open_office(**words, at=now - OPEN_SINCE) or showcase.unfinished():
        with standins.signing(data) as address, override_settings(PASTI_SIGNING_URL=address):
            showcase.furnish(**words, at=now)
        nightly.run(at=now)
        app.configure_task("scorecard").defer(timestamp=int(now.timestamp()))  # the days so far: a minute of the worker
    titles = {
        person.email: ", ".join(ROLE_TITLES[role] for role in person.roles or (Role.APPLICANT,)) for person in opening.DEMO_OFFICE
    }
    (data / "demo.txt").write_text("".join(f"  {email:<34} {title}\n" for email, title in titles.items()))


def _collect_static(data: Path) -> None:
    """Compressed and named by content in DATA/static; made again when a source has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command
    from django.test.utils import override_settings

    sources = sorted((path, store.path(path)) for finder in get_finders() for path, store in finder.list([]))
    state = "\n".join(f"{path} {Path(full).stat().st_size} {Path(full).stat().st_mtime_ns}" for path, full in sources)
    stamp = data / "static.stamp"
    now = hashlib.sha256(state.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == now:
        return
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": backend}):
        call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
