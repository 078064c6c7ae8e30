"""The calendar of everything that recurs, from the queries that know it; what is overdue first (51.8, 51.10, 51.14)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min

from pasti import standards
from pasti.domain import evaluation, facilities, guarantees, staff, survey_run
from pasti.domain.calendar import jakarta_day
from pasti.domain.findings import Stage as FindingStage
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sampling import TIERS
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.survey import Quarter
from pasti.queries import recurring_staff
from pasti.queries.evaluation_owed import owed
from pasti.records.accounts import Account, Appointment
from pasti.records.evaluation import Evaluation, Improvement
from pasti.records.facilities import Facility
from pasti.records.oversight import PostAudit
from pasti.records.sampling import OversightFinding, Sample
from pasti.records.survey import SurveyPlan, SurveyRun

AHEAD = timedelta(days=92)  # how far the calendar looks, calendar days
STAFF = evaluation.READS
OVERSEE = frozenset(TIERS)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that comes round: by when, and where it is done. `due_on` None: it waits, and no term is set for it."""

    what: Sentence
    clause: str
    due_on: date | None
    page: str  # the name of the address where it is done
    opens: frozenset[Role]  # who may open that page
    id: UUID | None = None  # of that address, where it has one

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What is overdue, what comes within the time looked ahead, and what waits without a term; the earliest first."""

    overdue: tuple[Item, ...]
    coming: tuple[Item, ...]
    undated: tuple[Item, ...]


def calendar(actor: Actor, *, at: datetime) -> Calendar:
    """The calendar for the office's staff; empty for anybody else. One or two SQL queries for each source."""
    today = jakarta_day(at)
    found = [item for source in SOURCES for item in source(at)] if actor.roles & STAFF else []
    dated = sorted((item for item in found if item.due_on), key=lambda item: item.due_on or today)
    return Calendar(
        overdue=tuple(item for item in dated if item.is_overdue(today)),
        coming=tuple(item for item in dated if item.due_on and today <= item.due_on <= today + AHEAD),
        undated=tuple(item for item in found if not item.due_on),
    )


def _evaluations(at: datetime) -> Iterator[Item]:
    for each in owed(at):
        what = Sentence("Evaluasi tahunan: {service}", service=each.service)
        yield Item(what=what, clause=each.clause, due_on=each.due_on, page="evaluations", opens=evaluation.READS)


def _results_to_read(at: datetime) -> Iterator[Item]:
    """Results that somebody has not read, by the day on which each must have."""
    within = standards.load().office().evaluation.time_to_read
    for row in Evaluation.objects.filter(remind_on__isnull=False, closed_at__lte=at):
        waiting = row.waiting(at).count()
        if waiting and row.closed_at:
            words = "Hasil evaluasi {year}: {waiting} petugas belum menyatakan membaca"
            yield Item(
                what=Sentence(words, year=row.year, waiting=waiting),
                clause=standards.load().edition(row.entry, row.effective).cite("14.3"),
                due_on=jakarta_day(row.closed_at) + within,
                page="evaluation",
                id=row.id,
                opens=evaluation.READS,
            )


def _improvements(_at: datetime) -> Iterator[Item]:
    open_ones = Improvement.objects.filter(done_at=None).values("due_on").annotate(count=Count("id")).order_by("due_on")
    for row in open_ones:
        what = Sentence("{count} perbaikan dari evaluasi tahunan jatuh tempo", count=row["count"])
        yield Item(what=what, clause=evaluation.TOLD_CLAUSE, due_on=row["due_on"], page="improvements", opens=evaluation.READS)


def _survey_quarters(at: datetime) -> Iterator[Item]:
    """Each begun quarter that is not published, by the day on which its result must be."""
    within = timedelta(days=standards.load().survey().publish_within.amount)
    for row in SurveyRun.objects.filter(published_at=None, opened_at__lte=at).order_by("year", "quarter"):
        quarter = Quarter(row.year, row.quarter)
        standard = standards.load().in_force(row.entry, quarter.last_day)
        what = Sentence("Umumkan survei kepuasan {quarter}: {service}", quarter=quarter.title, service=standard.short_title)
        due = quarter.last_day + within
        yield Item(what=what, clause=standard.cite("14.2"), due_on=due, page="survey_run", id=row.id, opens=survey_run.READS)


