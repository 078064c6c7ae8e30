"""Whatever bytes or values a file holds, the reader answers with a library or with sentences (51.1 to 51.14)."""

import re
import tempfile
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pasti.standards import PACKAGE_FOLDER
from tests.standards.library import EDITION, faults

LINE = re.compile(r"[^\n]+\.yaml:[0-9]+: [^\n]+", re.DOTALL)
NAMES = st.sampled_from(
    [EDITION, "51/2022-01-03/requirements.yaml", "procedures/7.yaml", "holidays/2026.yaml", "legal_bases.yaml", "office.yaml"]
)
KEYS = st.sampled_from(["entry", "clock", "steps", "lists", "days", "delivery", "clauses", "id", "hours", "legal_bases", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def _said(name: str, content: bytes) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return faults(PACKAGE_FOLDER, Path(folder))


def _is_line(line: str) -> bool:
    return LINE.fullmatch(line) is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, content=st.binary(max_size=200))
def test_random_bytes_are_refused_in_sentences(name: str, content: bytes) -> None:
    found = _said(name, content)
    assert found
    assert all(_is_line(line) for line in found)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, value=st.dictionaries(KEYS, VALUES, max_size=5))
def test_random_values_are_refused_in_sentences(name: str, value: dict[str, object]) -> None:
    found = _said(name, yaml.safe_dump(value, allow_unicode=True).encode())
    assert found
    assert all(_is_line(line) for line in found)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, data=st.data())
def test_a_damaged_file_is_read_or_refused_in_sentences(name: str, data: st.DataObject) -> None:
    content = (PACKAGE_FOLDER / name).read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(0, 40))
    damage = data.draw(st.binary(max_size=6) | st.sampled_from([b"null", b"[]", b"{}", b": ", b"- ", b"\n", b"99", b"true"]))
    assert all(_is_line(line) for line in _said(name, content[:at] + damage + content[at + length :]))
