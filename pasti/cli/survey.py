"""`pasti skm FILE.csv`: the survey's averages, index and grade from a file of questionnaires (51.14.2)."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pasti import standards
from pasti.domain.errors import InvalidInput
from pasti.domain.survey import EXACT, Result, compute, tally
from pasti.domain.survey_sheet import Sheet, csv_rows, read_sheet

HEADER = "u1,u2,u3,u4,u5,u6,u7,u8,u9"
MEANING = (
    "NRR = rata-rata jawaban yang terisi; indeks = jumlah NRR tertimbang x 25, dibulatkan setengah ke atas menjadi dua desimal, "
    "lalu dicari mutunya. Unsur yang tidak dijawab pada satu kuesioner pun tidak mempunyai NRR (null) dan disebut pada "
    "“unanswered”; bobotnya dibagi rata kepada unsur yang dijawab, karena jumlah bobot seluruh unsur tetap satu."
)
UNANSWERED = "Unsur {codes} tidak dijawab pada satu kuesioner pun; indeks dihitung dari {count} unsur yang dijawab."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `skm`."""
    parser = commands.add_parser("skm", help="hitung survei kepuasan masyarakat dari berkas CSV", epilog=MEANING)
    parser.add_argument(
        "file",
        type=Path,
        metavar="BERKAS.csv",
        help=f"judul {HEADER}; satu baris satu kuesioner; 1 sampai 4, kosong: tidak dijawab",
    )
    parser.add_argument("--weight", default=EXACT, metavar="BOBOT", help="exact (tepat 1/9, bawaan) atau printed (0,11 tercetak)")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Print n, nrr, index and grade as JSON; 1 when a row is wrong or nothing is answered, said on stderr."""
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
    print(json.dumps(_answer(result, instrument.codes), ensure_ascii=False, indent=2))
    return 0


def _answer(result: Result, codes: Sequence[str]) -> dict[str, object]:
    answer: dict[str, object] = {
        "n": result.n,
        "nrr": {code: float(result.nrr[code]) if code in result.nrr else None for code in codes},
        "index": float(result.index),
        "grade": result.band.grade,
    }
    if result.unanswered:
        answer["unanswered"] = list(result.unanswered)
        print(UNANSWERED.format(codes=", ".join(result.unanswered), count=len(result.nrr)), file=sys.stderr)
    if result.weight.name != EXACT:
        answer["weight"] = result.weight.title.id
    return answer


def _tell_blank(sheet: Sheet) -> None:
    for line in sheet.blank:
        print(f"Baris {line}: tidak satu unsur pun dijawab, jadi tidak dihitung.", file=sys.stderr)


def _no(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
