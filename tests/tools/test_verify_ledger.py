"""The stand-alone verifier: it needs nothing of ours, and finds what was done to the database behind the triggers (51.10.2)."""

import hashlib
import importlib.util
import io
import json
import random
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from types import ModuleType
from typing import Any

import pgtrigger
import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from pasti.actions import ledger_export, roots, safety
from pasti.adapters.pdf.proof import sign_proof
from pasti.domain.chain import Fact, link
from pasti.domain.merkle import Frontier
from pasti.domain.roles import Role
from pasti.domain.roots import Cut, export_statement
from pasti.domain.safety import Watch
from pasti.domain.workflow import State
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY
from tests.tools.exported import NIGHT, Exported, export, row_of
from tests.tools.tamperings import (
    FILE_TAMPERINGS,
    TAMPERINGS,
    as_line,
    change_naively,
    drop,
    drop_chain,
    drop_newest_root,
    is_of_root,
)

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


KINDS: tuple[Any, ...] = (*(tamper for tamper, _ in TAMPERINGS), *FILE_TAMPERINGS)


def _may_be(tamper: object, through: int) -> list[LedgerEntry]:
    """The facts at which this can be seen: a self-made account may have no facts at all, so its chain needs a root too."""
    found = LedgerEntry.objects.order_by("id")
    if dict(TAMPERINGS)[tamper]:  # type: ignore[index]  # a function of the table
        found = found.filter(id__lt=through)
    return list(found.exclude(subject_kind="account") if tamper is drop_chain else found)


def test_each_of_two_hundred_tamperings_past_the_triggers_is_caught(tmp_path: Path) -> None:
    a_ledger()
    verifier, whole = tool(), Exported()
    untouched = export().splitlines()
    assert fault_in(verifier, export(), tmp_path) == ""
    through = roots.LedgerRoot.objects.order_by("-number")[0].through
    missed = []
    for number in range(200):
        rng = random.Random(number)
        tamper = KINDS[number % len(KINDS)]
        if tamper in FILE_TAMPERINGS:
            text = "".join(f"{line}\n" for line in tamper(rng, untouched))
        else:
            with whole.put_back():
                with pgtrigger.ignore("records.LedgerEntry:append_only"):
                    tamper(rng, rng.choice(_may_be(tamper, through)))
                text = export()
        fault = fault_in(verifier, text, tmp_path)
        if number < len(KINDS):
            code, said = run_alone(tmp_path / "export.jsonl")
            assert (code, said.startswith("RUSAK: ")) == (1, True), (tamper, said)
        if not fault:
            missed.append((number, tamper.__name__))
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
    assert "rantainya hilang seluruhnya" in said[2] and "akar 1" in said[2] and "catatan hilang" in said[2]


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
            row = json.loads(lines[at])
            name = data.draw(st.sampled_from(sorted(row)), label="column")
            row[name] = data.draw(st.sampled_from(["lain", 7, None, True, {}]).filter(lambda value: value != row[name]))
            changed = [*lines[:at], json.dumps(row), *lines[at + 1 :]]

    fault = fault_in(tool(), "".join(f"{line}\n" for line in changed), tmp_path_factory.mktemp("file"))

    assert fault, changed[at : at + 1]


LINES: list[str] = []


def _lines() -> list[str]:
    """One export for all examples: they change the file, not the database."""
    if not LINES:
        a_ledger()
        LINES.extend(export().splitlines())
    return LINES


def test_a_root_that_was_published_cannot_be_dropped_or_remade(tmp_path: Path) -> None:
    a_ledger()
    file, kept = tmp_path / "export.jsonl", tmp_path / "akar.json"
    rows = [{"proof": row.proof} for row in roots.LedgerRoot.objects.order_by("-number")]
    kept.write_text(json.dumps({"keys": roots.public_keys(), "roots": rows}))
    file.write_text(export(), encoding="utf-8")
    assert run_alone(file, "--known", str(kept), "--key", str(kept))[0] == 0

    without_root = [line for line in export().splitlines() if not is_of_root(line, 2)]
    file.write_text(signed_anew(without_root), encoding="utf-8")
    code, said = run_alone(file)
    assert (code, "menyebut akar 2" in said) == (1, True)

    file.write_text(signed_anew(drop_newest_root(random.Random(1), export().splitlines())), encoding="utf-8")

    assert run_alone(file)[0] == 0  # who holds the key can do this: the file alone cannot show it, and says so
    code, said = run_alone(file, "--known", str(kept))
    assert (code, "akar 2 sudah pernah diumumkan" in said) == (1, True)


