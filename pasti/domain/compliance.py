"""How each clause stands, judged by evidence alone: without any it is unknown, never met (51.1 to 51.14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pasti.domain.standard import Standard, Way


class Status(StrEnum):
    """How a clause stands. Unknown is a state, not a default that looks like success."""

    MET = "met"
    NOT_MET = "not_met"
    STALE = "stale"  # the evidence has expired
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One fact that speaks for or against a clause."""

    clause: str  # "51.3"
    is_met: bool
    what: str  # a sentence: what was seen, with its figures
    seen_on: date
    valid_until: date | None = None  # an attestation expires; a measured figure does not
    facts: tuple[str, ...] = ()  # kinds of the ledger's facts it is counted from
    where: str = ""  # a page that shows it, as the ledger names pages: "certificate:<token>"
    stands: bool = False  # a breach that newer figures do not wash away yet

    @property
    def weight(self) -> tuple[bool, date, bool]:
        """What outweighs what: a breach that stands, then the newer, then on one day the worse."""
        return self.stands, self.seen_on, not self.is_met


@dataclass(frozen=True, kw_only=True)
class ClauseStatus:
    """One clause with its status, the evidence behind it and the day that was seen."""

    id: str
    component: int
    way: Way
    status: Status
    evidence: str  # "" without any
    as_of: date | None
    text: str
    valid_until: date | None = None
    facts: tuple[str, ...] = ()
    where: str = ""


def statuses(standard: Standard, evidence: Iterable[Evidence], *, on: date) -> tuple[ClauseStatus, ...]:
    """Every clause of the standard as its newest evidence up to `on` has it, in the source's order.

    A breach that stands outweighs whatever is newer. Evidence against a clause of the same day outweighs evidence for it.
    Evidence for clauses the standard has not is not counted.
    """
    newest: dict[str, Evidence] = {}
    for fact in evidence:
        known = newest.get(fact.clause)
        if fact.seen_on <= on and (known is None or fact.weight > known.weight):
            newest[fact.clause] = fact
    rows = []
    for clause in standard.clauses():
        fact_or_none = newest.get(clause.id)
        rows.append(
            ClauseStatus(
                id=clause.id,
                component=clause.component,
                way=clause.way,
                status=_status(fact_or_none, on),
                evidence=fact_or_none.what if fact_or_none else "",
                as_of=fact_or_none.seen_on if fact_or_none else None,
                text=clause.text.id,
                valid_until=fact_or_none.valid_until if fact_or_none else None,
                facts=fact_or_none.facts if fact_or_none else (),
                where=fact_or_none.where if fact_or_none else "",
            )
        )
    return tuple(rows)


def _status(fact: Evidence | None, on: date) -> Status:
    if fact is None:
        return Status.NO_EVIDENCE
    if fact.valid_until is not None and fact.valid_until < on:
        return Status.STALE
    return Status.MET if fact.is_met else Status.NOT_MET
