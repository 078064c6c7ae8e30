"""Believable cases for a demonstration: invented people whose applications walk through the real acts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from pasti.actions import certificate, inspection, intake, licensing
from pasti.actions.ground import rows_of, standard_of
from pasti.domain.calendar import jakarta_day
from pasti.domain.events import Json
from pasti.domain.fieldwork import Item, ItemKind, Signed, Signing
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor, Role
from pasti.domain.standard import Field, FieldKind
from pasti.domain.workflow import Act, State, move_for
from pasti.records.inspection import Inspection
from pasti.records.licensing import Application

BUSINESS: Mapping[str, str] = {
    "business_name": "CV Lensa Jaya",
    "legal_form": "cv",
    "nib": "9120001234567",
    "kbli": "26709",
    "npwp": "01.312.166.0-091.000",
    "owner_name": "Rina Kartika",
    "nik": "3214016502850003",
    "phone": "0812 3456 7890",
    "email": "rina@lensajaya.example",
    "address": "Jalan Kopi Nomor 3, Nagrikaler",
}
PLACE: Mapping[str, str] = {
    "site_address": "Kawasan industri, Blok C Nomor 12",
    "district": "32.14.13",
    "village": "Cibening",
    "postal_code": "41181",
    "latitude": "-6.4502",
    "longitude": "107.4531",
    "crosses_border": "tidak",
    "in_estate": "ya",
    "estate": "kota_bukit_indah",
}
SCALE: Mapping[str, str] = {
    "basis": "berjalan",
    "yearly_sales": "4500000000",
    "workers": "14",
    "investment": "900000000",
    "ownership": "pmdn",
}
AT_ONCE = "Peragaan: peninjauan dilakukan saat ini juga."
NOTE = "Sudah diperiksa dan sesuai dengan standar."


def evidence_pdf(title: str) -> bytes:
    """A one-page PDF that says what it stands for; enough for a demonstration, and a real file to open."""
    text = title.encode("latin-1", "replace").decode("latin-1").replace("\\", "").replace("(", "").replace(")", "")
    stream = f"BT /F1 14 Tf 60 760 Td (Bukti peragaan: {text[:70]}) Tj ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


BELIEVABLE: Mapping[str, str] = {
    "materials_plan": "Kaca optik 120 kg, tabung aluminium 300 buah, listrik 2.400 kWh, dan air 30 m³ untuk tiga bulan.",
    "flow_procurement": "Kaca optik diperiksa saat datang, diberi nomor, lalu disimpan di rak tertutup.",
    "flow_quality": "Tiap lensa diuji dengan kolimator; yang tidak memenuhi dipoles ulang atau dibuang, dan hasilnya dicatat.",
    "flow_distribution": "Barang dikemas dalam kotak berbusa, diberi nomor seri, lalu dikirim dengan jasa ekspedisi.",
    "technical_person_reason": "Teropong dan mikroskop kami bukan alat kesehatan.",
    "good_manufacturing_reason": "Teropong dan mikroskop kami bukan alat kesehatan.",
    "capacity_match": "Empat mesin poles menghasilkan 300 lensa sebulan, sesuai kapasitas 3.600 setahun.",
    "account_id": "SIINAS-3214-00871",
    "period_year": "2026",
    "submitted_on": "2026-07-14",
    "building_area": "420",
    "capacity": "3600",
    "process": "Lensa dipotong, diasah, dipoles, dilapis, diperiksa dengan kolimator, lalu dirakit pada badan teropong.",
    "position": "Kepala produksi",
    "holder": "Yayan Sopyan",
    "duties": "Mengatur jadwal produksi dan memeriksa hasil poles setiap hari.",
    "authority": "Menghentikan mesin dan menolak lensa yang tidak memenuhi ukuran.",
    "answer_days": "2",
    "service": "Petunjuk pemakaian tertulis dan penukaran barang cacat selama 14 hari.",
    "scope": "Pembelian bahan, produksi, pemeriksaan mutu, dan pencatatan keluhan.",
    "certificate_number": "LK-168-IDN/2026/0412",
    "name": "Mesin poles lensa",
    "brand": "Satisloh SPS-7",
    "quantity": "4",
    "year": "2021",
    "function": "Memoles permukaan lensa objektif",
    "warranty_months": "12",
    "service_place": "Bengkel di lokasi produksi",
    "services": "Penyetelan sumbu, pembersihan lensa, dan penggantian suku cadang.",
    "safety_officer": "Dian Permata",
    "extinguishers": "3",
    "protective_gear": "Kacamata pelindung, sarung tangan, dan masker debu kaca.",
    "instrument": "Kolimator laser",
    "serial_number": "KL-20417",
    "body": "Balai Standardisasi Metrologi Legal",
    "standard": "ISO/IEC 17025, tertelusur ke SI",
    "number": "PB-UMKU 9120300410001",
}


def _value(field: Field) -> Json:
    if field.name in BELIEVABLE and field.kind not in (FieldKind.ROWS, FieldKind.CHOICE):
        return BELIEVABLE[field.name]
    match field.kind:
        case FieldKind.ROWS:
            return [{c.name: _value(c) for c in field.columns}]
        case FieldKind.CHOICE:
            return field.choices[0][0]
        case FieldKind.NUMBER:
            return "4"
        case FieldKind.DATE:
            return "2031-12-31" if field.must_be_after_today else "2026-01-15"
        case FieldKind.YES:
            return "ya"
        case _:
            by_check = {"nib": BUSINESS["nib"], "phone": BUSINESS["phone"], "email": BUSINESS["email"]}
            return by_check.get(field.check, f"{field.label.id}: ada dan terdokumentasi")


def answers(fields: tuple[Field, ...]) -> dict[str, Json]:
    """Acceptable answers to a requirement's questions, whatever the entry asks."""
    return {f.name: _value(f) for f in fields}


