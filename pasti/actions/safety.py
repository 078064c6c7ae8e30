"""The guards' roster, incidents and legal aid: planned and noted, reported and closed, asked and answered (51.13.1, 51.13.3)."""

from datetime import datetime, timedelta
from uuid import UUID

from pasti import standards
from pasti.actions.carry_out import carry_out, note, together
from pasti.domain import safety as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.events import Event
from pasti.domain.roles import Actor
from pasti.domain.safety import Watch
from pasti.records.accounts import Account
from pasti.records.safety import GuardWatch, Incident, LegalAid

CLAUSE = "51.13"


def _cite(tail: str, at: datetime) -> str:
    try:
        return standards.load().staffed(jakarta_day(at)).cite(tail)
    except KeyError:
        return CLAUSE


def plan(actor: Actor, watch: Watch, *, at: datetime) -> GuardWatch:
    """A watch on the roster; of two sent at once by one person, one is first."""
    with together():
        Account.objects.select_for_update(no_key=True).get(pk=actor.person)
        return _plan(actor, watch, at=at)


def _plan(actor: Actor, watch: Watch, *, at: datetime) -> GuardWatch:
    outcome = rules.plan(actor, watch, _cite("13.1", at), planned=_beside(watch))
    assert watch.on and watch.starts is not None and watch.ends is not None, "one without them is refused above"
    row = GuardWatch(
        on=watch.on,
        starts=watch.starts,
        ends=watch.ends,
        post=watch.post.strip()[:100],
        guard=watch.guard.strip()[:100],
    )
    carry_out(row, outcome, actor=actor, at=at)
    return row


def _beside(watch: Watch) -> tuple[Watch, ...]:
    """The watches of that day and of the days before and after: a night's watch ends on the next."""
    if watch.on is None:
        return ()
    near = GuardWatch.objects.filter(on__range=(watch.on - timedelta(days=1), watch.on + timedelta(days=1)))
    return tuple(row.watch() for row in near)


def note_watch(actor: Actor, id: UUID, *, is_kept: bool, words: str, at: datetime) -> None:
    """Whether a watch was kept."""
    row = GuardWatch.objects.filter(pk=id).first()
    if row is None:
        raise NotAllowed(CLAUSE, "Jaga ini tidak ada, atau bukan untuk Anda.")
    outcome = rules.note_watch(
        actor,
        row.span(),
        _cite("13.1", at),
        is_kept=is_kept,
        words=words,
        is_noted=row.noted_at is not None,
        at=at,
    )
    carry_out(row, outcome, actor=actor, at=at)


def report(actor: Actor, kind: str, *, happened_at: datetime | None, place: str, words: str, at: datetime) -> Incident:
    """Something happened."""
    outcome = rules.report(actor, _cite("13.1", at), kind, happened_at=happened_at, place=place, words=words, at=at)
    assert happened_at, "one without its moment is refused above"
    row = Incident(
        kind=kind,
        happened_at=happened_at,
        place=place.strip()[:200],
        words=words.strip(),
        reported_by_id=actor.person,
        reported_at=at,
    )
    carry_out(row, outcome, actor=actor, at=at)
    return row


def close(actor: Actor, id: UUID, result: str, *, at: datetime) -> None:
    """What came of an incident."""
    row = Incident.objects.filter(pk=id).first()
    if row is None:
        raise NotAllowed(CLAUSE, "Kejadian ini tidak ada, atau bukan untuk Anda.")
    outcome = rules.close(actor, _cite("13.1", at), result, is_closed=row.closed_at is not None, at=at)
    carry_out(row, outcome, actor=actor, at=at)


def ask_aid(actor: Actor, matter: str, *, at: datetime) -> LegalAid:
    """An officer asks for legal aid."""
    outcome = rules.ask_aid(actor, _cite("13.3", at), matter)
    row = LegalAid(account_id=actor.person, matter=matter.strip(), asked_at=at)
    carry_out(row, outcome, actor=actor, at=at)
    return row


def answer_aid(actor: Actor, id: UUID, help: str, *, is_given: bool, at: datetime) -> None:
    """The help that is given, or why none is."""
    row = _aid(actor, id)
    is_answered = row.answered_at is not None
    outcome = rules.answer_aid(actor, row.account_id, _cite("13.3", at), help, is_given=is_given, is_answered=is_answered, at=at)
    carry_out(row, outcome, actor=actor, at=at)


def _aid(actor: Actor, id: UUID) -> LegalAid:
    row = LegalAid.objects.filter(pk=id).first()
    if row is None or not (row.account_id == actor.id or actor.roles & rules.AID_LOOKERS):
        raise NotAllowed(CLAUSE, "Permintaan ini tidak ada, atau bukan untuk Anda.")
    return row


def read_aid(actor: Actor, id: UUID, *, at: datetime) -> tuple[str, str]:
    """The matter and the help of a request; another's look is recorded before they are given (51.10.2)."""
    row = _aid(actor, id)
    if row.account_id != actor.id:
        event = Event(kind="data.looked_at", clause=_cite("10.1", at), after={"what": f"legal_aid:{row.id}"})
        note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=row.id)
    return str(row.matter), str(row.help or "")
