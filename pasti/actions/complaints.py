"""What reporters do: file, complete, say whether it helped (51.6.1 to 51.6.5, 51.6.8)."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models

from pasti import standards
from pasti.actions.carry_out import carry_out, early_number, together
from pasti.actions.complaint_files import keep
from pasti.actions.complaint_ground import complaint_for, digest_of, edition_of, ground_of, keyed, secret_of, value_of
from pasti.domain import complaint_answer, complaint_intake
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import Filing, Receipt, Reporter, check_filing, cleaned, missing_of, one_spelling_of
from pasti.domain.complaint_steps import HANDLERS
from pasti.domain.complaints import Kind
from pasti.domain.errors import FieldProblem, InvalidInput, KeyTaken, NotAllowed, RuleBroken, field_problem
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor, Role
from pasti.records.complaints import Complaint, ComplaintIdentity, ComplaintNamed
from pasti.records.licensing import Application

REPORTER = Actor(id=None, name="Pelapor", roles=frozenset({Role.APPLICANT}))
MAY_RECEIVE = HANDLERS | {Role.COUNTER_OFFICER}
Uploads = tuple[tuple[str, bytes], ...]


def file(
    filing: Filing,
    *,
    actor: Actor = REPORTER,
    at: datetime,
    uploads: Uploads = (),
    key: str = "",
    client: str = "",
    system: str = "",
) -> Receipt:
    """Keep what was filed and queue its receipt (51.6.1 to 51.6.5). At most 12 SQL statements.

    `actor`: the officer who takes it in at a counter, from a letter or a box; REPORTER when it came by itself (web, e-mail, API).
    Missing identity or object, a late or unknown day never refuse it. InvalidInput when there is nothing to keep or a field is
    malformed. `key` (of `client`) makes a resend harmless: the same receipt again; KeyTaken for the same key with other words.
    `system`: the other system that filed it, by the name of its key; the fact says it.
    """
    said = cleaned(filing)
    ground = _ground(said, actor, at)
    _check(said, ground, has_files=bool(uploads))
    digest = keyed("key", f"{client}\n{key}") if key else None
    words = keyed("words", _spelled(said, uploads))
    if digest and (earlier := Complaint.objects.filter(idempotency_key=digest).first()):
        return _again(earlier, words, ground)
    try:
        return _file(said, ground, uploads, key=digest, words=words, system=system)
    except IntegrityError:
        earlier = Complaint.objects.filter(idempotency_key=digest).first() if digest else None
        if earlier is None:
            raise
        return _again(earlier, words, ground)


def _ground(filing: Filing, actor: Actor, at: datetime) -> Ground:
    library = standards.load()
    entry = filing.entry or library.entries()[0]
    if entry not in library.entries():
        unknown = field_problem("entry", "51.6.1", "Layanan {entry} tidak ada di kantor ini.", entry=entry)
        raise InvalidInput((unknown,))
    standard = library.in_force(entry, jakarta_day(filing.received_at or at))
    return Ground(actor=actor, at=at, standard=standard, calendar=library.calendar().known_on(jakarta_day(at)))


def _check(filing: Filing, ground: Ground, *, has_files: bool) -> None:
    if ground.actor.id is not None and not ground.actor.roles & MAY_RECEIVE:
        raise NotAllowed(ground.standard.cite("6.2"), "Pengaduan dicatat oleh petugas pengaduan atau petugas loket.")
    if problems := check_filing(filing, ground.standard, ground.at, has_files=has_files):
        raise InvalidInput(problems)


def _spelled(filing: Filing, uploads: Uploads) -> str:
    """One spelling of what was filed, for telling a resend from another filing; when it was received does not matter."""
    said: dict[str, Any] = {**filing.__dict__, "reporter": filing.reporter.__dict__, "received_at": None}
    return json.dumps([said, [(name, len(data)) for name, data in uploads]], default=str, sort_keys=True)


def _file(filing: Filing, ground: Ground, uploads: Uploads, *, key: str | None, words: str, system: str) -> Receipt:
    actor, standard = ground.actor, ground.standard
    case = _application(filing)
    row = Complaint(
        entry=standard.entry,
        effective=standard.effective,
        application=case,
        channel=filing.channel,
        channel_detail=filing.detail,
        received_by_id=actor.id,
        service_on=filing.service_on,
        object=filing.object,
        matter=_with_number(filing) if filing.application_number and not case else filing.matter,
        contact_digest=keyed("contact", one_spelling_of(filing.reporter.contact)),
        matter_digest=keyed("matter", " ".join(filing.matter.lower().split())),
        filing_digest=words,
        idempotency_key=key,
    )
    year = jakarta_day(ground.at).year
    row.number = standard.handling.number.format(year=year, sequence=early_number(f"complaint:{year}"))
    secret = secret_of(row.id)
    row.secret_digest = digest_of(secret)
    outcome, values = complaint_intake.file(filing, row.number, ground, system=system)
    for name, value in values.items():
        setattr(row, name, value)
    files, refused = keep(row, uploads, taken=0, actor=actor, at=ground.at, clause=standard.cite("6.5.a"))
    inserts = [ComplaintIdentity(complaint=row, data=filing.reporter.__dict__), *files, *_named(row, ground)]
    with together():
        carry_out(row, outcome, actor=actor, at=ground.at, edition=edition_of(row), inserts=inserts)
    return _receipt(row, secret, refused, is_new=True)


def _application(filing: Filing) -> Application | None:
    """The case it concerns, when the number given is one; another number stays in the words of the complaint."""
    return Application.objects.filter(number=filing.application_number).first() if filing.application_number else None


def _with_number(filing: Filing) -> str:
    """The matter, and the number of a case that is not ours: nothing that was given is lost."""
    return f"{filing.matter}\n\nNomor berkas menurut pelapor: {filing.application_number}".strip()


def _named(row: Complaint, ground: Ground) -> list[models.Model]:
    """The officer who took a secret complaint in knows who it was: named at once, so that looks are recorded all the same."""
    if not (row.is_secret and ground.actor.id):
        return []
    why = "Menerima pengaduan ini langsung dari pelapor."
    return [ComplaintNamed(complaint=row, account_id=ground.actor.id, named_at=ground.at, reason=why)]


def _again(row: Complaint, words: str, ground: Ground) -> Receipt:
    if row.filing_digest != words:
        raise KeyTaken(
            ground.standard.cite("6.5.a"), "Kunci pengiriman ini sudah dipakai untuk pengaduan lain. Pakai kunci yang baru."
        )
    return _receipt(row, secret_of(row.id), (), is_new=False)


def _receipt(row: Complaint, secret: str, refused: tuple[FieldProblem, ...], *, is_new: bool) -> Receipt:
    came_on = jakarta_day(row.received_at)
    return Receipt(
        id=row.id,
        number=row.number,
        secret=secret,
        kind=Kind(row.kind),
        reason_clause=row.reason_clause or None,
        days_since_service=(came_on - row.service_on).days if row.service_on else None,
        answer_due_on=row.answer_due_on,
        missing=missing_of(
            has_identity=row.has_identity, has_object=bool(row.object or row.matter), has_day=row.service_on is not None
        ),
        refused=refused,
        is_new=is_new,
    )


def _reporters_own(actor: Actor, id: UUID) -> Complaint:
    """The row for the reporter who has shown the secret, or for an officer who may see it."""
    if actor is REPORTER:
        return Complaint.objects.select_related("application").get(pk=id)
    return complaint_for(actor, id)[0]


def complete(
    actor: Actor,
    id: UUID,
    *,
    reporter: Reporter | None = None,
    object: str = "",
    service_on: date | None = None,
    text: str = "",
    at: datetime,
    uploads: Uploads = (),
) -> None:
    """Supply what was missing or asked, by the reporter who showed the secret (REPORTER) or an officer who heard it (51.6.5.a).

    What it is kept as is judged anew as of the day it was received; the terms run on.
    """
    row = _reporters_own(actor, id)
    ground, identity = ground_of(row, actor, at), row.identity
    said = cleaned(
        Filing(channel=row.channel, object=object, matter=text, reporter=reporter or Reporter(), service_on=service_on)
    )
    supplied = {name: value for name, value in said.reporter.__dict__.items() if value}
    if problems := check_filing(replace(said, service_on=None, object=said.object or "-"), ground.standard, at, has_files=False):
        raise InvalidInput(problems)
    if not (supplied or said.object or said.service_on or said.matter or uploads):
        raise RuleBroken(ground.standard.cite("6.5.a"), "Isi paling sedikit satu hal yang masih kurang.")
    data = {**identity.data, **supplied}
    row_object = row.object or said.object
    matter = f"{row.matter}\n\n{said.matter}".strip() if said.matter else row.matter
    outcome = complaint_intake.complete(
        value_of(row),
        ground,
        has_identity=bool(data.get("name")),
        has_object=bool(row_object or matter),
        service_on=said.service_on,
        answered=bool(said.matter),
    )
    files, refused = keep(row, uploads, taken=row.files.count(), actor=actor, at=at, clause=ground.standard.cite("6.5.a"))
    if refused:
        raise InvalidInput(refused)
    changes = {
        **outcome.changes,
        "object": row_object,
        "matter": matter,
        "contact_digest": keyed("contact", one_spelling_of(str(data.get("contact", "")))),
    }
    updates = [(identity, {"data": data})] if supplied else []
    carry_out(row, replace(outcome, changes=changes), actor=actor, at=at, edition=edition_of(row), inserts=files, updates=updates)


def say_helped(id: UUID, *, helped: bool, words: str = "", actor: Actor = REPORTER, at: datetime) -> None:
    """Whether the answer helped; "no" reopens a complaint once and climbs a tier (51.6.8)."""
    row = _reporters_own(actor, id)
    outcome = complaint_answer.say_helped(value_of(row), ground_of(row, actor, at), helped=helped)
    changes = {**outcome.changes, "helped_words": words.replace("\x00", "").strip()[:2000]}
    carry_out(row, replace(outcome, changes=changes), actor=actor, at=at, edition=edition_of(row))
