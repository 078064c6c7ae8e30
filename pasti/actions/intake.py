"""What an applicant does before a case is one: start, fill in, upload, submit (51.1, 51.2)."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from pasti import standards
from pasti.actions import editions
from pasti.actions.carry_out import carry_out, early_number
from pasti.actions.files import added, keep_upload
from pasti.actions.ground import application_for, choices, dossier_for, edition_of, ground_for, row_of, standard_of, values_of
from pasti.domain import assistance, licensing
from pasti.domain.assistance import Confirmation
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import LETTERS
from pasti.domain.intake import SECTIONS, check_draft, check_row, check_section, require_served, scale_of
from pasti.domain.kbli import CHOICE, kept_choice
from pasti.domain.roles import Actor, Role
from pasti.domain.standard import Standard
from pasti.domain.workflow import Act, State
from pasti.records.intake import DossierRow, Evidence
from pasti.records.licensing import Application

MOST_DRAFTS = 20
IDENTITY = frozenset({"business_name", "legal_form", "nib", "kbli", CHOICE, "npwp", "owner_name", "nik"})  # who applies


def start(actor: Actor, entry: str, *, at: datetime) -> Application:
    """A new draft under the edition in force today, with a row for each requirement (51.1)."""
    standard = standards.load().in_force(entry, jakarta_day(at))
    if not actor.has(Role.APPLICANT) or actor.id is None:
        raise NotAllowed(standard.cite("1"), "Permohonan diajukan dengan akun pemohon, bukan akun petugas.")
    return open_draft(actor.id, standard, actor=actor, at=at)


def open_draft(applicant_id: UUID, standard: Standard, *, actor: Actor, at: datetime, assisted: bool = False) -> Application:
    """A draft of that applicant, opened by the applicant or, `assisted`, by who helps at the counter (51.2)."""
    if Application.objects.filter(applicant_id=applicant_id, state=State.DRAFT).count() >= MOST_DRAFTS:
        raise RuleBroken(standard.cite("1"), "Sudah ada {most} konsep. Lanjutkan salah satunya.", most=MOST_DRAFTS)
    row = Application(
        entry=standard.entry,
        effective=standard.effective,
        applicant_id=applicant_id,
        assisted=assisted,
        assisted_by_id=actor.id if assisted else None,
        created_at=at,
        held_since=at,
    )
    event = Event(
        kind="application.started", clause=standard.cite("1"), after={"state": State.DRAFT, "assisted": assisted}, public=True
    )
    rows = [DossierRow(application=row, clause=r.clause) for r in standard.requirements]
    carry_out(row, Outcome(events=(event,)), actor=actor, at=at, edition=edition_of(row), inserts=rows)
    return row


def _editable(actor: Actor, id: UUID, at: datetime) -> Application:
    """The applicant's own row to fill in; a draft is first brought to the edition in force."""
    row = application_for(actor, id)
    _follow(row, actor, at)
    return row


def _follow(row: Application, actor: Actor, at: datetime) -> bool:
    """Whether it was moved to another edition; NotAllowed or RuleBroken when it is not the actor's to fill in now."""
    if row.applicant_id != actor.id and not licensing.assists(row.case(), actor):
        raise NotAllowed(
            standard_of(row).cite("1"), "Hanya pemohon, atau petugas loket yang membantunya, yang mengisi berkasnya."
        )
    if row.state not in licensing.EDITABLE:
        raise RuleBroken(standard_of(row).cite("2"), "Berkas sudah diajukan, jadi tidak dapat diubah. Tunggu kabar dari petugas.")
    return editions.follow(row, actor, at=at)


def save_section(actor: Actor, id: UUID, section: str, raw: Mapping[str, str], *, at: datetime) -> tuple[FieldProblem, ...]:
    """Keep what was typed in one section, right or wrong; answers its problems. NotServed comes after keeping."""
    row = _editable(actor, id, at)
    standard = standard_of(row)
    clean, problems = check_section(section, raw, standard, choices(), jakarta_day(at))
    before: Mapping[str, Json] = row.answers.get(section, {})
    kept = {**before, **raw, **clean}
    changed: list[Json] = [name for name in sorted(kept) if kept[name] != before.get(name)]
    if changed:
        changes: dict[str, object] = {"answers": {**row.answers, section: kept}}
        for column in {"business_name", "nib", "district"} & set(clean):
            changes[column] = clean[column]
        if section == "place" and "district" in clean:
            changes["place"] = _place(clean)
        event = Event(kind="intake.saved", clause=standard.cite("1"), after={"section": section, "fields": changed})
        updates = [(r, {"verdict": ""}) for r in _touched(row, section, changed, standard)]
        carry_out(row, Outcome(changes=changes, events=(event,)), actor=actor, at=at, edition=edition_of(row), updates=updates)
    if not problems:
        require_served(standard, {section: clean})
    return problems


def _place(answers: Mapping[str, Json]) -> str:
    """The village and district by name: what people search by. The rest of the address stays encrypted."""
    district = dict(choices().districts).get(str(answers["district"]), "")
    return " ".join(filter(None, (str(answers.get("village", "")), district)))


def _touched(row: Application, section: str, changed: list[Json], standard: Standard) -> list[DossierRow]:
    """The judged requirements whose ground moved with a section: its own, or all when the business itself is another."""
    if row.state == State.DRAFT:
        return []
    judged = row.rows.exclude(verdict="")
    if section == "business":
        return list(judged) if IDENTITY & set(changed) else []
    return list(judged.filter(clause__in=[r.clause for r in standard.requirements if r.section == section]))


