"""The words of all cases' names and places, kept by the database itself, so that a mistyped one is known (51.2)."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

# Kept beside each write of an application; a word stays, for a search that finds nothing by it costs nothing.
LEARN = """
INSERT INTO search_word (word)
SELECT DISTINCT word FROM regexp_split_to_table(lower(NEW.business_name || ' ' || NEW.place), '[^[:alnum:]]+') AS word
WHERE length(word) >= 3
ON CONFLICT DO NOTHING;
RETURN NULL;
"""


class SearchWord(models.Model):
    """One word in small letters, at least three of them."""

    word = models.CharField(max_length=400, primary_key=True)

    class Meta:
        db_table = "search_word"
        indexes: ClassVar = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_triples")]
