"""The shape of a requirement and of its questions (51.1)."""

from typing import Literal

from pasti.domain import standard
from pasti.standards.words import ClauseId, Flag, Line, Name, Shape, Text


class OnlyWhen(Shape):
    """Asked only when another field has that value."""

    field: Name
    value: Line


class ColumnShape(Shape):
    """A question, or a column of a list of rows."""

    name: Name
    label: Text
    kind: standard.FieldKind = standard.FieldKind.TEXT
    required: Flag = True
    help: Text | None = None
    choices: dict[Name, Text] = {}
    must_be_after_today: Flag = False
    check: Line | None = None
    only_when: OnlyWhen | None = None

    def value(self) -> standard.Field:
        """The domain's field."""
        return standard.Field(
            name=self.name,
            label=self.label.value(),
            kind=self.kind,
            required=self.required,
            help=self.help.value() if self.help else None,
            choices=tuple((code, label.value()) for code, label in self.choices.items()),
            columns=tuple(column.value() for column in self.parts()),
            must_be_after_today=self.must_be_after_today,
            check=self.check or "",
            only_when=(self.only_when.field, self.only_when.value) if self.only_when else None,
        )

    def parts(self) -> "tuple[ColumnShape, ...]":
        """A column has no columns of its own."""
        return ()


class FieldShape(ColumnShape):
    """A question of a requirement."""

    columns: tuple[ColumnShape, ...] = ()

    def parts(self) -> tuple[ColumnShape, ...]:
        """The columns of a list of rows."""
        return self.columns


class RequirementShape(Shape):
    """One row of the dossier."""

    clause: ClauseId
    title: Text
    help: Text
    evidence: Literal["required", "optional", "none"]
    due: Literal["before_issue", "after_issue"] = "before_issue"
    section: Literal["scale", "place"] | None = None
    fields: tuple[FieldShape, ...] = ()
    source: Line = "lampiran"

    def value(self) -> standard.Requirement:
        """The domain's requirement."""
        return standard.Requirement(
            clause=self.clause,
            title=self.title.value(),
            help=self.help.value(),
            evidence=self.evidence,
            fields=tuple(field.value() for field in self.fields),
            due=self.due,
            section=self.section or "",
            source=self.source,
        )
