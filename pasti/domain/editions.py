"""Two editions of a standard side by side: what changed, component by component (51.1 to 51.14)."""

from collections.abc import Iterator
from dataclasses import dataclass

from pasti.domain.sentence import Sentence
from pasti.domain.standard import Component, OnLapse, Requirement, Standard, Text, is_assumed

Value = Text | str | object  # said in the reader's language where it is shown
Key = tuple[int, str, str, str]  # component, clause, what it is, its name among several
LAPSE = {OnLapse.DEEMED_APPROVED: Sentence("Dianggap disetujui"), OnLapse.ESCALATE: Sentence("Dinaikkan ke atasan")}
DUE = {"before_issue": Sentence("Sebelum terbit"), "after_issue": Sentence("Sesudah terbit")}
EVIDENCE = {"required": Sentence("Wajib"), "optional": Sentence("Boleh"), "none": Sentence("Tidak diminta")}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs; None where an edition does not have it. `source` says where the later edition takes it from."""

    clause: str
    what: Sentence
    before: Value | None
    after: Value | None
    source: str
    is_assumed: bool


@dataclass(frozen=True, kw_only=True)
class ComponentChanges:
    """A component with what changed in it; none when it is as it was."""

    component: Component
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two editions compared; `added` and `removed` are the numbers of clauses that only one of them has."""

    before: Standard
    after: Standard
    name: tuple[Change, ...]  # what it is called and whom it is for
    components: tuple[ComponentChanges, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def of_components(self, *numbers: int) -> tuple[Change, ...]:
        """The changes of these components together."""
        return tuple(c for part in self.components if part.component.number in numbers for c in part.changes)


def compare(before: Standard, after: Standard) -> Comparison:
    """What the later edition changed (51.1 to 51.14)."""
    old, new = dict(_facts(before)), dict(_facts(after))
    found = [
        (key, _change(key, old, new, after)) for key in (*new, *(k for k in old if k not in new)) if old.get(key) != new.get(key)
    ]
    ids = {c.id for c in before.clauses()}, {c.id for c in after.clauses()}
    return Comparison(
        before=before,
        after=after,
        name=tuple(change for key, change in found if key[0] == 0),
        components=tuple(
            ComponentChanges(component=part, changes=tuple(change for key, change in found if key[0] == part.number))
            for part in after.components
        ),
        added=tuple(c.id for c in after.clauses() if c.id not in ids[0]),
        removed=tuple(c.id for c in before.clauses() if c.id not in ids[1]),
    )


def _change(key: Key, old: dict[Key, Value], new: dict[Key, Value], after: Standard) -> Change:
    number, clause, what, _name = key
    source = _source(after, number, clause, what)
    return Change(
        clause=clause,
        what=Sentence(what),
        before=old.get(key),
        after=new.get(key),
        source=source,
        is_assumed=is_assumed(source),
    )


WORDING, SCALE = Sentence("Kalimat"), Sentence("Skala usaha")


def _source(standard: Standard, number: int, clause: str, what: str) -> str:
    if what == WORDING:
        return next((c.source for c in standard.clauses() if c.id == clause), "")
    if what == SCALE:
        return standard.intake.source
    if number == 0:
        return ""  # the code and its name are facts of the classification
    if number == 1:
        return next((r.source for r in standard.requirements if r.clause == clause), "")
    return standard.clock.source if number == 3 else standard.source


def _facts(standard: Standard) -> Iterator[tuple[Key, Value]]:
    """All that an edition promises, each under a key that the other edition has as well."""
    yield from _about(standard)
    for clause in standard.clauses():
        yield (clause.component, clause.id, WORDING, ""), clause.text
    for requirement in standard.requirements:
        yield from _asked(requirement)
    yield from _intake(standard)
    yield from _terms(standard)
    for channel in standard.complaint_channels:
        yield (6, channel.clause, Sentence("Alamat saluran"), channel.id), channel.address


def _about(standard: Standard) -> Iterator[tuple[Key, Value]]:
    clause = standard.cite("1")
    yield (0, clause, Sentence("Judul"), ""), standard.title
    yield (
        (0, clause, Sentence("KBLI"), ""),
        Sentence("{kbli} (KBLI {version})", kbli=standard.kbli, version=standard.kbli_version),
    )
    yield (0, clause, Sentence("Nama KBLI"), ""), standard.kbli_title
    yield (0, clause, Sentence("Risiko"), ""), standard.risk


def _asked(requirement: Requirement) -> Iterator[tuple[Key, Value]]:
    clause = requirement.clause
    yield (1, clause, Sentence("Nama syarat"), ""), requirement.title
    yield (1, clause, Sentence("Penjelasan syarat"), ""), requirement.help
    yield (1, clause, Sentence("Berkas bukti"), ""), EVIDENCE[requirement.evidence]
    yield (1, clause, Sentence("Kapan diminta"), ""), DUE[requirement.due]
    for field in requirement.fields:
        yield (1, clause, Sentence("Pertanyaan"), field.name), field.label
        for column in field.columns:
            yield (1, clause, Sentence("Kolom"), f"{field.name}.{column.name}"), column.label


def _intake(standard: Standard) -> Iterator[tuple[Key, Value]]:
    for band in standard.intake.scales:
        served = Sentence("{scale}: dilayani", scale=band.title)
        referred = Sentence("{scale}: {refer_to}", scale=band.title, refer_to=band.refer_to or "")
        yield (1, standard.cite("1"), SCALE, band.id), served if band.served else referred
    for ground in standard.intake.location_grounds:
        yield (1, standard.cite("1"), Sentence("Alasan di luar kawasan industri"), ground.code), ground.title


def _terms(standard: Standard) -> Iterator[tuple[Key, Value]]:
    clock = standard.clock
    codes = ", ".join(p.code for p in standard.procedures)
    yield (2, standard.cite("2"), Sentence("Klasifikasi prosedur"), ""), codes
    yield (3, standard.cite("3"), Sentence("Janji"), ""), clock.promise
    yield (3, standard.cite("3"), Sentence("Jam tutup"), ""), f"{clock.closing:%H.%M}"
    yield (3, standard.cite("3"), Sentence("Waktu melengkapi berkas"), ""), clock.fulfilment
    yield (3, standard.cite("3"), Sentence("Bila lewat waktu"), ""), LAPSE[clock.on_lapse]
    yield (3, standard.cite("3"), Sentence("Dasar bila lewat waktu"), ""), clock.on_lapse_ground
    yield (4, standard.cite("4"), Sentence("Biaya (rupiah)"), ""), str(standard.fee_rupiah)
    yield (5, standard.cite("5"), Sentence("Produk"), ""), standard.product
    yield (5, standard.cite("5"), Sentence("Pola nomor sertifikat"), ""), standard.certificate_number
    yield (6, standard.cite("6"), Sentence("Batas menyampaikan pengaduan"), ""), standard.complaint_filing
    yield (6, standard.cite("6"), Sentence("Pengaduan dijawab dalam"), ""), standard.complaint_answer
    yield (11, standard.cite("11"), Sentence("Jumlah pelaksana"), ""), str(standard.staff_required)
