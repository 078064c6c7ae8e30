"""The register of facilities: what is promised, who keeps it, when it was seen and in what state (51.8, 51.13.1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Clause, Standard

FACILITIES = 8  # the component of facilities
KEEPERS = frozenset({Role.FACILITY_CUSTODIAN})
LOOKERS = KEEPERS | {Role.HEAD, Role.SUPERIOR, Role.INSPECTOR, Role.VALIDATOR}
SHORTEST_WORDS = 5


class Condition(StrEnum):
    """What a check found."""

    GOOD = "good"
    WORN = "worn"  # usable, with something to mend
    BROKEN = "broken"
    MISSING = "missing"


CONDITION_TITLES: dict[Condition, Sentence] = {
    Condition.GOOD: Sentence("baik"),
    Condition.WORN: Sentence("dapat dipakai, perlu perbaikan"),
    Condition.BROKEN: Sentence("rusak"),
    Condition.MISSING: Sentence("tidak ada"),
}
USABLE = frozenset({Condition.GOOD, Condition.WORN})


@dataclass(frozen=True, kw_only=True)
class Facility:
    """One thing or room of the register as it stands."""

    name: str
    place: str  # where it stands: floor and room
    custodian: UUID | None
    condition: Condition | None  # None: never checked
    checked_on: date | None
    expires_on: date | None  # an extinguisher's refill, a vehicle's tax, an instrument's calibration; None: does not expire
    is_retired: bool = False

    def check_due_on(self, every_days: int) -> date | None:
        """The day by which it must be looked at again: its own expiry, or the term of checks; None before any."""
        if self.checked_on is None:
            return None
        again = self.checked_on + timedelta(days=every_days)
        return min(again, self.expires_on) if self.expires_on else again

    def holds(self, on: date, every_days: int) -> bool:
        """Whether it is proven to be there, usable, and not expired on that day."""
        due = self.check_due_on(every_days)
        return due is not None and on <= due and self.condition in USABLE


@dataclass(frozen=True, kw_only=True)
class Check:
    """What somebody saw on a day."""

    condition: str
    note: str
    seen_on: date | None
    expires_on: date | None
    has_photo: bool


def may_look(actor: Actor) -> bool:
    """Whether the register is open to the actor."""
    return bool(actor.roles & LOOKERS)


def require_keeper(actor: Actor, clause: str) -> None:
    """NotAllowed unless the actor keeps the register."""
    if not actor.roles & KEEPERS:
        raise NotAllowed(clause, "Daftar sarana diisi oleh pengelola sarana.")


def registered_clauses(standard: Standard) -> tuple[Clause, ...]:
    """The clauses that stand in the register, in the source's order: the facilities, and safety equipment (51.8.*, 51.13.1)."""
    guards = standard.cite("13.1")
    return tuple(c for c in standard.clauses() if c.component == FACILITIES or c.id == guards)


def enter(actor: Actor, standard: Standard, clause: str, *, part: str = "", name: str, place: str) -> Outcome:
    """A new thing under one clause, and which of the things it names. InvalidInput names every field that is missing (51.8)."""
    require_keeper(actor, clause)
    found = next((c for c in registered_clauses(standard) if c.id == clause), None)
    if found is None:
        raise RuleBroken(standard.cite("8"), "Butir {clause} tidak ada pada daftar sarana standar ini.", clause=clause)
    problems: list[FieldProblem] = []
    if part not in {one.id for one in found.parts} and (part or found.parts):
        problems.append(field_problem("clause", clause, "Butir ini menyebut beberapa hal. Pilih yang mana sarana ini."))
    if not name.strip():
        problems.append(field_problem("name", clause, "Tulis nama atau nomor sarananya, misalnya “APAR lantai 1 dekat loket”."))
    if not place.strip():
        problems.append(field_problem("place", clause, "Tulis tempatnya: gedung, lantai, ruang."))
    if problems:
        raise InvalidInput(tuple(problems))
    require_no_nik(clause, name=name, place=place)
    values = {"clause": clause, "part": part, "name": name.strip(), "place": place.strip()}
    said: dict[str, Json] = {name: value for name, value in values.items() if value}
    return Outcome(changes=values, events=(Event(kind="facility.entered", clause=clause, after=said),))


