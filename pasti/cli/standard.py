"""`pasti standard check|show` and `pasti clauses`: the regulation's files, and how each clause stands (51.1 to 51.14)."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pasti import standards
from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.errors import StandardInvalid
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.standard import OnLapse, Procedure, Standard, Term
from pasti.standards.library import Library
from pasti.standards.placement import libraries_at
from pasti.standards.reader import files_in, read

UNITS = {"working_days": "hari kerja", "calendar_days": "hari kalender"}
LAPSE = {OnLapse.DEEMED_APPROVED: "dianggap disetujui", OnLapse.ESCALATE: "dinaikkan ke atasan"}
CLAUSE_COLUMNS = ("KLAUSUL", "KOMP", "CARA", "STATUS", "SEJAK", "DILIHAT", "BUKTI")  # since: "≤" is on that day at the latest
STATUS = {"in_force": "berlaku", "amended": "berlaku, diubah", "replaced": "digantikan", "repealed": "dicabut"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `standard` and `clauses`."""
    standard = commands.add_parser("standard", help="periksa atau baca standar pelayanan")
    acts = standard.add_subparsers(dest="act", metavar="TINDAKAN", required=True)
    check_parser = acts.add_parser("check", help="periksa berkas standar: setiap kesalahan satu baris")
    check_parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="berkas atau folder; bawaan: yang dipakai")
    check_parser.set_defaults(run=check, needs="nothing")
    show_parser = acts.add_parser("show", help="tampilkan satu standar")
    show_parser.add_argument("entry", metavar="NOMOR", help="nomor entri, misalnya 51")
    show_parser.add_argument("--on", type=_day, metavar="TANGGAL", help="yang berlaku pada hari itu; bawaan: hari ini")
    show_parser.set_defaults(run=show, needs="nothing")
    clauses_parser = commands.add_parser(
        "clauses", help="setiap klausul: cara, status, sejak kapan (≤: paling lambat), terakhir dilihat, bukti"
    )
    clauses_parser.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    clauses_parser.add_argument("--on", type=_day, metavar="TANGGAL", help="keadaan pada akhir hari itu; bawaan: sekarang")
    clauses_parser.add_argument("--check", action="store_true", help="bandingkan dengan catatan malam hari itu; beda: 1")
    clauses_parser.set_defaults(run=clauses, needs="database")


def check(args: argparse.Namespace) -> int:
    """Check the paths with the library each belongs to: every fault on a line and 1, or what is there and 0."""
    faults: dict[str, None] = {}
    good: list[str] = []
    try:
        libraries = libraries_at(args.paths) if args.paths else [files_in(standards.folders())]
    except StandardInvalid as invalid:
        faults, libraries = dict.fromkeys(invalid.problems), []
    for files in libraries:
        try:
            good.append(_counts(read(files)))
        except StandardInvalid as invalid:
            faults |= dict.fromkeys(invalid.problems)
    print("\n".join(faults or good))
    return 1 if faults else 0


def _counts(library: Library) -> str:
    editions = [edition for entry in library.entries() for edition in library.editions(entry)]
    said = ", ".join(
        f"entri {e.entry} mulai {e.effective} ({len(e.clauses())} klausul, {len(e.requirements)} syarat)" for e in editions
    )
    years = ", ".join(str(year) for year in sorted(library.calendar().years))
    return (
        f"Baik: {said}; {len(library.procedures)} kelas prosedur; {len(library.legal_bases)} dasar hukum; "
        f"{len(library.calendar().holidays)} hari libur dan cuti bersama ({years})."
    )


def show(args: argparse.Namespace) -> int:
    """Print one edition for reading; 1 when there is none on that day."""
    on = args.on or jakarta_day(datetime.now(UTC))
    library = standards.load()
    if args.entry not in library.entries():
        print(f"Entri {args.entry} tidak ada. Yang ada: {', '.join(library.entries())}.", file=sys.stderr)
        return 1
    try:
        standard = library.in_force(args.entry, on)
    except KeyError:
        first = library.editions(args.entry)[0].effective
        print(f"Entri {args.entry} belum berlaku pada {on}; mulai berlaku {first}.", file=sys.stderr)
        return 1
    print("\n".join([*_head(standard), *_procedures(standard), *_law(standard, on), *_components(standard)]))
    return 0


def _term(term: Term) -> str:
    return f"{term.amount} {UNITS[term.unit]}"


