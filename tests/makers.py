"""Makers for tests: name only what matters, the rest is believable."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from pasti.actions import intake, licensing
from pasti.actions.opening import Person, add_person
from pasti.domain.events import Json
from pasti.domain.roles import Actor, Role
from pasti.domain.standard import Field, FieldKind
from pasti.domain.workflow import Act, State
from pasti.records.accounts import Account
from pasti.records.licensing import Application

PASSWORD = "sandi-untuk-uji-2026"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 09:00 in Jakarta
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

BUSINESS: dict[str, str] = {
    "business_name": "CV Lensa Jaya",
    "legal_form": "cv",
    "nib": "9120001234567",
    "kbli": "26792",
    "npwp": "0013120012092000"[:16],
    "owner_name": "Rina Kartika",
    "nik": "3214016502850003",
    "phone": "081234567890",
    "email": "rina@lensajaya.example",
    "address": "Jalan Kopi Nomor 3, Nagrikaler",
}
PLACE: dict[str, str] = {
    "site_address": "Kawasan Industri, Blok C Nomor 12",
    "district": "32.14.13",
    "village": "Cibening",
    "postal_code": "41181",
    "latitude": "-6.4502",
    "longitude": "107.4531",
    "crosses_border": "tidak",
    "in_estate": "ya",
    "estate": "lain",
    "ground": "",
}
SCALE: dict[str, str] = {
    "basis": "berjalan",
    "yearly_sales": "4500000000",
    "capital": "",
    "workers": "14",
    "investment": "900000000",
    "ownership": "pmdn",
}


def account(*roles: Role, email: str = "", name: str = "", at: datetime = MONDAY, signing_nik: str = "") -> Account:
    """An account holding `roles` (an applicant without any)."""
    label = "-".join(roles) or "pemohon"
    person = Person(email=email or f"{label}@uji.example", name=name or label.title(), roles=roles, nip="197203141998032004", signing_nik=signing_nik)
    return add_person(person, password=PASSWORD, at=at)


def actor(*roles: Role, at: datetime = MONDAY, **more: str) -> Actor:
    """The domain's actor of a fresh account."""
    return account(*roles, at=at, **more).actor(at.date())


def _value(field: Field) -> Json:
    match field.kind:
        case FieldKind.ROWS:
            return [{c.name: _value(c) for c in field.columns}]
        case FieldKind.CHOICE:
            return field.choices[0][0]
        case FieldKind.NUMBER:
            return "12"
        case FieldKind.DATE:
            return "2031-12-31" if field.must_be_after_today else "2026-01-15"
        case FieldKind.YES:
            return "ya"
        case _:
            return {"nib": BUSINESS["nib"], "phone": BUSINESS["phone"]}.get(field.check, f"Uraian {field.label.id}"[:60])


def answers(fields: tuple[Field, ...]) -> dict[str, Json]:
    """Acceptable answers to a requirement's questions."""
    return {f.name: _value(f) for f in fields}


def draft(applicant: Actor, *, entry: str = "51", at: datetime = MONDAY, business: dict[str, str] | None = None, **sections: dict[str, str]) -> Application:
    """A complete draft, ready to be submitted."""
    from pasti.actions.ground import standard_of

    row = intake.start(applicant, entry, at=at)
    standard = standard_of(row)
    intake.save_section(applicant, row.id, "business", {**BUSINESS, "kbli": standard.kbli, **(business or {})}, at=at)
    intake.save_section(applicant, row.id, "place", {**PLACE, **sections.get("place", {})}, at=at)
    intake.save_section(applicant, row.id, "scale", {**SCALE, **sections.get("scale", {})}, at=at)
    for requirement in standard.requirements:
        uploads = () if requirement.evidence == "none" else (("bukti.pdf", PDF),)
        intake.save_requirement(applicant, row.id, requirement.clause, answers(requirement.fields), uploads=uploads, at=at)
    return Application.objects.get(pk=row.pk)


def submitted(applicant: Actor, *, at: datetime = MONDAY, **more: object) -> Application:
    """A submitted application."""
    return intake.submit(applicant, draft(applicant, at=at, **more).id, at=at)  # type: ignore[arg-type]  # passed through


def fresh(id: UUID) -> Application:
    """The row as it stands now."""
    return Application.objects.get(pk=id)


def judge_all(officer: Actor, id: UUID, *, at: datetime = MONDAY) -> None:
    """Find every requirement met."""
    from pasti.actions.ground import standard_of

    for requirement in standard_of(fresh(id)).requirements:
        if requirement.due == "before_issue":
            licensing.judge(officer, id, requirement.clause, "met", "", at=at)


def advance(officers: dict[Role, Actor], id: UUID, *, until: State, at: datetime = MONDAY) -> Application:
    """Walk a submitted case by its procedure until it stands in `until`."""
    from pasti.actions import certificate

    note = "Sudah diperiksa, sesuai."
    while (row := fresh(id)).state != until:
        who = officers[Role(row.waiting_role)]
        seen = row.ledger_length
        match State(row.state):
            case State.SUBMITTED:
                judge_all(who, id, at=at)
                licensing.accept(who, id, seen=fresh(id).ledger_length, at=at)
            case State.TECHNICAL_REVIEW:
                licensing.review(who, id, seen=seen, at=at, reason=note)
            case State.FIELD_INSPECTION:
                licensing.inspect(who, id, seen=seen, at=at, reason=note)
            case State.RECOMMENDATION:
                licensing.recommend(who, id, "meets", seen=seen, at=at, reason=note)
            case State.VALIDATION:
                licensing.validate(who, id, seen=seen, at=at, reason=note)
            case State.DECISION:
                certificate.approve(who, id, seen=seen, at=at)
            case other:
                raise AssertionError(f"no officer's act leads from {other}")
    return row


def officers(at: datetime = MONDAY) -> dict[Role, Actor]:
    """One officer per role of the procedures."""
    roles = (Role.COUNTER_OFFICER, Role.EXAMINER, Role.TECHNICAL_TEAM, Role.PROCESSING_OFFICER, Role.VALIDATOR, Role.HEAD)
    return {role: actor(role, at=at, signing_nik="3214015403720004" if role is Role.HEAD else "") for role in roles}


__all__ = ["BUSINESS", "MONDAY", "PASSWORD", "PDF", "PLACE", "SCALE", "Act", "Path", "account", "actor", "advance", "answers", "draft", "fresh", "judge_all", "officers", "submitted"]
