"""A sentence that is shown: Indonesian, and still able to be said in another language (STYLE 24).

The rules know no other language. They keep a sentence's template and its values, and whoever shows it translates them.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal


class Sentence(str):
    """The sentence in Indonesian, an ordinary string, which remembers the template and the values it was made of.

    >>> said = Sentence("Sisa {days} hari.", days=3)
    >>> said, said.template, said.values
    ('Sisa 3 hari.', 'Sisa {days} hari.', {'days': 3})
    >>> Sentence("Indeks {index}.", index=Decimal("82.35"))
    'Indeks 82,35.'
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        """The filled sentence. A value may be a sentence, a Text or a Term, said in the reader's language in its turn."""
        sentence = super().__new__(cls, template.format(**{name: _written(value) for name, value in values.items()}))
        sentence.template, sentence.values = template, values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """A copy is made of the same template and values."""
        return (self.template,), self.values


def _written(value: object) -> object:
    """A value as Indonesian writes it: a number's decimals after a comma."""
    return str(value).replace(".", ",") if isinstance(value, float | Decimal) else value


def listed(parts: Iterable[Sentence]) -> Sentence:
    """The parts after one another, with commas; each is said in the reader's language."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Sentence(", ".join(f"{{{name}}}" for name in values), **values)


MONTHS = (
    Sentence("Januari"),
    Sentence("Februari"),
    Sentence("Maret"),
    Sentence("April"),
    Sentence("Mei"),
    Sentence("Juni"),
    Sentence("Juli"),
    Sentence("Agustus"),
    Sentence("September"),
    Sentence("Oktober"),
    Sentence("November"),
    Sentence("Desember"),
)


def said_day(day: date) -> Sentence:
    """A day as a sentence says it.

    >>> said_day(date(2026, 12, 9))
    '9 Desember 2026'
    """
    return Sentence("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=day.year)


def said_number(value: float) -> Sentence:
    """A number as a sentence says it, with at most one decimal, by the reader's sign for it.

    >>> said_number(8.0), said_number(8.5)
    ('8', '8,5')
    """
    whole, tenths = divmod(round(value * 10), 10)
    return Sentence("{whole},{tenths}", whole=whole, tenths=tenths) if tenths else Sentence("{whole}", whole=whole)
