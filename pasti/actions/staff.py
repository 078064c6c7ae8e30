"""What is done to the register of staff: papers entered and checked, judgements, roles given, leave noted (51.9, 51.11)."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from pasti import standards
from pasti.actions import accounts
from pasti.actions.carry_out import carry_out, note
from pasti.actions.files import MOST_BYTES, store
from pasti.adapters.store.sniff import check_upload
from pasti.domain import staff as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import Actor, Capacity, Role
from pasti.domain.sentence import Sentence
from pasti.domain.staff_promise import Staffing
from pasti.records.accounts import Account
from pasti.records.staff import Assessment, Credential, values

CLAUSE = "51.9"


def staffing_on(at: datetime) -> Staffing:
    """What is asked of staff on that day; RuleBroken when no edition says."""
    try:
        found = standards.load().staffed(jakarta_day(at)).staffing
    except KeyError:
        raise RuleBroken(CLAUSE, "Berkas standar ini belum menetapkan syarat petugas (staffing).") from None
    assert found is not None, "the library has seen to it"
    return found


def officer_of(actor: Actor, id: UUID) -> Account:
    """An account of the office, for whoever serves; NotAllowed alike for one that does not exist."""
    row = Account.objects.filter(pk=id, appointments__isnull=False).distinct().first()
    if row is None or not rules.serves(actor):
        raise NotAllowed(CLAUSE, "Pegawai ini tidak ada, atau bukan untuk Anda.")
    return row


def enter(actor: Actor, id: UUID, given: rules.Credential, *, file: tuple[str, bytes] | None = None, at: datetime) -> Credential:
    """A paper of an officer; the file is kept first, so that nothing stands on a file that is not there."""
    row, staffing = officer_of(actor, id), staffing_on(at)
    outcome = rules.enter(actor, id, given, staffing, known=_known(row), has_file=file is not None, today=jakarta_day(at))
    assert file is not None, "one without its file is refused above"
    sha256, mime = _keep(file, rules.clause_of(given.kind, staffing))
    is_own = actor.id == id
    made = Credential(
        id=uuid4(),
        account=row,
        kind=given.kind,
        code=given.code,
        name=given.name.strip()[:200],
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        sha256=sha256,
        mime=mime,
        entered_at=at,
        entered_by_id=actor.person,
        verified_at=None if is_own else at,
        verified_by_id=None if is_own else actor.person,
    )
    carry_out(row, outcome, actor=actor, at=at, inserts=[made])
    return made


def _known(row: Account) -> tuple[rules.Credential, ...]:
    return values(row.credentials.filter(refused_at=None))


def _keep(file: tuple[str, bytes], clause: str) -> tuple[str, str]:
    name, data = file
    try:
        type = check_upload(data, name=Path(name).name, max_bytes=MOST_BYTES, clause=clause)
    except RuleBroken as broken:
        raise InvalidInput((field_problem("file", clause, broken.template, **broken.values),)) from None
    return store().put(data), type.mime


def verify(actor: Actor, credential: UUID, *, accept: bool, reason: str = "", at: datetime) -> None:
    """Accept or refuse what an officer entered."""
    found = _credential(credential)
    is_settled = bool(found.verified_at or found.refused_at)
    outcome = rules.verify(
        actor, found.account_id, found.kind, staffing_on(at), is_settled=is_settled, accept=accept, reason=reason
    )
    said = {"verified_at": at, "verified_by_id": actor.person} if accept else {"refused_at": at, "refusal": reason.strip()[:300]}
    carry_out(found.account, outcome, actor=actor, at=at, updates=[(found, said)])


def _credential(id: UUID) -> Credential:
    found = Credential.objects.select_related("account").filter(pk=id).first()
    if found is None:
        raise NotAllowed(CLAUSE, "Data ini tidak ada, atau bukan untuk Anda.")
    return found


def open_paper(actor: Actor, credential: UUID, *, at: datetime) -> tuple[str, bytes]:
    """The type and bytes of a paper, for its owner and who oversees; another's look is recorded first (51.10.2)."""
    found = _credential(credential)
    if found.account_id != actor.id:
        if not rules.may_look(actor):
            raise NotAllowed(CLAUSE, "Data ini tidak ada, atau bukan untuk Anda.")
        event = Event(kind="data.looked_at", clause=CLAUSE, after={"what": f"credential:{found.sha256}"})
        note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=found.account_id)
    return found.mime, store().get(found.sha256)


def assess(actor: Actor, id: UUID, found: dict[str, bool], words: str, *, at: datetime) -> None:
    """The yearly judgement of an officer, every clause at once."""
    row = officer_of(actor, id)
    outcome = rules.assess(actor, id, found, words, staffing_on(at))
    made = [
        Assessment(account=row, clause=clause, is_held=held, note=words.strip(), made_at=at, made_by_id=actor.person)
        for clause, held in found.items()
    ]
    carry_out(row, outcome, actor=actor, at=at, inserts=made)


def appoint(
    actor: Actor,
    id: UUID,
    role: Role,
    *,
    starts_on: date,
    ends_on: date | None,
    kind: Capacity = Capacity.DEFINITIVE,
    stands_in_for: UUID | None = None,
    at: datetime,
) -> tuple[Sentence, ...]:
    """Give a role, or have somebody stand in; answers what there is to warn of (51.9.1, 51.10.2, 51.11)."""
    rules.require_appointer(actor, id, accounts.CLAUSE)
    row = officer_of(actor, id)
    away = officer_of(actor, stands_in_for).email if stands_in_for else ""
    return accounts.appoint(
        row.email, role, starts_on=starts_on, ends_on=ends_on, kind=kind, stands_in_for=away, at=at, actor=actor
    )


def end_appointment(actor: Actor, id: UUID, role: Role, *, ends_on: date, at: datetime) -> None:
    """Make a day the last of a role."""
    rules.require_appointer(actor, id, accounts.CLAUSE)
    accounts.end_appointment(officer_of(actor, id).email, role, ends_on=ends_on, at=at, actor=actor)


def be_away(actor: Actor, id: UUID, *, starts_on: date, ends_on: date, reason: str, at: datetime) -> None:
    """Note that an officer is away: one's own absence, or another's by who gives roles (51.11)."""
    if actor.id != id:
        rules.require_appointer(actor, id, accounts.CLAUSE)
    if len(reason.strip()) < rules.SHORTEST_WORDS:
        raise InvalidInput((field_problem("reason", accounts.CLAUSE, "Tulis alasannya, misalnya cuti tahunan."),))
    require_no_nik(accounts.CLAUSE, reason=reason)
    accounts.be_away(officer_of(actor, id).email, starts_on=starts_on, ends_on=ends_on, reason=reason, at=at, actor=actor)
