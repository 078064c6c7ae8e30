"""What must hold within an edition: numbers complete, references known, rules without gaps (51.1 to 51.14)."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from pasti.domain.hours import OpeningHours
from pasti.domain.standard import SAFETY_COMPONENT
from pasti.standards.clause_checks import PARTS, check_components
from pasti.standards.complaint_checks import check_handling
from pasti.standards.duties import check_duties
from pasti.standards.edition import ClockShape, IntakeShape, RuleShape, SafetyShape, ScaleShape
from pasti.standards.faults import Parts, parts_of
from pasti.standards.kbli import MappingShape
from pasti.standards.requirement_checks import check_requirements
from pasti.standards.staffing import check_staffing
from pasti.standards.tree import Plain, Trail, Tree
from pasti.standards.words import as_clause

Week = Sequence[OpeningHours]  # empty when the office's file is not sound
SCALES = ("mikro", "kecil", "menengah", "besar")


def check_edition(
    tree: Tree, found: Parts, *, entry: str, day: str, week: Week, bases: Collection[str] | None, classes: Collection[str]
) -> None:
    """Note every fault of the edition in `<entry>/<day>.yaml`. What is not sound itself, or needs what is not, is passed over.

    `bases` are the names of the legal bases on file, None when that file is not sound; `classes` are the procedures on file.
    """
    if found.get("entry", entry) != entry:
        tree.problem(("entry",), f"entry {found['entry']} tidak sama dengan nama folder; seharusnya {entry}.")
    if "effective" in found and found["effective"].isoformat() != day:
        tree.problem(("effective",), f"effective {found['effective']} tidak sama dengan nama berkas; seharusnya {day}.")
    _check_clock(tree, parts_of(tree.raw("clock"), ClockShape), week)
    _check_intake(tree, parts_of(tree.raw("intake"), IntakeShape))
    if {"procedures", "procedure_rules"} <= found.keys():
        _check_rules(tree, found["procedures"], found["procedure_rules"], classes)
    if "certificate_number" in found:
        _check_number(tree, found["certificate_number"])
    if found.get("kbli_mapping") and "kbli" in found:
        _check_mapping(tree, found["kbli_mapping"], found["kbli"])
    if bases is not None:
        _check_bases(tree, bases)
    components = {key: found[key] for key in PARTS if key in found}
    clauses = check_components(tree, entry, components)
    if len(components) == len(PARTS):
        _check_references(tree, found, clauses)


def _check_references(tree: Tree, found: Parts, clauses: Mapping[str, int]) -> None:
    if "requirements" in found:
        check_requirements(tree, found["requirements"], clauses)
    _check_cited(tree, tree.raw("legal_bases"), clauses)
    _check_channels(tree, tree.raw("complaint", "channels"), clauses)
    if found.get("duties"):
        check_duties(tree, found["duties"], clauses)
    if found.get("complaint_handling"):
        check_handling(tree, found["complaint_handling"], clauses)
    if found.get("staffing"):
        check_staffing(tree, found["staffing"], clauses)
    if found.get("safety_checklist"):
        _check_safety(tree, found["safety_checklist"], clauses)


def _check_clock(tree: Tree, clock: Parts, week: Week) -> None:
    closing = min((hours.closes for hours in week), default=None)
    if "closing" in clock and closing and clock["closing"] > closing:
        late = f"closing {clock['closing']:%H:%M} sesudah kantor tutup; paling lambat {closing:%H:%M}."
        tree.problem(("clock", "closing"), late)
    reminders = clock.get("fulfilment_warnings", ())
    if not all(a > b for a, b in pairwise(reminders)):
        tree.problem(("clock", "fulfilment_warnings"), "fulfilment_warnings harus menurun, misalnya [7, 1].")
    if not {"warnings", "promise"} <= clock.keys():
        return
    warnings, most = clock["warnings"], clock["promise"].amount
    falling = all(a > b for a, b in pairwise(warnings))
    if not falling or any(day > most for day in warnings):
        tree.problem(("clock", "warnings"), f"warnings harus menurun dan paling besar {most}, misalnya [3, 1, 0].")


def _check_intake(tree: Tree, intake: Parts) -> None:
    codes = [ground and ground.code for ground in intake.get("location_grounds", ())]
    for index, code in enumerate(codes):
        if code and code in codes[:index]:
            tree.problem(("intake", "location_grounds", index, "code"), f"alasan lokasi “{code}” sudah ada; beri huruf lain.")
    scales, here = intake.get("scales"), ("intake", "scales")
    if scales is None or None in scales:
        return
    if tuple(scale.id for scale in scales) != SCALES:
        tree.problem(here, f"skala harus berurutan: {', '.join(SCALES)}.")
        return
    if not any(scale.served for scale in scales):
        tree.problem(here, "tidak ada skala yang dilayani; beri served: true pada salah satunya.")
    for index in range(len(scales)):
        _check_scale(tree, scales, index)


def _check_scale(tree: Tree, scales: Sequence[ScaleShape], index: int) -> None:
    scale, here, last = scales[index], ("intake", "scales", index), index == len(scales) - 1
    for key in ("capital_up_to", "sales_up_to"):
        bound, before = getattr(scale, key), getattr(scales[index - 1], key) if index else 0
        if (bound is None) != last:
            tree.problem((*here, key), f"{key} skala {scale.id} harus {'null' if last else 'sebuah bilangan'}.")
        elif bound is not None and before is not None and bound <= before:
            tree.problem((*here, key), f"{key} skala {scale.id} harus lebih dari {before}.")
    if not scale.served and scale.refer_to is None:
        tree.problem(here, f"skala {scale.id} tidak dilayani, jadi refer_to wajib diisi: siapa yang melayaninya.")


def _check_rules(tree: Tree, procedures: Sequence[str], rules: Sequence[RuleShape | None], classes: Collection[str]) -> None:
    """Every application gets a class, and every class named is reached (51.2)."""
    whole = None not in rules
    chosen = {rule.procedure for rule in rules if rule}
    for index, code in enumerate(procedures):
        if code in procedures[:index]:
            tree.problem(("procedures", index), f"prosedur {code} sudah ada; hapus salah satunya.")
        elif code not in classes:
            known = ", ".join(sorted(classes)) or "belum ada"
            tree.problem(("procedures", index), f"prosedur {code} tidak ada di procedures/; yang ada: {known}.")
        elif whole and code not in chosen and chosen <= set(procedures):  # else the misnamed one is said, and may be this
            tree.problem(("procedures", index), f"prosedur {code} tidak pernah dipilih procedure_rules; tambahkan aturannya.")
    for index in range(len(rules)):
        here = ("procedure_rules", index, "procedure")
        written = tree.raw(*here)
        if isinstance(written, str | int) and not isinstance(written, bool) and str(written) not in procedures:
            tree.problem(here, f"prosedur {written} tidak ada di procedures; pilih {', '.join(procedures)}.")
    if whole:
        _check_cover(tree, [rule for rule in rules if rule])


def _check_cover(tree: Tree, rules: Sequence[RuleShape]) -> None:
    closed: set[bool] = set()
    for index, rule in enumerate(rules):
        reached = {True, False} if rule.assisted is None else {rule.assisted}
        if reached <= closed:
            message = "aturan ini tidak pernah tercapai; aturan tanpa syarat sudah ada di atasnya."
            tree.problem(("procedure_rules", index), message)
        if not rule.visit_when:
            closed |= reached
    if closed != {True, False}:
        message = "aturan tidak mencakup semua permohonan; baris terakhir (untuk tiap assisted) harus tanpa visit_when."
        tree.problem(("procedure_rules", len(rules) - 1), message)


def _check_bases(tree: Tree, bases: Collection[str]) -> None:
    own, others = tree.raw("legal_bases"), tree.raw("other_legal_bases")
    cited: list[tuple[Trail, Plain]] = []
    cited += [(("legal_bases", clause), id) for clause, id in (own.items() if isinstance(own, dict) else ())]
    cited += [(("other_legal_bases", index), id) for index, id in enumerate(others if isinstance(others, list) else ())]
    for here, id in cited:
        if isinstance(id, str) and id and id not in bases:
            tree.problem(here, f"dasar hukum {id} tidak ada di legal_bases.yaml; tambahkan atau perbaiki namanya.")


def _check_cited(tree: Tree, legal_bases: Plain, clauses: Mapping[str, int]) -> None:
    if not isinstance(legal_bases, dict):
        return
    for clause in legal_bases:
        if as_clause(clause) and clauses.get(clause) != 7:
            tree.problem(("legal_bases", clause), f"klausul {clause} tidak ada di komponen 7.")
    missing = [clause for clause, component in clauses.items() if component == 7 and clause not in legal_bases]
    if missing and len(legal_bases) < len([component for component in clauses.values() if component == 7]):
        tree.problem(("legal_bases",), f"dasar hukum untuk {', '.join(missing)} belum disebut.")


def _check_channels(tree: Tree, channels: Plain, clauses: Mapping[str, int]) -> None:
    seen: set[str] = set()
    for index in range(len(channels) if isinstance(channels, list) else 0):
        here = ("complaint", "channels", index)
        clause, id = as_clause(tree.raw(*here, "clause")), tree.raw(*here, "id")
        if clause and clauses.get(clause) != 6:
            tree.problem((*here, "clause"), f"klausul {clause} tidak ada di komponen 6.")
        for value in (clause, id):
            if isinstance(value, str) and value in seen:
                tree.problem(here, f"saluran {value} sudah ada; hapus salah satunya.")
        seen |= {value for value in (clause, id) if isinstance(value, str)}


def _check_safety(tree: Tree, safety: SafetyShape, clauses: Mapping[str, int]) -> None:
    if clauses.get(safety.clause) != SAFETY_COMPONENT:
        tree.problem(
            ("safety_checklist", "clause"), f"klausul {safety.clause} tidak ada di komponen {SAFETY_COMPONENT} (keselamatan)."
        )
    names = [item.id for item in safety.items]
    for index, name in enumerate(names):
        if name in names[:index]:
            tree.problem(("safety_checklist", "items", index, "id"), f"butir “{name}” sudah ada; hapus salah satunya.")


def _check_mapping(tree: Tree, mapping: MappingShape, kbli: str) -> None:
    """One choice leads here; each other says who serves it (51.1)."""
    codes = [choice.code for choice in mapping.choices]
    if codes.count(kbli) != 1:
        tree.problem(("kbli_mapping", "choices"), f"pilihan harus memuat kode edisi ini, {kbli}, tepat sekali.")
    for index, choice in enumerate(mapping.choices):
        here = ("kbli_mapping", "choices", index)
        if choice.code in codes[:index] and choice.code != kbli:
            tree.problem(here, f"pilihan {choice.code} sudah ada; hapus salah satunya.")
        if choice.code != kbli and choice.refer_to is None:
            tree.problem(here, f"pilihan {choice.code} bukan standar ini, jadi refer_to wajib diisi: siapa yang melayaninya.")


def _check_number(tree: Tree, pattern: str) -> None:
    """The pattern must print, and tell certificates apart by sequence and year (51.5)."""
    try:
        first, other = (pattern.format(sequence=n, month_roman="I", year=y) for n, y in ((1, 2026), (2, 2027)))
        whole = "{sequence" in pattern and "{year" in pattern and first != other
    except (KeyError, ValueError, IndexError, AttributeError):
        whole = False
    if not whole:
        message = "pola nomor harus memuat {sequence:04d} dan {year}, dan boleh memuat {month_roman}; tidak ada yang lain."
        tree.problem(("certificate_number",), message)
