"""What the standard asks of an applicant: one row of the dossier with its questions (51.1)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pasti.domain.texts import Text, is_assumed


class FieldKind(StrEnum):
    """The kinds of answer a requirement may ask for."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES = "yes"  # a statement that must be confirmed
    ROWS = "rows"  # a list of rows with `columns`


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a requirement. `choices` are (value, label); `columns` only for rows."""

    name: str
    label: Text
    kind: FieldKind
    required: bool = True
    help: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    columns: tuple["Field", ...] = ()
    must_be_after_today: bool = False  # a date that says until when something is valid
    check: str = ""  # an identifier's rule: "nib", "nik", "npwp", "phone", "postal_code", "email"
    only_when: tuple[str, str] | None = None  # (field, value): asked only when that field has that value

    @cached_property
    def codes(self) -> frozenset[str]:
        """The values of the choices."""
        return frozenset(code for code, _ in self.choices)


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One row of the dossier: what is asked, how it is shown, and when it is due."""

    clause: str  # "51.1.B.8"
    title: Text
    help: Text
    evidence: str  # "required" | "optional" | "none": files
    fields: tuple[Field, ...] = ()
    due: str = "before_issue"  # "before_issue" | "after_issue" (a duty on the issued licence)
    section: str = ""  # "scale" | "place": answered by that section of the form instead of fields
    source: str = ""  # starts with "assumed" where it is ours

    @property
    def is_assumed(self) -> bool:
        """Whether asking it in this edition is our assumption."""
        return is_assumed(self.source)