def save_requirement(
    actor: Actor, id: UUID, clause: str, answers: Mapping[str, Json], *, uploads: tuple[tuple[str, bytes], ...] = (), at: datetime
) -> tuple[FieldProblem, ...]:
    """Keep the answers and files of one requirement; answers what it lacks. A refused file is a problem, the rest is kept."""
    row = _editable(actor, id, at)
    standard = standard_of(row)
    mine = row_of(row, clause)
    kept, refused = keep_upload(row, clause, uploads, actor=actor, at=at)
    changed = dict(answers) != mine.answers
    events: list[Event] = [added(file) for file in kept]
    if changed:
        names: list[Json] = [k for k in sorted(answers) if answers[k] != mine.answers.get(k)]
        events.append(Event(kind="intake.saved", clause=clause, after={"fields": names}))
    if events:
        values: dict[str, object] = {"answers": dict(answers), "verdict": ""} if mine.verdict != "met" or changed or kept else {}
        carry_out(
            row,
            Outcome(events=tuple(events)),
            actor=actor,
            at=at,
            edition=edition_of(row),
            inserts=kept,
            updates=[(mine, values)] if values else (),
        )
    fresh = values_of([row_of(row, clause)])[0]
    place = row.answers.get("place", {})
    lacking = check_row(standard, fresh, place=place, today=jakarta_day(at))
    told = {problem.field for problem in refused}  # a file that was refused is not missing as well
    return (*refused, *(problem for problem in lacking if problem.field not in told))


def remove_file(actor: Actor, id: UUID, evidence_id: UUID, *, at: datetime) -> None:
    """Put a file aside: it no longer counts; its row and bytes stay, so what was shown remains provable (51.1)."""
    row = _editable(actor, id, at)
    evidence: Evidence | None = row.evidence.filter(pk=evidence_id, replaced_at=None).first()
    if evidence is None:
        raise RuleBroken(standard_of(row).cite("1"), "Berkas unggahan ini sudah tidak ada. Muat ulang halaman.")
    event = Event(kind="evidence.replaced", clause=evidence.clause, before={"sha256": evidence.sha256})
    updates: list[tuple[Model, Mapping[str, object]]] = [
        (evidence, {"replaced_at": at}),
        (row_of(row, evidence.clause), {"verdict": ""}),
    ]
    carry_out(row, Outcome(events=(event,)), actor=actor, at=at, edition=edition_of(row), updates=updates)


def submit(actor: Actor, id: UUID, *, at: datetime, confirmation: Confirmation | None = None) -> Application:
    """Submit the application: every requirement answered, the office's own to serve, a procedure class chosen (51.1, 51.2).

    InvalidInput names everything missing; NotServed who serves it instead. Numbered and given its tracking secret the first time.
    Who files it at the counter brings the `confirmation` of the applicant, who is present.
    """
    row, rows = dossier_for(actor, id)
    moved = _follow(row, actor, at)
    ground = ground_for(row, actor, at)
    if moved:
        words = "Sejak Anda mulai mengisi, edisi baru standar ini berlaku. Isian Anda tetap; baca yang berubah, lalu kirim lagi."
        raise InvalidInput((field_problem("edition", ground.standard.cite("1"), words),))
    checked = check_draft(ground.standard, row.answers, rows, choices(), jakarta_day(at))
    require_served(ground.standard, checked.sections)
    if checked.problems:
        raise InvalidInput(checked.problems)
    case = row.case()
    facts = _facts(checked.sections, ground)
    procedure, why = licensing.choose_procedure(ground.standard, assisted=row.assisted, facts=facts)
    kept = {"business": kept_choice(ground.standard, row.answers.get("business", {}))}
    answers = {name: {**kept.get(name, {}), **checked.sections[name]} for name in SECTIONS}
    changes: dict[str, object] = {
        **({"answers": answers} if answers != row.answers else {}),
        "procedure": procedure.code,
        "procedure_reason": why.id,
        "submitted_at": row.submitted_at or at,
        "recommendation": "",
    }
    witnessed: tuple[Event, ...] = ()
    if actor.id != row.applicant_id:
        witnessed = (assistance.confirmed(case, str(checked.sections["business"]["owner_name"]), confirmation, ground),)
        changes["hands"] = assistance.hands_after(case, actor)
    if case.state is State.NOT_MET:
        changes |= {"round": case.round + 1, "clock": [], "due_on": None, "fulfil_by": None}
    unmet = [r.clause for r in rows if r.verdict == "not_met"]
    reset = [(r, {"verdict": ""}) for r in row.rows.filter(clause__in=unmet)] if unmet else []
    year = jakarta_day(at).year
    number = row.number or f"PB-{year}-{early_number(f'application:{year}'):04d}"
    changes |= {"number": number, "secret": row.secret or "".join(secrets.choice(LETTERS) for _ in range(12))}
    after: dict[str, Json] = {"procedure": procedure.code, "number": number}
    if chosen := checked.sections["business"].get(CHOICE):
        after |= {"kbli": chosen, "kbli_on_nib": checked.sections["business"]["kbli"]}
    outcome = licensing.move(case, Act.SUBMIT, ground, after=after, changes=changes)
    outcome = replace(outcome, events=(*witnessed, *outcome.events))
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=reset)
    return row


def _facts(sections: Mapping[str, Mapping[str, Json]], ground: licensing.Ground) -> frozenset[str]:
    facts = set()
    if sections["place"]["in_estate"] == "tidak":
        facts.add("outside_estate")
    if scale_of(sections["scale"], ground.standard.intake).id == "menengah":
        facts.add("medium_scale")
    return frozenset(facts)
