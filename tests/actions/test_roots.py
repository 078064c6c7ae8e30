"""The night's root over all facts: made once, chained, signed, stamped, and broken by any change (51.10.2)."""

import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pgtrigger
import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from pasti.actions import nightly, roots
from pasti.adapters.pdf import proof
from pasti.adapters.tsa import fake
from pasti.domain.errors import DoorClosed, RuleBroken
from pasti.domain.roots import digest
from pasti.queries import ledger
from pasti.records.ledger import LedgerEntry
from pasti.records.roots import LedgerRoot
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.2")]
NIGHT = timedelta(days=1)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[str]:
    """A time-stamping authority that listens."""
    server = fake.serving(tmp_path / "tsa", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_root_covers_every_fact_and_the_next_one_the_fact_of_the_last() -> None:
    makers.submitted(makers.actor())
    facts = LedgerEntry.objects.count()

    first = roots.seal(at=MONDAY)
    second = roots.seal(at=MONDAY + NIGHT)

    assert (first.size, second.size) == (facts, facts + 1)
    assert (roots.check().fault, roots.check().roots, roots.check().later) == (None, 2, 1)
    assert ledger.verify().fault is None


def test_an_empty_ledger_has_a_root_too() -> None:
    assert roots.seal(at=MONDAY).size == 0
    assert roots.check().fault is None


def test_each_statement_is_signed_and_names_the_one_before() -> None:
    first, second = roots.seal(at=MONDAY), roots.seal(at=MONDAY + NIGHT)

    said = proof.check_proof(second.proof, proof.make_key(Path(django_settings.PASTI_LEDGER_KEY)))

    assert (said["number"], said["previous"], said["root"]) == (2, digest(first.proof), second.root)


def test_one_root_a_day_in_purwakarta_however_often_it_is_asked() -> None:
    late_evening = MONDAY.replace(hour=16, minute=59)  # 23:59 in Jakarta

    made = [roots.seal_tonight(at=late_evening), roots.seal_tonight(at=late_evening)]
    made += [roots.seal_tonight(at=late_evening + timedelta(minutes=1))]

    assert [row is not None for row in made] == [True, False, True]


def test_a_server_clock_that_went_back_is_refused() -> None:
    roots.seal(at=MONDAY)

    with pytest.raises(RuleBroken, match="jam server"):
        roots.seal(at=MONDAY - NIGHT)


@pytest.mark.parametrize("tampering", ["drop_last", "drop_chain", "insert_below", "change_root", "other_size", "drop_root"])
def test_what_the_chains_alone_would_not_show_the_roots_do(tampering: str) -> None:
    row = makers.submitted(makers.actor())
    roots.seal(at=MONDAY)
    roots.seal(at=MONDAY + NIGHT)
    of_case = LedgerEntry.objects.filter(subject_id=row.id).order_by("seq")

    with pgtrigger.ignore("records.LedgerEntry:append_only", "records.LedgerRoot:kept"):
        last = of_case.last()
        assert last is not None
        if tampering == "drop_last":
            last.delete()
        elif tampering == "drop_chain":
            of_case.delete()
        elif tampering == "insert_below":
            LedgerEntry.objects.filter(pk=last.pk).update(id=0)
        elif tampering == "change_root":
            LedgerRoot.objects.filter(number=1).update(root="0" * 64)
        elif tampering == "other_size":
            LedgerRoot.objects.filter(number=2).update(size=1, peaks=["0" * 64])
        else:
            LedgerRoot.objects.filter(number=1).delete()

    assert "akar" in (roots.check().fault or "")


def test_a_root_signed_with_another_key_is_found(settings: Settings, tmp_path: Path) -> None:
    roots.seal(at=MONDAY)
    proof.make_key(tmp_path / "other.pem")

    settings.PASTI_LEDGER_KEY = str(tmp_path / "other.pem")

    assert "tidak ditandatangani" in (roots.check().fault or "")


def test_a_new_key_signs_and_the_old_ones_still_prove(settings: Settings, tmp_path: Path) -> None:
    roots.seal(at=MONDAY)
    settings.PASTI_LEDGER_KEY = f"{tmp_path / 'new.pem'},{settings.PASTI_LEDGER_KEY}"

    roots.seal(at=MONDAY + NIGHT)

    assert (roots.check().fault, len(roots.public_keys())) == (None, 2)


def test_an_authority_stamps_each_root_once(settings: Settings, authority: str, tmp_path: Path) -> None:
    made = roots.seal(at=MONDAY)
    settings.PASTI_TSA_URL = authority

    assert (roots.stamp_missing(at=MONDAY), roots.stamp_missing(at=MONDAY)) == (1, 0)

    row = LedgerRoot.objects.get(pk=made.pk)
    (tmp_path / "token").write_bytes(bytes(row.stamp or b""))
    words = ["openssl", "ts", "-verify", "-digest", digest(made.proof), "-in", tmp_path / "token", "-token_in"]
    checked = subprocess.run([*words, "-CAfile", tmp_path / "tsa" / "root.pem"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert ledger.verify().fault is None


def test_a_root_is_kept_when_the_authority_is_away(settings: Settings) -> None:
    settings.PASTI_TSA_URL = "http://127.0.0.1:9/"

    with pytest.raises(DoorClosed):
        nightly.run(at=MONDAY)

    assert [row.stamp for row in LedgerRoot.objects.all()] == [None]
