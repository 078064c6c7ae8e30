"""What a certificate or a letter says, gathered from the case, the edition and the office (51.1, 51.5)."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from pasti import standards
from pasti.actions.ground import choices
from pasti.domain.answers import Answers
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateData, Letterhead, Signatory
from pasti.domain.complaint_answer import AnswerLetter, answer_number
from pasti.domain.complaints import FINDING_TITLES, KIND_TITLES
from pasti.domain.complaints import Complaint as ComplaintValue
from pasti.domain.events import Json
from pasti.domain.guarantees import PledgeLetter
from pasti.domain.intake import scale_of
from pasti.domain.letters import LetterData, Remedy, Unmet, letter_number
from pasti.domain.licensing import Ground
from pasti.domain.roles import CAPACITY_WORDS, ROLE_TITLES, Actor, Capacity, Role
from pasti.domain.staff_promise import Pledge
from pasti.domain.standard import Standard
from pasti.domain.texts import is_assumed
from pasti.records.accounts import Account
from pasti.records.certificate import Certificate
from pasti.records.complaints import Complaint
from pasti.records.licensing import Application
from pasti.standards import Office

DEMONSTRATION = "Peragaan: ditandatangani oleh layanan peragaan, bukan BSrE, dan tidak berkekuatan hukum."


def data_of(row: Application, certificate: Certificate, *, signer: Actor, on: date, base_url: str) -> CertificateData:
    """The certificate's content as of the day of signing `on`, in the name of who signs."""
    library = standards.load()
    standard, office = library.edition(row.entry, row.effective), library.office()
    business, place, scale = (row.answers[name] for name in ("business", "place", "scale"))
    return CertificateData(
        number=certificate.number,
        entry=row.entry,
        edition=row.effective,
        title="Sertifikat Standar",
        standard_title=standard.title.id,
        letterhead=letterhead(office),
        holder=str(business["business_name"]),
        nib=str(business["nib"]),
        npwp=str(business["npwp"]),
        kbli=standard.kbli,
        kbli_version=standard.kbli_version,
        kbli_title=standard.kbli_title.id,
        risk=standard.risk.id,
        scale=scale_of(scale, standard.intake).title.id,
        address=f"{place['site_address']}, {place['village']}",
        district=dict(office.districts)[str(place["district"])],
        estate=_estate(place, standard),
        issued_on=on,
        issued_in=_town(office),
        signatory=_signatory(signer, office),
        legal_bases=tuple(basis.title for basis in standard.legal_bases_on(on)),
        case_number=row.number or "",
        product=standard.product.id,
        duties=tuple(r.title.id for r in standard.requirements if r.due == "after_issue"),
        free_of_charge="Layanan ini tidak dipungut biaya." if standard.fee_rupiah == 0 else "",
        verify_url=f"{base_url}/v/{certificate.token}",
        deemed_on=row.lapsed_on.isoformat() if row.lapsed_on else "",
        deemed_ground=standard.clock.on_lapse_ground.id if row.lapsed_on else "",
        notes=_notes(standard, row),
        demonstration=DEMONSTRATION if settings.PASTI_DEMONSTRATION else "",
    )


def rejection_of(
    row: Application, unmet: Mapping[str, Json], *, reason: str, why_now: str, signer: Actor, on: date
) -> LetterData:
    """The letter's content: each requirement of `unmet` with its reason, and every way to object or complain (51.1, 51.6)."""
    library = standards.load()
    standard, office = library.edition(row.entry, row.effective), library.office()
    objections = standard.remedies.objections if standard.remedies else ()
    return LetterData(
        number=letter_number(row.number or ""),
        letterhead=letterhead(office),
        holder=row.business_name,
        nib=row.nib,
        address=str(row.answers["business"]["address"]),
        case_number=row.number or "",
        submitted_on=jakarta_day(row.submitted_at) if row.submitted_at else on,
        standard_title=standard.title.id,
        clause=standard.cite("1"),
        why_now=why_now,
        reason=reason.strip(),
        unmet=tuple(Unmet(clause=c, title=standard.requirement(c).title.id, reason=str(why or "")) for c, why in unmet.items()),
        remedies=tuple(Remedy(title=way.title.id, text=way.text.id, assumed=way.is_assumed) for way in objections),
        channels=tuple((channel.title.id, channel.address) for channel in standard.complaint_channels),
        again="Anda dapat mengajukan permohonan baru kapan saja" + (", tanpa biaya." if standard.fee_rupiah == 0 else "."),
        issued_on=on,
        issued_in=_town(office),
        signatory=_signatory(signer, office),
        demonstration=DEMONSTRATION if settings.PASTI_DEMONSTRATION else "",
    )


