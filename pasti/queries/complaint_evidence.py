"""What complaints prove about the clauses of a standard: those they found broken, and how component 6 itself is kept (51.6)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q

from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Behind, Evidence
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.records.complaints import Complaint, ComplaintBreach, ComplaintFollowUp

RECENT = 90  # calendar days


# What each complaint of the last ninety days had come to by a moment, told by its own facts.
ANSWERS = """SELECT
    count(*) FILTER (WHERE NOT aside AND answered IS NOT NULL AND NOT late),
    count(*) FILTER (WHERE NOT aside AND (late OR (answered IS NULL AND due < %(on)s))),
    count(*) FILTER (WHERE NOT aside AND closed IS NOT NULL),
    count(*) FILTER (WHERE NOT aside AND closed IS NOT NULL AND answered < closed AND reported < closed),
    count(*) FILTER (WHERE NOT aside AND told.kind = 'complaint' AND anonymous),
    count(*) FILTER (WHERE NOT aside AND told.kind <> 'complaint'),
    count(*) FILTER (WHERE NOT aside),
    count(*) FILTER (WHERE NOT aside AND told.kind = 'complaint'),
    array_agg(complaint.id) FILTER (WHERE NOT aside)
FROM complaint CROSS JOIN LATERAL (SELECT
    min(seq) FILTER (WHERE ledger.kind = 'complaint.answered') AS answered,
    max(seq) FILTER (WHERE ledger.kind = 'complaint.reported') AS reported,
    max(seq) FILTER (WHERE ledger.kind = 'complaint.closed') AS closed,
    coalesce(bool_or("after"->>'late' = 'true') FILTER (WHERE ledger.kind = 'complaint.answered'), false) AS late,
    (array_agg(ledger.kind ORDER BY seq DESC) FILTER (WHERE ledger.kind = ANY(%(asides)s)))[1]
        IS NOT DISTINCT FROM 'complaint.set_aside' AS aside,
    ((array_agg("after"->>'answer_due_on' ORDER BY seq DESC) FILTER (WHERE "after" ? 'answer_due_on'))[1])::date AS due,
    (array_agg("after"->>'kind' ORDER BY seq DESC) FILTER (WHERE "after" ? 'kind' AND ledger.kind = ANY(%(kinds)s)))[1] AS kind,
    coalesce((array_agg("after"->'missing' ? 'identity' ORDER BY seq DESC) FILTER (WHERE "after" ? 'missing'))[1], false)
        AS anonymous
    FROM ledger WHERE subject_id = complaint.id AND "at" <= %(at)s) AS told
WHERE entry = %(entry)s AND received_on > %(after)s AND received_on <= %(on)s AND filed_at <= %(at)s"""
ASIDES = ("complaint.set_aside", "complaint.restored")
KINDS = ("complaint.filed", "complaint.completed", "complaint.screened")

# What was settled or taken note of, received in the last ninety days: whether each step stands in the ledger before that,
# and a written report of the category. By the clause on which it was settled.
STEPS = """SELECT done.kind = 'complaint.settled', done.clause, count(*),
    count(*) FILTER (WHERE 'complaint.grouped' = ANY(took.steps)),
    count(*) FILTER (WHERE 'complaint.formulated' = ANY(took.steps)),
    count(*) FILTER (WHERE 'complaint.related' = ANY(took.steps)),
    count(*) FILTER (WHERE 'complaint.checked' = ANY(took.steps)),
    count(*) FILTER (WHERE 'complaint.planned' = ANY(took.steps)),
    count(*) FILTER (WHERE 'complaint.concluded' = ANY(took.steps)),
    count(*) FILTER (WHERE took.reported)
FROM complaint
CROSS JOIN LATERAL (SELECT kind, clause, seq, "at" FROM ledger WHERE subject_id = complaint.id AND "at" <= %(at)s
    AND ledger.kind IN ('complaint.settled', 'complaint.noted') ORDER BY seq DESC LIMIT 1) AS done
