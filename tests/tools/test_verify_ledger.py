"""The stand-alone verifier: it needs nothing of ours, and finds what was done to the database behind the triggers (51.10.2)."""

import base64
import importlib.util
import io
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pgtrigger
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasti.actions import ledger_export, roots
from pasti.domain.chain import Fact, link
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY
from tests.tools.exported import NIGHT, Exported, export, relink, row_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.10.2")]
TOOL = Path(__file__).parents[2] / "tools/verify_ledger.py"


def tool() -> ModuleType:
    """The verifier as a module, for the many runs."""
    spec = importlib.util.spec_from_file_location("verify_ledger", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_alone(file: Path, *more: str) -> tuple[int, str]:
    """The verifier as an inspector runs it: no site packages, no environment, no folder of ours."""
    words = [sys.executable, "-I", "-S", str(TOOL), str(file), *more]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={}, cwd=file.parent)
    return done.returncode, done.stdout + done.stderr


def fault_in(verifier: ModuleType, text: str, tmp_path: Path) -> str:
    """What the verifier says is wrong; "" when it finds nothing."""
    file = tmp_path / "export.jsonl"
    file.write_text(text, encoding="utf-8")
    arguments = type("Arguments", (), {"file": file, "key": None, "known": None, "tsa_root": None})
    try:
        verifier.checked(arguments)
    except verifier.Fault as fault:
        return str(fault)
    return ""


def a_ledger() -> None:
    """Two cases, two nights, and facts that no root is over yet."""
    office, applicant = makers.officers(), makers.actor()
    makers.advance(office, makers.submitted(applicant).id, until=State.DECISION)
    roots.seal(at=MONDAY)
    makers.submitted(applicant)
    roots.seal(at=MONDAY + NIGHT)
    makers.submitted(applicant, at=MONDAY + NIGHT)


def test_an_untouched_export_holds_and_the_limits_are_said(tmp_path: Path) -> None:
    a_ledger()
    file = tmp_path / "export.jsonl"
    file.write_text(export(), encoding="utf-8")

    code, said = run_alone(file)

    later = LedgerEntry.objects.filter(at__gte=MONDAY + NIGHT).count()
    assert code == 0, said
    assert f"UTUH: {LedgerEntry.objects.count()} catatan" in said and "2 akar" in said
    assert f"{later} catatan terakhir belum dinaungi akar" in said
    assert "kata kantor sendiri" in said and "--known" in said and roots.public_keys()[0]["kid"] in said


def change_naively(rng: random.Random, entry: LedgerEntry) -> None:
    """One column of any fact, and nothing else."""
    column, value = rng.choice(
        [
            ("reason", f"{entry.reason}."),
            ("at", entry.at + NIGHT / 86400),
            ("kind", f"{entry.kind}x"),
            ("clause", "51.14.3"),
            ("after", {**entry.after, "verdict": "lain"}),
            ("before", {**entry.before, "x": 1}),
            ("actor_id", entry.subject_id),
            ("actor_roles", "head,superior"),
            ("edition", "51@2020-01-01"),
            ("public", not entry.public),
            ("about", entry.actor_id or entry.subject_id),
            ("prev_hash", "0" * 64),
            ("hash", "f" * 64),
            ("seq", entry.seq + 1000),
            ("subject_kind", "lain"),
        ]
    )
    assert getattr(entry, column) != value
    LedgerEntry.objects.filter(pk=entry.pk).update(**{column: value})


def change_and_relink(rng: random.Random, entry: LedgerEntry) -> None:
    """One fact, every hash after it, and the subject's own row: what an administrator of the database could do."""
    LedgerEntry.objects.filter(pk=entry.pk).update(reason=f"{entry.reason} ({rng.random()})")
    relink(entry.subject_id)


def drop(rng: random.Random, entry: LedgerEntry) -> None:
    """One fact, wherever it stands."""
    entry.delete()


def drop_and_relink(rng: random.Random, entry: LedgerEntry) -> None:
    """One fact, the chain closed over the gap, and the subject's own row."""
    LedgerEntry.objects.filter(pk=entry.pk).delete()
    relink(entry.subject_id)


def drop_chain(rng: random.Random, entry: LedgerEntry) -> None:
    """Every fact of a subject, and its row says that there never were any."""
    LedgerEntry.objects.filter(subject_id=entry.subject_id).delete()
    row_of(entry.subject_id).update(ledger_length=0, ledger_head="")


def insert_and_relink(rng: random.Random, entry: LedgerEntry) -> None:
    """A fact that never was, inside a chain or at its end, before the last root."""
    chain = LedgerEntry.objects.filter(subject_id=entry.subject_id)
    for later in chain.filter(seq__gt=entry.seq).order_by("-seq"):
        chain.filter(pk=later.pk).update(seq=later.seq + 1)
    LedgerEntry.objects.filter(pk__gt=0).filter(pk=entry.pk).update(id=-entry.pk)
    twin = LedgerEntry.objects.get(pk=-entry.pk)
    twin.pk, twin.seq, twin.reason = entry.pk, entry.seq + 1, "disisipkan"
    twin.save(force_insert=True)
    LedgerEntry.objects.filter(pk=-entry.pk).update(id=0)
    relink(entry.subject_id)


