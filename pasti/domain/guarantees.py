"""What the office guarantees: pledges of every officer, the proclamation, sanctions (51.12)."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from pasti.domain.certificate import Letterhead, Signatory
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.staff_promise import Pledge

LOOKERS = frozenset({Role.HEAD, Role.VALIDATOR, Role.SUPERIOR, Role.INSPECTOR})
SANCTION_LOOKERS = frozenset({Role.HEAD, Role.SUPERIOR, Role.INSPECTOR, Role.COMPLAINTS_OFFICIAL})


class How(StrEnum):
    """How a pledge was given; it is always said which."""

    SIGNATURE = "signature"  # an electronic signature by the signing service
    CONFIRMATION = "confirmation"  # one's own name, typed


HOW_TITLES: dict[How, Sentence] = {
    How.SIGNATURE: Sentence("tanda tangan elektronik"),
    How.CONFIRMATION: Sentence("nama yang diketik sendiri, bukan tanda tangan elektronik"),
}


@dataclass(frozen=True, kw_only=True)
class PledgeLetter:
    """All that one signed pledge says."""

    number: str
    letterhead: Letterhead
    clause: str
    title: str
    text: str
    assumed: str  # "" when the text is the source's
    valid_until: date
    issued_on: date
    issued_in: str
    signatory: Signatory
    demonstration: str = ""

    def to_json(self) -> str:
        """The text attached to the PDF: the same data always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"


def may_look(actor: Actor) -> bool:
    """Whether everybody's pledges are open to the actor."""
    return bool(actor.roles & LOOKERS)


def require_officer(actor: Actor, pledge: Pledge) -> None:
    """NotAllowed for who does not serve here."""
    if not actor.roles - {Role.APPLICANT, Role.SYSTEM}:
        raise NotAllowed(pledge.clause, "Janji ini ditandatangani oleh petugas kantor ini.")


def sign(actor: Actor, pledge: Pledge, *, sha256: str) -> Outcome:
    """Keep what the signing service signed (51.12.1, 51.12.2)."""
    require_officer(actor, pledge)
    return _pledged(pledge, How.SIGNATURE, {"sha256": sha256})


def confirm(actor: Actor, pledge: Pledge, typed: str, *, can_sign: bool) -> Outcome:
    """A pledge by one's own name, typed; who can sign electronically does that (51.12.1, 51.12.2)."""
    require_officer(actor, pledge)
    if can_sign:
        raise RuleBroken(pledge.clause, "Akun Anda terdaftar sebagai penanda tangan: tanda tangani secara elektronik.")
    if " ".join(typed.split()).casefold() != " ".join(actor.name.split()).casefold():
        raise RuleBroken(pledge.clause, "Ketik nama lengkap Anda seperti pada akun: {name}.", name=actor.name)
    return _pledged(pledge, How.CONFIRMATION, {})


def _pledged(pledge: Pledge, how: How, more: dict[str, Json]) -> Outcome:
    after: dict[str, Json] = {"pledge": pledge.id, "title": pledge.title.id, "how": how, **more}
    return Outcome(events=(Event(kind="staff.pledged", clause=pledge.clause, after=after),))


def publish(actor: Actor, proclamation: Pledge, mottoes: tuple[str, ...], *, standing: str) -> Outcome:
    """Publish the proclamation with the mottoes, by the head; `standing` is the text published now, "" for none (51.12.3)."""
    if not actor.has(Role.HEAD):
        raise NotAllowed(proclamation.clause, "Maklumat pelayanan diumumkan oleh kepala dinas.")
    after: dict[str, Json] = {"text": proclamation.text.id, "mottoes": list(mottoes), "again": standing == proclamation.text.id}
    return Outcome(events=(Event(kind="proclamation.published", clause=proclamation.clause, after=after),))
