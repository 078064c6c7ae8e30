"""A backup is whole or not there, a changed byte is found, and what is restored is the office that was backed up (51.10.2)."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pasti.cli import environment, postgres
from pasti.cli.backup_folder import DUMP, MANIFEST, unfinished, whole
from tests.cli.test_serve import clean
from tests.running import until

NEW_CASE = """
from uuid import uuid4
from pasti.actions import demonstration, files, intake
from tests import makers
who = makers.actor(email=f"{uuid4().hex}@uji.example", name="Siti Rahayu")
row = makers.submitted(who)
"""
AND_A_ROOT = """
from django.utils import timezone
from pasti.actions import roots
roots.seal(at=timezone.now())
"""
MANY_CASES = f"""{NEW_CASE}
from django.utils import timezone
mine = intake.start(who, "51", at=timezone.now())
while True:
    data = demonstration.evidence_pdf(uuid4().hex)
    intake.save_requirement(who, mine.id, "51.1.B.8", {{}}, uploads=(("bukti.pdf", data),), at=timezone.now())
    for one in mine.evidence.filter(replaced_at=None):
        intake.remove_file(who, mine.id, one.id, at=timezone.now())
"""
NAMED = "SELECT DISTINCT sha256 FROM evidence"


@dataclass(frozen=True, kw_only=True)
class Office:
    """A data folder with its database running, and a place for backups."""

    data: Path
    url: str
    place: Path

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode()).fetchall()

    def backup(self, *words: str) -> Path:
        """A new backup in `place`."""
        done = pasti("backup", *words, self.place, data=self.data)
        assert done.returncode == 0, done.stderr
        return whole(self.place)[-1]


def command(*words: str | Path, data: Path) -> list[str | Path]:
    return [sys.executable, "-P", "-m", "pasti.cli", "--data", data, *words]


def pasti(*words: str | Path, data: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    """`pasti …` on that data folder."""
    given = clean() | ({"DATABASE_URL": database} if database else {})
    return subprocess.run(command(*words, data=data), env=given, capture_output=True, text=True)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One case with its files and facts, and a root over them."""
    with (
        environment.throwaway() as data,
        environment.throwaway() as place,
        postgres.running(postgres.cluster(data, settings=postgres.FASTER_THAN_SAFE)) as cluster,
    ):
        for words in (["prepare"], ["manage", "shell", "--no-imports", "-c", NEW_CASE + AND_A_ROOT]):
            done = pasti(*words, data=data)
            assert done.returncode == 0, done.stderr
        yield Office(data=data, url=cluster.url(), place=place / "cadangan")


@pytest.fixture(scope="module")
def made(office: Office) -> Path:
    """One backup, for tests that only read it."""
    place = office.place.with_name("terbaca")
    return Office(data=office.data, url=office.url, place=place).backup()


@pytest.fixture
def empty(office: Office) -> Iterator[Path]:
    """A new data folder, with the keys that were kept apart."""
    with environment.throwaway() as folder:
        shutil.copytree(office.data / "secrets", folder / "secrets", dirs_exist_ok=True)
        yield folder


def stored(data: Path) -> dict[str, bytes]:
    return {p.parent.name + p.name: p.read_bytes() for p in (data / "files").glob("??/*")}


def flip(path: Path) -> None:
    """Change one byte in the middle, and nothing else that shows."""
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


@pytest.mark.clause("51.10.2")
def test_what_is_restored_is_the_office_that_was_backed_up(office: Office, made: Path, empty: Path) -> None:
    restored = pasti("restore", made, data=empty)
    with postgres.running(postgres.cluster(empty)) as server:
        there = Office(data=empty, url=server.url(), place=empty)
        facts = there.ask("SELECT id, hash FROM ledger ORDER BY id")

    assert restored.returncode == 0, restored.stderr
    assert "PEMULIHAN BERHASIL" in restored.stdout and "1 akar cocok" in restored.stdout
    assert facts == office.ask("SELECT id, hash FROM ledger ORDER BY id") != []
    assert stored(empty) == stored(office.data) != {}


def test_a_backup_is_ours_alone_has_no_keys_and_counts_as_the_duty_done(office: Office, made: Path) -> None:
    found = json.loads((made / MANIFEST).read_text())

    assert found["with_secrets"] is False and not (made / "secrets").exists()
    assert [p for p in (made, *made.rglob("*")) if p.stat().st_mode & 0o077] == []
    assert office.ask("SELECT count(*) FROM heartbeat WHERE duty = 'backup'") == [(1,)]


def test_what_an_earlier_backup_has_is_shared_and_older_ones_go_when_the_new_one_is_whole(office: Office) -> None:
    earlier = office.backup()
    name = next(p.relative_to(earlier) for p in earlier.glob("files/*/*"))
    flip(earlier / name)
    healed = office.backup()
    shared = office.backup("--keep", "2")

    assert hashlib.sha256((healed / name).read_bytes()).hexdigest() == f"{name.parent.name}{name.name}"
    assert (shared / name).samefile(healed / name)
    assert whole(office.place) == [healed, shared]
    assert not earlier.exists()


def test_keys_come_along_when_asked_for_and_an_empty_named_database_is_restored_into(office: Office, made: Path) -> None:
    kept = office.backup("--with-secrets")
    with psycopg.connect(postgres.cluster(office.data).url("postgres", "postgres"), autocommit=True) as superuser:
        superuser.execute("CREATE DATABASE kedua OWNER pasti")
    second = make_conninfo(**{**conninfo_to_dict(office.url), "dbname": "kedua"})

    with environment.throwaway() as folder:
        shutil.rmtree(folder / "secrets")
        refused = pasti("restore", made, data=folder, database=second)
        restored = pasti("restore", kept, data=folder, database=second)
        key, own_database = (folder / "secrets" / "field_key").read_text(), (folder / "pg").exists()

    assert refused.returncode == 1 and "Kunci data pribadi tidak ada" in refused.stderr
    assert restored.returncode == 0, restored.stderr
    assert key == (office.data / "secrets" / "field_key").read_text()
    assert not own_database


