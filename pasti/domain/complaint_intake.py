"""Filing: what is kept, as what, on which clause, and what the reporter is told (51.6.1 to 51.6.5)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_clock import columns, terms
from pasti.domain.complaint_steps import TURN, Stage, Step
from pasti.domain.complaints import Complaint, Kind, move, tell_reporter, words
from pasti.domain.errors import FieldProblem, InvalidInput, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import one_spelling_of_phone
from pasti.domain.licensing import Ground
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard

LONGEST_OBJECT, LONGEST_MATTER, LONGEST_LINE, LONGEST_NUMBER = 300, 20_000, 300, 60
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # marks that turn the words around them
PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,24}")


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who complains, as given: nothing is required. `contact` is an e-mail address or a telephone number."""

    name: str = ""
    contact: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What was filed, by whom it may be and through which channel. `entry` "": the office's first service."""

    channel: str  # the id of a channel of the edition, "web_dpmptsp"
    matter: str = ""
    object: str = ""
    reporter: Reporter = field(default_factory=Reporter)
    service_on: date | None = None  # None: not known
    received_at: datetime | None = None  # None: now; a letter or a box is typed in later
    wants_secrecy: bool = False
    entry: str = ""
    application_number: str = ""  # "PB-2026-0412" when it concerns a case
    detail: str = ""  # a link, a message's id, which box


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the reporter is told at once. `kind` is "complaint" or what it is kept as; `missing` is asked of the reporter."""

    id: UUID
    number: str
    secret: str
    kind: Kind
    reason_clause: str | None
    days_since_service: int | None  # None: the day is not known
    answer_due_on: date | None
    missing: tuple[str, ...]  # of "identity", "object", "service_on"
    refused: tuple[FieldProblem, ...]  # files that were not taken
    is_new: bool  # False: this key was filed before; nothing was filed again


def cleaned(filing: Filing) -> Filing:
    """The filing without spaces around its words, and without marks that no database keeps or that turn other words around."""
    reporter = Reporter(**{name: _clean(value) for name, value in filing.reporter.__dict__.items()})
    return replace(
        filing,
        reporter=reporter,
        channel=_clean(filing.channel),
        matter=_clean(filing.matter),
        object=_clean(filing.object),
        entry=_clean(filing.entry),
        application_number=_clean(filing.application_number).upper(),
        detail=_clean(filing.detail),
    )


def _clean(text: str) -> str:
    return text.translate(TURNING).replace("\x00", "").strip()


def one_spelling_of(contact: str) -> str:
    """A contact by which the same reporter is found however they wrote it: 0812…, 62812… and +62812… are one number."""
    return one_spelling_of_phone(contact) or contact.strip().lower()


def check_filing(filing: Filing, standard: Standard, at: datetime, *, has_files: bool) -> tuple[FieldProblem, ...]:
    """What is malformed, in the form's order. What is merely missing is no problem: it is kept (51.6.2.*, 51.6.5.b)."""
    cite = standard.cite
    problems = []
    known = [channel.id for channel in standard.complaint_channels]
    if filing.channel not in known:
        problems.append(field_problem("channel", cite("6.2"), "Pilih salah satu saluran: {known}.", known=", ".join(known)))
    today = jakarta_day(at)
    received = filing.received_at or at
    if received > at:
        problems.append(field_problem("received_at", cite("6.4"), "Waktu terima tidak boleh sesudah saat ini."))
    if filing.service_on and filing.service_on > min(today, jakarta_day(received)):
        problems.append(
            field_problem("service_received_on", cite("6.2"), "Hari menerima pelayanan tidak boleh sesudah pengaduan diterima.")
        )
    if not (filing.matter or filing.object or has_files):
        problems.append(field_problem("matter", cite("6.5.a"), "Tulis apa yang diadukan, atau lampirkan berkasnya."))
    problems += _too_long(filing, cite("6.5.a"))
    contact = filing.reporter.contact
    if contact and not (E_MAIL.fullmatch(contact) or PHONE.fullmatch(contact)):
        problems.append(field_problem("contact", cite("6.5.a"), "Tulis alamat surel atau nomor telepon yang dapat kami hubungi."))
    return tuple(problems)