def complaint_answer_of(row: Complaint, complaint: ComplaintValue, text: str, ground: Ground) -> AnswerLetter:
    """The answer's content: no reporter, no officer but who signs it (51.6.8)."""
    office, on = standards.load().office(), jakarta_day(ground.at)
    finding = FINDING_TITLES[complaint.finding] if complaint.finding else KIND_TITLES[complaint.kind]
    reopens = complaint.is_complaint and complaint.reopened == 0
    term = ground.standard.handling.feedback
    again = (
        f"Sampaikan paling lambat {term} lewat halaman lacak dengan nomor dan kata sandi pengaduan Anda: "
        + ("pengaduan dibuka lagi dan naik satu jenjang." if reopens else "penilaian Anda dicatat.")
        + " Anda juga boleh mengadu ke Ombudsman Republik Indonesia."
    )
    return AnswerLetter(
        number=answer_number(complaint),
        letterhead=letterhead(office),
        complaint_number=complaint.number,
        received_on=jakarta_day(complaint.received_at),
        object=row.object,
        text=text,
        finding=finding,
        clause=row.clause or row.reason_clause or ground.standard.cite("6.4"),
        again=again,
        issued_on=on,
        issued_in=_town(office),
        signatory=_complaint_signatory(ground.actor, office),
        demonstration=DEMONSTRATION if settings.PASTI_DEMONSTRATION else "",
    )


def _complaint_signatory(signer: Actor, office: Office) -> Signatory:
    if signer.has(Role.HEAD):
        return _signatory(signer, office)
    person = Account.objects.get(pk=signer.person)
    return Signatory(name=person.name, title=ROLE_TITLES[Role.COMPLAINTS_OFFICIAL], nip=person.nip, on_behalf_of="")


def pledge_of(pledge: Pledge, *, signer: Actor, on: date, until: date) -> PledgeLetter:
    """The pledge in the officer's own name, with the role held that day (51.12.1, 51.12.2)."""
    office, person = standards.load().office(), Account.objects.get(pk=signer.person)
    return PledgeLetter(
        number=f"{pledge.title.id} {on.year}",
        letterhead=letterhead(office),
        clause=pledge.clause,
        title=pledge.title.id,
        text=pledge.text.id,
        assumed=pledge.source if is_assumed(pledge.source) else "",
        valid_until=until,
        issued_on=on,
        issued_in=_town(office),
        signatory=Signatory(
            name=person.name, title=", ".join(ROLE_TITLES[role] for role in sorted(signer.roles)), nip=person.nip
        ),
        demonstration=DEMONSTRATION if settings.PASTI_DEMONSTRATION else "",
    )


def letterhead(office: Office) -> Letterhead:
    """The office's head of paper."""
    contact = " · ".join((office.phone, office.email, *office.websites))
    return Letterhead(government=office.parent, office=office.name, address=office.address, contact=contact)


def _town(office: Office) -> str:
    return office.regency.removeprefix("Kabupaten ")


def _signatory(signer: Actor, office: Office) -> Signatory:
    person = Account.objects.get(pk=signer.person)
    capacity = CAPACITY_WORDS.get(dict(signer.stands_in).get(Role.HEAD, Capacity.DEFINITIVE))
    title = " ".join(filter(None, (capacity, office.head_title)))
    return Signatory(name=person.name, title=title, nip=person.nip, on_behalf_of=f"a.n. {office.regent_title}")


def _notes(standard: Standard, row: Application) -> tuple[str, ...]:
    """What was assumed on the way to this certificate, said openly."""
    if standard.procedure(row.procedure).source != "assumed":
        return ()
    return (f"Langkah kelas prosedur {row.procedure} masih dianggap (assumed) sampai Lampiran IV diperoleh.",)


def _estate(place: Answers, standard: Standard) -> str:
    if place["in_estate"] == "ya":
        return str(place["estate_name"]) if place["estate"] == "lain" else dict(choices().estates)[str(place["estate"])]
    ground = next(g.title.id for g in standard.intake.location_grounds if g.code == place["ground"])
    return f"Di luar kawasan industri ({ground})"
