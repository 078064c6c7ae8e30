"""`pasti account`: who works in the office and in which role; the administrator's work, done on the server (51.11)."""

import argparse
import os
import secrets
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasti.domain.roles import Actor


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `account add`, `appoint`, `end`, `away`, `deactivate`, `activate` and `list`."""
    parser = commands.add_parser("account", help="akun dan peran orang kantor")
    acts = parser.add_subparsers(dest="act", metavar="KERJA", required=True)
    person = acts.add_parser("add", help="buat akun; kata sandi pertamanya ditampilkan sekali")
    person.add_argument("email", metavar="SUREL")
    person.add_argument("--name", required=True, metavar="NAMA", help="nama lengkap, seperti tercetak pada surat")
    person.add_argument("--role", action="append", default=[], metavar="PERAN", help="peran mulai hari ini; boleh diulang")
    person.add_argument("--nip", default="", help="18 angka")
    person.add_argument(
        "--signing-nik", default="", metavar="NIK", help="hanya penanda tangan: NIK yang dikenal layanan tanda tangan"
    )
    person.add_argument("--password-stdin", action="store_true", help="baca kata sandinya dari baris pertama masukan")
    post = acts.add_parser("appoint", help="beri peran dari suatu hari, bila perlu sampai suatu hari")
    post.add_argument("--from", dest="starts_on", type=_day, metavar="HARI", help="hari pertama, TTTT-BB-HH (bawaan: hari ini)")
    post.add_argument("--until", dest="ends_on", type=_day, metavar="HARI", help="hari terakhir (bawaan: tanpa akhir)")
    post.add_argument(
        "--as", dest="kind", choices=("plh", "plt", "an"), default="definitive", help="menggantikan: Plh., Plt., atau a.n."
    )
    post.add_argument("--for", dest="stands_in_for", default="", metavar="SUREL", help="pejabat yang digantikan")
    away = acts.add_parser("away", help="catat cuti; yang menggantikannya menerima peringatan")
    away.add_argument("email", metavar="SUREL")
    away.add_argument("--from", dest="starts_on", type=_day, required=True, metavar="HARI")
    away.add_argument("--until", dest="ends_on", type=_day, required=True, metavar="HARI")
    away.add_argument("--reason", default="", metavar="ALASAN")
    end = acts.add_parser("end", help="akhiri peran")
    end.add_argument(
        "--on", dest="ends_on", type=_day, metavar="HARI", help="hari terakhir (bawaan: hari ini; kemarin: seketika)"
    )
    stop = acts.add_parser("deactivate", help="nonaktifkan akun seketika: tidak dapat masuk, yang sedang masuk dikeluarkan")
    start = acts.add_parser("activate", help="aktifkan lagi akun yang dinonaktifkan")
    for one in (stop, start):
        one.add_argument("email", metavar="SUREL")
        one.add_argument("--reason", required=True, metavar="ALASAN", help="tercatat dalam buku catatan; wajib")
        one.add_argument("--by", default="", metavar="SUREL", help="administrator yang melakukannya (bawaan: sistem)")
    for one in (post, end):
        one.add_argument("email", metavar="SUREL")
        one.add_argument("role", metavar="PERAN", help="misalnya examiner; nama yang salah dijawab dengan daftarnya")
    for name, one in (
        ("add", person),
        ("appoint", post),
        ("end", end),
        ("away", away),
        ("deactivate", stop),
        ("activate", start),
        ("list", acts.add_parser("list", help="semua akun dan perannya")),
    ):
        one.set_defaults(run=run, needs="tables", act=name)


def run(args: argparse.Namespace) -> int:
    """Do it; a refusal is one sentence and exit code 1."""
    return ACTS[args.act](args)


def _add(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from pasti.actions.accounts import Person, add_person, role_named
    from pasti.domain.roles import Role

    roles = tuple(role_named(word) for word in args.role)
    given = sys.stdin.readline().rstrip("\n") if args.password_stdin else ""
    password = given if args.password_stdin else "-".join(secrets.token_hex(2) for _ in range(4))
    person = Person(email=args.email, name=args.name, roles=roles, nip=args.nip, signing_nik=args.signing_nik)
    account = add_person(person, password=password, at=timezone.now())
    print(f"Akun {account.email} dibuat; peran: {', '.join(roles) or 'pemohon'}.")
    if not args.password_stdin:
        print(f"Kata sandi pertama, hanya ditampilkan sekali ini: {password}")
        print(f"Minta pemiliknya menggantinya di {os.environ['PASTI_BASE_URL']}/akun/password/change/")
    if Role.HEAD in roles and not person.signing_nik:
        print("Kepala ini belum dapat menandatangani: NIK-nya belum disebut (--signing-nik).", file=sys.stderr)
    return 0


def _appoint(args: argparse.Namespace) -> int:
    from pasti.actions.accounts import appoint, role_named
    from pasti.domain.roles import Capacity

    now, today = _moment()
    starts_on = args.starts_on or today
    warnings = appoint(
        args.email,
        role_named(args.role),
        starts_on=starts_on,
        ends_on=args.ends_on,
        kind=Capacity(args.kind),
        stands_in_for=args.stands_in_for,
        at=now,
    )
    print(f"{args.email} memegang peran {args.role} dari {starts_on} sampai {args.ends_on or 'diakhiri'}.")
    for warning in warnings:
        print(warning, file=sys.stderr)
    return 0


def _away(args: argparse.Namespace) -> int:
    from pasti.actions.accounts import be_away

    be_away(args.email, starts_on=args.starts_on, ends_on=args.ends_on, reason=args.reason, at=_moment()[0])
    print(f"{args.email} tidak di tempat dari {args.starts_on} sampai {args.ends_on}.")
    return 0


def _end(args: argparse.Namespace) -> int:
    from pasti.actions.accounts import end_appointment, role_named

    now, today = _moment()
    ends_on = args.ends_on or today
    end_appointment(args.email, role_named(args.role), ends_on=ends_on, at=now)
    print(f"Peran {args.role} {args.email} berakhir; hari terakhirnya {ends_on}.")
    return 0


def _deactivate(args: argparse.Namespace) -> int:
    from pasti.actions.deactivation import deactivate
    from pasti.queries.accounts import accounts, in_hand

    now, today = _moment()
    deactivate(args.email, reason=args.reason, at=now, actor=_by(args.by, today))
    print(f"Akun {args.email} nonaktif; semua sesinya berakhir.")
    posts = next(line.posts for line in accounts(today) if line.email == args.email.strip().lower())
    if posts:
        print(f"Perannya tetap tercatat dan berlaku lagi bila akun diaktifkan: {', '.join(post.role for post in posts)}.")
        print(f"Untuk mengakhirinya: bin/pasti account end {args.email} PERAN")
    held = in_hand(args.email)
    if held.cases or held.complaints:
        print(
            f"Masih dipegangnya: {held.cases} berkas, {held.complaints} pengaduan. Bagikan kepada petugas lain.", file=sys.stderr
        )
    return 0


def _activate(args: argparse.Namespace) -> int:
    from pasti.actions.deactivation import activate

    now, today = _moment()
    activate(args.email, reason=args.reason, at=now, actor=_by(args.by, today))
    print(f"Akun {args.email} aktif lagi; pemiliknya masuk dengan kata sandinya.")
    return 0


def _by(email: str, on: date) -> "Actor":
    from pasti.actions.accounts import account_of
    from pasti.domain.roles import SYSTEM

    return account_of(email).actor(on) if email else SYSTEM


def _list(args: argparse.Namespace) -> int:
    from pasti.queries.accounts import accounts

    for line in accounts(_moment()[1]):
        posts = ", ".join(f"{p.role} ({p.starts_on} – {p.ends_on or ''})" for p in line.posts)
        print(f"{line.email:<34} {line.name:<28} {posts or 'pemohon'}{'' if line.is_active else '; nonaktif'}")
    return 0


def _moment() -> tuple[datetime, date]:
    from django.utils import timezone

    from pasti.domain.calendar import jakarta_day

    return timezone.now(), jakarta_day(timezone.now())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} bukan tanggal; tulis TTTT-BB-HH, misalnya 2026-12-01") from None


ACTS = {
    "add": _add,
    "appoint": _appoint,
    "end": _end,
    "away": _away,
    "deactivate": _deactivate,
    "activate": _activate,
    "list": _list,
}
