"""`pasti due`: warn, and let happen what follows when a term has run out; what the worker does every 15 minutes (51.3)."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime

WORDS = {
    "warned": "diingatkan",
    "deemed_approved": "dianggap disetujui",
    "escalated": "dinaikkan",
    "fulfilments_lapsed": "waktu pemenuhannya lewat",
    "fulfilments_ending": "pemohonnya diingatkan bahwa waktu pemenuhan segera habis",
    "hearings_ended": "waktu tanggapan pemegangnya lewat",
    "duties_told": "kewajiban sesudah terbitnya dicatat atau diingatkan",
    "overtaken": "sedang diubah orang lain, dilihat lagi nanti",
    "undated": "menunggu kalender tahun berikutnya",
}
COMPLAINT_WORDS = {
    "warned": "diingatkan",
    "escalated": "dinaikkan",
    "recalculated": "batas waktunya dihitung ulang",
    "reminded": "instansi rujukannya diingatkan",
    "overtaken": "sedang diubah orang lain, dilihat lagi nanti",
    "undated": "menunggu kalender tahun berikutnya",
}

NOT_YET = (
    "{at} belum tiba. Yang lewat waktu pada saat itu akan dicatat untuk selamanya pada basis data ini, seolah-olah sudah tiba. "
    "Bila ini basis data percobaan dan memang itu maksudnya, ulangi dengan --yes."
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `due`."""
    parser = commands.add_parser("due", help="ingatkan petugas, dan catat yang lewat waktu")
    parser.add_argument(
        "--at", type=moment, metavar="WAKTU", help="saat yang dipakai, misalnya 2026-12-02T09:00; bawaan: sekarang"
    )
    parser.add_argument("--yes", action="store_true", help="benar, catat menurut saat yang belum tiba (lihat --at)")
    parser.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    parser.set_defaults(run=run, needs="tables")


def run(args: argparse.Namespace) -> int:
    """Run once; 1 when a year's decree is not on file to date something, 2 for a moment to come that was not confirmed."""
    from django.utils import timezone

    from pasti.actions import complaint_due, due, evaluation_due

    if args.at and args.at > timezone.now() and not args.yes:
        print(NOT_YET.format(at=f"{args.at:%d-%m-%Y %H.%M}"), file=sys.stderr)
        return 2
    report = due.run(at=args.at or timezone.now())
    complaints = complaint_due.run(at=report.at)
    evaluations = evaluation_due.run(at=report.at)
    if args.json:
        found = {**asdict(report), "at": report.at.isoformat(), "complaints": asdict(complaints), "evaluations": evaluations}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(f"{report.looked_at} berkas dilihat.")
        for name, words in WORDS.items():
            if numbers := getattr(report, name):
                print(f"{len(numbers)} {words}: {', '.join(numbers)}")
        print(f"{complaints.looked_at} pengaduan dilihat.")
        for name, words in COMPLAINT_WORDS.items():
            if numbers := getattr(complaints, name):
                print(f"{len(numbers)} {words}: {', '.join(numbers)}")
        if evaluations:
            print(f"{evaluations} hasil evaluasi diingatkan kepada yang belum membaca.")
    return 1 if report.undated or complaints.undated else 0


def moment(text: str) -> datetime:
    """A moment as an operator types it; Jakarta time when it names no zone."""
    from pasti.domain.calendar import JAKARTA

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan waktu; tulis seperti 2026-12-02T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)
