"""The published service standard as values: clauses, requirements, promise, procedures (51.1 to 51.14)."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property

from pasti.domain.complaint_promise import ComplaintHandling
from pasti.domain.errors import RuleBroken
from pasti.domain.requirement import Field as Field
from pasti.domain.requirement import FieldKind as FieldKind
from pasti.domain.requirement import Requirement as Requirement
from pasti.domain.roles import Role
from pasti.domain.staff_promise import Staffing
from pasti.domain.texts import Term as Term
from pasti.domain.texts import Text as Text
from pasti.domain.texts import is_assumed as is_assumed

SAFETY_COMPONENT = 13
UNSAID = Text(id="")


class Way(StrEnum):
    """How a clause is fulfilled, and so what may prove it."""

    ENFORCED = "enforced"
    MEASURED = "measured"
    ATTESTED = "attested"


class OnLapse(StrEnum):
    """What follows when the term runs out undecided."""

    DEEMED_APPROVED = "deemed_approved"
    ESCALATE = "escalate"


class Issuer(StrEnum):
    """Who numbers and signs the certificate."""

    LOCAL = "local"
    OSS = "oss"


@dataclass(frozen=True, kw_only=True)
class ClausePart:
    """One of the things that a clause names, where it names several and wants all of them."""

    id: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One numbered sentence of the standard."""

    id: str  # "51.6.2.a"
    component: int  # 1..14
    way: Way
    text: Text
    source: str = ""  # starts with "assumed" where it is ours
    parts: tuple[ClausePart, ...] = ()  # () for a clause that names one thing, or one thing or another

    @property
    def is_assumed(self) -> bool:
        """Whether its words in this edition are our assumption."""
        return is_assumed(self.source)


@dataclass(frozen=True, kw_only=True)
class Component:
    """One of the fourteen components, with its clauses in the source's order."""

    number: int
    title: Text
    part: str  # "delivery" | "management"
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of a procedure table, in working minutes; what comes before the dossier is complete is outside the promise."""

    id: str
    state: str  # the case's state while this step is open; a value of workflow.State
    actor: Role
    work: Text
    evidence: Text  # what the step must leave behind
    minutes: int
    output: Text
    within_promise: bool = True


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One class of annex IV. `source` is "assumed" until the annex replaces it (51.2)."""

    code: str  # "3", "7", "12", "16"
    title: Text
    source: str
    assisted: bool  # filed with help at the counter
    visit: bool  # with a field inspection
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """Working minutes of the steps within the promise together."""
        return sum(step.minutes for step in self.steps if step.within_promise)

    def states(self) -> tuple[str, ...]:
        """The states of the case in the order of the steps, each once."""
        return tuple(dict.fromkeys(step.state for step in self.steps))


@dataclass(frozen=True, kw_only=True)
class ProcedureRule:
    """One line of the stated rule that chooses a class; the first whose conditions hold wins (51.2)."""

    procedure: str
    assisted: bool | None  # None: either
    visit_when: frozenset[str]  # any of these facts asks for a visit: "outside_estate", "medium_scale"; empty: always matches
    reason: Text


@dataclass(frozen=True, kw_only=True)
class ScaleBand:
    """A business scale by PP 7/2021: upper bounds in rupiah, None for unbounded."""

    id: str  # "mikro" | "kecil" | "menengah" | "besar"
    title: Text
    capital_up_to: int | None  # capital without land and buildings
    sales_up_to: int | None  # yearly sales
    served: bool
    refer_to: Text | None  # who serves it, when not served


