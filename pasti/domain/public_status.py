"""What anybody may see of how a clause stands: of what complaints prove, no count and no day (51.14.1, 51.6.5.a).

A count that grows from one day to the next, or a day of its own, would point at a single complaint.
"""

from dataclasses import replace
from datetime import date, timedelta

from pasti.domain.compliance import NOTHING, ClauseStatus, Status
from pasti.domain.sentence import Sentence

COMPLAINT = "complaint."
WORDS = {
    True: Sentence("Menurut catatan pengaduan terpenuhi. Jumlah dan harinya tidak diumumkan agar pelapor tidak dikenali."),
    False: Sentence("Menurut catatan pengaduan belum terpenuhi. Jumlah dan harinya tidak diumumkan agar pelapor tidak dikenali."),
}


def is_of_complaints(status: ClauseStatus) -> bool:
    """Whether its evidence is counted, wholly or in part, from what happened to complaints."""
    return any(kind.startswith(COMPLAINT) for kind in status.behind.kinds)


def in_public(status: ClauseStatus, on: date) -> ClauseStatus:
    """The same status, as of `on`, without what would tell of single complaints; evidence of another kind stays as it is."""
    if not is_of_complaints(status):
        return status
    words = WORDS[status.status is Status.MET]
    return replace(status, evidence=words, as_of=on, valid_until=None, behind=NOTHING, where="")


def month_end(day: date) -> date:
    """The last day of its month.

    >>> month_end(date(2026, 2, 3))
    datetime.date(2026, 2, 28)
    """
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_over(day: date) -> date:
    """The last day of the last month that was over at the end of `day`.

    >>> month_over(date(2026, 11, 5)), month_over(date(2026, 10, 31))
    (datetime.date(2026, 10, 31), datetime.date(2026, 10, 31))
    """
    return day if day == month_end(day) else day.replace(day=1) - timedelta(days=1)
