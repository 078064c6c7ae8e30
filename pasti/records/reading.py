"""Rows of several tables out of one query that is written by hand: which columns to ask for, and a row from what came back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class Columns(Generic[Row]):
    """All columns of a table, in its order."""

    model: type[Row]
    names: tuple[str, ...]
    converters: tuple[tuple[int, Callable[[Any, object, object], Any]], ...]  # of encrypted and JSON columns, by place

    def of(self, alias: str) -> str:
        """The columns as SQL, of the table under that name."""
        return ", ".join(f'{alias}."{field.column}"' for field in self.model._meta.concrete_fields)

    def row(self, values: Sequence[Any]) -> Row:
        """The row, from as many values as there are columns."""
        found = list(values)
        for place, convert in self.converters:
            found[place] = convert(found[place], None, connection)
        return self.model.from_db(connection.alias, self.names, found)


def columns(model: type[Row]) -> Columns[Row]:
    """Of that table."""
    fields = model._meta.concrete_fields
    converters = tuple((place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value"))
    return Columns(model=model, names=tuple(field.attname for field in fields), converters=converters)
