"""A certificate after it was issued: the holder is heard, it is suspended, reinstated, revoked, or replaced (51.5).

Nothing is done to a certificate before its holder was told the grounds and could respond: the act waits for the response, or for
the end of the term the edition gives for it (assumed).
"""

from dataclasses import dataclass
from datetime import date

from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateStatus
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.licensing import EVENT_OF, Case, Ground, holds, move, require_may, require_reason, tell_office
from pasti.domain.roles import Role
from pasti.domain.sentence import said_day
from pasti.domain.terms import last_day
from pasti.domain.workflow import ACT_TITLES, Act, State, move_for, moves_from

HEARD_FIRST = frozenset({Act.SUSPEND, Act.REINSTATE, Act.REVOKE})
DECIDE_CHANGE = frozenset({Act.REFUSE_CHANGE, Act.REPLACE})
STATUS_AFTER: dict[Act, CertificateStatus] = {
    Act.SUSPEND: CertificateStatus.SUSPENDED,
    Act.REINSTATE: CertificateStatus.ISSUED,
    Act.REVOKE: CertificateStatus.REVOKED,
}
# What may change on a certificate without a new verification; a site or a scale is verified anew, by a new application (assumed).
CHANGEABLE = frozenset({"business"})
SHORTEST_RESPONSE = 10


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """A hearing that is open: what is intended, until when the holder may respond, and whether they did."""

    intends: Act
    respond_by: date
    responded: bool


def hear(case: Case, intends: Act, ground: Ground) -> tuple[Outcome, date]:
    """Tell the holder what is intended and why; answers also the last day for a response (51.5)."""
    require_may(case, Act.HEAR, ground)
    require_reason(ground)
    cite = ground.standard.cite("5")
    if intends not in HEARD_FIRST:
        raise RuleBroken(cite, "Pilih yang hendak dilakukan: membekukan, memberlakukan lagi, atau mencabut.")
    move_for(intends, case.state, entry=case.entry)
    if ground.standard.remedies is None:
        raise RuleBroken(cite, "Berkas standar ini belum menetapkan waktu tanggapan pemegang (remedies.hearing).")
    respond_by = last_day(ground.standard.remedies.hearing, jakarta_day(ground.at), ground.calendar)
    after: dict[str, Json] = {"intends": intends.value, "respond_by": respond_by.isoformat()}
    return move(case, Act.HEAR, ground, after=after), respond_by


def respond(case: Case, hearing: Hearing | None, text: str, ground: Ground) -> Outcome:
    """Record that the holder responded, as long as nothing was decided; the words are kept beside the case (51.5)."""
    require_may(case, Act.RESPOND, ground)
    cite = ground.standard.cite("5")
    if hearing is None or hearing.responded:
        raise RuleBroken(cite, "Tidak ada permintaan tanggapan yang menunggu jawaban Anda.")
    if len(text.strip()) < SHORTEST_RESPONSE:
        raise RuleBroken(cite, "Tulis tanggapan Anda (paling sedikit {least} huruf).", least=SHORTEST_RESPONSE)
    return _told_head(move(case, Act.RESPOND, ground, after={"intends": hearing.intends.value}), "responded")


def _told_head(outcome: Outcome, kind: str) -> Outcome:
    errand = tell_office(kind, (Role.HEAD,))
    return Outcome(changes=outcome.changes, events=outcome.events, errands=(*outcome.errands, errand))


def end_hearing(hearing: Hearing, ground: Ground) -> Outcome | None:
    """Tell the head that the holder's term passed without a response; what follows is the head's to decide (51.5)."""
    if hearing.responded or jakarta_day(ground.at) <= hearing.respond_by:
        return None
    after: dict[str, Json] = {"intends": hearing.intends.value, "respond_by": hearing.respond_by.isoformat()}
    event = Event(kind="hearing.ended", clause=ground.standard.cite("5"), after=after, public=True)
    return Outcome(events=(event,), errands=(tell_office("hearing_over", (Role.HEAD,)),))