def draft(applicant: Actor, entry: str, *, at: datetime, sections: Mapping[str, Mapping[str, str]] | None = None) -> Application:
    """A complete draft, ready to be submitted; `sections` overrides what is typed."""
    row = intake.start(applicant, entry, at=at)
    standard, given = standard_of(row), sections or {}
    typed = {"business": {**BUSINESS, "kbli": standard.kbli}, "place": PLACE, "scale": SCALE}
    for section, usual in typed.items():
        intake.save_section(applicant, row.id, section, {**usual, **given.get(section, {})}, at=at)
    for requirement in standard.requirements:
        uploads = (
            () if requirement.evidence == "none" else ((f"bukti-{requirement.clause}.pdf", evidence_pdf(requirement.title.id)),)
        )
        intake.save_requirement(applicant, row.id, requirement.clause, answers(requirement.fields), uploads=uploads, at=at)
    return Application.objects.get(pk=row.pk)


def judge_all(officer: Actor, id: UUID, *, at: datetime) -> None:
    """Find every requirement met that is not yet."""
    row = Application.objects.get(pk=id)
    standard = standard_of(row)
    for mine in rows_of(row):
        if standard.requirement(mine.clause).due == "before_issue" and mine.verdict != "met":
            licensing.judge(officer, id, mine.clause, "met", "", at=at)


def arrange_visit(officer: Actor, id: UUID, *, at: datetime) -> Inspection:
    """A team of one, and this very moment offered to the applicant, whatever hour it is."""
    row = Application.objects.get(pk=id)
    visit = inspection.assign(officer, id, team=[officer.person], lead=officer.id, seen=row.ledger_length, at=at)
    inspection.offer(officer, visit.id, at, seen=visit.ledger_length, at=at, reason=AT_ONCE)
    return Inspection.objects.get(pk=visit.pk)


