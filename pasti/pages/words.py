"""Words for values, as template filters: days, moments, money, the promise bar's cells, and texts in the reader's language.

The source language is Indonesian. What the rules and the regulation say is translated here, where it is shown (51.3, 51.4).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from pasti.domain.roles import ROLE_TITLES, Role
from pasti.domain.sentence import Sentence, listed
from pasti.domain.standard import Term, Text

register = template.Library()
INDONESIAN = "id"

# A cell's kind: the short word inside it, and what it means in the table below the bar.
CELLS = {
    "start": (_("mulai"), _("Berkas lengkap: hari nol, belum dihitung")),
    "counted": (_("kerja"), _("Dihitung: hari kerja")),
    "holiday": (_("libur"), _("Tidak dihitung: hari libur")),
    "joint_leave": (_("cuti"), _("Tidak dihitung: cuti bersama")),
    "weekend": (_("pekan"), _("Tidak dihitung: akhir pekan")),
    "stopped": (_("henti"), _("Tidak dihitung: waktu dihentikan")),
    "today": (_("kini"), _("Hari ini")),
    "to_come": (_("nanti"), _("Akan dihitung")),
    "due": (_("janji"), _("Hari yang dijanjikan")),
}


@register.filter
def cell_word(kind: str) -> str:
    """The one short word of a day in the promise bar. KeyError for a kind the bar does not have (51.3)."""
    return str(CELLS[kind][0])


@register.filter
def cell_meaning(kind: str) -> str:
    """What that kind of day means for the term, in words (51.3)."""
    return str(CELLS[kind][1])


@register.filter
def long_day(day: date | None) -> str:
    """Kamis, 7 Januari 2027; nothing for no day."""
    return date_format(day, "l, j F Y") if day else ""


@register.filter
def short_day(day: date | None) -> str:
    """7 Jan 2027; nothing for no day."""
    return date_format(day, "j M Y") if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """7 Jan 2027 pukul 14.05 WIB: an aware moment in the office's own time; nothing for none."""
    if not at:
        return ""
    local = timezone.localtime(at)
    clock = pgettext("time of day, as a date format", "H.i")
    return gettext("{day} pukul {time} WIB").format(day=date_format(local, "j M Y"), time=date_format(local, clock))


@register.filter
def ago(at: datetime | None) -> str:
    """How long ago, or how far ahead, in its largest unit: 3 jam lalu, 2 hari lagi."""
    if not at:
        return ""
    now = timezone.now()
    if at > now:
        return gettext("{time} lagi").format(time=timesince(now, at, depth=1))
    return gettext("{time} lalu").format(time=timesince(at, now, depth=1))


@register.filter
def working_days(count: int) -> str:
    """7 hari kerja: a length of time always says which days it counts (51.3)."""
    return ngettext("{count} hari kerja", "{count} hari kerja", count).format(count=count)


@register.filter
def clock_minutes(minutes: int) -> str:
    """7 jam 30 menit: working minutes as a person reads them (51.2)."""
    hours, left = divmod(minutes, 60)
    said = [gettext("{n} jam").format(n=hours)] if hours else []
    return " ".join([*said, gettext("{n} menit").format(n=left)] if left or not hours else said)


@register.filter
def term(length: Term) -> str:
    """7 hari kerja, or 30 hari kalender: a term of the standard in the days it counts (51.3, 51.6.2)."""
    if length.unit == "working_days":
        return working_days(length.amount)
    return ngettext("{count} hari kalender", "{count} hari kalender", length.amount).format(count=length.amount)


@register.filter
def rupiah(amount: int) -> str:
    """Rp1.250.000; gratis for nothing (51.4)."""
    return "Rp" + number_format(amount, force_grouping=True) if amount else gettext("gratis")


def filled(template: str, values: Mapping[str, object]) -> str:
    """A sentence of the rules in the reader's language: template and values; not what a person typed."""
    return gettext(template).format(**_in_words(values, in_language))


def _in_words(values: Mapping[str, object], say: Callable[[object], str]) -> dict[str, object]:
    return {name: _in_word(value, say) for name, value in values.items()}


def _in_word(value: object, say: Callable[[object], str]) -> object:
    """A value of a sentence as the reader writes it: 5,0 in Indonesian, 5.0 in English."""
    if isinstance(value, Sentence | Text | Term):
        return say(value)
    return number_format(value) if isinstance(value, float | Decimal) else value


def _translated(text: Text) -> str:
    """The text in the reader's language, by the regulation's own translation or else the catalogue's; "" when it has none."""
    words = text.in_language(get_language() or INDONESIAN)
    if words != text.id or get_language() == INDONESIAN or not words:
        return words
    found = gettext(words)
    return found if found != words else ""


@register.filter
def in_language(words: object) -> str:
    """A text of the regulation or a sentence of the rules in the reader's language, else Indonesian; a string as typed."""
    if isinstance(words, Text):
        return _translated(words) or words.id
    if isinstance(words, Term):
        return term(words)
    if isinstance(words, Sentence):
        return filled(words.template, words.values)
    return str(words)


@register.filter
def roles(names: Iterable[Role]) -> str:
    """The roles by their titles, as a sentence lists them."""
    return in_language(listed(ROLE_TITLES[role] for role in names))


@register.filter
def said(words: object) -> str:
    """The same for a page's text: what has only Indonesian is marked so, that a reading machine pronounces it (WCAG 3.1.2)."""
    if isinstance(words, Text) and words.id and not _translated(words):
        return as_written(words.id)
    if isinstance(words, Sentence) and words.values:
        return format_html(gettext(words.template), **_in_words(words.values, said))
    return in_language(words)


def as_written(text: object) -> str:
    """What is Indonesian on paper and is quoted as it stands there, marked as such for readers of another language."""
    if not text or get_language() == INDONESIAN:
        return str(text or "")
    return format_html('<span lang="{}">{}</span>', INDONESIAN, text)