def act_after_hearing(case: Case, act: Act, hearing: Hearing | None, ground: Ground) -> Outcome:
    """Suspend, reinstate or revoke, once the holder has responded or the term for it is over (51.5)."""
    require_may(case, act, ground)
    require_reason(ground)
    heard = _require_heard(act, hearing, ground)
    return move(case, act, ground, after={"responded": heard.responded})


def _require_heard(act: Act, hearing: Hearing | None, ground: Ground) -> Hearing:
    cite = ground.standard.cite("5")
    if hearing is None or hearing.intends is not act:
        raise RuleBroken(cite, "Mintalah dahulu tanggapan pemegang atas rencana “{act}”.", act=ACT_TITLES[act])
    if not hearing.responded and jakarta_day(ground.at) <= hearing.respond_by:
        raise RuleBroken(
            cite, "Pemegang masih boleh menanggapi sampai {day}. Tunggu tanggapannya.", day=said_day(hearing.respond_by)
        )
    return hearing


def is_ripe(act: Act, hearing: Hearing | None, ground: Ground, *, waits: bool) -> bool:
    """Whether an act after issue has what it rests on: a hearing that is over, or a change that `waits` (51.5)."""
    if act in HEARD_FIRST:
        return holds(lambda: _require_heard(act, hearing, ground))
    return waits if act in DECIDE_CHANGE else True


def hearings_open_to(state: State) -> tuple[Act, ...]:
    """What may be intended of a certificate in that state, for a hearing (51.5)."""
    return tuple(move.act for move in moves_from(state) if move.act in HEARD_FIRST)


def status_changed(act: Act, ground: Ground) -> Outcome:
    """What `act` does to the certificate itself, in the same transaction: whoever verifies it reads the truth at once (51.5)."""
    event = Event(
        kind=f"certificate.{EVENT_OF[act]}", clause=ground.standard.cite("5"), reason=ground.reason.strip(), public=True
    )
    return Outcome(changes={"status": STATUS_AFTER[act]}, events=(event,))


def replaced_by(number: str, ground: Ground) -> Outcome:
    """What becomes of the old certificate when its replacement `number` is signed (51.5)."""
    event = Event(kind="certificate.replaced", clause=ground.standard.cite("5"), after={"by": number}, public=True)
    return Outcome(changes={"status": CertificateStatus.REPLACED}, events=(event,))


def request_change(case: Case, section: str, changed: tuple[str, ...], ground: Ground, *, waits: bool) -> Outcome:
    """Ask that data on the certificate change; `changed` names the fields, `waits` says that an earlier request does (51.5)."""
    require_may(case, Act.REQUEST_CHANGE, ground)
    require_reason(ground)
    cite = ground.standard.cite("5")
    if section not in CHANGEABLE:
        raise RuleBroken(cite, "Lokasi dan skala diverifikasi ulang bila berubah. Ajukan permohonan baru.")
    if waits:
        raise RuleBroken(cite, "Perubahan data sebelumnya belum diputus. Tunggu dahulu.")
    if not changed:
        raise RuleBroken(cite, "Tidak ada isian yang berubah.")
    names: list[Json] = list(changed)
    return _told_head(move(case, Act.REQUEST_CHANGE, ground, after={"section": section, "fields": names}), "change_requested")


def decide_change(
    case: Case, act: Act, ground: Ground, *, waits: bool, after: dict[str, Json], changes: dict[str, object]
) -> Outcome:
    """Refuse a change of data with a reason, or accept it: then a certificate with a new number awaits its signature (51.5)."""
    require_may(case, act, ground)
    require_reason(ground)
    if not waits:
        raise RuleBroken(ground.standard.cite("5"), "Tidak ada perubahan data yang menunggu keputusan.")
    return move(case, act, ground, after=after, changes=changes)
