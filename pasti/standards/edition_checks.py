"""What must hold within an edition: numbers complete, references known, rules without gaps (51.1 to 51.14)."""

from collections.abc import Collection, Mapping, Sequence

from pasti.domain.standard import SAFETY_COMPONENT
from pasti.standards.clause_checks import PARTS, check_components
from pasti.standards.edition import ClockShape, ComplaintShape, IntakeShape, RuleShape, SafetyShape, ScaleShape
from pasti.standards.faults import Parts
from pasti.standards.office import OpeningHours
from pasti.standards.requirement_checks import check_requirements
from pasti.standards.tree import Tree

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
    if "clock" in found:
        _check_clock(tree, found["clock"], week)
    if "intake" in found:
        _check_intake(tree, found["intake"])
    if {"procedures", "procedure_rules"} <= found.keys():
        _check_rules(tree, found["procedures"], found["procedure_rules"], classes)
    if "certificate_number" in found:
        _check_number(tree, found["certificate_number"])
    if bases is not None:
        _check_bases(tree, found, bases)
    components = {key: found[key] for key in PARTS if key in found}
    clauses = check_components(tree, entry, components)
    if len(components) == len(PARTS):
        _check_references(tree, found, clauses)


def _check_references(tree: Tree, found: Parts, clauses: Mapping[str, int]) -> None:
    if "requirements" in found:
        check_requirements(tree, found["requirements"], clauses)
    if "legal_bases" in found:
        _check_cited(tree, found["legal_bases"], clauses)
    if "complaint" in found:
        _check_channels(tree, found["complaint"], clauses)
    if found.get("safety_checklist"):
        _check_safety(tree, found["safety_checklist"], clauses)


def _check_clock(tree: Tree, clock: ClockShape, week: Week) -> None:
    closing = min((hours.closes for hours in week), default=clock.closing)
    if clock.closing > closing:
        tree.problem(("clock", "closing"), f"closing {clock.closing:%H:%M} sesudah kantor tutup; paling lambat {closing:%H:%M}.")
    falling = all(a > b for a, b in zip(clock.warnings, clock.warnings[1:], strict=False))
    if not falling or any(day > clock.promise.amount for day in clock.warnings):
        tree.problem(
            ("clock", "warnings"), f"warnings harus menurun dan paling besar {clock.promise.amount}, misalnya [3, 1, 0]."
        )


def _check_intake(tree: Tree, intake: IntakeShape) -> None:
    codes = [ground.code for ground in intake.location_grounds]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            tree.problem(("intake", "location_grounds", index, "code"), f"alasan lokasi “{code}” sudah ada; beri huruf lain.")
    scales, here = intake.scales, ("intake", "scales")
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
    if None in rules:
        return
    chosen = {rule.procedure for rule in rules if rule}
    for index, code in enumerate(procedures):
        if code in procedures[:index]:
            tree.problem(("procedures", index), f"prosedur {code} sudah ada; hapus salah satunya.")
        elif code not in classes:
            known = ", ".join(sorted(classes)) or "belum ada"
            tree.problem(("procedures", index), f"prosedur {code} tidak ada di procedures/; yang ada: {known}.")
        elif code not in chosen and chosen <= set(procedures):  # else the misnamed one is said, and may be this
            tree.problem(("procedures", index), f"prosedur {code} tidak pernah dipilih procedure_rules; tambahkan aturannya.")
    closed: set[bool] = set()
    for index, rule in enumerate(r for r in rules if r):
        here = ("procedure_rules", index)
        if rule.procedure not in procedures:
            tree.problem(
                (*here, "procedure"), f"prosedur {rule.procedure} tidak ada di procedures; pilih {', '.join(procedures)}."
            )
        reached = {True, False} if rule.assisted is None else {rule.assisted}
        if reached <= closed:
            tree.problem(here, "aturan ini tidak pernah tercapai; aturan tanpa syarat sudah ada di atasnya.")
        if not rule.visit_when:
            closed |= reached
    if closed != {True, False}:
        last = len(rules) - 1
        message = "aturan tidak mencakup semua permohonan; baris terakhir (untuk tiap assisted) harus tanpa visit_when."
        tree.problem(("procedure_rules", last), message)


def _check_bases(tree: Tree, found: Parts, bases: Collection[str]) -> None:
    cited = [(("legal_bases", clause), id) for clause, id in found.get("legal_bases", {}).items()]
    cited += [(("other_legal_bases", index), id) for index, id in enumerate(found.get("other_legal_bases", ()))]
    for here, id in cited:
        if id not in bases:
            tree.problem(here, f"dasar hukum {id} tidak ada di legal_bases.yaml; tambahkan atau perbaiki namanya.")


def _check_cited(tree: Tree, legal_bases: Mapping[str, str], clauses: Mapping[str, int]) -> None:
    for clause in legal_bases:
        if clauses.get(clause) != 7:
            tree.problem(("legal_bases", clause), f"klausul {clause} tidak ada di komponen 7.")
    missing = [clause for clause, component in clauses.items() if component == 7 and clause not in legal_bases]
    if missing and len(legal_bases) < len([component for component in clauses.values() if component == 7]):
        tree.problem(("legal_bases",), f"dasar hukum untuk {', '.join(missing)} belum disebut.")


def _check_channels(tree: Tree, complaint: ComplaintShape, clauses: Mapping[str, int]) -> None:
    seen: set[str] = set()
    for index, channel in enumerate(complaint.channels):
        here = ("complaint", "channels", index)
        if clauses.get(channel.clause) != 6:
            tree.problem((*here, "clause"), f"klausul {channel.clause} tidak ada di komponen 6.")
        for value in (channel.clause, channel.id):
            if value in seen:
                tree.problem(here, f"saluran {value} sudah ada; hapus salah satunya.")
            seen.add(value)


def _check_safety(tree: Tree, safety: SafetyShape, clauses: Mapping[str, int]) -> None:
    if clauses.get(safety.clause) != SAFETY_COMPONENT:
        tree.problem(
            ("safety_checklist", "clause"), f"klausul {safety.clause} tidak ada di komponen {SAFETY_COMPONENT} (keselamatan)."
        )
    names = [item.id for item in safety.items]
    for index, name in enumerate(names):
        if name in names[:index]:
            tree.problem(("safety_checklist", "items", index, "id"), f"butir “{name}” sudah ada; hapus salah satunya.")


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