def _head(standard: Standard) -> list[str]:
    until = f" sampai {standard.until}" if standard.until else ""
    fee = "gratis" if standard.fee_rupiah == 0 else f"Rp{standard.fee_rupiah}"
    return [
        f"{standard.entry}. {standard.title}",
        f"Berlaku mulai {standard.effective}{until}. Sumber: {standard.source}",
        f"KBLI {standard.kbli} ({standard.kbli_version}), risiko {str(standard.risk).lower()}.",
        f"Janji: {_term(standard.clock.promise)}. Biaya: {fee}. Produk: {standard.product}.",
        f"Pengaduan: paling lambat {_term(standard.complaint_filing)}, dijawab {_term(standard.complaint_answer)}.",
        f"Pelaksana: {standard.staff_required} orang.",
        f"Bila lewat waktu: {LAPSE[standard.clock.on_lapse]}. {standard.clock.on_lapse_ground}",
        f"Sumber hitungan waktu: {standard.clock.source}",
    ]


def _procedures(standard: Standard) -> list[str]:
    lines = ["", "PROSEDUR"]
    for procedure in standard.procedures:
        lines += _procedure(procedure)
    lines += ["", "Kelas dipilih menurut aturan pertama yang cocok:"]
    return lines + [f"  {rule.procedure:>3}  {rule.reason}" for rule in standard.procedure_rules]


def _procedure(procedure: Procedure) -> list[str]:
    lines = [f"Kelas {procedure.code}: {procedure.title} ({procedure.minutes} menit kerja; sumber: {procedure.source})"]
    for number, step in enumerate(procedure.steps, 1):
        outside = "" if step.within_promise else " (di luar janji)"
        lines.append(f"  {number}. {ROLE_TITLES[step.actor]}, {step.minutes} menit{outside}: {step.work}.")
    return lines


def _law(standard: Standard, on: date) -> list[str]:
    lines = ["", f"DASAR HUKUM YANG BERLAKU {on}"]
    for basis in standard.legal_bases_on(on):
        lines.append(f"  {basis.clause or '-':<7} {basis.title} [{STATUS[basis.status]}]")
    gone = [basis for basis in standard.legal_bases if basis not in standard.legal_bases_on(on) and basis.clause]
    if gone:
        lines.append("Disebut standar, tidak berlaku pada hari itu:")
        lines += [f"  {basis.clause:<7} {basis.id} [{STATUS[basis.status]}: {basis.status_by}]" for basis in gone]
    return lines


def _components(standard: Standard) -> list[str]:
    lines: list[str] = []
    for component in standard.components:
        lines += ["", f"{component.number}. {component.title}"]
        lines += [f"  {clause.id:<11} {clause.text}" for clause in component.clauses]
    return lines


def clauses(args: argparse.Namespace) -> int:
    """Print every clause of every entry in force with its status; nothing is met without evidence."""
    from django.core.management import call_command

    from pasti.queries.compliance import entries_on, scorecard

    today = jakarta_day(datetime.now(UTC))
    if args.on and args.on > today:
        print(f"Hari {args.on} belum tiba. Tulis hari ini ({today}) atau hari sebelumnya.", file=sys.stderr)
        return 1
    call_command("migrate", interactive=False, verbosity=0)  # a data folder that is new has no facts, and says so
    if args.check:
        return check_kept(args.on or today - timedelta(days=1))
    at = min(end_of(args.on), datetime.now(UTC)) if args.on else datetime.now(UTC)
    lines = [line for entry in entries_on(jakarta_day(at)) for line in scorecard(entry, at=at).lines]
    if not lines:
        print(f"Pada {args.on or today} belum ada standar yang berlaku. Pilih hari sesudahnya.", file=sys.stderr)
        return 1
    if args.json:
        rows = [asdict(line.status) | {"since": line.since.day, "since_is_exact": line.since.is_exact} for line in lines]
        print(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return 0
    print(_row(*CLAUSE_COLUMNS))
    for line in lines:
        row, since = line.status, f"{'' if line.since.is_exact else '≤'}{line.since.day}"
        print(_row(row.id, row.component, row.way, row.status, since, row.as_of or "-", row.evidence or "-"))
    return 0


def _row(id: object, component: object, way: object, status: object, since: object, as_of: object, evidence: object) -> str:
    return f"{id!s:<11} {component!s:>4} {way!s:<9} {status!s:<12} {since!s:<11} {as_of!s:<11} {evidence}"


def check_kept(day: date) -> int:
    """Reckon the end of a day again and compare it with what its night kept; 1 when they differ or nothing was kept."""
    from pasti.queries.compliance import kept, standing

    rows = kept(day)
    if rows is None:
        print(f"Hari {day} tidak tercatat: hari itu belum berakhir, atau kantor belum menyimpan kartu skornya.", file=sys.stderr)
        return 1
    again = standing(end_of(day))
    faults = [
        f"{clause}: tercatat {rows[entry, clause].status if (entry, clause) in rows else '-'}, dihitung ulang {status}"
        for (entry, clause), status in again.items()
        if (entry, clause) not in rows or rows[entry, clause].status != status
    ]
    print("\n".join(faults) or f"Sama: {len(again)} klausul pada akhir {day}.")
    return 1 if faults else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan tanggal; tulis seperti 2026-12-23") from None
