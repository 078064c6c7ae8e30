"""How each clause stands, judged by evidence alone: without any it is unknown, never met (51.1 to 51.14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Way


class Status(StrEnum):
    """How a clause stands. Unknown is a state, not a default that looks like success."""

    MET = "met"
    NOT_MET = "not_met"
    STALE = "stale"  # the evidence has expired
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Which facts of the ledger an evidence is counted from; what is left empty asks for no such thing."""

    kinds: tuple[str, ...] = ()
    clause: str = ""  # those that stand on this clause
    subjects: tuple[UUID, ...] = ()  # those about these alone
    since: date | None = None  # those from this day on
    role: str = ""  # those of somebody who acted in this role
    after: tuple[str, str] = ("", "")  # those that say this of what they changed: a name and its value


NOTHING = Behind()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One fact that speaks for or against a clause."""

    clause: str  # "51.3"
    is_met: bool
    what: str  # a sentence: what was seen, with its figures
    seen_on: date
    valid_until: date | None = None  # an attestation expires; a measured figure does not
    behind: Behind = NOTHING
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
    behind: Behind = NOTHING
    where: str = ""


def all_of(clause: str, parts: Sequence[tuple[Sentence, Evidence | None]]) -> Evidence | None:
    """The evidence of a clause that names several things: met when each is; one without evidence is said, and then it is not.

    None while there is evidence of none. It is as old as its oldest part and expires with the first.
    """
    seen = [fact for _name, fact in parts if fact]
    if not seen:
        return None
    said = {
        f"part{n}": fact.what if fact else Sentence("{name}: belum ada bukti.", name=name) for n, (name, fact) in enumerate(parts)
    }
    return Evidence(
        clause=clause,
        is_met=len(seen) == len(parts) and all(fact.is_met for fact in seen),
        what=Sentence(" ".join(f"{{{name}}}" for name in said), **said),
        seen_on=min(fact.seen_on for fact in seen),
        valid_until=min((fact.valid_until for fact in seen if fact.valid_until), default=None),
        behind=Behind(kinds=tuple(kind for fact in seen for kind in fact.behind.kinds), clause=clause),
        where=next((fact.where for fact in seen if fact.where), ""),
    )


def _said(name: Sentence, fact: Evidence | None) -> str:
    return fact.what if fact else Sentence("{name}: belum ada bukti.", name=name)


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
                behind=fact_or_none.behind if fact_or_none else NOTHING,
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
