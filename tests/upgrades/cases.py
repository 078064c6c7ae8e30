"""One case in every state, made by the real acts, and each finished by them: what an upgrade must not break (51.1 to 51.5)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pasti.actions import certificate, demonstration, due, intake, licensing, rejection, validity
from pasti.actions.demonstration import answers
from pasti.actions.ground import standard_of
from pasti.domain.calendar import jakarta_day
from pasti.domain.kbli import CHOICE, WHY
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import FINAL, Act, State
from pasti.records.accounts import Account
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

EARLIER_EDITION = datetime(2026, 6, 12, 2, 0, tzinfo=UTC)  # a Friday under the first edition of entry 51
EARLY = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # what is complete then has lapsed before MONDAY
LATER = MONDAY + timedelta(days=2)  # when they are finished, within the term
WHY_NOT = "Sarana produksi dipindahkan tanpa pemberitahuan."
APPLICANT = "pemakai@uji.example"
WORKED = (State.TECHNICAL_REVIEW, State.RECOMMENDATION, State.VALIDATION, State.DECISION, State.SIGNING)
Office = dict[Role, Actor]


def make_all(passphrase: str) -> None:
    """An office, an applicant, and cases in every state."""
    office, applicant = makers.officers(EARLIER_EDITION), makers.actor(at=EARLIER_EDITION, email=APPLICANT)
    makers.draft(applicant, at=EARLIER_EDITION)
    makers.submitted(applicant, at=EARLIER_EDITION)
    makers.advance(office, makers.submitted(applicant, at=EARLY).id, until=State.TECHNICAL_REVIEW, at=EARLY)
    due.run(at=MONDAY)
    makers.draft(applicant)
    makers.submitted(applicant)
    for state in WORKED:
        makers.advance(office, makers.submitted(applicant).id, until=state)
    makers.to_inspect(office, applicant)
    demonstration.arrange_visit(office[Role.TECHNICAL_TEAM], makers.to_inspect(office, applicant).id, at=MONDAY)
    makers.agreed_visit(office, applicant)
    makers.found_not_met(office, makers.submitted(applicant).id)
    _stopped(office, applicant)
    _ended(office, applicant, passphrase)


def _stopped(office: Office, applicant: Actor) -> None:
    """What waits for the applicant."""
    row = makers.submitted(applicant)
    makers.judge_all(office[Role.EXAMINER], row.id)
    licensing.judge(office[Role.EXAMINER], row.id, "51.1.B.8", "not_met", makers.UNREADABLE, at=MONDAY)
    licensing.send_to_complete(office[Role.EXAMINER], row.id, seen=_seen(row.id), at=MONDAY)
    row = makers.advance(office, makers.submitted(applicant).id, until=State.TECHNICAL_REVIEW)
    licensing.ask(office[Role.TECHNICAL_TEAM], row.id, seen=row.ledger_length, at=MONDAY, reason="Di mana alat itu disimpan?")


def _ended(office: Office, applicant: Actor, passphrase: str) -> None:
    """What has come to an end, in each way."""
    row = makers.submitted(applicant)
    licensing.withdraw(applicant, row.id, seen=row.ledger_length, at=MONDAY, reason="Usaha pindah ke kabupaten lain.")
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)
    rejection.reject(office[Role.HEAD], row.id, passphrase, seen=row.ledger_length, at=MONDAY, reason=makers.UNREADABLE)
    _issued(office, applicant, passphrase)
    for act, do in ((Act.SUSPEND, validity.suspend), (Act.REVOKE, validity.revoke)):
        _after_hearing(office[Role.HEAD], applicant, _issued(office, applicant, passphrase), act, do, at=MONDAY)


def _issued(office: Office, applicant: Actor, passphrase: str) -> UUID:
    row = makers.advance(office, makers.submitted(applicant).id, until=State.SIGNING)
    certificate.sign(office[Role.HEAD], row.id, passphrase, seen=row.ledger_length, at=MONDAY)
    return UUID(str(row.id))


def _after_hearing(head: Actor, holder: Actor, id: UUID, act: Act, do: Callable[..., None], *, at: datetime) -> None:
    validity.hear(head, id, act, seen=_seen(id), at=at, reason=WHY_NOT)
    validity.respond(holder, id, "Mesinnya hanya diservis di bengkel.", at=at)
    do(head, id, seen=_seen(id), at=at, reason=WHY_NOT)


def _seen(id: UUID) -> int:
    return makers.fresh(id).ledger_length


def finish_all(passphrase: str) -> None:
    """Bring every case to its end by the acts of the present code."""
    today = jakarta_day(LATER)
    applicant = Account.objects.get(email=APPLICANT).actor(today)
    office = {role: Account.objects.get(appointments__role=role).actor(today) for role in makers.OFFICE_ROLES}
    for row in Application.objects.order_by("created_at", "id"):
        _finish(row, office, applicant, passphrase)


def _finish(row: Application, office: Mapping[Role, Actor], applicant: Actor, passphrase: str) -> None:
    if row.state == State.DRAFT:
        _complete(row, applicant)
    if row.state in (State.DRAFT, State.RETURNED, State.NOT_MET):
        intake.submit(applicant, row.id, at=LATER)
    if row.state == State.CLARIFICATION:
        licensing.answer(applicant, row.id, "Di ruang kalibrasi, di bawah kepala produksi.", at=LATER)
    row = makers.fresh(row.id)
    if row.state not in FINAL | {State.DEEMED_APPROVED}:
        row = makers.advance(dict(office), row.id, until=State.SIGNING, at=LATER)
    if row.state in (State.SIGNING, State.DEEMED_APPROVED):
        certificate.sign(office[Role.HEAD], row.id, passphrase, seen=row.ledger_length, at=LATER)
    if row.state == State.SUSPENDED:
        _after_hearing(office[Role.HEAD], applicant, row.id, Act.REINSTATE, validity.reinstate, at=LATER)


def _complete(row: Application, applicant: Actor) -> None:
    """Answer what the edition in force asks of a draft; what was there already is typed again."""
    chosen = (
        {CHOICE: "26709", WHY: "Kami merakit teropong dari lensa yang dibeli."}
        if row.answers["business"]["kbli"] == "26792"
        else {}
    )
    intake.save_section(applicant, row.id, "business", {**row.answers["business"], **chosen}, at=LATER)
    for requirement in standard_of(makers.fresh(row.id)).requirements:
        intake.save_requirement(applicant, row.id, requirement.clause, answers(requirement.fields), at=LATER)
