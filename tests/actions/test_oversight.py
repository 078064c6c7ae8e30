"""Samples drawn by the night's root, and findings with their follow-up, each step a fact (51.10.1, 51.10.2)."""

from datetime import date, timedelta

import pytest

from pasti.actions import findings, licensing, looks, nightly, roots, samples
from pasti.domain.errors import InvalidInput, NotAllowed, Overtaken, RuleBroken
from pasti.domain.findings import Stage
from pasti.domain.roles import Actor, Role
from pasti.domain.sampling import Kind, Result
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.ledger import LedgerEntry
from pasti.records.sampling import OversightFinding, Sample
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1")]
DUE = date(2026, 12, 14)
WORDS = "Alasan keputusan tidak menyebut syarat yang dimaksud."
SEEN = "Berkas dibaca seluruhnya, keputusannya sesuai."


@pytest.fixture
def office() -> dict[Role, Actor]:
    """A night after a decision, a look, a pause."""
    people = makers.officers() | {role: makers.actor(role) for role in (Role.SUPERIOR, Role.INSPECTOR, Role.ADMINISTRATOR)}
    row = makers.submitted(makers.actor())
    makers.advance(people, row.id, until=State.TECHNICAL_REVIEW)
    looks.reveal(people[Role.EXAMINER], row.id, "business", at=MONDAY)
    case = makers.fresh(row.id)
    licensing.ask(
        people[Role.TECHNICAL_TEAM], row.id, seen=case.ledger_length, at=MONDAY, reason="Di mana alat ukurnya disimpan?"
    )
    other = makers.submitted(makers.actor(email="lain@uji.example"))
    makers.advance(people, other.id, until=State.SIGNING)
    nightly.run(at=MONDAY)
    return people


def test_a_night_opens_samples_of_each_kind_for_the_tier_above(office: dict[Role, Actor]) -> None:
    drawn = {(row.kind, row.tier) for row in Sample.objects.all()}

    assert drawn == {(Kind.DECIDED, Role.SUPERIOR), (Kind.LOOK, Role.VALIDATOR), (Kind.PAUSE, Role.VALIDATOR)}
    assert all(row.review_by == date(2026, 12, 7) for row in Sample.objects.all())
    assert LedgerEntry.objects.filter(kind="sample.drawn").count() == Sample.objects.count()
    assert ledger.verify().fault is None and roots.check().fault is None


def test_drawing_again_opens_nothing_twice(office: dict[Role, Actor]) -> None:
    count = Sample.objects.count()

    assert samples.draw_missing(at=MONDAY) == 0
    roots.seal(at=MONDAY + timedelta(days=1))

    assert samples.draw_missing(at=MONDAY + timedelta(days=1)) == 0
    assert Sample.objects.count() == count


def sample(tier: Role) -> Sample:
    row = Sample.objects.filter(tier=tier).order_by("drawn_at", "id").first()
    assert row is not None
    return row


def test_what_was_looked_at_and_when_is_recorded(office: dict[Role, Actor]) -> None:
    row = sample(Role.SUPERIOR)

    samples.review(office[Role.SUPERIOR], row.id, Result.IN_ORDER, SEEN, seen=row.ledger_length, at=MONDAY)

    fact = LedgerEntry.objects.get(kind="sample.reviewed")
    assert (fact.subject_id, fact.actor_id, fact.reason, fact.about) == (
        row.id,
        office[Role.SUPERIOR].id,
        SEEN,
        row.application_id,
    )
    with pytest.raises(Overtaken):
        samples.review(office[Role.SUPERIOR], row.id, Result.IN_ORDER, SEEN, seen=row.ledger_length, at=MONDAY)
    with pytest.raises(RuleBroken, match="sudah diperiksa"):
        samples.review(office[Role.SUPERIOR], row.id, Result.IN_ORDER, SEEN, seen=row.ledger_length + 1, at=MONDAY)


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.HEAD, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_another_role_does_not_look_in_that_tiers_place(office: dict[Role, Actor], role: Role) -> None:
    row = sample(Role.SUPERIOR)

    with pytest.raises(NotAllowed):
        samples.review(office[role], row.id, Result.IN_ORDER, SEEN, seen=row.ledger_length, at=MONDAY)


