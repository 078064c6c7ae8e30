"""The register of staff: what an officer has proven, which ground that gives, and how they were found at work (51.9, 51.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.staff_promise import Education, Experience, StaffGround, Staffing, Unqualified

KEEPERS = frozenset({Role.HEAD, Role.VALIDATOR, Role.SUPERIOR})
LOOKERS = KEEPERS | {Role.INSPECTOR}
APPOINTERS = frozenset({Role.HEAD, Role.SUPERIOR, Role.ADMINISTRATOR})
SHORTEST_WORDS = 5
DAYS_A_YEAR = 365  # assumed: said in the edition's `source`
ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a credential proves."""

    EDUCATION = "education"
    EXPERIENCE = "experience"
    COMPETENCE = "competence"
    TRAINING = "training"


KIND_TITLES: dict[Kind, Sentence] = {
    Kind.EDUCATION: Sentence("Pendidikan"),
    Kind.EXPERIENCE: Sentence("Pengalaman"),
    Kind.COMPETENCE: Sentence("Kompetensi teknis"),
    Kind.TRAINING: Sentence("Diklat"),
}
EDUCATION_TITLES: dict[Education, Sentence] = {
    Education.SENIOR_HIGH: Sentence("SMA atau sederajat"),
    Education.DIPLOMA: Sentence("Diploma"),
    Education.BACHELOR: Sentence("Sarjana (S1 atau D4)"),
    Education.MASTER: Sentence("Magister (S2)"),
    Education.DOCTOR: Sentence("Doktor (S3)"),
}
EXPERIENCE_TITLES: dict[Experience, Sentence] = {
    Experience.GOVERNMENT: Sentence("di pemerintahan"),
    Experience.ONE_STOP: Sentence("di pelayanan terpadu satu pintu"),
}


@dataclass(frozen=True, kw_only=True)
class Credential:
    """One thing that an officer has: a schooling, a time of work, a competence, a training."""

    kind: str  # a Kind; text, for it is typed
    code: str  # the level, the kind of work, the training; "" for a competence, which has only its name
    name: str  # of the school, the employer, the competence, the certificate
    starts_on: date | None = None  # of a time of work
    ends_on: date | None = None  # of a time of work; None: it goes on. Of the rest: the day on the paper


def _reaches(level: str, least: Education) -> bool:
    order = list(Education)
    return order.index(Education(level)) >= order.index(least)


def days_worked(credentials: Iterable[Credential], kinds: Iterable[Experience], on: date) -> int:
    """Calendar days of work of those kinds up to `on`, a day counted once however often it is covered (51.9.1)."""
    worked = [c for c in credentials if c.kind == Kind.EXPERIENCE and c.code in set(kinds) and c.starts_on]
    days, covered = 0, date.min
    for one in sorted(worked, key=lambda c: c.starts_on or date.min):
        assert one.starts_on is not None, "only those that began are asked"
        first, last = max(one.starts_on, covered), min(one.ends_on or on, on)
        if last >= first:
            days += (last - first).days + 1
            covered = last + ONE_DAY
    return days


def _holds(ground: StaffGround, credentials: tuple[Credential, ...], on: date) -> bool:
    levels = [c.code for c in credentials if c.kind == Kind.EDUCATION]
    if ground.education and not any(_reaches(level, ground.education) for level in levels):
        return False
    if ground.competence and not any(c.kind == Kind.COMPETENCE for c in credentials):
        return False
    return days_worked(credentials, ground.experience, on) >= ground.years * DAYS_A_YEAR


def grounds(credentials: Iterable[Credential], staffing: Staffing, on: date) -> tuple[StaffGround, ...]:
    """The grounds by which an officer of these credentials qualifies on that day; none: not proven (51.9.1)."""
    given = tuple(credentials)
    return tuple(ground for ground in staffing.grounds if _holds(ground, given, on))


