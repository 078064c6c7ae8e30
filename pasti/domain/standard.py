"""The published service standard as values: clauses, requirements, promise, procedures (51.1 to 51.14)."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property

from pasti.domain.complaint_promise import ComplaintHandling
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Role
from pasti.domain.texts import Term as Term
from pasti.domain.texts import Text as Text

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
class Clause:
    """One numbered sentence of the standard."""

    id: str  # "51.6.2.a"
    component: int  # 1..14
    way: Way
    text: Text


@dataclass(frozen=True, kw_only=True)
class Component:
    """One of the fourteen components, with its clauses in the source's order."""

    number: int
    title: Text
    part: str  # "delivery" | "management"
    clauses: tuple[Clause, ...]


class FieldKind(StrEnum):
    """The kinds of answer a requirement may ask for."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES = "yes"  # a statement that must be confirmed
    ROWS = "rows"  # a list of rows with `columns`


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a requirement. `choices` are (value, label); `columns` only for rows."""

    name: str
    label: Text
    kind: FieldKind
    required: bool = True
    help: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    columns: tuple["Field", ...] = ()
    must_be_after_today: bool = False  # a date that says until when something is valid
    check: str = ""  # an identifier's rule: "nib", "nik", "npwp", "phone", "postal_code", "email"
    only_when: tuple[str, str] | None = None  # (field, value): asked only when that field has that value


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One row of the dossier: what is asked, how it is shown, and when it is due."""

    clause: str  # "51.1.B.8"
    title: Text
    help: Text
    evidence: str  # "required" | "optional" | "none": files
    fields: tuple[Field, ...] = ()
    due: str = "before_issue"  # "before_issue" | "after_issue" (a duty on the issued licence)
    section: str = ""  # "scale" | "place": answered by that section of the form instead of fields


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


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """How a holder is heard before a certificate is touched, and how to object to a decision; `source` says what is assumed."""

    hearing: Term  # how long a holder may respond
    objections: tuple[Objection, ...]
    source: str


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
    own_safety_checklist: SafetyChecklist | None = None  # None: the edition names no list of its own
    complaint_handling: ComplaintHandling | None = None  # None: this edition's file does not say

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {c.id: c for part in self.components for c in part.clauses}

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
        try:
            return next(r for r in self.requirements if r.clause == clause)
        except StopIteration:
            raise KeyError(clause) from None

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
        """The bases in force on `day` (51.7)."""
        return tuple(
            b for b in self.legal_bases if b.in_force_from <= day and (b.in_force_until is None or day <= b.in_force_until)
        )
