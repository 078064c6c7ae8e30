"""Pledges, the proclamation and sanctions as screens ask for them (51.12)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti import standards
from pasti.domain import guarantees as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.guarantees import HOW_TITLES, How
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.domain.staff import holds_until
from pasti.domain.staff_promise import Pledge, Staffing
from pasti.domain.standard import Text
from pasti.domain.texts import is_assumed
from pasti.queries.staff import judged_ids, promised
from pasti.records.accounts import Account
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.guarantees import Proclamation, Signing


@dataclass(frozen=True, kw_only=True)
class Given:
    """One pledge of one officer as it stands. `state`: "holds", "expired", "missing"."""

    pledge: Pledge
    is_assumed: bool
    state: str
    how: Sentence | None
    on: date | None
    until: date | None
    file: int | None  # the signing whose PDF there is


@dataclass(frozen=True, kw_only=True)
class Pledger:
    """One officer with every pledge."""

    id: UUID
    name: str
    given: tuple[Given, ...]


@dataclass(frozen=True, kw_only=True)
class Published:
    """The proclamation as it stands; `is_current` when it reads as the standard and the office have it today."""

    title: str
    text: Text
    mottoes: tuple[Text, ...]
    clause: str
    published_at: datetime
    by: str
    is_current: bool
    is_assumed: bool


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """What a proven complaint led to. `state`: "done", "late", "open"."""

    number: str
    clause: str
    what: str
    owner: str
    due_on: date
    result: str
    done_at: datetime | None
    state: str


def mine(actor: Actor, *, at: datetime) -> tuple[Given, ...]:
    """The actor's own pledges. One SQL query; empty when no standard asks for any."""
    found = promised(at)
    if found is None:
        return ()
    newest = {row.pledge: row for row in Signing.objects.filter(account=actor.id).order_by("made_at", "id")}
    return tuple(_given(pledge, newest.get(pledge.id), found[1], jakarta_day(at)) for pledge in found[1].pledges)


def can_sign(actor: Actor) -> bool:
    """Whether the actor's account signs electronically."""
    return Account.objects.filter(pk=actor.person).exclude(signing_nik="").exists()


def _given(pledge: Pledge, row: Signing | None, staffing: Staffing, on: date) -> Given:
    until = holds_until(row.made_at, staffing) if row else None
    return Given(
        pledge=pledge,
        is_assumed=is_assumed(pledge.source),
        state="missing" if until is None else "holds" if on <= until else "expired",
        how=HOW_TITLES[How(row.how)] if row else None,
        on=jakarta_day(row.made_at) if row else None,
        until=until,
        file=row.pk if row and row.sha256 else None,
    )


def everybody(actor: Actor, *, at: datetime) -> tuple[Pledger, ...]:
    """Every officer who is asked to pledge, with how that stands. Three SQL queries; empty for who may not look."""
    found = promised(at)
    if found is None or not rules.may_look(actor):
        return ()
    staffing, on = found[1], jakarta_day(at)
    rows = Account.objects.filter(pk__in=judged_ids(staffing, on)).order_by("name", "email")
    newest: dict[UUID, dict[str, Signing]] = defaultdict(dict)
    for row in Signing.objects.filter(account__in=rows).order_by("made_at", "id"):
        newest[row.account_id][row.pledge] = row
    return tuple(
        Pledger(
            id=row.id,
            name=row.get_full_name(),
            given=tuple(_given(pledge, newest[row.id].get(pledge.id), staffing, on) for pledge in staffing.pledges),
        )
        for row in rows
    )


def proclamation(*, at: datetime) -> Published | None:
    """The proclamation published last by then; None before the first. One SQL query."""
    row = Proclamation.objects.filter(published_at__lte=at).select_related("published_by").order_by("-published_at").first()
    if row is None:
        return None
    found = promised(at)
    known = {motto.id: motto for motto in standards.load().office().mottoes}
    return Published(
        title=row.title,
        text=Text(id=row.text["id"], en=row.text["en"]),
        mottoes=tuple(known.get(words, Text(id=words)) for words in row.mottoes),
        clause=row.clause,
        published_at=row.published_at,
        by=row.published_by.get_full_name(),
        is_current=found is not None and reads_as(row, found[1]) and shows_mottoes(row),
        is_assumed=found is not None and is_assumed(found[1].proclamation.source),
    )


def reads_as(row: Proclamation, staffing: Staffing) -> bool:
    """Whether what is published is what the standard has (51.12.3)."""
    return bool(row.text["id"] == staffing.proclamation.text.id)


def shows_mottoes(row: Proclamation) -> bool:
    """Whether the mottoes published are the office's (51.12.4)."""
    return list(row.mottoes) == [motto.id for motto in standards.load().office().mottoes]


def sanctions(actor: Actor, *, at: datetime) -> tuple[Sanction, ...] | None:
    """What proven complaints led to for officers, the newest first; None for who may not look. One SQL query (51.12.5)."""
    if not actor.roles & rules.SANCTION_LOOKERS:
        return None
    rows = ComplaintFollowUp.objects.filter(kind="sanction").select_related("complaint", "owner").order_by("-opened_at")
    return tuple(_sanction(row, jakarta_day(at)) for row in rows[:200])


def _sanction(row: ComplaintFollowUp, on: date) -> Sanction:
    return Sanction(
        number=row.complaint.number,
        clause=row.clause,
        what=row.what,
        owner=row.owner.get_full_name(),
        due_on=row.due_on,
        result=row.result,
        done_at=row.done_at,
        state="done" if row.done_at else "late" if row.due_on < on else "open",
    )
