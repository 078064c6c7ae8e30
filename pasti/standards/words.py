"""The kinds of value a file of the regulation is made of."""

import re
from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pasti.domain import standard


class Shape(BaseModel):
    """What a piece of a file looks like: exactly these keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _word(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _day(value: object) -> date:
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"“{value}” bukan tanggal; tulis TTTT-BB-HH, misalnya 2026-01-31.")


def _clock(value: object) -> time:
    if isinstance(value, str) and len(value) == 5:
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"“{value}” bukan jam; tulis JJ:MM, misalnya 16:00.")


def _text(value: object) -> object:
    return {"id": value} if isinstance(value, str | int) and not isinstance(value, bool) else value


Line = Annotated[str, Field(strict=True, min_length=1)]  # a text
Word = Annotated[str, BeforeValidator(_word), Field(strict=True, min_length=1)]  # a code; a number is taken as written
Name = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9_]*$")]  # a name that programs use
CLAUSE = r"^[0-9]+\.[0-9]+(\.[0-9]+|\.[A-Za-z])*$"
ClauseId = Annotated[str, Field(strict=True, pattern=CLAUSE)]
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]
Several = Annotated[int, Field(strict=True, ge=1)]
Day = Annotated[date, BeforeValidator(_day)]
Hour = Annotated[time, BeforeValidator(_clock)]


def as_clause(written: object) -> str | None:
    """A clause's number as it stands in the file; None when it is none."""
    return written if isinstance(written, str) and re.fullmatch(CLAUSE, written) else None


class TextShape(Shape):
    """A text: `{id: …, en: …}`, or the Indonesian alone."""

    id: Line
    en: Line | None = None

    def value(self) -> standard.Text:
        """The domain's text."""
        return standard.Text(id=self.id, en=self.en or "")


Text = Annotated[TextShape, BeforeValidator(_text)]


class TermShape(Shape):
    """A length of time in working or calendar days."""

    amount: Several
    unit: Literal["working_days", "calendar_days"]

    def value(self) -> standard.Term:
        """The domain's term."""
        return standard.Term(amount=self.amount, unit=self.unit)
