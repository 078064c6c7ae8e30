"""The steps of the examination, from screening to the end of the plan (51.6.5, 51.6.6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pasti.domain.sentence import Sentence


class ActionKind(StrEnum):
    """The ways of handling the clause names."""

    CLARIFICATION = "clarification"
    CONFIRMATION = "confirmation"
    EXAMINATION = "examination"
    INVESTIGATION = "investigation"


ACTION_TITLES: dict[ActionKind, Sentence] = {
    ActionKind.CLARIFICATION: Sentence("Klarifikasi"),
    ActionKind.CONFIRMATION: Sentence("Konfirmasi"),
    ActionKind.EXAMINATION: Sentence("Penelitian atau pemeriksaan"),
    ActionKind.INVESTIGATION: Sentence("Investigasi"),
}


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One action of the plan: what, with whom, by which officer, until when."""

    kind: ActionKind
    what: str
    owner: UUID
    due_on: date
    with_whom: str = ""