def swap_places(rng: random.Random, entry: LedgerEntry) -> None:
    """Two neighbours change places in the order of all facts."""
    other = LedgerEntry.objects.filter(pk__gt=entry.pk).order_by("pk").first() or LedgerEntry.objects.order_by("pk")[0]
    for old, new in ((entry.pk, 0), (other.pk, entry.pk), (0, other.pk)):
        LedgerEntry.objects.filter(pk=old).update(id=new)


def swap_numbers(rng: random.Random, entry: LedgerEntry) -> None:
    """Two facts of one chain change their numbers."""
    chain = LedgerEntry.objects.filter(subject_id=entry.subject_id)
    other = chain.exclude(pk=entry.pk).order_by("?").first()
    if other is None:
        chain.update(seq=2)
        return
    for pk, seq in ((entry.pk, 5000), (other.pk, entry.seq), (entry.pk, other.seq)):
        chain.filter(pk=pk).update(seq=seq)


# How each is done, and whether only the roots can show it: then the fact must be under one.
TAMPERINGS: tuple[tuple[Callable[[random.Random, LedgerEntry], Any], bool], ...] = (
    (change_naively, False),
    (drop, False),
    (swap_numbers, False),
    (change_and_relink, True),
    (drop_and_relink, True),
    (drop_chain, True),
    (insert_and_relink, True),
    (swap_places, True),
)


def test_each_of_two_hundred_tamperings_past_the_triggers_is_caught(tmp_path: Path) -> None:
    a_ledger()
    verifier, whole = tool(), Exported()
    assert fault_in(verifier, export(), tmp_path) == ""
    through = roots.LedgerRoot.objects.order_by("-number")[0].through
    missed = []
    for number in range(200):
        rng = random.Random(number)
        tamper, needs_root = TAMPERINGS[number % len(TAMPERINGS)]
        found = LedgerEntry.objects.filter(id__lt=through) if needs_root else LedgerEntry.objects.all()
        entry = rng.choice(list(found.order_by("id")))
        with whole.put_back():
            with pgtrigger.ignore("records.LedgerEntry:append_only"):
                tamper(rng, entry)
            text = export()
        fault = fault_in(verifier, text, tmp_path)
        if number < 2 * len(TAMPERINGS):
            code, said = run_alone(tmp_path / "export.jsonl")
            assert (code, said.startswith("RUSAK: ")) == (1, True), (tamper, said)
        if not fault:
            missed.append((number, tamper.__name__, entry.pk))
    assert missed == []
    assert fault_in(verifier, export(), tmp_path) == ""


def test_a_fault_names_the_fact_or_the_chain(tmp_path: Path) -> None:
    a_ledger()
    verifier, whole = tool(), Exported()
    entry = LedgerEntry.objects.filter(kind="application.submitted").order_by("id")[0]
    said = []
    for tamper in (change_naively, drop, drop_chain):
        with whole.put_back():
            with pgtrigger.ignore("records.LedgerEntry:append_only"):
                tamper(random.Random(1), entry)
            text = export()
        said.append(fault_in(verifier, text, tmp_path))
    assert all(str(entry.subject_id) in fault for fault in said[:2])
    assert "akar 1" in said[2] and "catatan hilang" in said[2]