@dataclass(frozen=True, kw_only=True)
class LocationGround:
    """A ground for lying outside an industrial estate; code "a".."e" of PP 5/2021 art. 65."""

    code: str
    title: Text
    classes: frozenset[str]  # industry classes it is open to: "kecil", "menengah"; empty: any
    evidence: Text


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Whom this office may serve, and who serves the others (51.1.A.1, 51.1.A.4)."""

    scales: tuple[ScaleBand, ...]
    location_grounds: tuple[LocationGround, ...]
    industry_small_workers: int  # industri kecil: at most so many workers …
    industry_small_investment: int  # … and an investment below this, rupiah
    industry_medium_investment: int  # industri menengah with more workers: investment at most this
    foreign_capital_refer_to: Text
    cross_border_refer_to: Text
    outside_regency_refer_to: Text
    source: str


@dataclass(frozen=True, kw_only=True)
class ClockRules:
    """How the term is counted (51.3). Marked assumed where the source is silent."""

    promise: Term
    closing: time  # received at or after this, or on a day off: received next working day
    day_zero: bool  # the day of receipt is not counted
    on_lapse: OnLapse
    fulfilment: Term  # assumed: how long the applicant has to complete a returned dossier
    warnings: tuple[int, ...]  # remaining working days at which the holder is warned
    source: str
    fulfilment_warnings: tuple[int, ...] = ()  # remaining calendar days of the fulfilment at which the applicant is reminded
    on_lapse_ground: Text = UNSAID  # the rule that makes the lapse mean that


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """A rule the standard rests on, with what became of it (51.7)."""

    id: str  # "UU-11-2020"
    title: str  # its full official name
    status: str  # "in_force" | "amended" | "replaced" (another rule took its place) | "repealed"
    status_by: str  # what amended, replaced or repealed it, "" when in force
    in_force_from: date
    in_force_until: date | None
    source: str
    clause: str  # "51.7.1"; "" when it is not one of the standard's own list


@dataclass(frozen=True, kw_only=True)
class ComplaintChannel:
    """One of the ways to complain, with its address as published (51.6.2)."""

    clause: str
    id: str
    title: Text
    address: str


@dataclass(frozen=True, kw_only=True)
class Objection:
    """One way to object to a decision, in words a person can follow."""

    title: Text
    text: Text
    source: str

    @property
    def is_assumed(self) -> bool:
        """Whether it is ours to be confirmed, not the source's."""
        return self.source.startswith("assumed")


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """How a holder is heard before a certificate is touched, and how to object to a decision; `source` says what is assumed."""

    hearing: Term  # how long a holder may respond
    objections: tuple[Objection, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What a holder owes after issue: once, or after the end of every period (51.1.A.3, 51.1.A.5)."""

    id: str
    clause: str
    title: Text
    help: Text
    number_label: Text
    dated_label: Text
    evidence: str  # "required" | "optional": a file
    may_be_none: bool  # the holder may say, with a reason, that nothing is owed
    period_ends: tuple[tuple[int, int], ...]  # (month, day) on which periods end; empty: once, counted from the issue
    within: Term  # from the issue, or from the period's end
    source: str


@dataclass(frozen=True, kw_only=True)
class Duties:
    """All a holder owes; `reminders` are calendar days before each date."""

    items: tuple[Duty, ...] = ()
    reminders: tuple[int, ...] = ()
    told_when_overdue: tuple[Role, ...] = ()
    source: str = ""

    @property
    def is_assumed(self) -> bool:
        """Whether they, or a part of them, are our assumption."""
        return is_assumed(self.source)

    def duty(self, id: str) -> Duty:
        """The duty of that name; KeyError when this edition has none."""
        return {item.id: item for item in self.items}[id]


@dataclass(frozen=True, kw_only=True)
class SafetyItem:
    """One line of what officers make sure of before an inspection starts (51.13.2)."""

    id: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class SafetyChecklist:
    """All that must be confirmed before an inspection starts; `source` says where it is from (51.13.2)."""

    clause: str
    source: str
    items: tuple[SafetyItem, ...]


@dataclass(frozen=True, kw_only=True)
class KbliChoice:
    """One code of the later KBLI that a business of the earlier code may have: when, and who serves it if not this standard."""

    code: str
    title: Text
    when: Text
    refer_to: Text | None


@dataclass(frozen=True, kw_only=True)
class KbliMapping:
    """A code of an earlier KBLI and what it may have become: a person chooses, the system never does (51.1)."""

    version: str  # "2020"
    code: str
    title: Text
    later: str  # "2025": the version of the choices
    source: str
    choices: tuple[KbliChoice, ...]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One edition of one entry: the whole promise."""

    entry: str  # "51"
    effective: date
    until: date | None  # the day before the next edition
    title: Text
    short_title: Text
    kbli: str
    kbli_version: str  # "2020"
    kbli_title: Text
    risk: Text
    product: Text
    fee_rupiah: int  # 0: free of charge (51.4)
    issuer: Issuer
    certificate_number: str  # pattern with {sequence:04d} {month_roman} {year}
    office_unit: str
    components: tuple[Component, ...]
    requirements: tuple[Requirement, ...]
    intake: Intake
    clock: ClockRules
    procedures: tuple[Procedure, ...]
    procedure_rules: tuple[ProcedureRule, ...]
    legal_bases: tuple[LegalBasis, ...]
    complaint_channels: tuple[ComplaintChannel, ...]
    complaint_answer: Term
    complaint_filing: Term
    staff_required: int
    source: str
    remedies: Remedies | None = None  # None: this edition's file does not say
    duties: Duties = Duties()  # of the holder, after issue
    own_safety_checklist: SafetyChecklist | None = None  # None: the edition names no list of its own
    kbli_mapping: KbliMapping | None = None  # an earlier code whose businesses come to this edition
    kbli_later: KbliMapping | None = None  # what a later edition makes of this edition's own code
    complaint_handling: ComplaintHandling | None = None  # None: this edition's file does not say
    staffing: Staffing | None = None  # None: this edition's file does not say

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {c.id: c for part in self.components for c in part.clauses}

    @cached_property
    def _requirements(self) -> dict[str, Requirement]:
        return {r.clause: r for r in self.requirements}

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause in the source's order."""
        return tuple(self._clauses.values())

    def clause(self, id: str) -> Clause:
        """The clause with that number; KeyError when the standard has none."""
        return self._clauses[id]

    def cite(self, tail: str) -> str:
        """The number of a clause of this entry: "10.1" is "51.10.1" here; its component when this edition has no such clause."""
        number = f"{self.entry}.{tail}"
        return number if number in self._clauses else f"{self.entry}.{tail.partition('.')[0]}"

    def requirement(self, clause: str) -> Requirement:
        """The dossier row that stands on `clause`; KeyError when there is none."""
        return self._requirements[clause]

    def procedure(self, code: str) -> Procedure:
        """The procedure class with that code; KeyError when the standard does not use it."""
        try:
            return next(p for p in self.procedures if p.code == code)
        except StopIteration:
            raise KeyError(code) from None

    @property
    def safety_checklist(self) -> SafetyChecklist:
        """What must be confirmed before an inspection: the edition's list, else its own clauses of component 13 (51.13.2)."""
        promised = tuple(SafetyItem(id=c.id, text=c.text) for c in self.clauses() if c.component == SAFETY_COMPONENT)
        own = SafetyChecklist(clause=self.cite("13.2"), source=self.source, items=promised)
        return self.own_safety_checklist or own

    @property
    def handling(self) -> ComplaintHandling:
        """How complaints are handled; RuleBroken when this edition's file does not say (51.6)."""
        if self.complaint_handling is None:
            raise RuleBroken(self.cite("6"), "Berkas standar ini belum menetapkan penanganan pengaduan (complaint_handling).")
        return self.complaint_handling

    def before_issue(self) -> tuple[Requirement, ...]:
        """The requirements that must be met before the certificate; the others are duties on it."""
        return tuple(r for r in self.requirements if r.due == "before_issue")

    def legal_bases_on(self, day: date) -> tuple[LegalBasis, ...]:
        """The bases in force on `day` (51.7.*)."""
        return tuple(
            b for b in self.legal_bases if b.in_force_from <= day and (b.in_force_until is None or day <= b.in_force_until)
        )
