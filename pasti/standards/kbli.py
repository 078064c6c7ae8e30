"""The shape of what becomes of a code of an earlier KBLI (51.1)."""

from typing import Annotated

from pydantic import Field

from pasti.domain import standard
from pasti.standards.words import Line, Shape, Text, Word

Code = Annotated[Word, Field(pattern=r"^[0-9]{5}$")]


class ChoiceShape(Shape):
    """One code that the earlier one may have become, and when it has."""

    code: Code
    title: Text
    when: Text
    refer_to: Text | None = None


class MappingShape(Shape):
    """A code of an earlier KBLI, and the codes a person chooses from."""

    version: Word
    code: Code
    title: Text
    source: Line
    choices: Annotated[tuple[ChoiceShape, ...], Field(min_length=1)]

    def value(self, later: str) -> standard.KbliMapping:
        """The domain's mapping to the KBLI of the version `later`."""
        choices = (
            standard.KbliChoice(
                code=c.code, title=c.title.value(), when=c.when.value(), refer_to=c.refer_to.value() if c.refer_to else None
            )
            for c in self.choices
        )
        return standard.KbliMapping(
            version=self.version,
            code=self.code,
            title=self.title.value(),
            later=later,
            source=self.source,
            choices=tuple(choices),
        )
