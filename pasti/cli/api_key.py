"""`pasti api-key`: which other systems may file complaints; the administrator's work, done on the server (51.6.2)."""

import argparse


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `api-key create`, `list` and `revoke`."""
    parser = commands.add_parser("api-key", help="kunci sistem lain yang menyampaikan pengaduan")
    acts = parser.add_subparsers(dest="act", metavar="KERJA", required=True)
    create = acts.add_parser("create", help="buat kunci; hanya ditampilkan sekali")
    revoke = acts.add_parser("revoke", help="cabut kunci; seketika tidak berlaku")
    listed = acts.add_parser("list", help="semua kunci dan kapan terakhir dipakai")
    for one in (create, revoke):
        one.add_argument("name", metavar="NAMA", help="misalnya sp4n-lapor")
    for name, one in (("create", create), ("revoke", revoke), ("list", listed)):
        one.set_defaults(run=run, needs="tables", act=name)


def run(args: argparse.Namespace) -> int:
    """Do it; a refusal is one sentence and exit code 1."""
    return {"create": _create, "revoke": _revoke, "list": _list}[args.act](args)


def _create(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from pasti.actions.api_keys import create

    key = create(args.name, at=timezone.now())
    print(f"Kunci {args.name}, hanya ditampilkan sekali ini: {key}")
    print("Dipakai sebagai: Authorization: Bearer KUNCI. Uraiannya ada di /api/v1/openapi.json di alamat kantor ini.")
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from pasti.actions.api_keys import revoke

    revoke(args.name, at=timezone.now())
    print(f"Kunci {args.name} dicabut.")
    return 0


def _list(args: argparse.Namespace) -> int:
    from django.utils.timezone import localtime

    from pasti.queries.api_keys import api_keys

    for line in api_keys():
        used = f"terakhir dipakai {localtime(line.last_used_at):%Y-%m-%d %H:%M}" if line.last_used_at else "belum dipakai"
        ended = f"; dicabut {localtime(line.revoked_at):%Y-%m-%d}" if line.revoked_at else ""
        print(f"{line.name:<34} dibuat {localtime(line.created_at):%Y-%m-%d}; {used}{ended}")
    return 0