def _survey_plans(_at: datetime) -> Iterator[Item]:
    """Each follow-up of a survey that is not carried out, by its day."""
    for plan in SurveyPlan.objects.filter(done_on=None).select_related("run").order_by("due_on", "element"):
        quarter = Quarter(plan.run.year, plan.run.quarter)
        element = standards.load().survey().element(plan.element).title
        what = Sentence("Tindak lanjut survei {quarter}: {element}", quarter=quarter.title, element=element)
        clause = standards.load().in_force(plan.run.entry, quarter.last_day).cite("14.2")
        yield Item(what=what, clause=clause, due_on=plan.due_on, page="survey_run", id=plan.run_id, opens=survey_run.READS)


def _pledges(at: datetime) -> Iterator[Item]:
    for what, clause, due_on in recurring_staff.pledges(at):
        yield Item(what=what, clause=clause, due_on=due_on, page="guarantees", opens=guarantees.LOOKERS)


def _competences(at: datetime) -> Iterator[Item]:
    for what, clause, due_on in recurring_staff.competences(at):
        yield Item(what=what, clause=clause, due_on=due_on, page="staff", opens=staff.LOOKERS)


def _facilities(_at: datetime) -> Iterator[Item]:
    """Checks and expiries, things that fall due on the same day together; what was never looked at waits."""
    every = standards.load().office().facility_check_days
    by_day: dict[date | None, list[str]] = {}
    for row in Facility.objects.filter(retired_at=None).order_by("name"):
        by_day.setdefault(row.facility().check_due_on(every), []).append(row.name)
    for due, names in by_day.items():
        words = "Periksa atau perpanjang {count} sarana: {first}" if due else "{count} sarana belum pernah diperiksa: {first}"
        first = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
        what = Sentence(words, count=len(names), first=first)
        yield Item(what=what, clause="51.8", due_on=due, page="facilities", opens=facilities.LOOKERS)


def _samples(_at: datetime) -> Iterator[Item]:
    waiting = Sample.objects.filter(reviewed_at=None).values("tier", "review_by").annotate(count=Count("id"))
    for row in waiting.order_by("tier", "review_by"):
        what = Sentence("{count} sampel pengawasan menunggu {role}", count=row["count"], role=ROLE_TITLES[Role(row["tier"])])
        yield Item(what=what, clause="51.10.1", due_on=row["review_by"], page="oversight", opens=OVERSEE)


def _findings(_at: datetime) -> Iterator[Item]:
    waiting = OversightFinding.objects.exclude(stage=FindingStage.CLOSED).values("owner", "due_on")
    for row in waiting.annotate(count=Count("id")).order_by("due_on", "owner"):
        what = Sentence("{count} temuan pengawasan untuk {role}", count=row["count"], role=ROLE_TITLES[Role(row["owner"])])
        yield Item(what=what, clause="51.10.1", due_on=row["due_on"], page="findings", opens=STAFF)


def _post_audits(_at: datetime) -> Iterator[Item]:
    """They have no term in the standard: they wait, since the day the oldest was opened."""
    seen = PostAudit.objects.filter(closed_at=None).aggregate(count=Count("id"), first=Min("opened_at"))
    if seen["count"]:
        words = "{count} audit sesudah terbit terbuka, yang terlama sejak {day}"
        what = Sentence(words, count=seen["count"], day=said_day(jakarta_day(seen["first"])))
        yield Item(what=what, clause="51.10.2", due_on=None, page="post_audits", opens=OVERSEE)


def _appointments(at: datetime) -> Iterator[Item]:
    """Appointments, standing in included, that come to an end while the person works here."""
    ending = Appointment.objects.filter(ends_on__isnull=False, account__is_active=True).select_related("account")
    today = jakarta_day(at)
    for post in ending.filter(ends_on__gte=today, ends_on__lte=today + AHEAD).order_by("ends_on"):
        account: Account = post.account
        words = "Penugasan {name} sebagai {role} berakhir"
        what = Sentence(words, name=account.get_full_name(), role=ROLE_TITLES[Role(post.role)])
        yield Item(what=what, clause="51.11", due_on=post.ends_on, page="desk", opens=frozenset())


# What recurs, and who knows it. A new register adds its own line here.
SOURCES: tuple[Callable[[datetime], Iterator[Item]], ...] = (
    _evaluations,
    _results_to_read,
    _improvements,
    _survey_quarters,
    _survey_plans,
    _pledges,
    _competences,
    _facilities,
    _samples,
    _findings,
    _post_audits,
    _appointments,
)
