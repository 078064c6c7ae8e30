"""Finding a case among a million by number, name, NIB or place, typing errors forgiven (51.2)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from pasti.domain.calendar import jakarta_day
from pasti.records.licensing import Application

MOST = 50
LATEST = 4000  # cases looked through one by one
SHORTEST = 3  # letters: shorter words say nothing to the index
LONGEST = 100  # of what is typed
YEARS_BACK = 5  # a bare number is looked for in so many years
ALTERNATIVES = 4  # known words tried for a mistyped one
FARTHEST = 0.8  # of the distance between two words without one letter triple in common, 1
NIB_DIGITS = 13
DIGITS = "0123456789"
ALIKE = """
SELECT asked.place, known.word, known.word <-> asked.word FROM unnest(%s::text[]) WITH ORDINALITY AS asked (word, place),
LATERAL (SELECT word FROM search_word ORDER BY search_word.word <-> asked.word LIMIT %s) AS known
"""
NUMBER = re.compile(r"(?:pb-)?(?:(\d{4})[-/ ])?0*(\d{1,7})")


def find(rows: QuerySet[Application], text: str, *, at: datetime) -> list[Application]:
    """Up to fifty of `rows` that `text` names: by number or NIB; else with all its words, newest first; else with words alike.

    At most six SQL queries, whatever the table's size.
    """
    asked = " ".join(text.lower().split())[:LONGEST]
    rows = rows.defer("answers", "secret")  # nothing in a list needs them deciphered
    digits = re.sub(r"[\s.-]", "", asked)
    if digits.isdecimal() and abs(len(digits) - NIB_DIGITS) <= 1:
        return list(rows.filter(nib=digits)[:MOST]) or list(rows.filter(nib__in=misread(digits))[:MOST])
    numbers = _numbers(asked, jakarta_day(at).year)
    known = list(rows.filter(number__in=numbers)[:MOST]) if numbers else []
    words = [word for word in re.split(r"[^\w-]+", asked) if len(word) >= SHORTEST]
    found = known or _with_all(rows, [[word] for word in words])
    alike = _alike(words) if not found else []
    return found or ([] if alike == [[word] for word in words] else _with_all(rows, alike))


def _numbers(asked: str, year: int) -> list[str]:
    """The numbers that the text may be: of its year, or of the last ones."""
    found = NUMBER.fullmatch(asked)
    if not found:
        return []
    years = [int(found[1])] if found[1] else range(year, year - YEARS_BACK, -1)
    return [f"PB-{y}-{int(found[2]):04d}" for y in years]


def misread(digits: str) -> set[str]:
    """Every NIB that becomes `digits` by one slip: a digit wrong, missing, too many, or two exchanged."""
    places = range(len(digits))
    if len(digits) < NIB_DIGITS:
        return {digits[:i] + d + digits[i:] for i in range(len(digits) + 1) for d in DIGITS}
    if len(digits) > NIB_DIGITS:
        return {digits[:i] + digits[i + 1 :] for i in places}
    wrong = {digits[:i] + d + digits[i + 1 :] for i in places for d in DIGITS}
    return wrong | {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in places[:-1]}


def _with_all(rows: QuerySet[Application], words: Sequence[Sequence[str]]) -> list[Application]:
    """The newest rows that have one of the alternatives for every word."""
    if not words or not all(words):
        return []
    for alternatives in words:
        any_of = Q()
        for word in alternatives:
            any_of |= Q(search_text__contains=word)
        rows = rows.filter(any_of)
    return _newest(rows) if len(words) == 1 else _newest_together(rows)


def _newest(rows: QuerySet[Application]) -> list[Application]:
    """The newest; whether by the words' index or by time, the database knows best for one word."""
    return list(rows.order_by("-submitted_at", "id")[:MOST])


def _newest_together(rows: QuerySet[Application]) -> list[Application]:
    """The newest with several words: found among the latest cases when they often stand together, else by the words' index.

    The database guesses as if words met by chance, and reads the whole table for two common ones that never do.
    """
    last = Application.objects.order_by("-submitted_at").values("submitted_at")[LATEST : LATEST + 1]
    beginning = Value(datetime.min.replace(tzinfo=UTC), output_field=DateTimeField())
    found = _newest(rows.filter(submitted_at__gte=Coalesce(Subquery(last), beginning)))
    if len(found) == MOST:
        return found
    unordered = ExpressionWrapper(F("submitted_at") + Value(timedelta(0)), output_field=DateTimeField())  # by no index
    return list(rows.annotate(newest=unordered).order_by("-newest", "id")[:MOST])


def _alike(words: Sequence[str]) -> list[list[str]]:
    """For each word: itself when a case has it, else those most alike that some case has."""
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            ALIKE,
            [list(words), ALTERNATIVES],
        )
        found = cursor.fetchall()
    near = [[(known, distance) for place, known, distance in found if place == n] for n in range(1, len(words) + 1)]
    return [[k for k, d in each if d == 0] or [k for k, d in each if d < FARTHEST] for each in near]