def untrained(credentials: Iterable[Credential], staffing: Staffing) -> tuple[str, ...]:
    """The trainings that are not proven (51.9.2)."""
    taken = {c.code for c in credentials if c.kind == Kind.TRAINING}
    return tuple(training.id for training in staffing.trainings if training.id not in taken)


def may_look(actor: Actor) -> bool:
    """Whether the register is open to the actor; one's own page is open to everyone who serves."""
    return bool(actor.roles & LOOKERS)


def may_appoint(actor: Actor) -> bool:
    """Whether the actor gives roles and notes who is away: accounts, which the administrator keeps too."""
    return bool(actor.roles & APPOINTERS)


def serves(actor: Actor) -> bool:
    """Whether the actor is of the office at all."""
    return bool(actor.roles - {Role.APPLICANT, Role.SYSTEM})


def require_keeper(actor: Actor, of: UUID, clause: str) -> None:
    """NotAllowed unless the actor judges other people's papers; nobody judges their own."""
    if not actor.roles & KEEPERS:
        raise NotAllowed(clause, "Data pegawai diperiksa oleh kepala dinas, kepala bidang, atau atasan langsung.")
    if actor.id == of:
        raise NotAllowed(clause, "Data Anda sendiri diperiksa oleh orang lain.")


def require_appointer(actor: Actor, of: UUID, clause: str) -> None:
    """NotAllowed unless the actor may give roles; nobody gives one to themselves."""
    if not may_appoint(actor):
        raise NotAllowed(clause, "Peran diberikan oleh kepala dinas, atasan langsung, atau administrator.")
    if actor.id == of:
        raise NotAllowed(clause, "Peran Anda sendiri diberikan oleh orang lain.")


def enter(
    actor: Actor,
    of: UUID,
    given: Credential,
    staffing: Staffing,
    *,
    known: Iterable[Credential] = (),
    has_file: bool,
    today: date,
) -> Outcome:
    """A credential in the register: entered by oneself it waits for a keeper, who sees the paper (51.9.1, 51.9.2).

    `known`: what is in it already and was not refused; nothing is entered twice.
    """
    clause = clause_of(given.kind, staffing)
    if not serves(actor):
        raise NotAllowed(clause, "Data pegawai diisi oleh petugas kantor ini.")
    is_own = actor.id == of
    if not is_own:
        require_keeper(actor, of, clause)
    if problems := tuple(_faults(given, staffing, clause, has_file=has_file, today=today)):
        raise InvalidInput(problems)
    if any(_same(given, other) for other in known):
        words = "Data yang sama sudah tercatat. Perbaiki bila ini yang lain, atau tunggu pemeriksaannya."
        raise InvalidInput((field_problem("name", clause, words),))
    require_no_nik(clause, name=given.name)
    after: dict[str, Json] = {"as": given.kind, "code": given.code, "file": has_file, "verified": not is_own}
    return Outcome(events=(Event(kind="staff.credential_entered", clause=clause, after=after),))


def _same(one: Credential, other: Credential) -> bool:
    """The same paper: of one kind, by one name, of the same days."""
    return _compared(one) == _compared(other)


def _compared(one: Credential) -> tuple[object, ...]:
    return (one.kind, one.code, " ".join(one.name.split()).casefold(), one.starts_on, one.ends_on)


def clause_of(kind: str, staffing: Staffing) -> str:
    """The clause that a credential of that kind serves."""
    return staffing.trainings_clause if kind == Kind.TRAINING else staffing.grounds_clause


def codes(kind: Kind, staffing: Staffing) -> frozenset[str]:
    """What may be named under a kind; none for a competence, which is named in words."""
    if kind is Kind.EDUCATION:
        return frozenset(Education)
    if kind is Kind.EXPERIENCE:
        return frozenset(Experience)
    return frozenset(t.id for t in staffing.trainings) if kind is Kind.TRAINING else frozenset()


