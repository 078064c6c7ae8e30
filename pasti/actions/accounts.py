"""Accounts and their appointments: who joins the office, in which role, from which day until which, and who stands in (51.11)."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.domain import appointments as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import check_nik, digits_of
from pasti.domain.roles import ROLE_TITLES, SYSTEM, WITHOUT_ACCOUNT, Actor, Capacity, Role
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.staff import require_qualified
from pasti.domain.staff_promise import Staffing
from pasti.records.accounts import Account, Appointment, Leave
from pasti.records.staff import proven

CLAUSE = "51.11"
WARNINGS = {
    "unqualified": Sentence("Belum ada dasar 51.9.1 yang terbukti. Lengkapi buktinya pada data pegawai."),
    "not_apart": Sentence("Pengawas dari luar kantor sebaiknya tidak memegang peran lain di kantor ini (51.10.2)."),
}
APPOINTABLE = tuple(role for role in Role if role not in {Role.APPLICANT, Role.SYSTEM} | WITHOUT_ACCOUNT)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is to have an account; without a role, an applicant."""

    email: str
    name: str
    roles: tuple[Role, ...]
    nip: str = ""
    signing_nik: str = ""


def role_named(word: str) -> Role:
    """The role of that name, such as "examiner"; RuleBroken, with all of them, when there is none."""
    if word in APPOINTABLE:
        return Role(word)
    known = ", ".join(f"{role} ({ROLE_TITLES[role]})" for role in APPOINTABLE)
    raise RuleBroken(CLAUSE, "Peran {word} tidak ada. Pilih salah satu: {known}.", word=word, known=known)


def add_person(person: Person, *, password: str, at: datetime, actor: Actor = SYSTEM) -> Account:
    """A new account, its roles held from that day, each a fact in its chain; RuleBroken when what was given will not do."""
    account = Account(
        email=_email(person.email),
        name=person.name.strip(),
        nip=_nip(person.nip),
        signing_nik=_nik(person.signing_nik),
        created_at=at,
    )
    account.password = _hashed(password, account)
    posts = [_appointment(account, role, starts_on=jakarta_day(at)) for role in dict.fromkeys(person.roles)]
    if staffing := _staffing(at):
        for post in posts:
            rules.require_apart(post.post(), [other.post() for other in posts], staffing)
    events = (Event(kind="account.added", clause=CLAUSE), *(_appointed(post) for post in posts))
    carry_out(account, Outcome(events=events), actor=actor, at=at, inserts=posts)
    return account


def appoint(
    email: str,
    role: Role,
    *,
    starts_on: date,
    ends_on: date | None = None,
    kind: Capacity = Capacity.DEFINITIVE,
    stands_in_for: str = "",
    at: datetime,
    actor: Actor = SYSTEM,
) -> tuple[Sentence, ...]:
    """Give a role from a day, until a day when one is named, both included; RuleBroken when it is held then already.

    Whoever stands in (`kind`) does so until a day: as Plh. or a.n. for someone, named by e-mail, as Plt. while nobody holds the
    role. Answers what there is to warn of: no ground is proven (51.9.1), or another role should keep it apart (51.10.2);
    RuleBroken where the edition refuses.
    """
    account = account_of(email)
    away = account_of(stands_in_for) if stands_in_for else None
    if away == account:
        raise RuleBroken(CLAUSE, "Seseorang tidak menggantikan dirinya sendiri.")
    wanted = rules.Post(role=role, starts_on=starts_on, ends_on=ends_on, kind=kind)
    rules.require_stand_in(wanted, _replaced(away) if away else None)
    for held in account.appointments.filter(role=role):
        if (held.ends_on is None or starts_on <= held.ends_on) and (ends_on is None or held.starts_on <= ends_on):
            raise RuleBroken(
                CLAUSE,
                "{email} sudah memegang peran {role} sejak {day}.",
                email=account.email,
                role=ROLE_TITLES[role],
                day=said_day(held.starts_on),
            )
    rules.require_vacant(wanted, _holders(role))
    post = _appointment(account, role, starts_on=starts_on, ends_on=ends_on)
    post.kind, post.stands_in_for = kind, away
    found = _warnings(account, wanted, at)
    event = _appointed(post)
    event = replace(event, after={**event.after, **dict.fromkeys(found, True)})
    carry_out(account, Outcome(events=(event,)), actor=actor, at=at, inserts=[post])
    return tuple(WARNINGS[name] for name in found)


def _holders(role: Role) -> list[tuple[str, rules.Post]]:
    posts = Appointment.objects.filter(role=role, kind=Capacity.DEFINITIVE).select_related("account").order_by("id")
    return [(post.account.get_full_name(), post.post()) for post in posts]


