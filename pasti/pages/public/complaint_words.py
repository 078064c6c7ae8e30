"""What happened to a complaint, in the plain words of its reporter (51.6.8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasti.domain.complaints import FINDING_TITLES, KIND_TITLES, Finding, Kind
from pasti.domain.roles import ROLE_TITLES, Role
from pasti.pages.office.words import Told
from pasti.pages.words import in_language, long_day
from pasti.queries.ledger import TimelineEntry

HAPPENED: dict[str, str | Promise] = {
    "complaint.filed": _("Kami terima"),
    "complaint.asked": _("Kami bertanya kepada Anda"),
    "complaint.completed": _("Anda melengkapi atau menjawab"),
    "complaint.screened": _("Kami telaah: ditangani sebagai {kind}"),
    "complaint.set_aside": _("Kami sisihkan"),
    "complaint.restored": _("Kami kembalikan ke register"),
    "complaint.noted": _("Kami catat sebagai bahan perbaikan"),
    "complaint.settled": _("Kami selesaikan dengan hasil: {finding}"),
    "complaint.answered": _("Kami jawab dengan surat {letter}"),
    "complaint.closed": _("Selesai"),
    "complaint.helped": _("Anda menyatakan jawabannya: {helped}"),
    "complaint.reopened": _("Jawabannya belum membantu, jadi kami buka lagi pada jenjang di atasnya"),
    "complaint.escalated": _("Lewat batas waktu, dilaporkan kepada {to}"),
    "complaint.recalculated": _("Kalender berubah, dijawab paling lambat {answer_due_on}"),
}
HELPED = {True: _("membantu"), False: _("belum membantu")}


def told(entries: Iterable[TimelineEntry]) -> tuple[Told, ...]:
    """The facts as the timeline shows them; one without words for a reporter is left to the office."""
    return tuple(
        Told(what=_said(entry.kind, entry.after), at=entry.at, who="", clause=entry.clause, reason=entry.reason)
        for entry in entries
        if entry.kind in HAPPENED
    )


def _said(kind: str, after: Mapping[str, object]) -> str:
    return str(HAPPENED[kind]).format_map(defaultdict(str, {name: _value(name, value) for name, value in after.items()}))


def _value(name: str, value: object) -> str:
    if name == "kind":
        return in_language(KIND_TITLES[Kind(str(value))])
    if name == "finding":
        return in_language(FINDING_TITLES[Finding(str(value))])
    if name == "to":
        return in_language(ROLE_TITLES[Role(str(value))])
    if name == "helped":
        return str(HELPED[bool(value)])
    if name == "answer_due_on" and value:
        return long_day(date.fromisoformat(str(value)))
    return str(value or "")
