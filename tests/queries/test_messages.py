"""What was not filed is shown to who handles complaints, each with its reason (51.6.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pasti.actions.messages import quarantine, take_in
from pasti.domain.errors import NotAllowed
from pasti.domain.messages import ORIGINS, TROUBLES, Fate, Medium, Message, Origin, Trouble
from pasti.domain.roles import Role
from pasti.queries.messages import PAGE, unfiled
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.6.2")]


def test_what_was_not_filed_is_shown_with_its_reason(django_assert_num_queries: Callable[[int], object]) -> None:
    machine = Message(medium=Medium.SMS, id="m1", sha256="", received_at=MONDAY, sender="", text="Promo", origin=Origin.BULK)
    take_in(machine, original="0" * 64, at=MONDAY, file_one=lambda *_: "")
    later = MONDAY + timedelta(minutes=1)
    for number in range(PAGE):
        original = f"{number:064}"
        quarantine(Trouble.TOO_LARGE, medium=Medium.EMAIL, original=original, received_at=MONDAY, at=later)
    officer = makers.actor(Role.COMPLAINTS_OFFICER)

    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # it is a context manager
        first = unfiled(officer)
        rest = unfiled(officer, after=(first[-1].taken_at, first[-1].id))

    assert len(first) == PAGE and {(line.fate, line.why) for line in first} == {(Fate.QUARANTINED, TROUBLES[Trouble.TOO_LARGE])}
    assert [(line.fate, line.why) for line in rest] == [(Fate.IGNORED, ORIGINS[Origin.BULK])]


def test_who_does_not_handle_complaints_does_not_see_them() -> None:
    with pytest.raises(NotAllowed):
        unfiled(makers.actor(Role.EXAMINER))
