"""The shape of a procedure class of annex IV: a table of steps (51.2)."""

from typing import Annotated

from pydantic import Field

from pasti.domain import standard
from pasti.domain.roles import Role
from pasti.standards.words import Count, Flag, Line, Name, Shape, Text, Word


class StepShape(Shape):
    """One row of a procedure table."""

    id: Name
    state: Line
    actor: Role
    work: Text
    evidence: Text
    minutes: Count
    output: Text
    within_promise: Flag = True

    def value(self) -> standard.Step:
        """The domain's step."""
        return standard.Step(
            id=self.id,
            state=self.state,
            actor=self.actor,
            work=self.work.value(),
            evidence=self.evidence.value(),
            minutes=self.minutes,
            output=self.output.value(),
            within_promise=self.within_promise,
        )


class ProcedureShape(Shape):
    """One class of annex IV."""

    code: Word
    title: Text
    source: Line
    note: Line | None = None
    assisted: Flag
    visit: Flag
    steps: Annotated[tuple[StepShape, ...], Field(min_length=1)]

    def value(self) -> standard.Procedure:
        """The domain's procedure."""
        return standard.Procedure(
            code=self.code,
            title=self.title.value(),
            source=self.source,
            assisted=self.assisted,
            visit=self.visit,
            steps=tuple(step.value() for step in self.steps),
        )
