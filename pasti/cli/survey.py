"""`pasti skm FILE.csv`: the survey's averages, index and grade from a file of questionnaires (51.14.2)."""

import argparse
import json
import sys
from pathlib import Path

from pasti import standards
from pasti.domain.errors import InvalidInput
from pasti.domain.survey import EXACT, compute, tally
from pasti.domain.survey_sheet import Sheet, csv_rows, read_sheet

HEADER = "u1,u2,u3,u4,u5,u6,u7,u8,u9"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `skm`."""
    parser = commands.add_parser("skm", help="hitung survei kepuasan masyarakat dari berkas CSV")
    parser.add_argument(
        "file",
        type=Path,
        metavar="BERKAS.csv",
        help=f"judul {HEADER}; satu baris satu kuesioner; 1 sampai 4, kosong: tidak dijawab",
    )
    parser.add_argument("--weight", default=EXACT, metavar="BOBOT", help="exact (tepat 1/9, bawaan) atau printed (0,11 tercetak)")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Print n, nrr, index and grade as JSON; 1 when a row is wrong or an element has no answer, each said on stderr."""
    instrument = standards.load().survey()
    if args.weight not in instrument.weights:
        return _no(f"Bobot “{args.weight}” tidak dikenal; pilih {' atau '.join(instrument.weights)}.")
    try:
        sheet = read_sheet(csv_rows(args.file.read_bytes().decode("utf-8-sig")), instrument.codes)
    except OSError as reason:
        return _no(f"{args.file} tidak dapat dibaca: {reason.strerror}.")
    except UnicodeDecodeError:
        return _no(f"{args.file} bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")
    except InvalidInput as refusal:
        return _no(*map(str, refusal.problems))
    _tell_blank(sheet)
    result = compute(instrument, tally(sheet.answers, instrument.codes), weight=args.weight)
    answer: dict[str, object] = {
        "n": result.n,
        "nrr": {code: float(average) for code, average in result.nrr.items()},
        "index": float(result.index),
        "grade": result.band.grade,
    }
    if args.weight != EXACT:
        answer["weight"] = result.weight.title.id
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


def _tell_blank(sheet: Sheet) -> None:
    for line in sheet.blank:
        print(f"Baris {line}: tidak satu unsur pun dijawab, jadi tidak dihitung.", file=sys.stderr)


def _no(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
