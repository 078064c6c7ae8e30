"""Answer and report, the close that needs both, and the reporter's word whether it helped (51.6.4, 51.6.8)."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import Letterhead, Signatory
from pasti.domain.complaint_clock import columns, days_used, terms
from pasti.domain.complaint_steps import Step
from pasti.domain.complaints import Complaint, move, require_may, tell_handlers, tell_reporter, words
from pasti.domain.errors import MissingCalendar, RuleBroken
from pasti.domain.events import Json, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import Role
from pasti.domain.sentence import Sentence
from pasti.domain.terms import last_day


@dataclass(frozen=True, kw_only=True)
class AnswerLetter:
    """All that the letter with the answer says. It names no reporter: whoever finds it learns nothing of them."""

    number: str
    letterhead: Letterhead
    complaint_number: str
    received_on: date
    object: str
    text: str
    finding: str
    clause: str
    again: str  # what to do when it does not help
    issued_on: date
    issued_in: str
    signatory: Signatory
    demonstration: str = ""

    def to_json(self) -> str:
        """The text attached to the PDF: the same data always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"


def answer_number(complaint: Complaint) -> str:
    """The number of the answer; a reopened complaint has a second (assumed)."""
    return f"{complaint.number}/JAWABAN-{complaint.reopened + 1}"


def may_answer(complaint: Complaint, text: str, ground: Ground) -> str:
    """The words of the answer, when they may be signed now (51.6.8)."""
    require_may(complaint, Step.ANSWER, ground)
    if complaint.answered_at is not None:
        raise RuleBroken(ground.standard.cite("6.8"), "Pengaduan ini sudah dijawab.")
    return words(text, ground, clause="6.8", what=Sentence("jawabannya dengan bahasa yang mudah dipahami"))


def answer(complaint: Complaint, text: str, ground: Ground, *, letter: str, sha256: str) -> Outcome:
    """Record the signed answer: how long it took and whether it was in time count for the first one (51.6.4, 51.6.8)."""
    may_answer(complaint, text, ground)
    today = jakarta_day(ground.at)
    changes: dict[str, object] = {"answered_at": ground.at, "escalated_to": "", "helped": None}
    after: dict[str, Json] = {"letter": letter, "sha256": sha256}
    if complaint.reopened == 0:
        late = complaint.answer_due_on is not None and today > complaint.answer_due_on
        changes |= {"was_late": late, "answer_days": _days(complaint, ground)}
        after["late"] = late
    errands = (tell_reporter("answered"),)
    return move(complaint, Step.ANSWER, ground, changes=changes, after=after, public=True, errands=errands)


def _days(complaint: Complaint, ground: Ground) -> int | None:
    try:
        return days_used(ground.standard, ground.calendar, complaint.received_on, jakarta_day(ground.at))
    except MissingCalendar:
        return None


def report(complaint: Complaint, text: str, ground: Ground) -> Outcome:
    """Report the outcome to the direct superior (51.6.8)."""
    require_may(complaint, Step.REPORT, ground)
    if complaint.reported_at is not None:
        raise RuleBroken(ground.standard.cite("6.8"), "Laporan kepada atasan langsung sudah dibuat.")
    words(text, ground, clause="6.8", what=Sentence("laporan kepada atasan langsung"))
    errands = (tell_handlers("reported", (Role.SUPERIOR,)),)
    return move(complaint, Step.REPORT, ground, changes={"reported_at": ground.at}, errands=errands)


def close(complaint: Complaint, ground: Ground) -> Outcome:
    """Close it: answered and reported, never before both (51.6.8)."""
    require_may(complaint, Step.CLOSE, ground)
    cite = ground.standard.cite("6.8")
    if complaint.answered_at is None:
        raise RuleBroken(cite, "Belum dijawab. Pengaduan ditutup sesudah dijawab dan dilaporkan kepada atasan langsung.")
    if complaint.reported_at is None:
        raise RuleBroken(cite, "Belum dilaporkan kepada atasan langsung. Buat laporannya lebih dahulu.")
    return move(complaint, Step.CLOSE, ground, changes={"closed_at": ground.at, "due_on": None}, public=True)


def may_say(complaint: Complaint, ground: Ground) -> bool:
    """Whether the reporter may still say how it was: after the answer, once, within the term (51.6.8)."""
    if complaint.answered_at is None or complaint.helped is not None:
        return False
    try:
        last = last_day(ground.standard.handling.feedback, jakarta_day(complaint.answered_at), ground.calendar)
    except MissingCalendar:
        return True
    return jakarta_day(ground.at) <= last


def may_reopen(complaint: Complaint) -> bool:
    """Whether an answer that did not help opens it again: a complaint, once (51.6.8)."""
    return complaint.is_complaint and complaint.reopened == 0


def say_helped(complaint: Complaint, ground: Ground, *, helped: bool) -> Outcome:
    """The reporter's word. "No" reopens a complaint once: it climbs a tier and gets a new term (51.6.8)."""
    reopens = not helped and may_reopen(complaint)
    require_may(complaint, Step.REOPEN if reopens else Step.SAY_HELPED, ground)
    if not may_say(complaint, ground):
        raise RuleBroken(
            ground.standard.cite("6.8"),
            "Penilaian diberikan satu kali sesudah dijawab, paling lambat {term}. Ajukan pengaduan baru bila masih perlu.",
            term=ground.standard.handling.feedback,
        )
    if not reopens:
        return move(complaint, Step.SAY_HELPED, ground, changes={"helped": helped}, after={"helped": helped}, public=True)
    return _reopened(complaint, ground)


def _reopened(complaint: Complaint, ground: Ground) -> Outcome:
    assert complaint.category is not None, "a complaint that was settled has a category"
    tiers = ground.standard.handling.category(complaint.category).tiers
    above = min(complaint.tier + 1, len(tiers) - 1)
    dates = columns(terms(ground.standard, ground.calendar, ground.at), screened=True)
    due = {name: dates[name] for name in ("answer_due_on", "decide_due_on", "due_on")}
    changes: dict[str, object] = {
        **due,
        "helped": False,
        "reopened": complaint.reopened + 1,
        "tier": above,
        "finding": "",
        "settled_at": None,
        "answered_at": None,
        "reported_at": None,
        "closed_at": None,
        "warned": None,
        "rung": 0,
    }
    after: dict[str, Json] = {"helped": False, "tier": tiers[above].id}
    errands = (tell_handlers("reopened", (tiers[above].role,)),)
    return move(complaint, Step.REOPEN, ground, changes=changes, after=after, public=True, tier=tiers[above], errands=errands)
