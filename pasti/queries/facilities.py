"""The register of facilities as screens ask for it, and what it proves (51.8, 51.13.1)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Behind, Evidence
from pasti.domain.facilities import CONDITION_TITLES, KEEPERS, USABLE, Condition, may_look, registered_clauses
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Clause, ClausePart, Standard
from pasti.records.accounts import Appointment
from pasti.records.facilities import Facility, FacilityCheck, FaultReport


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing with how it stands today. `state`: "holds", "late" (check or expiry passed), "bad", "unchecked"."""

    id: UUID
    clause: str
    part: str
    name: str
    place: str
    custodian: str
    condition: Sentence | None
    checked_on: date | None
    due_on: date | None
    expires_on: date | None
    open_faults: int
    state: str


@dataclass(frozen=True, kw_only=True)
class ClauseLines:
    """One clause with the things under it; empty when nothing has been entered."""

    clause: Clause
    lines: tuple[Line, ...]

    @property
    def lacks(self) -> tuple[ClausePart, ...]:
        """Of the things that the clause names, those of which none is proven today."""
        held = {line.part for line in self.lines if line.state == "holds"}
        return tuple(part for part in self.clause.parts if part.id not in held)

    @property
    def holds(self) -> bool:
        """Whether all that the clause names is proven today."""
        return not self.lacks and any(line.state == "holds" for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A visitor's report."""

    id: int
    words: str
    reported_at: datetime
    settled_at: datetime | None
    result: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """One check of the past."""

    seen_on: date
    condition: Sentence
    note: str
    by: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One thing with its history."""

    line: Line
    sticker: str
    entry: str
    is_retired: bool
    looks: tuple[Look, ...]
    reports: tuple[Report, ...]


def register(actor: Actor, entry: str, *, at: datetime) -> tuple[ClauseLines, ...]:
    """Every registered clause of the entry with its things. Two SQL queries; empty for who may not look."""
    if not may_look(actor):
        return ()
    standard = standards.load().in_force(entry, jakarta_day(at))
    faults: dict[UUID, int] = defaultdict(int)
    for id in FaultReport.objects.filter(settled_at=None, facility__entry=entry).values_list("facility", flat=True):
        faults[id] += 1
    by_clause: dict[str, list[Line]] = defaultdict(list)
    rows = Facility.objects.filter(entry=entry, retired_at=None).select_related("custodian").order_by("place", "name")
    for row in rows:
        by_clause[row.clause].append(_line(row, faults[row.id], jakarta_day(at)))
    return tuple(ClauseLines(clause=c, lines=tuple(by_clause[c.id])) for c in registered_clauses(standard))


def _line(row: Facility, faults: int, today: date) -> Line:
    every, value = standards.load().office().facility_check_days, row.facility()
    return Line(
        id=row.id,
        clause=row.clause,
        part=row.part,
        name=row.name,
        place=row.place,
        custodian=row.custodian.get_full_name() if row.custodian else "",
        condition=CONDITION_TITLES[value.condition] if value.condition else None,
        checked_on=row.checked_on,
        due_on=value.check_due_on(every),
        expires_on=row.expires_on,
        open_faults=faults,
        state=_state(row, today, every),
    )


def _state(row: Facility, today: date, every: int) -> str:
    value = row.facility()
    if value.condition is None:
        return "unchecked"
    if value.condition not in USABLE:
        return "bad"
    return "holds" if value.holds(today, every) else "late"


def detail(actor: Actor, id: UUID, *, at: datetime) -> Detail | None:
    """One thing with its checks and reports, the newest first; None when it is not the actor's to see. Three SQL queries."""
    row = Facility.objects.select_related("custodian").filter(pk=id).first() if may_look(actor) else None
    if row is None:
        return None
    reports = tuple(
        Report(id=r.id, words=r.words, reported_at=r.reported_at, settled_at=r.settled_at, result=r.result)
        for r in row.faults.order_by("-reported_at")[:50]
    )
    looks = tuple(
        Look(
            seen_on=c.seen_on,
            condition=CONDITION_TITLES[Condition(c.condition)],
            note=c.note,
            by=c.made_by.get_full_name(),
            sha256=c.sha256,
        )
        for c in row.checks.select_related("made_by").order_by("-seen_on", "-id")[:50]
    )
    open_faults = sum(r.settled_at is None for r in reports)
    return Detail(
        line=_line(row, open_faults, jakarta_day(at)),
        sticker=row.sticker,
        entry=row.entry,
        is_retired=row.retired_at is not None,
        looks=looks,
        reports=reports,
    )


def picture(actor: Actor, id: UUID, sha256: str) -> str | None:
    """The type of a photograph of that thing; None when there is none, or it is not the actor's to see."""
    found = FacilityCheck.objects.filter(facility=id, sha256=sha256).first() if may_look(actor) and sha256 else None
    return found.mime if found else None


def by_sticker(sticker: str) -> tuple[str, str] | None:
    """Name and place of the thing that carries the code, for the visitor who reads it; None for no such code."""
    found = Facility.objects.filter(sticker=sticker.upper(), retired_at=None).values_list("name", "place").first()
    return (found[0], found[1]) if found else None


def facts(standard: Standard, *, at: datetime) -> Iterator[Evidence]:
    """What the register proves by `at`: a clause is kept when all it names was seen usable (51.8.*, 51.13.1). One SQL query."""
    every, clauses = standards.load().office().facility_check_days, {clause.id: clause for clause in standard.clauses()}
    newest: dict[str, dict[UUID, FacilityCheck]] = defaultdict(dict)
    kept = Q(facility__retired_at=None) | Q(facility__retired_at__gt=at)
    checks = FacilityCheck.objects.filter(kept, facility__entry=standard.entry, made_at__lte=at).select_related("facility")
    for check in checks.order_by("seen_on", "id"):
        newest[check.facility.clause][check.facility_id] = check
    for clause, seen in newest.items():
        if clause in clauses:
            yield _fact(clauses[clause], list(seen.values()), every)


def _fact(clause: Clause, seen: list[FacilityCheck], every: int) -> Evidence:
    """Of each thing that the clause names the one that holds longest; it is proven until the first of those runs out."""
    usable = [check for check in seen if check.condition in USABLE]
    best: dict[str, FacilityCheck] = {}
    for check in sorted(usable, key=lambda check: _until(check, every)):
        best[check.facility.part if clause.parts else ""] = check
    lacks = [part for part in clause.parts if part.id not in best]
    is_met = not lacks and bool(best)
    counted = [check for part, check in best.items() if not clause.parts or part] if is_met else usable or seen
    return Evidence(
        clause=clause.id,
        is_met=is_met,
        what=_said(clause, lacks, len(usable), len(seen)),
        seen_on=min(check.seen_on for check in counted) if is_met else max(check.seen_on for check in counted),
        valid_until=min(_until(check, every) for check in counted) if is_met else max(_until(check, every) for check in counted),
        behind=Behind(kinds=("facility.entered", "facility.checked", "facility.retired"), clause=clause.id),
        where="facilities",
    )


def _until(check: FacilityCheck, every: int) -> date:
    """The last day on which that look proves anything."""
    again = check.seen_on + timedelta(days=every)
    return min(again, check.expires_on) if check.expires_on else again


def _said(clause: Clause, lacks: Sequence[ClausePart], usable: int, every: int) -> Sentence:
    if lacks:
        words = "{kept} dari {all} hal yang disebut butir ini terlihat dapat dipakai; belum: {lacks}."
        said = Sentence(", ".join(f"{{{part.id}}}" for part in lacks), **{part.id: part.text for part in lacks})
        return Sentence(words, kept=len(clause.parts) - len(lacks), all=len(clause.parts), lacks=said)
    return Sentence("{usable} dari {all} sarana terlihat dapat dipakai pada pemeriksaan terakhir.", usable=usable, all=every)


def keepers(*, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """Who may keep a thing: the custodians of today. One SQL query."""
    today = jakarta_day(at)
    active = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
    posts = Appointment.objects.filter(active, role__in=KEEPERS, account__is_active=True).select_related("account")
    return tuple({post.account_id: (post.account_id, post.account.get_full_name()) for post in posts}.values())


def stickers(ids: list[UUID]) -> dict[UUID, str]:
    """The code on the sticker of each thing. One SQL query."""
    return dict(Facility.objects.filter(pk__in=ids).values_list("id", "sticker"))


@dataclass(frozen=True, kw_only=True)
class ForVisitors:
    """One thing promised to visitors: where it is, and when it was last seen usable; no place when it is not proven today."""

    clause: Clause
    places: tuple[str, ...]
    seen_on: date | None


def for_visitors(entry: str, *, at: datetime) -> tuple[ForVisitors, ...]:
    """What a visitor looks for, in the office's order. One SQL query."""
    office, today = standards.load().office(), jakarta_day(at)
    standard = standards.load().in_force(entry, today)
    wanted = [standard.cite(number) for number in office.visitor_facilities]
    by_clause: dict[str, list[Facility]] = defaultdict(list)
    for row in Facility.objects.filter(entry=entry, retired_at=None, clause__in=wanted).order_by("place"):
        if row.facility().holds(today, office.facility_check_days):
            by_clause[row.clause].append(row)
    known = {clause.id: clause for clause in standard.clauses()}
    return tuple(
        ForVisitors(
            clause=known[id],
            places=tuple(f"{row.name}, {row.place}" for row in by_clause[id]),
            seen_on=max((row.checked_on for row in by_clause[id] if row.checked_on), default=None),
        )
        for id in wanted
        if id in known
    )
