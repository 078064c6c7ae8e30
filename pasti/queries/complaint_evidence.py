"""What complaints prove about the clauses of a standard: those they found broken, and how component 6 itself is kept (51.6)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from pasti.domain.compliance import Evidence
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.records.complaints import Complaint, ComplaintBreach

RECENT = 90  # calendar days


def of_complaints(standard: Standard, on: date) -> Iterator[Evidence]:
    """The evidence by `on`. Three SQL queries."""
    yield from _breaches(standard, on)
    yield from _answers(standard, on)
    yield from _channels(standard, on)


def _breaches(standard: Standard, on: date) -> Iterator[Evidence]:
    """A substantiated complaint speaks against its clause on the day it was broken, the last one of each (51.6.6.b)."""
    rows = ComplaintBreach.objects.filter(complaint__entry=standard.entry, broken_on__lte=on)
    newest = rows.order_by("clause", "-broken_on").distinct("clause").select_related("complaint")
    for breach in newest:
        what = Sentence("Pengaduan {number} terbukti.", number=breach.complaint.number)
        yield Evidence(clause=breach.clause, is_met=False, what=what, seen_on=breach.broken_on)


def _answers(standard: Standard, on: date) -> Iterator[Evidence]:
    """The term of the answer, and that none was closed without answer and report, over the last ninety days (51.6.4, 51.6.8)."""
    recent = Complaint.objects.filter(entry=standard.entry, received_on__gt=on - timedelta(days=RECENT), received_on__lte=on)
    late = Q(was_late=True) | Q(was_late=None, answer_due_on__lt=on)
    seen = recent.exclude(stage="set_aside").aggregate(
        all=Count("id"),
        answered=Count("id", filter=Q(was_late=False)),
        late=Count("id", filter=late),
        closed=Count("id", filter=~Q(closed_at=None)),
        whole=Count("id", filter=~Q(closed_at=None) & ~Q(answered_at=None) & ~Q(reported_at=None)),
        unkept=Count("id", filter=Q(kind="complaint", has_identity=False)),
        few=Count("id", filter=~Q(kind="complaint")),
    )
    if seen["answered"] or seen["late"]:
        words = "{answered} pengaduan dijawab tepat waktu dalam 90 hari terakhir, {late} lewat batas waktu."
        what = Sentence(words, answered=seen["answered"], late=seen["late"])
        yield Evidence(clause=standard.cite("6.4"), is_met=seen["late"] == 0, what=what, seen_on=on)
    if seen["closed"]:
        words = "{whole} dari {closed} pengaduan ditutup sesudah dijawab dan dilaporkan."
        what = Sentence(words, whole=seen["whole"], closed=seen["closed"])
        yield Evidence(clause=standard.cite("6.8"), is_met=seen["whole"] == seen["closed"], what=what, seen_on=on)
    if seen["few"]:
        words = "{few} dari {all} disimpan sebagai saran dengan alasannya."
        what = Sentence(words, few=seen["few"], all=seen["all"])
        yield Evidence(clause=standard.cite("6.5.b"), is_met=seen["unkept"] == 0, what=what, seen_on=on)


def _channels(standard: Standard, on: date) -> Iterator[Evidence]:
    """A channel is open when something came through it in the last ninety days (51.6.2)."""
    recent = Complaint.objects.filter(entry=standard.entry, received_on__gt=on - timedelta(days=RECENT), received_on__lte=on)
    clauses = {channel.id: channel.clause for channel in standard.complaint_channels}
    for row in recent.values("channel").annotate(all=Count("id"), last=Max("received_on")).order_by():
        if row["channel"] in clauses:
            what = Sentence("{all} pengaduan diterima lewat saluran ini dalam 90 hari terakhir.", all=row["all"])
            yield Evidence(clause=clauses[row["channel"]], is_met=True, what=what, seen_on=row["last"])
