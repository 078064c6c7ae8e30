"""The register of staff as screens ask for it: who qualifies by what, who is there, who holds which role (51.9, 51.11)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pasti import standards
from pasti.domain import staff
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import CAPACITY_WORDS, ROLE_TITLES, Actor, Capacity, Role
from pasti.domain.sentence import Sentence
from pasti.domain.staff import EDUCATION_TITLES, EXPERIENCE_TITLES, KIND_TITLES, Kind
from pasti.domain.staff_promise import Education, Experience, Staffing
from pasti.domain.standard import Clause, Standard, Text
from pasti.records.accounts import Account, Appointment, Leave
from pasti.records.staff import Assessment, Credential, values


@dataclass(frozen=True, kw_only=True)
class Post:
    """One role between two days, with the capacity and whose place is taken."""

    role: Role
    title: Sentence
    starts_on: date
    ends_on: date | None
    for_whom: str
    is_held: bool  # on the day asked


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Days on which somebody is away."""

    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """One officer with roles and absences: no papers, so the administrator may see it."""

    id: UUID
    name: str
    posts: tuple[Post, ...]
    absences: tuple[Absence, ...]  # of the day asked and later
    is_away: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """One officer in the register. `state`: "qualified", "unproven", "not_judged" (no role that is judged)."""

    person: Person
    state: str
    grounds: tuple[Text, ...]
    untrained: tuple[Text, ...]
    waiting: int  # papers to be checked
    assessed_on: date | None
    assessed_until: date | None
    lacks: tuple[str, ...]  # clauses found lacking


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One credential as shown. `state`: "verified", "refused", "waiting"."""

    id: UUID
    kind: Sentence
    what: object  # a Sentence or a Text; "" for a competence
    name: str
    starts_on: date | None
    ends_on: date | None
    state: str
    refusal: str
    entered_by: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How one competence was last found."""

    clause: Clause
    is_held: bool | None  # None: never judged
    on: date | None
    by: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One officer in full."""

    line: Line
    papers: tuple[Paper, ...]
    judgements: tuple[Judgement, ...]
    is_own: bool
    may_keep: bool


def promised(at: datetime) -> tuple[Standard, Staffing] | None:
    """The standard by which staff is judged that day, and what it asks; None when none says."""
    try:
        standard = standards.load().staffed(jakarta_day(at))
    except KeyError:
        return None
    assert standard.staffing is not None, "the library has seen to it"
    return standard, standard.staffing


def active(on: date) -> QuerySet[Appointment]:
    """The appointments of that day."""
    return Appointment.objects.filter(Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on)))


@dataclass(frozen=True, kw_only=True)
class HeadCount:
    """Officers against the number promised, and how many of them are there (51.11)."""

    officers: int
    away: int
    promised: int


def head_count(standard: Standard, on: date) -> HeadCount:
    """Active officers against the number promised; who oversees from outside is none of them. One SQL query (51.11)."""
    absent = Exists(Leave.objects.filter(account=OuterRef("account"), starts_on__lte=on, ends_on__gte=on))
    outside = standard.staffing.apart if standard.staffing else ()
    officers = active(on).filter(account__is_active=True).exclude(role__in=outside)
    counted = officers.aggregate(all=Count("account", distinct=True), away=Count("account", distinct=True, filter=Q(absent)))
    return HeadCount(officers=counted["all"], away=counted["away"], promised=standard.staff_required)


def people(actor: Actor, *, at: datetime) -> tuple[Person, ...]:
    """Everyone with a role now or later, for who gives roles or oversees. Three SQL queries."""
    if not (staff.may_appoint(actor) or staff.may_look(actor)):
        return ()
    on = jakarta_day(at)
    return tuple(_person(row, on) for row in _officers(on))


def _officers(on: date) -> QuerySet[Account]:
    lasting = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), account=OuterRef("pk"))
    rows = Account.objects.filter(Exists(lasting), is_active=True).order_by("name", "email")
    return rows.prefetch_related("appointments__stands_in_for", "leaves")


def _person(row: Account, on: date) -> Person:
    posts = sorted(
        (a for a in row.appointments.all() if a.ends_on is None or a.ends_on >= on), key=lambda a: (a.starts_on, a.role)
    )
    away = sorted((x for x in row.leaves.all() if x.ends_on >= on), key=lambda x: x.starts_on)
    return Person(
        id=row.id,
        name=row.get_full_name(),
        posts=tuple(_post(post, on) for post in posts),
        absences=tuple(Absence(starts_on=x.starts_on, ends_on=x.ends_on, reason=x.reason) for x in away),
        is_away=any(x.starts_on <= on for x in away),
    )


def _post(post: Appointment, on: date) -> Post:
    title = ROLE_TITLES[Role(post.role)]
    if post.kind != Capacity.DEFINITIVE:
        title = Sentence("{capacity} {role}", capacity=CAPACITY_WORDS[Capacity(post.kind)], role=title)
    return Post(
        role=Role(post.role),
        title=title,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        for_whom=post.stands_in_for.get_full_name() if post.stands_in_for else "",
        is_held=post.holds(on),
    )


def register(actor: Actor, *, at: datetime) -> tuple[Line, ...]:
    """Every officer with what is proven of them. Five SQL queries; empty for who may not look."""
    found = promised(at)
    if not staff.may_look(actor) or found is None:
        return ()
    on = jakarta_day(at)
    persons = [_person(row, on) for row in _officers(on)]
    ids = [person.id for person in persons]
    papers: dict[UUID, list[Credential]] = defaultdict(list)
    for paper in Credential.objects.filter(account__in=ids, refused_at=None):
        papers[paper.account_id].append(paper)
    judged: dict[UUID, list[Assessment]] = defaultdict(list)
    for judgement in Assessment.objects.filter(account__in=ids).order_by("made_at", "id"):
        judged[judgement.account_id].append(judgement)
    return tuple(_line(person, papers[person.id], judged[person.id], found[1], on) for person in persons)


def _line(person: Person, papers: Iterable[Credential], judged: Iterable[Assessment], staffing: Staffing, on: date) -> Line:
    given = list(papers)
    proven = values(paper for paper in given if paper.verified_at)
    grounds = staff.grounds(proven, staffing, on)
    newest = {judgement.clause: judgement for judgement in judged}
    last = max((judgement.made_at for judgement in newest.values()), default=None)
    titles = {training.id: training.title for training in staffing.trainings}
    is_judged = any(post.is_held and post.role in staffing.judged for post in person.posts)
    return Line(
        person=person,
        state="not_judged" if not is_judged else "qualified" if grounds else "unproven",
        grounds=tuple(ground.title for ground in grounds),
        untrained=tuple(titles[id] for id in staff.untrained(proven, staffing)) if is_judged else (),
        waiting=sum(paper.verified_at is None for paper in given),
        assessed_on=jakarta_day(last) if last else None,
        assessed_until=staff.holds_until(last, staffing) if last else None,
        lacks=tuple(clause for clause, judgement in newest.items() if not judgement.is_held),
    )


def detail(actor: Actor, id: UUID, *, at: datetime) -> Detail | None:
    """One officer, for themselves and who oversees; None when not the actor's to see. Six SQL queries."""
    found = promised(at)
    if found is None or not (actor.id == id or staff.may_look(actor)):
        return None
    standard, staffing = found
    on = jakarta_day(at)
    row = Account.objects.prefetch_related("appointments__stands_in_for", "leaves").filter(pk=id).first()
    if row is None or not row.appointments.all():
        return None
    papers = list(row.credentials.select_related("entered_by").order_by("kind", "-ends_on"))
    judged = list(row.assessments.select_related("made_by").order_by("made_at", "id"))
    kept = [paper for paper in papers if paper.refused_at is None]
    return Detail(
        line=_line(_person(row, on), kept, judged, staffing, on),
        papers=tuple(_paper(paper, staffing) for paper in papers),
        judgements=_judgements(standard, staffing, judged),
        is_own=actor.id == id,
        may_keep=bool(actor.roles & staff.KEEPERS) and actor.id != id,
    )