@settings(max_examples=60)
@given(st.data())
def test_any_change_to_the_file_is_caught(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    lines = _lines()
    at = data.draw(st.integers(0, len(lines) - 1), label="line")
    match data.draw(st.sampled_from(["drop", "double", "swap", "cut", "value"]), label="how"):
        case "drop":
            changed = lines[:at] + lines[at + 1 :]
        case "double":
            changed = lines[: at + 1] + lines[at:]
        case "swap" if at + 1 < len(lines):
            changed = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        case "cut":
            changed = lines[:at]
        case _:
            at = max(at, 1)  # the first line is a description, and its key is to be compared by people
            row = json.loads(lines[at])
            name = data.draw(st.sampled_from(sorted(set(row) - {"stamp"})), label="column")
            row[name] = data.draw(st.sampled_from(["lain", 7, None, True, {}]).filter(lambda value: value != row[name]))
            changed = [*lines[:at], json.dumps(row), *lines[at + 1 :]]

    fault = fault_in(tool(), "".join(f"{line}\n" for line in changed), tmp_path_factory.mktemp("file"))

    if row_kinds(changed) == row_kinds(lines) and sorted(changed) == sorted(lines) and _only_ends_moved(changed, lines):
        return  # the list of ends has no order of its own
    assert fault, changed[at : at + 1]


LINES: list[str] = []


def _lines() -> list[str]:
    """One export for all examples: they change the file, not the database."""
    if not LINES:
        a_ledger()
        LINES.extend(export().splitlines())
    return LINES


def row_kinds(lines: list[str]) -> list[str]:
    return [json.loads(line)["type"] for line in lines]


def _only_ends_moved(changed: list[str], lines: list[str]) -> bool:
    moved = [one for one, other in zip(changed, lines, strict=True) if one != other]
    return all(json.loads(line)["type"] == "end" for line in moved)


def test_a_root_that_was_published_cannot_be_dropped_or_remade(tmp_path: Path) -> None:
    a_ledger()
    file, kept = tmp_path / "export.jsonl", tmp_path / "akar.json"
    rows = [{"proof": row.proof} for row in roots.LedgerRoot.objects.order_by("-number")]
    kept.write_text(json.dumps({"keys": roots.public_keys(), "roots": rows}))
    file.write_text(export(), encoding="utf-8")
    assert run_alone(file, "--known", str(kept), "--key", str(kept))[0] == 0

    without_root = [line for line in export().splitlines() if not _is_of_root(line, 2)]
    file.write_text("\n".join([*without_root[:-1], _done(without_root)]) + "\n", encoding="utf-8")
    code, said = run_alone(file)
    assert (code, "menyebut akar 2" in said) == (1, True)

    made = LedgerEntry.objects.get(kind="ledger_root.sealed", after__number=2)
    without_fact = [line for line in without_root if str(made.subject_id) not in line]
    file.write_text("\n".join([*without_fact[:-1], _done(without_fact)]) + "\n", encoding="utf-8")

    assert run_alone(file)[0] == 0  # the file alone cannot show this any more, and says so
    code, said = run_alone(file, "--known", str(kept))
    assert (code, "akar 2 sudah pernah diumumkan" in said) == (1, True)


def _is_of_root(line: str, number: int) -> bool:
    row = json.loads(line)
    if row["type"] != "root":
        return False
    payload = row["proof"].split(".")[1]
    return bool(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["number"] == number)


def _done(lines: list[str]) -> str:
    kinds = row_kinds(lines)
    counts = {"entries": kinds.count("entry"), "roots": kinds.count("root"), "ends": kinds.count("end")}
    return json.dumps({"type": "done", **counts})


def test_another_key_is_refused_when_the_inspector_brings_one(tmp_path: Path) -> None:
    a_ledger()
    file, key = tmp_path / "export.jsonl", tmp_path / "kunci.json"
    file.write_text(export(), encoding="utf-8")
    key.write_text(json.dumps({"keys": [{**_another_key()}]}))

    code, said = run_alone(file, "--key", str(key))

    assert (code, "bukan kunci yang Anda berikan" in said) == (1, True)


def _another_key() -> dict[str, str]:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    from pasti.adapters.pdf import proof

    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return proof.jwk(pem)


def test_a_file_that_cannot_be_read_is_neither_good_nor_bad(tmp_path: Path) -> None:
    assert run_alone(tmp_path / "tidak-ada.jsonl")[0] == 2


def test_no_clear_nik_telephone_or_address_of_mail_is_in_the_ledger() -> None:
    a_ledger()
    text = export()
    secrets = [makers.BUSINESS[name] for name in ("nik", "phone", "email") if name in makers.BUSINESS]

    assert len(secrets) >= 2
    assert [secret for secret in (*secrets, makers.SIGNING_NIK) if secret in text] == []
    assert ledger_export.write(io.StringIO(), at=MONDAY)[1] == 0


def test_a_typed_nik_is_counted_before_the_file_is_shared() -> None:
    row = makers.submitted(makers.actor())
    officer = makers.actor(Role.EXAMINER)
    entry = LedgerEntry.objects.filter(subject_id=row.id).order_by("-seq")[0]
    fact = {name: getattr(entry, name) for name in Fact.__dataclass_fields__}
    fact |= {"seq": entry.seq + 1, "reason": f"NIK {makers.SIGNING_NIK} salah", "actor_id": officer.id}
    LedgerEntry.objects.create(**fact, prev_hash=entry.hash, hash=link(entry.hash, Fact(**fact)))

    assert ledger_export.write(io.StringIO(), at=MONDAY)[1] == 1


def test_the_signature_check_agrees_with_the_library() -> None:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    verifier = tool()
    for number in range(5):
        key = ec.generate_private_key(ec.SECP256R1())
        numbers, text = key.public_key().public_numbers(), f"teks {number}".encode()
        r, s = utils.decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")

        assert verifier.is_signed(text, signature, (numbers.x, numbers.y))
        assert not verifier.is_signed(text + b"!", signature, (numbers.x, numbers.y))
        assert not verifier.is_signed(text, signature[:63] + bytes([signature[63] ^ 1]), (numbers.x, numbers.y))
