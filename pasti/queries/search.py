"""Finding a case among a million by number, name, NIB or place, typing errors forgiven (51.2)."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_, or_
from string import ascii_lowercase

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from pasti.domain.calendar import jakarta_day
from pasti.records.licensing import Application

MOST = 50
LATEST = 5000  # cases looked through one by one
SHORTEST = 3  # letters: shorter words say nothing to the index
LONGEST = 100  # of what is typed
YEARS_BACK = 5  # a bare number is looked for in so many years
ALTERNATIVES = 4  # known words tried for a mistyped one
LEAST_ALIKE = 0.21  # the share of letter triples that two words have in common
SLIPS = 8  # known words tried that are one slip away
SHORT = 9  # letters: in shorter words than this one slip leaves too few letter triples in common
FORMS = ("cv", "pt", "ud")  # too short to be known, but mistyped as well as others
BEGINNING = 6  # letters of a word that the index is asked for
NIB_DIGITS = 13
DIGITS = "0123456789"
# Of each word: itself when some case has it, or has it in a longer word, and unless it is a word of its own those one slip away
# and those most alike. The limit holds for this statement alone.
KNOWN = """
WITH closeness AS MATERIALIZED (SELECT set_config('pg_trgm.similarity_threshold', %s, true) AS least)
SELECT asked.place, known.word FROM closeness
CROSS JOIN unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked (word, slips, place)
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM search_word WHERE word = asked.word) AS yes) AS whole
CROSS JOIN LATERAL (
  SELECT asked.word WHERE whole.yes
  UNION ALL
  (SELECT asked.word FROM search_word
   WHERE NOT whole.yes AND search_word.word LIKE '%%' || asked.word || '%%' ORDER BY length(search_word.word) LIMIT 1)
  UNION ALL
  (SELECT word FROM search_word
   WHERE NOT whole.yes AND word = ANY(string_to_array(asked.slips, ' '))
   ORDER BY array_position(string_to_array(asked.slips, ' '), word::text) LIMIT %s)
  UNION ALL
  (SELECT word FROM search_word
   WHERE NOT whole.yes AND word %% asked.word AND closeness.least <> '' ORDER BY word <-> asked.word, word LIMIT %s)
) AS known
"""
NUMBER = re.compile(r"(?:pb-)?(?:(\d{4})[-/ ])?0*(\d{1,7})")


def named(rows: QuerySet[Application], text: str, *, at: datetime) -> list[Application]:
    """Up to fifty of `rows` that have exactly the number or the NIB that `text` is. At most one SQL query."""
    asked = _asked(text)
    rows = rows.defer("answers", "secret")  # nothing in a list needs them deciphered
    digits = _digits(asked)
    if len(digits) == NIB_DIGITS:
        return list(rows.filter(nib=digits)[:MOST])
    numbers = _numbers(asked, jakarta_day(at).year)
    return list(rows.filter(number__in=numbers)[:MOST]) if numbers else []


def find(rows: QuerySet[Application], text: str, *, at: datetime) -> list[Application]:
    """Up to fifty of `rows` that `text` names: by number or NIB; else with all its words, newest first; else with words alike.

    At most six SQL queries, whatever the table's size.
    """
    asked = _asked(text)
    exact = named(rows, text, at=at)
    rows = rows.defer("answers", "secret")
    digits = _digits(asked)
    if exact or abs(len(digits) - NIB_DIGITS) <= 1:
        return exact or list(rows.filter(nib__in=misread(digits))[:MOST])
    words = _words(asked)
    if NUMBER.fullmatch(asked):
        return _with_all(rows, [[word] for word in words])
    near = _near(words)
    meant = [(word, known) for word, known in zip(words, near, strict=True) if known or not _is_form(word)]
    typed, near = [[word] for word, _ in meant], [known for _, known in meant]
    found = _with_all(rows, typed) if all(word in known for word, known in meant) else []
    return found or ([] if near == typed else _with_all(rows, near))


def _asked(text: str) -> str:
    return " ".join(text.lower().split())[:LONGEST]


def _digits(asked: str) -> str:
    """The digits that it is when it is nothing else, but for the marks between them."""
    digits = re.sub(r"[\s.-]", "", asked)
    return digits if digits.isdecimal() else ""


def _words(asked: str) -> list[str]:
    """What the index can be asked for, each once; a hyphen parts words, but not the parts of a number."""
    runs = re.split(r"[^\w-]|_", asked)
    parts = [part for run in runs for part in ([run] if any(c.isdigit() for c in run) else run.split("-"))]
    return [word for word in dict.fromkeys(parts) if len(word) >= SHORTEST]


def _numbers(asked: str, year: int) -> list[str]:
    """The numbers that the text may be: of its year, or of the last ones."""
    found = NUMBER.fullmatch(asked)
    if not found:
        return []
    years = [int(found[1])] if found[1] else range(year, year - YEARS_BACK, -1)
    return [f"PB-{y}-{int(found[2]):04d}" for y in years]


def misread(digits: str) -> list[str]:
    """Every NIB that becomes `digits` by one slip."""
    return [nib for nib in one_slip(digits, DIGITS) if len(nib) == NIB_DIGITS]


def one_slip(word: str, letters: str) -> list[str]:
    """What becomes `word` by one slip, the likeliest first: two letters exchanged, one too many, one missing, one wrong."""
    places = range(len(word))
    exchanged = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]]
    too_many = [word[:i] + word[i + 1 :] for i in places]
    missing = [word[:i] + letter + word[i:] for i in range(len(word) + 1) for letter in letters]
    wrong = [word[:i] + letter + word[i + 1 :] for i in places for letter in letters]
    return [slip for slip in dict.fromkeys(exchanged + too_many + missing + wrong) if slip != word]


def _slips(word: str) -> list[str]:
    """The words that a short one may have been meant to be; a digit is thought of only beside others."""
    if len(word) >= SHORT:
        return []
    letters = ascii_lowercase + (DIGITS if any(c.isdigit() for c in word) else "")
    return [slip for slip in one_slip(word, letters) if len(slip) >= SHORTEST]


def _is_form(word: str) -> bool:
    """Whether it is a legal form mistyped."""
    return len(word) == SHORTEST and any(slip in FORMS for slip in one_slip(word, ""))


def _with_all(rows: QuerySet[Application], words: Sequence[Sequence[str]]) -> list[Application]:
    """The newest rows that have one of the alternatives for every word: found among the latest when they often stand together,
    else by the index, which is asked for the beginnings alone: the more of a common word, the longer it takes.

    The database guesses as if words met by chance and cases were spread evenly, and would read the whole table for two common
    words that never meet; so it is left one way for each.
    """
    if not words or not all(words):
        return []
    rows = rows.alias(read=Concat("search_text", Value(""), output_field=TextField()))  # by no index
    rows = rows.filter(_has_all("read", words))
    found: list[Application] = list(rows.filter(submitted_at__gte=_latest_from()).order_by("-submitted_at", "id")[:MOST])
    if len(found) == MOST:
        return found
    beginnings = [_shortest({word[:BEGINNING] for word in alternatives}) for alternatives in words]
    unordered = ExpressionWrapper(F("submitted_at") + Value(timedelta(0)), output_field=DateTimeField())  # nor this
    return list(rows.filter(_has_all("search_text", beginnings)).alias(newest=unordered).order_by("-newest", "id")[:MOST])


def _has_all(column: str, words: Sequence[Sequence[str]]) -> Q:
    """One of the alternatives for every word."""
    each = (reduce(or_, (Q((f"{column}__contains", word)) for word in alternatives)) for alternatives in words)
    return reduce(and_, each)


def _latest_from() -> datetime:
    """When the latest cases begin: told as a moment, so that the database knows that they are few."""
    moments = (
        Application.objects.filter(submitted_at__isnull=False).order_by("-submitted_at").values_list("submitted_at", flat=True)
    )
    return next(iter(moments[LATEST : LATEST + 1]), None) or datetime.min.replace(tzinfo=UTC)


def _near(words: Sequence[str]) -> list[list[str]]:
    """For each word what it may stand for: itself when some case has it, else, or when it is only a part, those one slip away and
    those most alike."""
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [str(LEAST_ALIKE), list(words), [" ".join(_slips(word)) for word in words], SLIPS, ALTERNATIVES])
        found = cursor.fetchall()
    digits = ([word] if any(c.isdigit() for c in word) else [] for word in words)  # of a number or NIB, whose parts nobody keeps
    near = ([known for place, known in found if place == n] for n in range(1, len(words) + 1))
    return [_shortest(dict.fromkeys(own + known)) for own, known in zip(digits, near, strict=True)]


def _shortest(words: Collection[str]) -> list[str]:
    """Without those of which another is a part: who looks for that one finds them too."""
    return [word for word in words if not any(other in word and other != word for other in words)]