def test_a_finding_goes_its_whole_way(office: dict[Role, Actor]) -> None:
    row, superior, head = sample(Role.SUPERIOR), office[Role.SUPERIOR], office[Role.HEAD]
    samples.review(superior, row.id, Result.FINDING, WORDS, owner=Role.HEAD, due_on=DUE, seen=row.ledger_length, at=MONDAY)
    found = OversightFinding.objects.get(sample=row)

    findings.answer(head, found.id, "Templat alasan keputusan sudah diganti.", seen=1, at=MONDAY)
    findings.send_back(superior, found.id, "Lampirkan contoh dari tiga berkas.", seen=2, at=MONDAY)
    findings.answer(head, found.id, "Tiga berkas dilampirkan pada notula rapat.", seen=3, at=MONDAY)
    findings.close(superior, found.id, "Sudah sesuai pada ketiga berkas.", seen=4, at=MONDAY)

    kinds = LedgerEntry.objects.filter(subject_id=found.id).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["finding.raised", "finding.answered", "finding.sent_back", "finding.answered", "finding.closed"]
    assert OversightFinding.objects.get(pk=found.id).stage == Stage.CLOSED
    with pytest.raises(RuleBroken):
        findings.close(superior, found.id, "Sudah sesuai pada ketiga berkas.", seen=5, at=MONDAY)


def test_a_review_whose_finding_is_refused_is_not_recorded_either(office: dict[Role, Actor]) -> None:
    row = sample(Role.SUPERIOR)

    with pytest.raises(InvalidInput) as refused:
        samples.review(
            office[Role.SUPERIOR],
            row.id,
            Result.FINDING,
            WORDS,
            owner="inspector",
            due_on=MONDAY.date(),
            seen=row.ledger_length,
            at=MONDAY,
        )

    assert [problem.field for problem in refused.value.problems] == ["owner", "due_on"]
    assert Sample.objects.get(pk=row.pk).reviewed_at is None


@pytest.mark.clause("51.10.2")
def test_the_inspectorate_raises_findings_of_its_own_and_judges_them(office: dict[Role, Actor]) -> None:
    inspector = office[Role.INSPECTOR]
    row = findings.raised(inspector, WORDS, Role.VALIDATOR, DUE, at=MONDAY)
    findings.answer(office[Role.VALIDATOR], row.id, "Sudah diperbaiki hari ini.", seen=1, at=MONDAY)

    for who in (office[Role.SUPERIOR], office[Role.VALIDATOR]):
        with pytest.raises(NotAllowed):
            findings.close(who, row.id, "Sudah sesuai menurut kami.", seen=2, at=MONDAY)
    findings.close(inspector, row.id, "Sudah sesuai menurut Inspektorat.", seen=2, at=MONDAY)

    assert {e.clause for e in LedgerEntry.objects.filter(subject_id=row.id)} == {"51.10.2"}


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.ADMINISTRATOR, Role.COUNTER_OFFICER])
def test_who_oversees_nobody_raises_nothing(office: dict[Role, Actor], role: Role) -> None:
    with pytest.raises(NotAllowed):
        findings.raised(office[role], WORDS, Role.HEAD, DUE, at=MONDAY)


def test_only_the_owner_answers(office: dict[Role, Actor]) -> None:
    row = findings.raised(office[Role.SUPERIOR], WORDS, Role.VALIDATOR, DUE, at=MONDAY)

    for role in (Role.HEAD, Role.SUPERIOR, Role.INSPECTOR):
        with pytest.raises(NotAllowed):
            findings.answer(office[role], row.id, "Sudah diperbaiki hari ini.", seen=1, at=MONDAY)
