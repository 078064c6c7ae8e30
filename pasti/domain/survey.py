"""The arithmetic of the satisfaction survey, exact from answer to grade (51.14.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pasti.domain.errors import RuleBroken
from pasti.domain.events import Json
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Term, Text

CLAUSE = "51.14.2"
ANSWERS = range(1, 5)
CODES = tuple(f"u{number}" for number in range(1, 10))  # the nine elements, in the regulation's order
EXACT = "exact"
HALF = Fraction(1, 2)

Answers = Mapping[str, int]  # element's code -> 1 to 4; an element that was not answered is not in it


@dataclass(frozen=True, kw_only=True)
class Element:
    """One of the nine things asked, with its four answers, the worst first."""

    code: str  # "u1": what an answer is kept under, wherever its question stands on a sheet
    title: Text
    question: Text
    answers: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What one element weighs."""

    name: str
    value: Fraction
    title: Text


@dataclass(frozen=True, kw_only=True)
class Band:
    """A grade, from its lowest index on."""

    grade: str
    lowest: Decimal
    title: Text


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """The constants of Krejcie and Morgan's formula."""

    chi_square: Fraction
    proportion: Fraction
    margin: Fraction


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """The survey as the regulation has it."""

    elements: tuple[Element, ...]
    weights: Mapping[str, Weight]
    bands: tuple[Band, ...]  # the best first
    sampling: Sampling
    scale: int
    publish_within: Term  # after the quarter's end
    follow_up: int  # how many of the lowest elements need a plan
    fewest: int  # people who must have answered by invitation before more than the index is told
    source: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The elements' codes in the regulation's order."""
        return tuple(element.code for element in self.elements)

    def element(self, code: str) -> Element:
        """The element of that code; KeyError for none."""
        for element in self.elements:
            if element.code == code:
                return element
        raise KeyError(code)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What all questionnaires together say: how many there are, and of each element the sum and the count of its answers."""

    n: int
    sums: Mapping[str, int]
    counts: Mapping[str, int]

    def to_json(self) -> dict[str, Json]:
        """What is kept of a closed survey: enough to compute it again."""
        return {"n": self.n, "sums": dict(self.sums), "counts": dict(self.counts)}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a survey came to. `nrr` is exact; `index` is rounded, and `band` is that of the rounded index."""

    n: int
    nrr: Mapping[str, Fraction]  # of the elements that were answered
    unanswered: tuple[str, ...]  # the elements that nobody answered: their average is unknown, not nothing
    index: Decimal
    band: Band
    weight: Weight
    share: Fraction  # what each answered element weighs: the weight itself when all were answered

    def weighed(self, code: str) -> Fraction:
        """What the element adds to the sum."""
        return self.nrr[code] * self.share

    def lowest(self, count: int) -> tuple[str, ...]:
        """The elements with the lowest averages, the lowest first; of equal ones the earlier."""
        return tuple(sorted(self.nrr, key=lambda code: self.nrr[code])[:count])


def tally_from(written: Mapping[str, Any]) -> Tally:
    """A tally as `to_json` wrote it."""
    return Tally(n=written["n"], sums=written["sums"], counts=written["counts"])


def tally(answers: Iterable[Answers], codes: Sequence[str]) -> Tally:
    """Add up questionnaires; what was not answered is neither in the sum nor in the count."""
    n, sums, counts = 0, dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    for sheet in answers:
        n += 1
        for code, answer in sheet.items():
            sums[code] += answer
            counts[code] += 1
    return Tally(n=n, sums=sums, counts=counts)


def compute(instrument: Instrument, tallied: Tally, *, weight: str = EXACT) -> Result:
    """The average of each element, the index and its grade. RuleBroken when there is no questionnaire (51.14.2).

    An element that nobody answered has no average. The others weigh alike and together as much as all: 1/8 each instead of 1/9.
    """
    answered = [code for code in instrument.codes if tallied.counts[code]]
    if not answered:
        raise RuleBroken(CLAUSE, "Belum ada kuesioner yang terisi, jadi indeks belum dapat dihitung.")
    nrr = {code: Fraction(tallied.sums[code], tallied.counts[code]) for code in answered}
    weighed = instrument.weights[weight]
    share = weighed.value * len(instrument.codes) / len(answered)
    index = half_up(sum(nrr.values(), Fraction()) * share * instrument.scale)
    return Result(
        n=tallied.n,
        nrr=nrr,
        unanswered=tuple(code for code in instrument.codes if code not in nrr),
        index=index,
        band=band_of(instrument, index),
        weight=weighed,
        share=share,
    )


def half_up(value: Fraction, *, places: int = 2) -> Decimal:
    """The value to so many decimals, a half rounded up.

    >>> half_up(Fraction(76605, 1000))
    Decimal('76.61')
    """
    return Decimal(int(value * 10**places + HALF)).scaleb(-places)


def band_of(instrument: Instrument, index: Decimal) -> Band:
    """The band of an index that is already rounded; below every band, as the printed weight can have it, the lowest."""
    return next((band for band in instrument.bands if index >= band.lowest), instrument.bands[-1])


def sample_size(population: int, sampling: Sampling) -> int:
    """How many questionnaires a population needs, by Krejcie and Morgan (51.14.2)."""
    if population == 0:
        return 0
    spread = sampling.chi_square * sampling.proportion * (1 - sampling.proportion)
    return int(spread * population / (sampling.margin**2 * (population - 1) + spread) + HALF)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year: the period of one survey, four a year (51.14.2)."""

    year: int
    number: int  # 1 to 4

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter `day` lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.next().first_day - timedelta(days=1)

    @property
    def title(self) -> Sentence:
        """What it is called."""
        return Sentence("Triwulan {number} tahun {year}", number=self.number, year=self.year)

    def next(self) -> "Quarter":
        """The one after."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


def due_quarters(first: Quarter, on: date, *, within: int) -> tuple[Quarter, ...]:
    """The quarters from `first` whose result had to be published by that day, `within` calendar days after their end."""
    due, quarter = [], first
    while quarter.last_day + timedelta(days=within) < on:
        due.append(quarter)
        quarter = quarter.next()
    return tuple(due)
