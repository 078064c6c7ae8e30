"""What must hold within an edition: numbers complete, references known, rules without gaps (51.1 to 51.14)."""

from collections.abc import Mapping

from pasti.standards.clause_checks import check_components
from pasti.standards.edition import EditionShape
from pasti.standards.law import BasisShape
from pasti.standards.office import Office
from pasti.standards.requirement_checks import check_requirements
from pasti.standards.tree import Tree

SCALES = ("mikro", "kecil", "menengah", "besar")


def check_edition(
    tree: Tree, found: EditionShape, *, entry: str, day: str, office: Office | None, bases: Mapping[str, BasisShape]
) -> None:
    """Note every fault of the edition in `<entry>/<day>.yaml`; `bases` are those on file."""
    if found.entry != entry:
        tree.problem(("entry",), f"entry {found.entry} tidak sama dengan nama folder; seharusnya {entry}.")
    if found.effective.isoformat() != day:
        tree.problem(("effective",), f"effective {found.effective} tidak sama dengan nama berkas; seharusnya {day}.")
    clauses = check_components(tree, found)
    check_requirements(tree, found, clauses)
    _check_clock(tree, found, office)
    _check_scales(tree, found)
    _check_rules(tree, found)
    _check_bases(tree, found, clauses, bases)
    _check_channels(tree, found, clauses)
    _check_number(tree, found)


def _check_clock(tree: Tree, found: EditionShape, office: Office | None) -> None:
    clock = found.clock
    if office and clock.closing > office.closing:
        tree.problem(
            ("clock", "closing"), f"closing {clock.closing:%H:%M} sesudah kantor tutup; paling lambat {office.closing:%H:%M}."
        )
    falling = all(a > b for a, b in zip(clock.warnings, clock.warnings[1:], strict=False))
    if not falling or any(day > clock.promise.amount for day in clock.warnings):
        tree.problem(
            ("clock", "warnings"), f"warnings harus menurun dan paling besar {clock.promise.amount}, misalnya [3, 1, 0]."
        )


def _check_scales(tree: Tree, found: EditionShape) -> None:
    scales, here = found.intake.scales, ("intake", "scales")
    if tuple(scale.id for scale in scales) != SCALES:
        tree.problem(here, f"skala harus berurutan: {', '.join(SCALES)}.")
        return
    if not any(scale.served for scale in scales):
        tree.problem(here, "tidak ada skala yang dilayani; beri served: true pada salah satunya.")
    for index, scale in enumerate(scales):
        last = index == len(scales) - 1
        for key in ("capital_up_to", "sales_up_to"):
            bound, before = getattr(scale, key), getattr(scales[index - 1], key) if index else 0
            if (bound is None) != last:
                tree.problem((*here, index, key), f"{key} skala {scale.id} harus {'null' if last else 'sebuah bilangan'}.")
            elif bound is not None and before is not None and bound <= before:
                tree.problem((*here, index, key), f"{key} skala {scale.id} harus lebih dari {before}.")
        if not scale.served and scale.refer_to is None:
            tree.problem((*here, index), f"skala {scale.id} tidak dilayani, jadi refer_to wajib diisi: siapa yang melayaninya.")
    codes = [ground.code for ground in found.intake.location_grounds]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            tree.problem(("intake", "location_grounds", index, "code"), f"alasan lokasi “{code}” sudah ada; beri huruf lain.")


def _check_rules(tree: Tree, found: EditionShape) -> None:
    """Every application gets a class, and every class named is reached (51.2)."""
    for index, code in enumerate(found.procedures):
        if code in found.procedures[:index]:
            tree.problem(("procedures", index), f"prosedur {code} sudah ada; hapus salah satunya.")
        elif all(rule.procedure != code for rule in found.procedure_rules):
            tree.problem(("procedures", index), f"prosedur {code} tidak pernah dipilih procedure_rules; tambahkan aturannya.")
    closed: set[bool] = set()
    for index, rule in enumerate(found.procedure_rules):
        here = ("procedure_rules", index)
        if rule.procedure not in found.procedures:
            tree.problem(
                (*here, "procedure"), f"prosedur {rule.procedure} tidak ada di procedures; pilih {', '.join(found.procedures)}."
            )
        reached = {True, False} if rule.assisted is None else {rule.assisted}
        if reached <= closed:
            tree.problem(here, "aturan ini tidak pernah tercapai; aturan tanpa syarat sudah ada di atasnya.")
        if not rule.visit_when:
            closed |= reached
    if closed != {True, False}:
        last = len(found.procedure_rules) - 1
        message = "aturan tidak mencakup semua permohonan; baris terakhir (untuk tiap assisted) harus tanpa visit_when."
        tree.problem(("procedure_rules", last), message)


def _check_bases(tree: Tree, found: EditionShape, clauses: Mapping[str, int], bases: Mapping[str, BasisShape]) -> None:
    for clause, id in found.legal_bases.items():
        if clauses.get(clause) != 7:
            tree.problem(("legal_bases", clause), f"klausul {clause} tidak ada di komponen 7.")
        if id not in bases:
            tree.problem(
                ("legal_bases", clause), f"dasar hukum {id} tidak ada di legal_bases.yaml; tambahkan atau perbaiki namanya."
            )
    for index, id in enumerate(found.other_legal_bases):
        if id not in bases:
            tree.problem(
                ("other_legal_bases", index), f"dasar hukum {id} tidak ada di legal_bases.yaml; tambahkan atau perbaiki namanya."
            )
    missing = [clause for clause, component in clauses.items() if component == 7 and clause not in found.legal_bases]
    if missing:
        tree.problem(("legal_bases",), f"dasar hukum untuk {', '.join(missing)} belum disebut.")


def _check_channels(tree: Tree, found: EditionShape, clauses: Mapping[str, int]) -> None:
    seen: set[str] = set()
    for index, channel in enumerate(found.complaint.channels):
        here = ("complaint", "channels", index)
        if clauses.get(channel.clause) != 6:
            tree.problem((*here, "clause"), f"klausul {channel.clause} tidak ada di komponen 6.")
        for value in (channel.clause, channel.id):
            if value in seen:
                tree.problem(here, f"saluran {value} sudah ada; hapus salah satunya.")
            seen.add(value)


def _check_number(tree: Tree, found: EditionShape) -> None:
    """The pattern must print, and tell certificates apart by sequence and year (51.5)."""
    try:
        first, other = (found.certificate_number.format(sequence=n, month_roman="I", year=y) for n, y in ((1, 2026), (2, 2027)))
        whole = "{sequence" in found.certificate_number and "{year" in found.certificate_number and first != other
    except (KeyError, ValueError, IndexError, AttributeError):
        whole = False
    if not whole:
        message = "pola nomor harus memuat {sequence:04d} dan {year}, dan boleh memuat {month_roman}; tidak ada yang lain."
        tree.problem(("certificate_number",), message)
