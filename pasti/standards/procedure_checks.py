"""What must hold in a procedure's table, and between it and the promise (51.2, 51.3)."""

from collections.abc import Sequence

from pasti.domain.standard import Term
from pasti.domain.workflow import State
from pasti.standards.faults import Parts
from pasti.standards.procedure import StepShape
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
NAMES = ", ".join(ORDER)
Steps = Sequence[StepShape | None]


def check_procedure(tree: Tree, found: Parts, name: str) -> None:
    """Note every fault of the table: its name, its states and their order, what the promise counts."""
    if found.get("code", name) != name:
        tree.problem(("code",), f"code {found['code']} tidak sama dengan nama berkas; seharusnya {name}.")
    steps: Steps = found.get("steps", ())
    states = [str(tree.raw("steps", index, "state")) for index in range(len(steps))]
    ids = [tree.raw("steps", index, "id") for index in range(len(steps))]
    for index, step in enumerate(steps):
        if step is None:
            continue
        if step.id in ids[:index]:
            tree.problem(("steps", index, "id"), f"langkah “{step.id}” sudah ada; beri nama lain.")
        if message := _fault(step, states[:index]):
            tree.problem(("steps", index, "state"), message)
    if not steps:
        return
    for state in ORDER:
        if state not in states and state not in OPTIONAL:
            tree.problem(("steps",), f"tidak ada langkah dengan state “{state}”; tambahkan.")
    if "visit" in found and found["visit"] != (State.FIELD_INSPECTION in states):
        tree.problem(("visit",), "visit harus true bila ada langkah field_inspection, dan false bila tidak ada.")


def _fault(step: StepShape, before: Sequence[str]) -> str:
    if step.state not in ORDER:
        return f"state “{step.state}” tidak dikenal; pilih {NAMES}."
    if step.state in before:
        return f"state “{step.state}” sudah ada; satu langkah untuk satu state."
    if any(ORDER.index(State(s)) > ORDER.index(State(step.state)) for s in before if s in ORDER):
        return f"state “{step.state}” salah urutan; urutannya {NAMES}."
    if step.within_promise == (step.state in BEFORE_THE_CLOCK):
        expected = "false" if step.within_promise else "true"
        return f"within_promise langkah “{step.id}” harus {expected}: janji dihitung sejak berkas lengkap dan benar."
    return ""


def check_sum(tree: Tree, code: str, entry: str, promise: Term, minutes_a_day: int) -> Problem | None:
    """The fault that the class's steps take longer than the entry's promise, if they do (51.3).

    Reads the table as written, so that a fault in one step does not hide this one.
    """
    if promise.unit != "working_days":
        return None  # calendar days hold no fixed number of working minutes
    rows = tree.raw("steps")
    steps = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    minutes = [step.get("minutes") for step in steps if step.get("within_promise") is not False]
    needed = sum(m for m in minutes if isinstance(m, int))
    most = promise.amount * minutes_a_day
    if needed <= most:
        return None
    message = (
        f"langkah prosedur {code} memerlukan {needed} menit kerja, lebih dari janji entri {entry} "
        f"({promise.amount} hari kerja × {minutes_a_day} menit = {most}); kurangi {needed - most} menit."
    )
    return Problem(*tree.place(("steps",)), message)