def _paper(row: Credential, staffing: Staffing) -> Paper:
    return Paper(
        id=row.id,
        kind=KIND_TITLES[Kind(row.kind)],
        what=_what(row, staffing),
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state="verified" if row.verified_at else "refused" if row.refused_at else "waiting",
        refusal=row.refusal,
        entered_by=row.entered_by.get_full_name(),
    )


def _what(row: Credential, staffing: Staffing) -> object:
    if row.kind == Kind.EDUCATION:
        return EDUCATION_TITLES[Education(row.code)]
    if row.kind == Kind.EXPERIENCE:
        return EXPERIENCE_TITLES[Experience(row.code)]
    titles = {training.id: training.title for training in staffing.trainings}
    return titles.get(row.code, row.code)


def _judgements(standard: Standard, staffing: Staffing, judged: Iterable[Assessment]) -> tuple[Judgement, ...]:
    newest = {one.clause: one for one in judged}
    rows = []
    for clause in staffing.competences:
        one = newest.get(clause)
        rows.append(
            Judgement(
                clause=standard.clause(clause),
                is_held=one.is_held if one else None,
                on=jakarta_day(one.made_at) if one else None,
                by=one.made_by.get_full_name() if one else "",
                note=one.note if one else "",
            )
        )
    return tuple(rows)


def judged_ids(staffing: Staffing, on: date) -> frozenset[UUID]:
    """The officers of that day who hold a role that is judged. One SQL query."""
    posts = active(on).filter(role__in=staffing.judged, account__is_active=True)
    return frozenset(posts.annotate(who=F("account_id")).values_list("who", flat=True))