def _too_long(filing: Filing, clause: str) -> list[FieldProblem]:
    sizes = {
        "object": (filing.object, LONGEST_OBJECT),
        "matter": (filing.matter, LONGEST_MATTER),
        "name": (filing.reporter.name, LONGEST_LINE),
        "contact": (filing.reporter.contact, LONGEST_LINE),
        "address": (filing.reporter.address, LONGEST_LINE),
        "detail": (filing.detail, LONGEST_LINE),
        "application_number": (filing.application_number, LONGEST_NUMBER),
    }
    return [
        field_problem(name, clause, "Terlalu panjang: paling banyak {most} huruf.", most=most)
        for name, (text, most) in sizes.items()
        if len(text) > most
    ]


def classify(
    standard: Standard, *, has_identity: bool, has_object: bool, service_on: date | None, received_on: date
) -> tuple[Kind, str]:
    """What it is kept as, and the clause that says so, "" for a complaint. An unknown day is not late (51.6.3, 51.6.5.b)."""
    if not (has_identity and has_object):
        return Kind.SUGGESTION, standard.cite("6.5.b")
    if service_on is not None and is_late(standard, service_on, received_on):
        return Kind.SUGGESTION, standard.cite("6.3")
    return Kind.COMPLAINT, ""


def is_late(standard: Standard, service_on: date, received_on: date) -> bool:
    """Whether more calendar days than the term have passed: day 30 is in time, day 31 is not (51.6.2, 51.6.3)."""
    return (received_on - service_on).days > standard.complaint_filing.amount


def missing_of(*, has_identity: bool, has_object: bool, has_day: bool) -> tuple[str, ...]:
    """What the reporter is still asked for."""
    has = {"identity": has_identity, "object": has_object, "service_on": has_day}
    return tuple(name for name, known in has.items() if not known)


def file(filing: Filing, number: str, ground: Ground, *, system: str = "") -> tuple[Outcome, dict[str, object]]:
    """The facts and the receipt, and the columns of the new complaint. InvalidInput for what is malformed is `check_filing`'s.

    The day on which it came decides about the thirty days; the terms count from the day it counts as received. `system`: the
    other system that filed it, if one did.
    """
    received_at = filing.received_at or ground.at
    has_identity, has_object = bool(filing.reporter.name), bool(filing.object or filing.matter)
    kind, clause = classify(
        ground.standard,
        has_identity=has_identity,
        has_object=has_object,
        service_on=filing.service_on,
        received_on=jakarta_day(received_at),
    )
    found = terms(ground.standard, ground.calendar, received_at)
    values: dict[str, object] = {
        "kind": kind,
        "reason_clause": clause,
        "stage": Stage.RECEIVED,
        "waiting_role": TURN[Stage.RECEIVED],
        "received_at": received_at,
        "filed_at": ground.at,
        "has_identity": has_identity,
        "is_secret": filing.wants_secrecy,
        **columns(found, screened=False),
    }
    missing: list[Json] = list(
        missing_of(has_identity=has_identity, has_object=has_object, has_day=filing.service_on is not None)
    )
    after: dict[str, Json] = {
        "number": number,
        "channel": filing.channel,
        "kind": kind,
        "answer_due_on": found.answer.isoformat() if found.answer else None,
        "missing": missing,
    }
    after |= {"system": system} if system else {}
    event = Event(kind="complaint.filed", clause=clause or ground.standard.cite("6.5.a"), after=after, public=True)
    return Outcome(events=(event,), errands=(tell_reporter("filed"),)), values