CROSS JOIN LATERAL (SELECT coalesce(array_agg(ledger.kind), '{}') AS steps,
    EXISTS (SELECT FROM complaint_report WHERE complaint_id = complaint.id AND tier <> '' AND written_at <= done."at") AS reported
    FROM ledger WHERE subject_id = complaint.id AND seq < done.seq) AS took
WHERE entry = %(entry)s AND received_on > %(after)s AND received_on <= %(on)s AND filed_at <= %(at)s
GROUP BY 1, 2"""
# The step's place among the counts, its fact, and the clauses it keeps.
GROUPED = (0, "complaint.grouped", ("6.5.c.1", "6.5.c.2"))
EXAMINED = (
    (1, "complaint.formulated", ("6.6.a",)),
    (2, "complaint.related", ("6.6.b",)),
    (3, "complaint.checked", ("6.6.c",)),
    (4, "complaint.planned", ("6.6.d",)),
    (5, "complaint.concluded", ("6.6.e",)),
)
REPORTED = 6


def of_complaints(standard: Standard, *, at: datetime) -> Iterator[Evidence]:
    """The evidence by `at`; none where the edition does not say how complaints are handled. Four SQL queries."""
    if standard.complaint_handling is None:
        return
    yield from _breaches(standard, at)
    yield from _answers(standard, at)
    yield from _steps(standard, at)
    yield from _channels(standard, at)


def _lately(on: date, *kinds: str) -> Behind:
    """The facts of the days that are counted, and what was filed in them may be handled later."""
    return Behind(kinds=kinds, since=on - timedelta(days=RECENT - 1))


def _breaches(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """A substantiated complaint speaks against its clause on the day it was broken (51.6.6.b).

    Of each clause the one that stands, else the last. It stands until what follows from it is done, and some days at least.
    """
    since = at - timedelta(days=standard.handling.breach_calendar_days)
    undone = ComplaintFollowUp.objects.filter(complaint=OuterRef("complaint"), opened_at__lte=at)
    is_open = Exists(undone.filter(Q(done_at=None) | Q(done_at__gt=at)))
    rows = ComplaintBreach.objects.filter(complaint__entry=standard.entry, broken_on__lte=jakarta_day(at), found_at__lte=at)
    rows = rows.annotate(is_open=is_open, stands=Q(is_open=True) | Q(found_at__gt=since))
    for breach in rows.order_by("clause", "-stands", "-broken_on").distinct("clause"):
        waits = "Sebuah pengaduan terbukti; tindak lanjutnya belum selesai."
        what = Sentence(waits if breach.is_open else "Sebuah pengaduan terbukti.")  # anybody reads it: never which one
        kinds = ("complaint.settled", "complaint.followed_up", "complaint.follow_up_finished")
        yield Evidence(
            clause=breach.clause,
            is_met=False,
            what=what,
            seen_on=breach.broken_on,
            behind=Behind(kinds=kinds, subjects=(breach.complaint_id,)),
            stands=breach.stands,
        )


def _answers(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """The term of the answer, and that none was closed without answer and report, over the last ninety days (51.6.4, 51.6.8)."""
    on = jakarta_day(at)
    values: dict[str, Any] = {"at": at, "on": on, "after": on - timedelta(days=RECENT), "entry": standard.entry}
    values |= {"asides": list(ASIDES), "kinds": list(KINDS)}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, values)
        in_time, late, closed, whole, unkept, few, everything, kept, received = cursor.fetchone()
    if in_time or late:
        words = "{answered} pengaduan dijawab tepat waktu dalam 90 hari terakhir, {late} lewat batas waktu."
        what = Sentence(words, answered=in_time, late=late)
        behind = _lately(on, "complaint.filed", "complaint.answered")
        yield Evidence(clause=standard.cite("6.4"), is_met=late == 0, what=what, seen_on=on, behind=behind)
    if closed:
        words = "{whole} dari {closed} pengaduan ditutup sesudah dijawab dan dilaporkan."
        what = Sentence(words, whole=whole, closed=closed)
        behind = _lately(on, "complaint.reported", "complaint.closed")
        yield Evidence(clause=standard.cite("6.8"), is_met=whole == closed, what=what, seen_on=on, behind=behind)
    if kept:
        words = (
            "{all} pengaduan dan saran diterima dalam 90 hari terakhir, {few} di antaranya saran; {unnamed} pengaduan tanpa "
            "identitas pelapor. Yang disisihkan tidak dihitung."
        )
        what = Sentence(words, all=everything, few=few, unnamed=unkept)
        behind = Behind(kinds=("complaint.filed",), subjects=tuple(received))  # as many facts as are said
        yield Evidence(clause=standard.cite("6.5.a"), is_met=unkept == 0, what=what, seen_on=on, behind=behind)
    if few:
        words = "{few} dari {all} disimpan sebagai saran dengan alasannya."
        what = Sentence(words, few=few, all=everything)
        behind = _lately(on, "complaint.filed", "complaint.screened")
        yield Evidence(clause=standard.cite("6.5.b"), is_met=unkept == 0, what=what, seen_on=on, behind=behind)


def _steps(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """What was settled went through every step before, and each category left its written report (51.6.5.c to 51.6.7)."""
    on = jakarta_day(at)
    values: dict[str, Any] = {"at": at, "on": on, "after": on - timedelta(days=RECENT), "entry": standard.entry}
    with connection.cursor() as cursor:
        cursor.execute(STEPS, values)
        rows = cursor.fetchall()
    yield from _step(standard, on, rows, *GROUPED)
    settled = [row for row in rows if row[0]]
    for place, fact, clauses in EXAMINED:
        yield from _step(standard, on, settled, place, fact, clauses)
    for category in standard.handling.categories:
        kept = [row for row in settled if row[1] == category.clause]
        if kept:
            every, written = sum(row[2] for row in kept), sum(row[3 + REPORTED] for row in kept)
            what = Sentence("{written} dari {all} pengaduan diselesaikan dengan laporan tertulis.", written=written, all=every)
            behind = Behind(kinds=("complaint.settled",), since=on - timedelta(days=RECENT - 1), clause=category.clause)
            yield Evidence(clause=category.clause, is_met=written == every, what=what, seen_on=on, behind=behind)


def _step(
    standard: Standard, on: date, rows: Sequence[tuple[Any, ...]], place: int, fact: str, clauses: tuple[str, ...]
) -> Iterator[Evidence]:
    every, took = sum(row[2] for row in rows), sum(row[3 + place] for row in rows)
    if every:
        words = "{took} dari {all} yang diselesaikan melalui langkah ini lebih dahulu."
        what = Sentence(words, took=took, all=every)
        for clause in clauses:
            yield Evidence(clause=standard.cite(clause), is_met=took == every, what=what, seen_on=on, behind=_lately(on, fact))


def _channels(standard: Standard, at: datetime) -> Iterator[Evidence]:
    """A channel is open when something came through it in the last ninety days (51.6.2.*)."""
    on = jakarta_day(at)
    recent = Complaint.objects.filter(
        entry=standard.entry, received_on__gt=on - timedelta(days=RECENT), received_on__lte=on, filed_at__lte=at
    )
    clauses = {channel.id: channel.clause for channel in standard.complaint_channels}
    for row in recent.values("channel").annotate(last=Max("received_on")).order_by():
        if row["channel"] in clauses:
            what = Sentence(
                "Ada pengaduan yang diterima lewat saluran ini dalam 90 hari terakhir."
            )  # how many is hidden when few
            since = on - timedelta(days=RECENT - 1)
            behind = Behind(kinds=("complaint.filed",), since=since, after=("channel", row["channel"]))
            yield Evidence(clause=clauses[row["channel"]], is_met=True, what=what, seen_on=row["last"], behind=behind)