def note_visit(officer: Actor, visit: Inspection, *, at: datetime) -> None:
    """The whole visit: safety first, every requirement found met, the minutes signed by both."""
    standard = standard_of(visit.application)
    clauses = [r.clause for r in standard.before_issue()]

    def noted(kind: ItemKind, **what: object) -> None:
        item = Item(id=uuid4(), kind=kind, made_at=at, device="peragaan", by=officer.person, **what)  # type: ignore[arg-type]  # by kind
        inspection.keep(officer, visit.id, item, at=at)

    noted(ItemKind.SAFETY, checked=frozenset(i.id for i in standard.safety_checklist.items))
    noted(ItemKind.START)
    for clause in clauses:
        noted(ItemKind.FINDING, clause=clause, verdict="met")
    name = str(visit.application.answers["business"]["owner_name"])
    signed = Signed(
        representative=name,
        position="Pemilik",
        how=Signing.TYPED,
        remarks="",
        typed=name,
        officer_confirms=True,
        shown=dict.fromkeys(clauses, "met"),
    )
    noted(ItemKind.MINUTES, signed=signed)


def visit_site(officer: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """The inspection from its letter to its conclusion; one that was arranged before is gone on with."""
    row = Application.objects.select_related("applicant").get(pk=id)
    visit = row.inspections.filter(round=row.round).first() or arrange_visit(officer, id, at=at)
    if visit.stage == Stage.OFFERED:
        inspection.accept(row.applicant.actor(jakarta_day(at)), visit.id, seen=visit.ledger_length, at=at)
    note_visit(officer, visit, at=at)
    inspection.conclude(officer, id, seen=seen, at=at, reason=NOTE)


def step(office: Mapping[Role, Actor], id: UUID, *, at: datetime) -> Act:
    """The act that the procedure has next, made by who holds it in `office`; up to the signature, which only its signer gives."""
    row = Application.objects.get(pk=id)
    who, seen = office[Role(row.waiting_role)], row.ledger_length
    act, make = NEXT[State(row.state)]
    if row.state == State.SUBMITTED:
        judge_all(who, id, at=at)
        seen = Application.objects.values_list("ledger_length", flat=True).get(pk=id)
    make(who, id, seen, at)
    return act


NEXT: Mapping[State, tuple[Act, Callable[[Actor, UUID, int, datetime], None]]] = {
    State.SUBMITTED: (Act.ACCEPT, lambda who, id, seen, at: licensing.accept(who, id, seen=seen, at=at)),
    State.TECHNICAL_REVIEW: (Act.REVIEW, lambda who, id, seen, at: licensing.review(who, id, seen=seen, at=at, reason=NOTE)),
    State.FIELD_INSPECTION: (Act.INSPECT, lambda who, id, seen, at: visit_site(who, id, seen=seen, at=at)),
    State.RECOMMENDATION: (
        Act.RECOMMEND,
        lambda who, id, seen, at: licensing.recommend(who, id, "meets", seen=seen, at=at, reason=NOTE),
    ),
    State.VALIDATION: (Act.VALIDATE, lambda who, id, seen, at: licensing.validate(who, id, seen=seen, at=at, reason=NOTE)),
    State.DECISION: (Act.APPROVE, lambda who, id, seen, at: certificate.approve(who, id, seen=seen, at=at)),
}


def walk(
    office: Mapping[Role, Actor], id: UUID, *, until: State, moments: Iterator[datetime]
) -> Iterator[tuple[Act, datetime, Application]]:
    """Walk a submitted case until it stands in `until`, one act a moment; yields each act as it is made."""
    while (row := Application.objects.get(pk=id)).state != until:
        at = next(moments)
        act = step(office, id, at=at)
        yield act, at, row


def clause_of(row: Application, act: Act) -> str:
    """The clause an act on this case stands on, for telling the story."""
    return standard_of(row).cite(move_for(act, State(row.state), entry=row.entry).clause)