def complete(
    complaint: Complaint, ground: Ground, *, has_identity: bool, has_object: bool, service_on: date | None, answered: bool
) -> Outcome:
    """What was missing is supplied, and what it is kept as judged anew as of the day it came (51.6.5.a, 51.6.5.b).

    What an officer has settled at the screening stays settled.
    """
    came_on = jakarta_day(complaint.received_at)
    if service_on is not None and service_on > came_on:
        raise InvalidInput(
            (
                field_problem(
                    "service_received_on",
                    ground.standard.cite("6.2"),
                    "Hari menerima pelayanan tidak boleh sesudah pengaduan diterima.",
                ),
            )
        )
    kind, clause = complaint.kind, None
    day = service_on or complaint.service_on
    if complaint.stage is Stage.RECEIVED:
        kind, clause = classify(
            ground.standard, has_identity=has_identity, has_object=has_object, service_on=day, received_on=came_on
        )
    changes: dict[str, object] = {"has_identity": has_identity, "kind": kind, "service_on": day}
    changes |= {"reason_clause": clause} if clause is not None else {}
    changes |= {"question": ""} if answered else {}
    missing: list[Json] = list(missing_of(has_identity=has_identity, has_object=has_object, has_day=day is not None))
    return move(complaint, Step.COMPLETE, ground, changes=changes, after={"kind": kind, "missing": missing}, public=True)


def ask(complaint: Complaint, question: str, ground: Ground) -> Outcome:
    """Ask the reporter; the words are on the row and in their message, not in the ledger (51.6.5.a)."""
    asked = words(question, ground, clause="6.5.a", what=Sentence("pertanyaannya"))
    return move(complaint, Step.ASK, ground, changes={"question": asked}, public=True, errands=(tell_reporter("asked"),))


def screen(complaint: Complaint, kind: Kind, ground: Ground, *, unknowable: str = "") -> Outcome:
    """Settle what it is kept as, by what is known of it; a complaint within its days stays one (51.6.3, 51.6.5.b)."""
    cite = ground.standard.cite
    reason_why = unknowable.strip()
    if complaint.service_on is None and not reason_why and complaint.has_identity and complaint.has_object:
        raise RuleBroken(
            cite("6.2"),
            "Hari menerima pelayanan belum diketahui. Tanyakan kepada pelapor, atau tulis mengapa tidak dapat diketahui.",
        )
    by_rule, clause = classify(
        ground.standard,
        has_identity=complaint.has_identity,
        has_object=complaint.has_object,
        service_on=complaint.service_on,
        received_on=jakarta_day(complaint.received_at),
    )
    if by_rule is Kind.COMPLAINT and kind is not Kind.COMPLAINT:
        raise RuleBroken(
            cite("6.5.b"), "Pelapor, hal, dan waktunya memenuhi syarat: ini pengaduan dan ditangani sebagai pengaduan."
        )
    if kind is Kind.COMPLAINT and clause == cite("6.5.b"):
        raise RuleBroken(
            clause, "Identitas pelapor atau hal yang diadukan tidak ada, jadi diperlakukan sebagai saran atau masukan."
        )
    if kind is Kind.COMPLAINT and clause:  # late: the clause lets the office treat it as a complaint all the same
        clause = words(ground.reason, ground, clause="6.3", what=Sentence("alasan tetap menanganinya sebagai pengaduan")) and ""
    changes: Mapping[str, object] = {
        "kind": kind,
        "reason_clause": clause,
        "service_day_unknowable": reason_why,
        "screened_at": ground.at,
        "due_on": _without_first_reply(complaint),
        "warned": None,
    }
    errands = (tell_reporter("screened"),)
    return move(
        complaint, Step.SCREEN, ground, changes=changes, after={"kind": kind}, clause=clause, public=True, errands=errands
    )


def _without_first_reply(complaint: Complaint) -> date | None:
    return min((day for day in (complaint.answer_due_on, complaint.decide_due_on) if day), default=None)
