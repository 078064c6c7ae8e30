"""`pasti account`: an office that starts empty gets its people (51.11)."""

import io
import re
from datetime import date

import pytest

from pasti.actions.accounts import account_of
from pasti.cli.main import parser
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Role
from pasti.records.licensing import Application
from tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.11")]
EMAIL = "dewi@uji.example"


def account(*words: str) -> int:
    """`pasti account …` on the test's database."""
    args = parser("account").parse_args(["account", *words])
    return int(args.run(args))


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASTI_BASE_URL", "http://uji.example")


def test_the_first_password_is_printed_once_and_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert account("add", EMAIL, "--name", "Dewi", "--role", "examiner", "--role", "validator") == 0

    printed = re.search(r"sekali ini: (\S+)", capsys.readouterr().out)
    assert printed and account_of(EMAIL).check_password(printed[1])


def test_a_password_from_elsewhere_is_not_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("kata sandi dari tempat lain\n"))

    account("add", EMAIL, "--name", "Dewi", "--password-stdin")

    assert account_of(EMAIL).check_password("kata sandi dari tempat lain")
    assert "sandi dari" not in capsys.readouterr().out


def test_appoint_end_and_list(capsys: pytest.CaptureFixture[str]) -> None:
    account("add", EMAIL, "--name", "Dewi")
    account("appoint", EMAIL, "head", "--from", "2026-12-01", "--until", "2099-12-31")
    account("end", EMAIL, "head", "--on", "2099-06-30")
    capsys.readouterr()

    account("list")

    assert "head (2026-12-01 – 2099-06-30)" in capsys.readouterr().out
    assert account_of(EMAIL).actor(date(2099, 7, 1)).roles == {Role.APPLICANT}


def test_a_wrong_role_makes_no_account() -> None:
    with pytest.raises(RuleBroken, match="examiner"):
        account("add", EMAIL, "--name", "Dewi", "--role", "pemeriksa")
    with pytest.raises(RuleBroken, match="Tidak ada akun"):
        account_of(EMAIL)


def test_a_day_is_written_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        account("appoint", EMAIL, "head", "--from", "1/12/2026")
    assert "TTTT-BB-HH" in capsys.readouterr().err


def test_who_is_away_and_who_stands_in() -> None:
    account("add", EMAIL, "--name", "Dewi", "--role", "head")
    account("add", "wakil@uji.example", "--name", "Wakil")

    account("away", EMAIL, "--from", "2027-03-01", "--until", "2027-03-05")
    account(
        "appoint", "wakil@uji.example", "head", "--as", "plh", "--for", EMAIL, "--from", "2027-03-01", "--until", "2027-03-05"
    )

    actor = account_of("wakil@uji.example").actor(date(2027, 3, 2))
    assert (actor.has(Role.HEAD), actor.spelled_roles) == (True, "plh.head")


def test_a_plt_is_appointed_once_the_post_is_vacant() -> None:
    account("add", EMAIL, "--name", "Dewi", "--role", "head")
    account("add", "wakil@uji.example", "--name", "Wakil")
    plt = ("appoint", "wakil@uji.example", "head", "--as", "plt", "--from", "2099-03-01", "--until", "2099-03-05")
    with pytest.raises(RuleBroken, match="Dewi memegang tetap peran Kepala DPMPTSP tanpa hari akhir"):
        account(*plt)

    account("end", EMAIL, "head", "--on", "2099-03-01")
    with pytest.raises(RuleBroken, match="sampai 1 Maret 2099"):
        account(*plt)
    account("end", EMAIL, "head", "--on", "2099-02-28")
    account(*plt)

    assert account_of("wakil@uji.example").actor(date(2099, 3, 2)).spelled_roles == "plt.head"


def test_an_account_is_deactivated_and_what_remains_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    account("add", EMAIL, "--name", "Dewi", "--role", "examiner")
    account("add", "admin@uji.example", "--name", "Admin", "--role", "administrator")
    held = makers.submitted(makers.actor())
    Application.objects.filter(pk=held.pk).update(holder=account_of(EMAIL))
    capsys.readouterr()

    assert account("deactivate", EMAIL, "--reason", "Mutasi", "--by", "admin@uji.example") == 0
    account("list")

    said = capsys.readouterr()
    assert "examiner" in said.out and f"account end {EMAIL}" in said.out and "; nonaktif" in said.out
    assert "1 berkas, 0 pengaduan" in said.err
    assert not account_of(EMAIL).is_active

    assert account("activate", EMAIL, "--reason", "Kembali") == 0
    assert account_of(EMAIL).is_active


def test_a_reason_is_asked_and_only_an_administrator_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    account("add", EMAIL, "--name", "Dewi", "--role", "examiner")
    with pytest.raises(SystemExit):
        account("deactivate", EMAIL)
    assert "--reason" in capsys.readouterr().err
    with pytest.raises(RuleBroken, match="Hanya administrator"):
        account("deactivate", EMAIL, "--reason", "Mutasi", "--by", EMAIL)