def signed_anew(lines: list[str]) -> str:
    """The file as who holds the office's key would sign it after changing it."""
    rows = [json.loads(line) for line in lines[:-1]]
    hashes: dict[str, Any] = {kind: hashlib.sha256() for kind in ledger_export.SIGNED_LINES}
    for line, row in zip(lines, rows, strict=False):
        if row["type"] in hashes:
            hashes[row["type"]].update(f"{line}\n".encode())
    entries = [row for row in rows if row["type"] == "entry"]
    whole = Frontier().grown(row["hash"].encode() for row in entries)
    cut = Cut(through=entries[-1]["id"], frontier=whole)
    digests = {f"{kind}_lines": hashed.hexdigest() for kind, hashed in hashes.items()}
    said = export_statement(cut, whole, digests, at=MONDAY)
    proof = sign_proof(said, Path(django_settings.PASTI_LEDGER_KEY).read_bytes())
    return "\n".join([*lines[:-1], as_line({"type": "done", "proof": proof})]) + "\n"


def test_a_chain_dropped_before_any_root_is_seen_by_who_kept_an_export(tmp_path: Path) -> None:
    a_ledger()
    file, kept = tmp_path / "export.jsonl", tmp_path / "dahulu.jsonl"
    watch = Watch(on=date(2026, 11, 25), starts=time(7), ends=time(15), post="Pintu gerbang", guard="Jajang")
    late = safety.plan(makers.actor(Role.FACILITY_CUSTODIAN), watch, at=MONDAY + NIGHT).id
    kept.write_text(export(), encoding="utf-8")
    with pgtrigger.ignore("records.LedgerEntry:append_only"):
        LedgerEntry.objects.filter(subject_id=late).delete()
    row_of(late).delete()
    makers.submitted(makers.actor(email="lain@uji.example"), at=MONDAY + NIGHT)
    file.write_text(export(), encoding="utf-8")

    alone, said_alone = run_alone(file)
    code, said = run_alone(file, "--known", str(kept))

    assert (alone, "nomor sesudah akar terakhir tidak dipakai" in said_alone) == (0, True)  # no proof, but a hint
    assert (code, "ekspor yang Anda simpan" in said and "catatan hilang" in said) == (1, True)


def test_an_export_holds_against_the_one_before(tmp_path: Path) -> None:
    a_ledger()
    file, kept = tmp_path / "export.jsonl", tmp_path / "dahulu.jsonl"
    kept.write_text(export(), encoding="utf-8")
    makers.submitted(makers.actor(email="lain@uji.example"), at=MONDAY + NIGHT)
    roots.seal(at=MONDAY + 2 * NIGHT)
    file.write_text(export(), encoding="utf-8")

    code, said = run_alone(file, "--known", str(kept))

    assert (code, "3 akar" in said) == (0, True), said


def test_the_keys_are_taken_as_they_are_published(tmp_path: Path, client: Client) -> None:
    a_ledger()
    file, keys = tmp_path / "export.jsonl", tmp_path / "pasti-keys.json"
    file.write_text(export(), encoding="utf-8")
    published = client.get("/.well-known/pasti-keys.json").content.decode()
    keys.write_text(published)
    own = json.dumps(roots.public_keys()[0])

    said = [run_alone(file, "--key", given) for given in (str(keys), published, f"[{own}]", own)]

    assert [(code, "memang milik kantor" in words) for code, words in said] == [(0, False)] * 4
    assert "memang milik kantor" in run_alone(file)[1]  # without a key it says what that leaves open
    assert [run_alone(file, "--key", given)[0] for given in ("{}", "[]", "[" * 5000, "tidak-ada.json")] == [2] * 4


@pytest.mark.parametrize("raw", ["[" * 100_000, '{"a":' * 50_000, "x" * 20_000_000, '{"type":"\\ud800"}', "[]", "{}"])
def test_a_line_that_no_reader_takes_is_named_as_a_fault(tmp_path: Path, raw: str) -> None:
    file = tmp_path / "export.jsonl"
    file.write_text(f"{raw}\n", encoding="utf-8")

    code, said = run_alone(file)

    assert (code, said.startswith("RUSAK: "), "Traceback" in said) == (1, True, False)


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
