"""What must hold in a procedure's table, and between it and the promise (51.2, 51.3)."""

from pasti.domain.workflow import State
from pasti.standards.edition import EditionShape
from pasti.standards.office import Office
from pasti.standards.procedure import ProcedureShape
from pasti.standards.tree import Problem, Tree

ORDER = (
    State.DRAFT,
    State.SUBMITTED,
    State.TECHNICAL_REVIEW,
    State.FIELD_INSPECTION,
    State.RECOMMENDATION,
    State.VALIDATION,
    State.DECISION,
    State.SIGNING,
    State.ISSUED,
)
BEFORE_THE_CLOCK = (State.DRAFT, State.SUBMITTED)
OPTIONAL = frozenset({State.TECHNICAL_REVIEW, State.FIELD_INSPECTION, State.VALIDATION})


def check_procedure(tree: Tree, found: ProcedureShape, name: str) -> None:
    """Note every fault of the table: its name, its states and their order, what the promise counts."""
    if found.code != name:
        tree.problem(("code",), f"code {found.code} tidak sama dengan nama berkas; seharusnya {name}.")
    ids: set[str] = set()
    states: list[str] = []
    for index, step in enumerate(found.steps):
        here = ("steps", index)
        if step.id in ids:
            tree.problem((*here, "id"), f"langkah “{step.id}” sudah ada; beri nama lain.")
        ids.add(step.id)
        if step.state not in ORDER:
            tree.problem((*here, "state"), f"state “{step.state}” tidak dikenal; pilih {', '.join(ORDER)}.")
        elif step.state in states:
            tree.problem((*here, "state"), f"state “{step.state}” sudah ada; satu langkah untuk satu state.")
        elif states and ORDER.index(State(step.state)) < max(ORDER.index(State(s)) for s in states if s in ORDER):
            tree.problem((*here, "state"), f"state “{step.state}” salah urutan; urutannya {', '.join(ORDER)}.")
        elif step.within_promise == (step.state in BEFORE_THE_CLOCK):
            expected = "false" if step.within_promise else "true"
            tree.problem(
                here, f"langkah “{step.id}”: within_promise harus {expected}; janji dihitung sejak berkas lengkap dan benar."
            )
        states.append(step.state)
    for state in ORDER:
        if state not in states and state not in OPTIONAL:
            tree.problem(("steps",), f"tidak ada langkah dengan state “{state}”; tambahkan.")
    if found.visit != (State.FIELD_INSPECTION in states):
        tree.problem(("visit",), "visit harus true bila ada langkah field_inspection, dan false bila tidak ada.")


def check_sum(tree: Tree, found: ProcedureShape, edition: EditionShape, office: Office) -> Problem | None:
    """The fault that the steps take longer than the promise of that edition, if they do (51.3)."""
    term = edition.clock.promise
    if term.unit != "working_days":
        return None  # calendar days hold no fixed number of working minutes
    most = term.amount * office.minutes_a_day
    needed = found.value().minutes
    if needed <= most:
        return None
    message = (
        f"langkah prosedur {found.code} memerlukan {needed} menit kerja, lebih dari janji entri {edition.entry} "
        f"({term.amount} hari kerja × {office.minutes_a_day} menit = {most}); kurangi {needed - most} menit."
    )
    return Problem(*tree.place(("steps",)), message)
