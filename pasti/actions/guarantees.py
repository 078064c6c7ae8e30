"""Pledging, electronically where the account can sign, and publishing the proclamation (51.12.1 to 51.12.4)."""

from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.files import store
from pasti.actions.printing import pledge_of
from pasti.actions.signing import signed
from pasti.actions.staff import staffing_on
from pasti.adapters.pdf.client import render_pledge
from pasti.domain import guarantees as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Outcome
from pasti.domain.guarantees import How
from pasti.domain.roles import Actor
from pasti.domain.staff import holds_until
from pasti.domain.staff_promise import Pledge, Staffing
from pasti.records.accounts import Account
from pasti.records.guarantees import Proclamation, Signing


def _pledge(staffing: Staffing, id: str) -> Pledge:
    try:
        return staffing.pledge(id)
    except KeyError:
        raise NotAllowed("51.12", "Janji ini tidak ada pada standar yang berlaku.") from None


@sensitive_variables("passphrase")
def sign(actor: Actor, id: str, passphrase: str, *, at: datetime) -> None:
    """Have the pledge signed with the officer's passphrase, check it, keep it, and only then record it.

    No transaction is open while the service is asked. WrongPassphrase, DoorClosed, RuleBroken.
    """
    staffing = staffing_on(at)
    pledge = _pledge(staffing, id)
    rules.require_officer(actor, pledge)
    row = Account.objects.get(pk=actor.person)
    if not row.signing_nik:
        raise RuleBroken(pledge.clause, "Akun Anda belum terdaftar sebagai penanda tangan. Nyatakan dengan mengetik nama Anda.")
    data = pledge_of(pledge, signer=actor, on=jakarta_day(at), until=holds_until(at, staffing))
    pdf = signed(render_pledge(data), actor, passphrase, reason=data.title, location=data.issued_in)
    sha256 = store().put(pdf)
    _keep(row, pledge, rules.sign(actor, pledge, sha256=sha256), How.SIGNATURE, sha256, actor=actor, at=at)


def confirm(actor: Actor, id: str, typed: str, *, at: datetime) -> None:
    """Pledge by typing one's own name; said to be that, and no signature, wherever it is shown."""
    pledge = _pledge(staffing_on(at), id)
    row = Account.objects.get(pk=actor.person)
    outcome = rules.confirm(actor, pledge, typed, can_sign=bool(row.signing_nik))
    _keep(row, pledge, outcome, How.CONFIRMATION, "", actor=actor, at=at)


def _keep(row: Account, pledge: Pledge, outcome: Outcome, how: How, sha256: str, *, actor: Actor, at: datetime) -> None:
    made = Signing(account=row, pledge=pledge.id, clause=pledge.clause, text=pledge.text.id, how=how, sha256=sha256, made_at=at)
    carry_out(row, outcome, actor=actor, at=at, inserts=[made])


def open_pledge(actor: Actor, signing: int) -> tuple[str, bytes]:
    """The name and bytes of a signed pledge, for its signer and who oversees."""
    found = Signing.objects.filter(pk=signing).exclude(sha256="").first()
    if found is None or not (found.account_id == actor.id or rules.may_look(actor)):
        raise NotAllowed("51.12", "Berkas ini tidak ada, atau bukan untuk Anda.")
    return found.pledge, store().get(found.sha256)


def publish(actor: Actor, *, at: datetime) -> Proclamation:
    """Publish the proclamation of the standard in force, with the office's mottoes, at /maklumat/ (51.12.3, 51.12.4)."""
    library = standards.load()
    proclamation = staffing_on(at).proclamation
    mottoes = tuple(motto.id for motto in library.office().mottoes)
    before = Proclamation.objects.order_by("-published_at").first()
    outcome = rules.publish(actor, proclamation, mottoes, standing=before.text["id"] if before else "")
    row = Proclamation(
        entry=library.staffed(jakarta_day(at)).entry,
        clause=proclamation.clause,
        title=proclamation.title.id,
        text={"id": proclamation.text.id, "en": proclamation.text.en},
        mottoes=list(mottoes),
        published_at=at,
        published_by_id=actor.person,
    )
    carry_out(row, outcome, actor=actor, at=at)
    return row
