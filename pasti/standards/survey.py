"""The satisfaction survey's file: its elements, weights, bands and sampling (51.14.2)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from pasti.domain import survey
from pasti.standards.faults import Parts
from pasti.standards.tree import Tree
from pasti.standards.words import Line, Name, Several, Shape, TermShape, Text

DECIMAL = r"^[0-9]+(\.[0-9]+)?$"
Number = Annotated[str, Field(strict=True, pattern=DECIMAL)]
FOUR = len(survey.ANSWERS)


class WeightShape(Shape):
    """What an element weighs, as a fraction."""

    numerator: Several
    denominator: Several
    title: Text


class SampleShape(Shape):
    """The constants of the sample's formula."""

    chi_square: Number
    proportion: Number
    margin: Number

    def value(self) -> survey.Sampling:
        """The domain's constants."""
        return survey.Sampling(
            chi_square=Fraction(self.chi_square), proportion=Fraction(self.proportion), margin=Fraction(self.margin)
        )


class BandShape(Shape):
    """A grade and its lowest index."""

    grade: Annotated[str, Field(strict=True, pattern=r"^[A-Z]$")]
    lowest: Number
    title: Text

    def value(self) -> survey.Band:
        """The domain's band."""
        return survey.Band(grade=self.grade, lowest=Decimal(self.lowest), title=self.title.value())


class ElementShape(Shape):
    """An element, its question and its answers."""

    code: Name
    title: Text
    question: Text
    answers: tuple[Text, ...]

    def value(self) -> survey.Element:
        """The domain's element."""
        answers = tuple(answer.value() for answer in self.answers)
        return survey.Element(code=self.code, title=self.title.value(), question=self.question.value(), answers=answers)


class SurveyShape(Shape):
    """The file of the survey."""

    source: Line
    scale: Several
    weights: dict[Name, WeightShape]
    sample: SampleShape
    publish_within: TermShape
    follow_up: Several
    fewest: Several
    bands: Annotated[tuple[BandShape, ...], Field(min_length=1)]
    elements: Annotated[tuple[ElementShape, ...], Field(min_length=1)]

    def value(self) -> survey.Instrument:
        """The instrument."""
        return survey.Instrument(
            elements=tuple(element.value() for element in self.elements),
            weights={
                name: survey.Weight(name=name, value=Fraction(w.numerator, w.denominator), title=w.title.value())
                for name, w in self.weights.items()
            },
            bands=tuple(band.value() for band in self.bands),
            sampling=self.sample.value(),
            scale=self.scale,
            publish_within=self.publish_within.value(),
            follow_up=self.follow_up,
            fewest=self.fewest,
            source=self.source,
        )


def check_survey(tree: Tree, found: Parts) -> None:
    """Note what does not hold together: the nine elements, four answers each, grades downwards, a weight that is exact."""
    _check_elements(tree, found.get("elements", ()))
    lowest = [Decimal(band.lowest) if band else None for band in found.get("bands", ())]
    for index, (above, below) in enumerate(pairwise(lowest), start=1):
        if above is not None and below is not None and below >= above:
            tree.problem(("bands", index), f"nilai {below} tidak di bawah {above}; urutkan dari nilai tertinggi ke terendah.")
    exact = found.get("weights", {}).get(survey.EXACT)
    if "weights" in found and (exact is None or Fraction(exact.numerator, exact.denominator) != Fraction(1, len(survey.CODES))):
        tree.problem(("weights", survey.EXACT), f"bobot “{survey.EXACT}” harus ada, dan tepat 1/{len(survey.CODES)}.")


def _check_elements(tree: Tree, elements: Sequence[ElementShape | None]) -> None:
    codes = [element.code if element else None for element in elements]
    for index, element in enumerate(elements):
        if element is None:
            continue
        if len(element.answers) != FOUR:
            tree.problem(("elements", index, "answers"), f"harus {FOUR} jawaban, dari yang terburuk; ada {len(element.answers)}.")
        if element.code not in survey.CODES or element.code in codes[:index]:
            first, last = survey.CODES[0], survey.CODES[-1]
            tree.problem(("elements", index, "code"), f"kode {element.code} harus salah satu dari {first} sampai {last}, sekali.")
    if codes and None not in codes and len(codes) != len(survey.CODES):
        tree.problem(("elements",), f"harus {len(survey.CODES)} unsur; ada {len(codes)}.")
