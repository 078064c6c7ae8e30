"""A page as a reader of English meets it: its words outside what is marked as Indonesian, and those that should not be there."""

import re
from html.parser import HTMLParser

from django.test import Client

from tests import catalogue

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
READ_ALOUD = {"aria-label", "alt", "placeholder", "title", "data-label"}
WORD = re.compile(r"\b[a-z]{3,}\b")  # not the letters inside a fingerprint
# What no catalogue entry needs to contain for it to be Indonesian.
TYPICAL = {"adalah", "agar", "akan", "anda", "berkas", "dan", "dengan", "kami", "karena", "oleh", "tidak", "untuk", "yang"}
ALSO_ENGLISH = {"per"}
# Names that stay as they are inside an English sentence.
NAMES = ("Mal Pelayanan Publik", "Kabupaten Purwakarta")


class _Reader(HTMLParser):
    """Collects what is read, leaving out what an element marks as Indonesian, and scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.language = ""
        self.words: list[str] = []

    @property
    def silent(self) -> bool:
        """Whether this place is not English to begin with."""
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang") or ""
        silent = self.silent or attributes.get("lang") == "id" or tag in ("script", "style", "textarea")
        if not silent:
            self.words += [value or "" for name, value in attrs if name in READ_ALOUD]
        if tag not in VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def indonesian_words() -> set[str]:
    """Words of our Indonesian sentences that no English one uses, and some that give any sentence away."""
    bare = [re.sub(r"<[^>]*>|%\(\w+\)s|\{\w*\}", " ", each).lower() for each in _both(0)]
    english = " ".join(_both(1)).lower()
    return ({word for text in bare for word in WORD.findall(text)} | TYPICAL) - set(WORD.findall(english)) - ALSO_ENGLISH


def _both(side: int) -> list[str]:
    pairs = [(entry.msgid, " ".join([entry.msgstr, *entry.msgstr_plural.values()])) for entry in catalogue.read()]
    return [pair[side] for pair in pairs]


def read(html: str) -> tuple[str, str]:
    """The page's language and its words outside what is marked as Indonesian."""
    reader = _Reader()
    reader.feed(html)
    return reader.language, " ".join(reader.words)


def left_over(html: str, *, typed: tuple[str, ...] = ()) -> set[str]:
    """The Indonesian words a reader of English would meet, but for those of `typed`, which people wrote."""
    words = re.sub(r"https?://\S+", " ", read(html)[1])
    for each in sorted((*typed, *NAMES), key=len, reverse=True):
        words = words.replace(each, " ")
    return set(WORD.findall(words.lower())) & indonesian_words()


def in_english(client: Client) -> Client:
    """The same browser after its switch was set to English."""
    client.cookies["django_language"] = "en"
    return client
