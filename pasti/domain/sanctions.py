"""A sanction on an officer: it rests on a finding or a proven complaint, and comes after being heard (51.12.5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.staff_promise import Staffing

IMPOSERS = frozenset({Role.HEAD, Role.SUPERIOR})
READERS = IMPOSERS | {Role.INSPECTOR}
SHORTEST_WORDS = 10
SHORTEST_NUMBER = 3


class Basis(StrEnum):
    """What a sanction rests on."""

    FINDING = "finding"
    COMPLAINT = "complaint"


BASIS_TITLES: dict[Basis, Sentence] = {
    Basis.FINDING: Sentence("temuan pengawasan"),
    Basis.COMPLAINT: Sentence("pengaduan yang terbukti"),
}


@dataclass(frozen=True, kw_only=True)
class Imposed:
    """What is typed of a sanction."""

    kind: str  # one of the edition's; text, for it is typed
    basis: str  # a Basis, "" when none was chosen
    decree: str
    starts_on: date | None
    words: str  # what was not kept, and why this sanction
    heard: str  # what the officer said when heard


def may_impose(actor: Actor) -> bool:
    """Whether the actor imposes sanctions at all."""
    return bool(actor.roles & IMPOSERS)


def may_read(actor: Actor, of: UUID) -> bool:
    """Whether the words of a sanction are open to the actor: to the officer, who imposes, and the Inspectorate."""
    return actor.id == of or bool(actor.roles & READERS)


def impose(
    actor: Actor, of: UUID | None, roles: frozenset[Role], given: Imposed, staffing: Staffing, *, is_imposed_already: bool
) -> Outcome:
    """A sanction on an officer who holds `roles`; its words stay out of the ledger (51.12.5)."""
    clause = staffing.sanctions_clause
    if not may_impose(actor):
        raise NotAllowed(clause, "Sanksi dijatuhkan oleh kepala dinas atau atasan langsung.")
    if actor.id == of:
        raise NotAllowed(clause, "Sanksi terhadap Anda sendiri dijatuhkan oleh orang lain.")
    if roles & staffing.apart:
        raise NotAllowed(clause, "Yang mengawasi dari luar bukan pegawai kantor ini; sampaikan kepada instansinya.")
    if Role.SUPERIOR in roles and not actor.has(Role.SUPERIOR):
        raise NotAllowed(clause, "Atasan langsung tidak dikenai sanksi oleh yang dibawahinya. Sampaikan kepada Inspektorat.")
    problems = [] if of else [field_problem("account", clause, "Pilih pegawainya.")]
    problems += _faults(given, clause, staffing, is_imposed_already=is_imposed_already)
    if problems:
        raise InvalidInput(tuple(problems))
    require_no_nik(clause, decree=given.decree)
    after: dict[str, Json] = {
        "as": given.kind,
        "basis": given.basis,
        "decree": given.decree.strip(),
        "starts_on": str(given.starts_on),
    }
    return Outcome(events=(Event(kind="sanction.imposed", clause=clause, after=after),))


def _faults(given: Imposed, clause: str, staffing: Staffing, *, is_imposed_already: bool) -> list[FieldProblem]:
    found = []
    if given.kind not in {kind.id for kind in staffing.sanctions}:
        found.append(field_problem("kind", clause, "Pilih sanksinya."))
    if given.basis not in set(Basis):
        found.append(field_problem("basis", clause, "Pilih dasarnya: temuan pengawasan atau pengaduan yang terbukti."))
    elif is_imposed_already:
        found.append(field_problem("basis", clause, "Atas dasar ini pegawai itu sudah dikenai sanksi."))
    if len(given.decree.strip()) < SHORTEST_NUMBER:
        found.append(field_problem("decree", clause, "Tulis nomor keputusannya."))
    if given.starts_on is None:
        found.append(field_problem("starts_on", clause, "Isi tanggal mulai berlakunya."))
    if len(given.words.strip()) < SHORTEST_WORDS:
        found.append(field_problem("words", clause, "Tulis apa yang tidak dijaga dan mengapa sanksinya ini."))
    if len(given.heard.strip()) < SHORTEST_WORDS:
        found.append(field_problem("heard", clause, "Tulis apa yang disampaikan pegawai itu saat didengar, dan kapan."))
    return found
