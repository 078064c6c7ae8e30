"""A text of the regulation in two languages, and a length of time that says which days it counts."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of the regulation in our own words; `en` falls back to `id`."""

    id: str
    en: str = ""

    def __str__(self) -> str:
        return self.id

    def in_language(self, language: str) -> str:
        """The text in "id" or "en"."""
        return self.en if language == "en" and self.en else self.id


@dataclass(frozen=True, kw_only=True)
class Term:
    """A length of time that always says which days it counts."""

    amount: int
    unit: str  # "working_days" | "calendar_days"

    def __str__(self) -> str:
        return f"{self.amount} {'hari kalender' if self.unit == 'calendar_days' else 'hari kerja'}"


def is_assumed(source: str) -> bool:
    """Whether the data's own `source` says that we assumed it, or a part of it."""
    return source.startswith("assumed") or "DIANGGAP" in source
