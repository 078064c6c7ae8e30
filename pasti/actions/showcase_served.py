"""People whom the demonstration office served in the past: from draft to certificate, and their reports after it (51.1, 51.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pasti import standards
from pasti.actions import certificate, demonstration, duties, intake
from pasti.actions.accounts import Person, add_person
from pasti.actions.ground import standard_of
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.duties import Report
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.licensing import Application

MORNING = time(9)
REPORTED_AFTER = timedelta(days=14)  # the term's beginning
NOT_NEEDED = "Contoh peragaan: usaha kami tidak membutuhkan perizinan penunjang."


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Who was served: `number` makes the account and the NIB."""

    number: int
    business: str
    owner: str
    village: str

    @property
    def nib(self) -> str:
        """An invented number, one for each."""
        return f"91203004200{self.number:02}"


def serve(
    maker: Maker, office: Mapping[Role, Actor], entry: str, moments: Iterator[datetime], *, password: str, passphrase: str
) -> Application:
    """One application from its draft to its certificate, an act a morning; what was done before stays."""
    began = next(moments)
    row = Application.objects.filter(nib=maker.nib).exclude(state=State.DRAFT).first() or _submit(maker, entry, began, password)
    if row.state == State.ISSUED:
        return row
    for _ in demonstration.walk(office, row.id, until=State.SIGNING, moments=moments):
        pass
    seen = Application.objects.values_list("ledger_length", flat=True).get(pk=row.pk)
    certificate.sign(office[Role.HEAD], row.id, passphrase, seen=seen, at=next(moments))
    return Application.objects.get(pk=row.pk)


def _submit(maker: Maker, entry: str, began: datetime, password: str) -> Application:
    email = f"pemohon{maker.number:02}@pasti.example"
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = add_person(Person(email=email, name=maker.owner, roles=()), password=password, at=began)
    business = {"business_name": maker.business, "owner_name": maker.owner, "email": email, "nib": maker.nib}
    sections = {"business": business, "place": {"village": maker.village}}
    applicant = account.actor(jakarta_day(began))
    draft = demonstration.draft(applicant, entry, at=began, sections=sections)
    return intake.submit(applicant, draft.id, at=began)


def report(row: Application, *, until: datetime) -> None:
    """The holder reports what it owes, two weeks into each term that began long enough before `until`."""
    promised = standard_of(row).duties
    for owed in row.duties.filter(reported_at=None):
        day = owed.from_on + REPORTED_AFTER
        at = datetime.combine(day, MORNING, JAKARTA)
        if at < until:
            none = promised.duty(owed.duty).may_be_none
            given = Report(none_reason=NOT_NEEDED) if none else Report(number=f"SIINAS-3214-{owed.pk:05}", dated_on=day)
            duties.report(row.applicant.actor(day), row.id, owed.pk, given, None, at=at)


def mornings(day: date) -> Iterator[datetime]:
    """Nine in the morning of each working day from that day on."""
    calendar = standards.load().calendar()
    while True:
        if calendar.is_working_day(day):
            yield datetime.combine(day, MORNING, JAKARTA)
        day += timedelta(days=1)
