"""An office in which evidence of every kind has been made, with the names and numbers that no stranger may learn from it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pasti.actions import (
    certificate,
    complaint_tiers,
    findings,
    nightly,
    safety,
    samples,
    showcase_evaluation,
    showcase_facilities,
    showcase_staff,
)
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_steps import Stage
from pasti.domain.roles import Actor, Role
from pasti.domain.sampling import Result
from pasti.domain.workflow import State
from pasti.records.sampling import Sample
from tests import complaints, makers

WORDS = "Diperiksa seluruhnya dan dicatat."
MORE = (Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.SURVEY_OFFICER, Role.FACILITY_CUSTODIAN, Role.SUPERIOR)


@dataclass
class ProvenOffice:
    """Its officers, and what would name somebody."""

    office: dict[Role, Actor]
    secrets: set[str] = field(default_factory=set)


def proven_office(passphrase: str, *, at: datetime) -> ProvenOffice:
    """A month of it by the real acts, the last of them just before `at`."""
    begun = at - timedelta(days=20)
    office = {role: makers.actor(role, at=begun, name=f"Nama Rahasia {role.title()}") for role in (*makers.OFFICE_ROLES, *MORE)}
    office[Role.INSPECTOR] = makers.actor(Role.INSPECTOR, at=begun, name="Nama Rahasia Inspektur")
    applicant = makers.actor(at=begun, email="pemohon.rahasia@uji.example", name="Nama Rahasia Pemohon")
    made = ProvenOffice(office=office, secrets={"Nama Rahasia", "@uji.example", "197203141998032004", makers.SIGNING_NIK})
    _licence(made, applicant, passphrase, begun)
    _complaints(made, begun)
    _oversight(made, at - timedelta(days=2))
    keeper = office[Role.FACILITY_CUSTODIAN]
    showcase_facilities.furnish(keeper, "51", at=at - timedelta(days=1))
    showcase_evaluation.furnish(office, "51", at=at - timedelta(days=1))
    showcase_staff.furnish(office, passphrase=passphrase, at=at - timedelta(days=1))
    made.secrets |= {name for name, _starts, _ends in showcase_staff.GUARDS}
    aid = safety.ask_aid(office[Role.EXAMINER], "Perkara rahasia seorang petugas.", at=at - timedelta(hours=3))
    safety.answer_aid(office[Role.HEAD], aid.id, "Didampingi biro hukum.", is_given=True, at=at - timedelta(hours=2))
    return made


def _licence(made: ProvenOffice, applicant: Actor, passphrase: str, at: datetime) -> None:
    row = makers.advance(made.office, makers.submitted(applicant, at=at).id, until=State.SIGNING, at=at)
    certificate.sign(made.office[Role.HEAD], row.id, passphrase, seen=row.ledger_length, at=at)
    issued = makers.fresh(row.id).certificates.get()
    made.secrets |= {str(row.number), str(row.id), row.nib, row.business_name, issued.number, issued.token, str(issued.id)}


def _complaints(made: ProvenOffice, at: datetime) -> None:
    """One that was proven and led to a sanction, one without a name that is a suggestion."""
    row = complaints.walk(made.office, makers.filed(at=at, service_on=jakarta_day(at)).id, until=Stage.SETTLED, at=at)
    head = made.office[Role.HEAD]
    due_on = jakarta_day(at) + timedelta(days=9)
    complaint_tiers.follow_up(head, row.id, "sanction", WORDS, owner=head.person, due_on=due_on, seen=row.ledger_length, at=at)
    other = makers.filed(at=at, service_on=jakarta_day(at), reporter=makers.nobody(), channel="telepon", object="Hal lain")
    made.secrets |= {row.number, other.number, str(row.id), "Rina Kartika", "rina@warga.example"}


def _oversight(made: ProvenOffice, at: datetime) -> None:
    nightly.run(at=at)
    for row in Sample.objects.filter(reviewed_at=None, tier=Role.SUPERIOR):
        samples.review(made.office[Role.SUPERIOR], row.id, Result.IN_ORDER, WORDS, seen=row.ledger_length, at=at)
    due_on = jakarta_day(at) + timedelta(days=30)
    findings.raised(made.office[Role.INSPECTOR], WORDS, Role.HEAD, due_on, at=at)