def _faults(given: Credential, staffing: Staffing, clause: str, *, has_file: bool, today: date) -> Iterable[FieldProblem]:
    if given.kind not in set(Kind):
        yield field_problem("kind", clause, "Pilih: pendidikan, pengalaman, kompetensi teknis, atau diklat.")
        return
    kind = Kind(given.kind)
    known = codes(kind, staffing)
    if given.code not in (known or {""}):
        yield field_problem("code", clause, "Pilih rinciannya menurut jenisnya: jenjang, tempat pengalaman, atau nama diklat.")
    if len(given.name.strip()) < SHORTEST_WORDS:
        yield field_problem("name", clause, "Tulis nama sekolah, kantor, kompetensi, atau penyelenggara diklatnya.")
    if kind is Kind.EXPERIENCE:
        if given.starts_on is None:
            yield field_problem("starts_on", clause, "Isi tanggal mulainya.")
        elif given.ends_on and given.ends_on < given.starts_on:
            yield field_problem("ends_on", clause, "Tanggal akhir lebih awal daripada tanggal mulai.")
    elif given.ends_on is None:
        yield field_problem("ends_on", clause, "Isi tanggal pada ijazah atau sertifikatnya.")
    if (given.starts_on or today) > today or (kind is not Kind.EXPERIENCE and (given.ends_on or today) > today):
        yield field_problem("ends_on", clause, "Tanggalnya belum terjadi.")
    if not has_file:
        yield field_problem("file", clause, "Unggah buktinya: ijazah, surat keputusan, atau sertifikat (PDF, JPG, atau PNG).")


def verify(actor: Actor, of: UUID, kind: str, staffing: Staffing, *, is_settled: bool, accept: bool, reason: str) -> Outcome:
    """Accept or refuse what an officer entered, once, by the paper (51.9.1, 51.9.2)."""
    clause = clause_of(kind, staffing)
    require_keeper(actor, of, clause)
    if is_settled:
        raise RuleBroken(clause, "Data ini sudah diperiksa.")
    if not accept and len(reason.strip()) < SHORTEST_WORDS:
        raise InvalidInput((field_problem("reason", clause, "Tulis mengapa ditolak, supaya dapat diperbaiki."),))
    require_no_nik(clause, reason=reason)
    word = "staff.credential_verified" if accept else "staff.credential_refused"
    return Outcome(events=(Event(kind=word, clause=clause, reason=reason.strip(), after={"as": kind}),))


def assess(actor: Actor, of: UUID, found: dict[str, bool], note: str, staffing: Staffing) -> Outcome:
    """The yearly judgement of a superior, clause by clause, all of them; a lack needs words (51.9.3 to 51.9.9)."""
    first = staffing.competences[0]
    require_keeper(actor, of, first)
    problems = [field_problem(c, c, "Pilih hasil untuk {clause}.", clause=c) for c in staffing.competences if c not in found]
    if not all(found.values()) and len(note.strip()) < SHORTEST_WORDS:
        problems.append(field_problem("note", first, "Tulis apa yang kurang dan apa yang akan dilakukan."))
    if problems:
        raise InvalidInput(tuple(problems))
    require_no_nik(first, note=note)
    events = tuple(
        Event(kind="staff.assessed", clause=clause, reason=note.strip(), after={"held": found[clause]})
        for clause in staffing.competences
    )
    return Outcome(events=events)


def require_qualified(role: Role, credentials: Iterable[Credential], staffing: Staffing, on: date) -> bool:
    """Whether the role may be held without a warning; RuleBroken where the edition refuses it (51.9.1)."""
    if role not in staffing.judged or grounds(credentials, staffing, on):
        return True
    if staffing.unqualified is Unqualified.REFUSE:
        raise RuleBroken(
            staffing.grounds_clause,
            "Belum ada dasar pendidikan atau pengalaman yang terbukti, jadi peran ini belum dapat diberikan. "
            "Catat dan periksa dahulu buktinya pada data pegawai.",
        )
    return False


def holds_until(made_at: datetime, staffing: Staffing) -> date:
    """The last day on which a yearly judgement or pledge holds (51.9.3, 51.12.1)."""
    return jakarta_day(made_at) + timedelta(days=staffing.valid_days)
