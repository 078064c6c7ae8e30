"""`pasti api-key`: shown once, kept as a digest, taken back at once (51.6.2)."""

from datetime import timedelta

import pytest

from pasti.actions import api_keys
from pasti.cli.main import parser
from pasti.domain.errors import RuleBroken
from pasti.queries import ledger
from pasti.records.api_keys import ApiKey
from pasti.records.ledger import LedgerEntry
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.6.2")]


def api_key(*words: str) -> int:
    """`pasti api-key …` on the test's database."""
    args = parser("api-key").parse_args(["api-key", *words])
    return int(args.run(args))


def test_a_key_is_printed_once_works_and_is_kept_as_a_digest(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASTI_BASE_URL", "http://uji.example")
    assert api_key("create", "sp4n-lapor") == 0
    key = capsys.readouterr().out.split("sekali ini: ")[1].split()[0]

    assert api_keys.admit(key, at=MONDAY) == api_keys.Caller(name="sp4n-lapor", used=1)
    assert key not in str(ApiKey.objects.values().get()) + str(LedgerEntry.objects.values())
    api_key("list")
    listed = capsys.readouterr().out
    assert "sp4n-lapor" in listed and key not in listed


def test_a_key_taken_back_is_refused_and_both_acts_are_facts() -> None:
    key = api_keys.create("lapor", at=MONDAY)

    api_key("revoke", "lapor")

    assert api_keys.admit(key, at=MONDAY) is None
    assert [e.kind for e in LedgerEntry.objects.order_by("seq")] == ["api_key.created", "api_key.revoked"]
    assert ledger.verify().fault is None


@pytest.mark.parametrize("name", ["", "dua kata", "x" * 61, "-awal"])
def test_a_key_has_a_plain_name(name: str) -> None:
    with pytest.raises(RuleBroken, match="Nama kunci"):
        api_keys.create(name, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_a_name_is_given_once_until_it_is_taken_back() -> None:
    api_keys.create("lapor", at=MONDAY)
    with pytest.raises(RuleBroken, match="sudah ada"):
        api_keys.create("lapor", at=MONDAY)

    api_keys.revoke("lapor", at=MONDAY)
    api_keys.create("lapor", at=MONDAY)
    with pytest.raises(RuleBroken, match="Tidak ada"):
        api_keys.revoke("lain", at=MONDAY)


def test_requests_are_counted_anew_each_minute() -> None:
    key = api_keys.create("lapor", at=MONDAY)

    callers = [api_keys.admit(key, at=MONDAY + timedelta(seconds=second)) for second in (0, 59, 60)]

    assert [caller and caller.used for caller in callers] == [1, 2, 1]