@pytest.mark.parametrize("what", [DUMP, "files/*/*", MANIFEST])
def test_a_changed_byte_is_found_and_never_restored(made: Path, empty: Path, tmp_path: Path, what: str) -> None:
    changed = shutil.copytree(made, tmp_path / made.name)
    flip(next(changed.glob(what)))

    checked = pasti("backup", "check", changed, data=empty)
    restored = pasti("restore", changed, data=empty)

    assert (checked.returncode, restored.returncode) == (1, 1)
    assert not (empty / "pg").exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("newest_migration", "9999_besok", "dari PASTI yang lebih baru"),
        ("field_key", "0" * 16, "bukan kunci cadangan ini"),
        ("files", {DUMP: {"sha256": "", "size": 0}, "../jahat": {"sha256": "", "size": 0}}, "di luar cadangan"),
        ("format", 2, "dari PASTI yang lain"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_before_anything_is_written(
    made: Path, empty: Path, tmp_path: Path, name: str, value: object, words: str
) -> None:
    other = shutil.copytree(made, tmp_path / made.name)
    (other / MANIFEST).write_text(json.dumps({**json.loads((other / MANIFEST).read_text()), name: value}))

    refused = pasti("restore", other, data=empty)

    assert refused.returncode == 1 and words in refused.stderr
    assert not (empty / "pg").exists() and stored(empty) == {}


def test_a_file_that_nobody_put_there_is_found(made: Path, tmp_path: Path) -> None:
    other = shutil.copytree(made, tmp_path / made.name)
    (other / "files" / "00").mkdir(exist_ok=True)
    (other / "files" / "00" / "asing").write_text("x")

    assert "files/00/asing: tidak disebut" in pasti("backup", "check", other, data=tmp_path).stderr


def test_nothing_that_exists_is_overwritten(office: Office, made: Path) -> None:
    folder = pasti("restore", made, data=office.data)
    with environment.throwaway() as new:
        shutil.copytree(office.data / "secrets", new / "secrets", dirs_exist_ok=True)
        database = pasti("restore", made, data=new, database=office.url)
        left = stored(new)

    assert (folder.returncode, database.returncode) == (1, 1)
    assert "tidak kosong" in folder.stderr and "tidak kosong" in database.stderr
    assert left == {}


@pytest.mark.parametrize("moment", [DUMP, "files"])
def test_a_backup_that_is_killed_is_never_taken_for_one(office: Office, moment: str) -> None:
    before = whole(office.place) if office.place.exists() else []
    bulk = office.data / "files" / "00"
    bulk.mkdir(exist_ok=True)
    for number in range(2000):
        (bulk / f"{number:062x}").write_bytes(b"x")  # none is what its name says, so each is copied and put aside
    with subprocess.Popen(command("backup", office.place, data=office.data), env=clean()) as running:
        there = until(lambda: any((left / moment).exists() for left in unfinished(office.place)), seconds=20)
        os.kill(running.pid, signal.SIGKILL)
    left, after = unfinished(office.place), whole(office.place)
    shutil.rmtree(bulk)

    office.backup()

    assert there and len(left) == 1 and after == before
    assert unfinished(office.place) == []


def test_a_file_that_the_office_lost_is_told_and_is_no_success(office: Office) -> None:
    office.place.mkdir(exist_ok=True)
    for old in whole(office.place):
        shutil.rmtree(old)
    path = next((office.data / "files").glob("??/*"))
    good = path.read_bytes()
    flip(path)
    told = pasti("backup", office.place, data=office.data)
    path.write_bytes(good)

    assert told.returncode == 1
    assert f"{path.parent.name}{path.name}: isinya di penyimpanan sudah berubah" in told.stderr


def test_a_backup_while_people_work_has_every_file_that_its_database_names(office: Office, empty: Path) -> None:
    facts = int(str(office.ask("SELECT count(*) FROM ledger")[0][0]))
    words = command("manage", "shell", "--no-imports", "-c", MANY_CASES, data=office.data)
    with subprocess.Popen(words, env=clean(), stderr=subprocess.PIPE) as people:
        try:
            busy = until(lambda: int(str(office.ask("SELECT count(*) FROM ledger")[0][0])) > facts + 60)
            made = office.backup()
        finally:
            still_busy = people.poll() is None
            people.kill()

    restored = pasti("restore", made, data=empty)
    with postgres.running(postgres.cluster(empty)) as server:
        named = {str(name) for (name,) in Office(data=empty, url=server.url(), place=empty).ask(NAMED)}

    assert busy and still_busy
    assert restored.returncode == 0, restored.stderr
    assert named - set(stored(empty)) == set()
    assert len(named) > 20


def test_no_password_is_on_a_command_line_or_told(office: Office) -> None:
    refused = pasti("backup", office.place, data=office.data, database="postgresql://pasti:sangatrahasia@127.0.0.1:1/x")

    assert refused.returncode == 1
    assert "sangatrahasia" not in refused.stdout + refused.stderr


def test_the_words_are_explained(office: Office) -> None:
    wrong = pasti("backup", "check", data=office.data)

    assert wrong.returncode == 2
    assert "backup check FOLDER/WAKTU" in wrong.stderr
