"""`pasti heartbeat`: whether every background duty runs; for cron and for whoever watches over the server (51.10.2)."""

import argparse
from datetime import datetime

from pasti.cli.due import moment


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `heartbeat`."""
    parser = commands.add_parser("heartbeat", help="periksa denyut tugas latar; keluar 1 bila ada yang terlambat")
    parser.add_argument("--at", type=moment, metavar="WAKTU", help="saat yang dipakai; bawaan: sekarang")
    parser.add_argument("--ran", choices=["backup"], help="catat bahwa tugas di luar PASTI ini baru saja berhasil")
    parser.set_defaults(run=run, needs="tables")


def run(args: argparse.Namespace) -> int:
    """Say how each duty stands; 1 when one is late."""
    from django.utils import timezone

    from pasti.actions.heartbeat import beat
    from pasti.domain.heartbeat import Duty, Pulse
    from pasti.queries import heartbeat

    at = args.at or timezone.now()
    if args.ran:
        beat(Duty(args.ran), at=at)
    beats = heartbeat.beats(at=at)
    words = {Pulse.LATE: "TERLAMBAT", Pulse.ON_TIME: "berjalan", Pulse.AWAITED: "menunggu", Pulse.UNWATCHED: "belum dipasang"}
    for one in beats:
        print(f"{words[one.pulse]:<14} {one.title:<28} terakhir {_said(one.ran_at)}, terlambat sesudah {_said(one.next_by)}")
    return 1 if any(one.pulse is Pulse.LATE for one in beats) else 0


def _said(at: datetime | None) -> str:
    from pasti.domain.calendar import JAKARTA

    return f"{at.astimezone(JAKARTA):%Y-%m-%d %H:%M}" if at else "-"
