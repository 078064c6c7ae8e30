"""The guards' roster, the log of incidents and legal aid as screens ask for them (51.13.1, 51.13.3)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pasti.domain import safety as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor
from pasti.domain.safety import INCIDENT_TITLES, IncidentKind
from pasti.domain.sentence import Sentence
from pasti.records.safety import GuardWatch, Incident, LegalAid

DAYS_BACK, MOST = 14, 200


@dataclass(frozen=True, kw_only=True)
class WatchLine:
    """One watch. `state`: "kept", "missed", "due" (over and not noted), "running", "planned"."""

    id: UUID
    on: date
    starts: time
    ends: time
    post: str
    guard: str
    note: str
    state: str


@dataclass(frozen=True, kw_only=True)
class IncidentLine:
    """One incident, its words included."""

    id: UUID
    kind: Sentence
    happened_at: datetime
    place: str
    words: str
    by: str
    closed_at: datetime | None
    result: str


@dataclass(frozen=True, kw_only=True)
class AidLine:
    """One request, without its matter: that is read on a page of its own."""

    id: UUID
    name: str
    is_own: bool
    asked_at: datetime
    answered_at: datetime | None
    is_given: bool | None


def roster(actor: Actor, *, at: datetime) -> tuple[WatchLine, ...]:
    """The watches of the last fortnight and to come, the latest day first. One SQL query; empty for who may not look."""
    if not rules.may_look(actor):
        return ()
    today = jakarta_day(at)
    rows = GuardWatch.objects.filter(on__gte=today - timedelta(days=DAYS_BACK)).order_by("-on", "starts", "post")
    return tuple(_watch(row, at) for row in rows[:MOST])


def _watch(row: GuardWatch, at: datetime) -> WatchLine:
    begins, ends = row.span()
    noted = "kept" if row.is_kept else "missed"
    waits = "planned" if at < begins else "running" if at < ends else "due"
    return WatchLine(
        id=row.id,
        on=row.on,
        starts=row.starts,
        ends=row.ends,
        post=row.post,
        guard=row.guard,
        note=row.note,
        state=noted if row.noted_at else waits,
    )


def incidents(actor: Actor) -> tuple[IncidentLine, ...]:
    """The log, the newest first. One SQL query; empty for who may not look."""
    if not rules.may_look(actor):
        return ()
    rows = Incident.objects.select_related("reported_by").order_by("-happened_at")[:MOST]
    return tuple(
        IncidentLine(
            id=row.id,
            kind=INCIDENT_TITLES[IncidentKind(row.kind)],
            happened_at=row.happened_at,
            place=row.place,
            words=str(row.words),
            by=row.reported_by.get_full_name(),
            closed_at=row.closed_at,
            result=row.result,
        )
        for row in rows
    )


def aid(actor: Actor) -> tuple[AidLine, ...]:
    """Requests for legal aid: everyone's for who helps or oversees, else one's own. One SQL query."""
    rows = LegalAid.objects.select_related("account").order_by("-asked_at")
    if not actor.roles & rules.AID_LOOKERS:
        rows = rows.filter(account=actor.id)
    return tuple(_aid(row, actor) for row in rows[:MOST])


def one_aid(actor: Actor, id: UUID) -> AidLine | None:
    """One request; None when it is not the actor's to see."""
    row = LegalAid.objects.select_related("account").filter(pk=id).first()
    if row is None or not (row.account_id == actor.id or actor.roles & rules.AID_LOOKERS):
        return None
    return _aid(row, actor)


def _aid(row: LegalAid, actor: Actor) -> AidLine:
    return AidLine(
        id=row.id,
        name=row.account.get_full_name(),
        is_own=row.account_id == actor.id,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        is_given=row.is_given,
    )