def check(actor: Actor, facility: Facility, clause: str, seen: Check, *, at: datetime, today: date) -> Outcome:
    """Note what was seen; a condition other than good needs words, and everything needs a photograph or words (51.8)."""
    require_keeper(actor, clause)
    _require_kept(facility, clause)
    if problems := tuple(_faults(seen, clause, today)):
        raise InvalidInput(problems)
    require_no_nik(clause, note=seen.note)
    changes: dict[str, object] = {
        "condition": Condition(seen.condition),
        "checked_on": seen.seen_on,
        "expires_on": seen.expires_on,
        "checked_at": at,
    }
    after: dict[str, Json] = {"condition": seen.condition, "seen_on": str(seen.seen_on), "photo": seen.has_photo}
    if seen.expires_on:
        after["expires_on"] = seen.expires_on.isoformat()
    return Outcome(
        changes=changes, events=(Event(kind="facility.checked", clause=clause, reason=seen.note.strip(), after=after),)
    )


def _faults(seen: Check, clause: str, today: date) -> list[FieldProblem]:
    found = []
    if seen.condition not in set(Condition):
        found.append(field_problem("condition", clause, "Pilih keadaannya."))
    if seen.seen_on is None:
        found.append(field_problem("seen_on", clause, "Isi tanggal saat dilihat."))
    elif seen.seen_on > today:
        found.append(field_problem("seen_on", clause, "Tanggal dilihat tidak boleh sesudah hari ini."))
    if seen.expires_on and seen.seen_on and seen.expires_on < seen.seen_on and seen.condition == Condition.GOOD:
        found.append(
            field_problem(
                "expires_on", clause, "Sudah kedaluwarsa saat dilihat, jadi keadaannya bukan “baik”. Perbaiki salah satunya."
            )
        )
    if seen.condition in set(Condition) - {Condition.GOOD} and len(seen.note.strip()) < SHORTEST_WORDS:
        found.append(field_problem("note", clause, "Tulis apa yang kurang dan apa yang akan dilakukan."))
    if not seen.has_photo and len(seen.note.strip()) < SHORTEST_WORDS:
        found.append(field_problem("photo", clause, "Sertakan foto, atau tulis apa yang dilihat."))
    return found


def hand_over(actor: Actor, facility: Facility, clause: str, *, to: UUID, place: str) -> Outcome:
    """Another custodian, another place, or both (51.8)."""
    require_keeper(actor, clause)
    _require_kept(facility, clause)
    if not place.strip():
        raise InvalidInput((field_problem("place", clause, "Tulis tempatnya: gedung, lantai, ruang."),))
    require_no_nik(clause, place=place)
    before: dict[str, Json] = {"custodian": str(facility.custodian or ""), "place": facility.place}
    event = Event(kind="facility.handed_over", clause=clause, before=before, after={"custodian": str(to), "place": place.strip()})
    return Outcome(changes={"custodian_id": to, "place": place.strip()}, events=(event,))


def retire(actor: Actor, facility: Facility, clause: str, reason: str, *, at: datetime) -> Outcome:
    """Take it off the register, with the reason; its history stays (51.8)."""
    require_keeper(actor, clause)
    _require_kept(facility, clause)
    _require_words(reason, clause, "Tulis alasannya: dijual, dihapuskan, diganti, atau dipindahkan ke mana.")
    return Outcome(changes={"retired_at": at}, events=(Event(kind="facility.retired", clause=clause, reason=reason.strip()),))


def report_fault(facility: Facility, clause: str, words: str) -> Outcome:
    """A visitor reports a fault by the sticker, without an account (51.8)."""
    _require_kept(facility, clause)
    _require_words(words, clause, "Tulis apa yang rusak atau kurang, dengan beberapa kata.")
    return Outcome(events=(Event(kind="facility.fault_reported", clause=clause),))


def settle_fault(actor: Actor, clause: str, result: str, *, is_settled: bool) -> Outcome:
    """Say what was done about a report; once (51.8)."""
    require_keeper(actor, clause)
    if is_settled:
        raise RuleBroken(clause, "Laporan ini sudah diselesaikan.")
    _require_words(result, clause, "Tulis apa yang sudah dilakukan.")
    return Outcome(events=(Event(kind="facility.fault_settled", clause=clause, reason=result.strip()),))


def _require_words(words: str, clause: str, sentence: str) -> None:
    if len(words.strip()) < SHORTEST_WORDS:
        raise InvalidInput((field_problem("words", clause, sentence),))
    require_no_nik(clause, words=words)


def _require_kept(facility: Facility, clause: str) -> None:
    if facility.is_retired:
        raise RuleBroken(clause, "Sarana ini sudah dikeluarkan dari daftar.")
