"""One sentence for each component of a standard: what it came to, beside what it promises (51.1 to 51.14)."""

from collections import Counter
from collections.abc import Sequence

from pasti.domain.compliance import ClauseStatus, Status
from pasti.domain.sentence import Sentence, said_number
from pasti.domain.standard import Standard
from pasti.queries.standard import Figures

SAYS_MOST = ("2", "4", "5", "6.4", "10.1", "11", "14.2")  # the clause whose evidence speaks for its component
WORKING_TIME, FACILITIES = 3, 8


def live(standard: Standard, number: int, statuses: Sequence[ClauseStatus], figures: Figures) -> Sentence:
    """The figure of one component; that there is none is said too. `statuses`: of its clauses."""
    if number == WORKING_TIME and figures.decided and figures.on_time_percent is not None:
        return Sentence(
            "Dijanjikan {term}: nilai tengah {median} hari kerja, {percent} % tepat waktu triwulan ini, dari {count} keputusan.",
            term=standard.clock.promise,
            median=said_number(figures.median_days or 0),
            percent=round(figures.on_time_percent),
            count=figures.decided,
        )
    seen = [status for status in statuses if status.as_of]
    if not seen:
        return Sentence("Belum ada satu pun bukti; yang belum terbukti tidak kami anggap terpenuhi.")
    if number == FACILITIES:
        return _facilities(statuses)
    spoken = {standard.cite(clause) for clause in SAYS_MOST}
    best = max(seen, key=lambda status: (status.id in spoken, str(status.as_of)))
    return Sentence("Kenyataannya ({clause}): {what}", clause=best.id, what=best.evidence)


def _facilities(statuses: Sequence[ClauseStatus]) -> Sentence:
    """Of so many things no single one speaks for all."""
    count = Counter(status.status for status in statuses)
    return Sentence(
        "Dijanjikan {all} sarana: {met} terlihat dapat dipakai, {not_met} rusak atau kurang, {stale} perlu diperiksa lagi, "
        "{none} belum dicatat.",
        all=len(statuses),
        met=count[Status.MET],
        not_met=count[Status.NOT_MET],
        stale=count[Status.STALE],
        none=count[Status.NO_EVIDENCE],
    )
