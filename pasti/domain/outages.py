"""Outage mode: an officer declares what is down, with evidence; what was done on paper meanwhile is entered later (51.12)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import DESK_ROLES, Actor, Role
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.workflow import Act

CLAUSE = "51.12"
LEAST_EVIDENCE = 20  # letters
DECLARING = DESK_ROLES - {Role.INSPECTOR}
# What can be done on paper and entered later: no numbers are given out, and nothing is signed there. A site visit needs no
# paper, for its page works without a network.
ON_PAPER = (Act.ACCEPT, Act.RETURN, Act.REVIEW, Act.VALIDATE, Act.SEND_BACK)


class Down(StrEnum):
    """What may be down."""

    OSS = "oss"
    SIGNING = "signing"
    NETWORK = "network"
    POWER = "power"


DOWN_TITLES: dict[Down, Sentence] = {
    Down.OSS: Sentence("OSS tidak dapat dihubungi"),
    Down.SIGNING: Sentence("Layanan tanda tangan elektronik terganggu"),
    Down.NETWORK: Sentence("Jaringan kantor terputus"),
    Down.POWER: Sentence("Listrik kantor padam"),
}


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """How long something was down; `ended_at` None while it is."""

    what: Down
    began_at: datetime
    ended_at: datetime | None


def may_declare(actor: Actor) -> bool:
    """Whether the actor declares outages and takes paper forms (51.12)."""
    return bool(actor.roles & DECLARING)


def _require_declaring(actor: Actor) -> None:
    if not may_declare(actor):
        raise NotAllowed(CLAUSE, "Gangguan dinyatakan oleh petugas yang melayani permohonan.")


def declare(what: Down, *, began_at: datetime, evidence: str, open_ones: Collection[Down], actor: Actor, at: datetime) -> Outcome:
    """Declare that something is down since `began_at`, with what shows it (51.12)."""
    _require_declaring(actor)
    if what in open_ones:
        raise RuleBroken(CLAUSE, "Gangguan ini sudah dinyatakan dan belum berakhir.")
    if began_at > at:
        raise RuleBroken(CLAUSE, "Waktu mulai gangguan tidak mungkin di kemudian hari.")
    if len(evidence.strip()) < LEAST_EVIDENCE:
        raise RuleBroken(
            CLAUSE,
            "Tulis buktinya (paling sedikit {least} huruf): pesan galat, pengumuman, atau siapa yang memeriksa.",
            least=LEAST_EVIDENCE,
        )
    after = {"what": what.value, "began_at": began_at.isoformat()}
    changes = {
        "what": what.value,
        "began_at": began_at,
        "evidence": evidence.strip(),
        "declared_by_id": actor.id,
        "declared_at": at,
    }
    return Outcome(changes=changes, events=(Event(kind="outage.declared", clause=CLAUSE, reason=evidence.strip(), after=after),))


def end(stretch: Stretch, *, ended_at: datetime, actor: Actor, at: datetime) -> Outcome:
    """Declare that it works again since `ended_at` (51.12)."""
    _require_declaring(actor)
    if stretch.ended_at is not None:
        raise RuleBroken(CLAUSE, "Gangguan ini sudah dinyatakan berakhir.")
    if not stretch.began_at <= ended_at <= at:
        raise RuleBroken(CLAUSE, "Waktu berakhir harus sesudah gangguan mulai, dan tidak di kemudian hari.")
    event = Event(kind="outage.ended", clause=CLAUSE, after={"what": stretch.what.value, "ended_at": ended_at.isoformat()})
    return Outcome(changes={"ended_at": ended_at}, events=(event,))


def require_not_lapsed(lapsed_on: date | None, *, clause: str) -> None:
    """RuleBroken when the lapse of the case is recorded: no paper holds a decision, so none undoes it, not even an earlier one.

    What the paper says is kept as a note, for who audits the case (51.3, 51.10.2).
    """
    if lapsed_on is not None:
        raise RuleBroken(
            clause,
            "Batas waktu berkas ini, {day}, lewat tanpa keputusan, jadi permohonannya sudah dianggap disetujui. Formulir kertas "
            "tidak memuat keputusan, jadi tidak mengubahnya, juga bila diisi sebelumnya. Tulis nomor formulir, isinya, dan waktu "
            "kejadiannya sebagai catatan berkas, lalu simpan kertasnya untuk pemeriksaan sesudah terbit.",
            day=said_day(lapsed_on),
        )


def entered_later(outcome: Outcome, stretch: Stretch, *, happened_at: datetime, paper: str, at: datetime) -> Outcome:
    """The outcome of an act done on paper at `happened_at` and entered at `at`: its first fact keeps both times (51.12).

    RuleBroken when it did not happen while the thing was down.
    """
    if not stretch.began_at <= happened_at <= (stretch.ended_at or at):
        raise RuleBroken(CLAUSE, "Waktu kejadian harus selama gangguan itu. Yang terjadi di luarnya dicatat seperti biasa.")
    first, *others = outcome.events
    both = {"happened_at": happened_at.isoformat(), "entered_at": at.isoformat(), "paper": paper}
    return replace(outcome, events=(replace(first, after={**first.after, **both}), *others))
