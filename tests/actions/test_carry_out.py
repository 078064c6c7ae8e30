"""The one door to the tables' writes: all of an outcome or nothing, in one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from pasti.actions.carry_out import carry_out, early_number
from pasti.domain.errors import Overtaken
from pasti.domain.events import Errand, Event, Outcome
from pasti.domain.roles import Actor
from pasti.queries import ledger
from pasti.records.intake import DossierRow
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.2")]
OUTCOME = Outcome(
    changes={"place": "Wanayasa", "holder_id": None},
    events=(Event(kind="intake.saved", clause="51.1"), Event(kind="intake.saved", clause="51.2", after={"no": None})),
    errands=(Errand(name="tell_applicant", payload={"kind": "asked"}), Errand(name="tell_applicant", payload={"kind": "signed"})),
)


def _do(who: Actor, row: Application, mine: DossierRow) -> None:
    carry_out(row, OUTCOME, actor=who, at=MONDAY, updates=[(mine, {"answers": {"a": [1]}, "verdict": "met"})])


def _kinds() -> list[str]:
    return [job.args["kind"] for job in ProcrastinateJob.objects.filter(queue_name="messages").order_by("id")]


def test_the_row_what_belongs_to_it_the_facts_and_the_errands_are_one_statement() -> None:
    who = makers.actor()
    row = makers.submitted(who)
    mine, other = row.rows.order_by("clause")[:2]
    before, told = row.ledger_length, len(_kinds())

    with CaptureQueriesContext(connection) as captured:
        _do(who, row, mine)

    assert len(captured) == 1
    fresh, rows = Application.objects.get(pk=row.pk), {r.pk: r for r in row.rows.all()}
    assert (fresh.place, fresh.ledger_length) == ("Wanayasa", before + 2)
    assert (rows[mine.pk].answers, rows[mine.pk].verdict, rows[other.pk].verdict) == ({"a": [1]}, "met", other.verdict)
    assert _kinds()[told:] == ["asked", "signed"]
    assert ledger.verify().fault is None


def test_who_is_overtaken_writes_nothing_at_all() -> None:
    who = makers.actor()
    row = makers.submitted(who)
    late, mine = Application.objects.get(pk=row.pk), row.rows.order_by("clause")[0]
    _do(who, row, mine)
    DossierRow.objects.filter(pk=mine.pk).update(verdict="")
    facts, told = LedgerEntry.objects.count(), len(_kinds())

    with pytest.raises(Overtaken):
        _do(who, late, mine)

    assert (LedgerEntry.objects.count(), len(_kinds())) == (facts, told)
    assert DossierRow.objects.get(pk=mine.pk).verdict == ""


def test_an_errand_calls_nobody() -> None:
    """NOTIFY would make every commit wait for the one before it; the worker looks by itself."""
    query = (
        "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = 'procrastinate_jobs'::regclass "
        "AND t.tgenabled <> 'D' AND t.tgtype & 4 > 0 AND p.prosrc LIKE '%pg_notify%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)

        assert cursor.fetchall() == []


@pytest.mark.django_db(transaction=True)
def test_an_early_number_is_taken_alone_and_leaves_no_trace_in_the_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    with CaptureQueriesContext(connection) as captured:
        numbers = [early_number("test:2026") for _ in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        kept = cursor.fetchone()

    assert (numbers, len(captured), kept) == ([1, 2, 3], 3, ("on",))


def test_the_facts_of_one_act_are_written_in_their_order() -> None:
    who = makers.actor()
    row = makers.submitted(who)
    many = Outcome(events=tuple(Event(kind="intake.saved", clause=f"51.{number}") for number in range(1, 13)))

    carry_out(row, many, actor=who, at=MONDAY)

    in_order_written = LedgerEntry.objects.filter(subject_id=row.pk).order_by("id").values_list("seq", flat=True)
    assert [*in_order_written] == [*range(1, row.ledger_length + 1)]