def _warnings(account: Account, wanted: rules.Post, at: datetime) -> tuple[str, ...]:
    """By what is proven and held today; an office whose standard does not say asks nothing."""
    today, staffing = jakarta_day(at), _staffing(at)
    if staffing is None:
        return ()
    held = [post.post() for post in account.appointments.all()]
    asked = {
        "unqualified": require_qualified(wanted.role, proven(account), staffing, today),
        "not_apart": rules.require_apart(wanted, held, staffing),
    }
    return tuple(name for name, is_met in asked.items() if not is_met)


def _staffing(at: datetime) -> Staffing | None:
    try:
        return standards.load().staffed(jakarta_day(at)).staffing
    except KeyError:
        return None


def _replaced(away: Account) -> rules.Replaced:
    return rules.Replaced(
        name=away.get_full_name(),
        posts=tuple(post.post() for post in away.appointments.all()),
        away=tuple(away.leaves.values_list("starts_on", "ends_on")),
    )


def be_away(email: str, *, starts_on: date, ends_on: date, reason: str, at: datetime, actor: Actor = SYSTEM) -> None:
    """Record that an officer is away, both days included: what the guard has to say goes to who stands in meanwhile."""
    account = account_of(email)
    if ends_on < starts_on:
        raise RuleBroken(CLAUSE, "Tanggal akhir lebih awal daripada tanggal mulai.")
    leave = Leave(account=account, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:200])
    after: dict[str, Json] = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    event = Event(kind="account.away", clause=CLAUSE, after=after)
    carry_out(account, Outcome(events=(event,)), actor=actor, at=at, inserts=[leave])


def end_appointment(email: str, role: Role, *, ends_on: date, at: datetime, actor: Actor = SYSTEM) -> None:
    """Make a day the last of a role; the day before it began undoes it. RuleBroken when the role is not held then."""
    account = account_of(email)
    later = ends_on + timedelta(days=1)
    posts = [p for p in account.appointments.filter(role=role, starts_on__lte=later) if p.ends_on is None or p.ends_on > ends_on]
    if not posts:
        raise RuleBroken(
            CLAUSE,
            "{email} tidak memegang peran {role} sesudah {day}; tidak ada yang diakhiri.",
            email=account.email,
            role=ROLE_TITLES[role],
            day=said_day(ends_on),
        )
    event = Event(
        kind="account.appointment_ended",
        clause=CLAUSE,
        before=_fact(posts[0]),
        after={**_fact(posts[0]), "ends_on": ends_on.isoformat()},
    )
    carry_out(account, Outcome(events=(event,)), actor=actor, at=at, updates=[(posts[0], {"ends_on": ends_on})])


def account_of(email: str) -> Account:
    """The account of that e-mail; RuleBroken when there is none."""
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        raise RuleBroken(CLAUSE, "Tidak ada akun dengan surel {email}. Lihat yang ada: bin/pasti account list.", email=email)
    return account


def _appointment(account: Account, role: Role, *, starts_on: date, ends_on: date | None = None) -> Appointment:
    return Appointment(account=account, role=role, title=ROLE_TITLES[role], starts_on=starts_on, ends_on=ends_on)


def _appointed(post: Appointment) -> Event:
    return Event(kind="account.appointed", clause=CLAUSE, after=_fact(post))


def _fact(post: Appointment) -> dict[str, str | None]:
    ends_on = post.ends_on.isoformat() if post.ends_on else None
    fact = {"role": str(post.role), "starts_on": post.starts_on.isoformat(), "ends_on": ends_on}
    if post.kind == Capacity.DEFINITIVE:
        return fact
    return {**fact, "kind": str(post.kind), "stands_in_for": str(post.stands_in_for_id) if post.stands_in_for_id else None}


def _email(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RuleBroken(CLAUSE, "{email} bukan alamat surel. Contoh: nama@kantor.go.id.", email=text) from None
    if Account.objects.filter(email__iexact=email).exists():
        raise RuleBroken(CLAUSE, "Akun {email} sudah ada. Beri peran dengan: bin/pasti account appoint.", email=email)
    return email


def _nip(text: str) -> str:
    nip = digits_of(text)
    if nip and not re.fullmatch(r"[0-9]{18}", nip):
        raise RuleBroken(CLAUSE, "NIP terdiri atas 18 angka.")
    return nip


def _nik(text: str) -> str:
    return check_nik(text, CLAUSE) if text else ""


def _hashed(password: str, account: Account) -> str:
    try:
        validate_password(password, account)
    except ValidationError as refusal:
        raise RuleBroken(CLAUSE, "Kata sandi ini belum cukup kuat: {why}", why=" ".join(refusal.messages)) from None
    return make_password(password)
