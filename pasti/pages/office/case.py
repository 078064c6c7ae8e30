"""/meja/kasus/<id>/: one case on one screen; taking it, judging its requirements, revealing its data (51.1, 51.10.1)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.actions import licensing, looks
from pasti.actions.export import may_export
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.inspection import PREPARED_IN
from pasti.domain.outages import ON_PAPER
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.pages.access import actor_of, moment, posted_from
from pasti.pages.office.acts import ACTS, primary
from pasti.pages.office.after_issue import labels_of
from pasti.pages.office.door import CLAUSE, officer, open_case
from pasti.pages.office.forms import JudgeForm
from pasti.pages.office.inspection import next_step
from pasti.pages.office.words import VERDICTS, standing, told_in_short
from pasti.pages.refusals import put_into, sentence
from pasti.pages.screen import show
from pasti.queries import inspection as inspections
from pasti.queries.intake import PERSONAL, AnswerLine, DossierLine, SectionView
from pasti.queries.licensing import CaseView
from pasti.queries.office import notes

FACTS_IN_SIGHT = 6


@dataclass(frozen=True, kw_only=True)
class DossierRow:
    """One requirement as the page shows it."""

    line: DossierLine
    anchor: str
    verdict: str
    verdict_kind: str
    form: JudgeForm | None  # None: not to be judged, by this person or now
    is_open: bool  # whether its judging is still to be done, or went wrong
    lines: tuple[AnswerLine, ...]  # the answers, those of its section of the form included
    section: str  # the section whose personal answers may be revealed; ""


@require_safe
@officer
def case(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The case as it stands."""
    return case_page(request, open_case(actor, id))


def case_page(
    request: HttpRequest,
    case: CaseView,
    *,
    status: int = 200,
    notice: str = "",
    typed: str = "",
    judging: tuple[str, JudgeForm] | None = None,
    note: tuple[str, str] = ("", ""),
) -> HttpResponse:
    """The page of a case. `notice` and `typed`: why an act was refused, and the words sent with it; `note`: the same of one."""
    hindrance = _hindrance(case)
    facts, rows = told_in_short(case.timeline), _rows(case, judging)
    left, left_kind = standing(case.bar, case.case.state)
    judged = tuple(row for row in rows if row.line.requirement.due == "before_issue")
    visit = inspections.of_case(case.id, case.case.round) if case.procedure.visit else None
    unjudged = tuple(row for row in judged if not row.line.verdict)
    return show(
        request,
        "office/case.html",
        title=f"{case.number} {case.business_name}",
        status=status,
        case=case,
        left=left,
        left_kind=left_kind,
        acts=tuple(known for known in ACTS.values() if known.act in case.acts),
        primary=primary(case.acts, {row.line.verdict for row in judged}, visited=visit is not None and visit.is_closed),
        visit_step=next_step(case, visit),
        unjudged=unjudged if case.may_judge else (),
        hindrance="" if hindrance in notice else hindrance,
        notice=notice,
        typed=typed,
        facts=facts[:FACTS_IN_SIGHT],
        older_facts=facts[FACTS_IN_SIGHT:],
        rows=rows,
        judged=len(judged) - len(unjudged),
        to_judge=len(judged),
        business=next(s for s in case.sections if s.name == "business"),
        personal=PERSONAL,
        on_paper=any(act in ON_PAPER for act in case.acts) or case.case.state is State.DEEMED_APPROVED,
        may_export=may_export(actor_of(request)),
        notes=notes(case.id),
        may_note=not actor_of(request).has(Role.INSPECTOR),
        note_refusal=note[0],
        note_typed=note[1],
        visit=visit,
        changed=labels_of(case),
        may_assign=case.procedure.visit and case.case.state in PREPARED_IN and case.hindrance is None,
    )


def _hindrance(case: CaseView) -> str:
    """Why nothing may be done here by who looks; nothing to say when the case waits for nobody in the office."""
    return sentence(case.hindrance) if case.hindrance and case.waiting_for and not case.can_take else ""


def _rows(case: CaseView, judging: tuple[str, JudgeForm] | None) -> tuple[DossierRow, ...]:
    return tuple(
        _row(case, line, judging[1] if judging and judging[0] == line.requirement.clause else None) for line in case.dossier
    )


def anchor_of(clause: str) -> str:
    """Where on the page a requirement stands."""
    return "syarat-" + clause.replace(".", "-")


def _row(case: CaseView, line: DossierLine, judging: JudgeForm | None) -> DossierRow:
    requirement = line.requirement
    section = next((s for s in case.sections if s.name == requirement.section), None)
    before_issue = requirement.due == "before_issue"
    anchor = anchor_of(requirement.clause)
    verdict, kind = VERDICTS[line.verdict] if before_issue else (_("Setelah terbit"), "locked")
    fresh = JudgeForm(initial={"reason": line.reason}, auto_id=f"{anchor}-%s")
    return DossierRow(
        line=line,
        anchor=anchor,
        verdict=str(verdict),
        verdict_kind=kind,
        form=(judging or fresh) if case.may_judge and before_issue else None,
        is_open=judging is not None or not line.verdict,
        lines=(section.lines if section else ()) + line.lines,
        section=section.name if section and any(a.name in PERSONAL for a in section.lines) else "",
    )


@posted_from("case", "id")
@officer
def take(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Take the case in hand, or over from a colleague."""
    seen = request.POST.get("seen", "")
    try:
        licensing.take(actor, id, seen=int(seen) if seen.isdecimal() else -1, at=moment())
    except Overtaken:
        text = _("Berkas ini berubah sejak Anda membukanya. Lihat keadaannya sekarang, lalu ambil bila masih perlu.")
        return case_page(request, open_case(actor, id), status=409, notice=text)
    messages.success(request, _("Berkas ini sekarang di tangan Anda."))
    return redirect("case", id=id)


@posted_from("case", "id")
@officer
def judge(request: HttpRequest, actor: Actor, id: UUID, clause: str) -> HttpResponse:
    """Find one requirement met or not met; a refusal stands at that requirement, with what was typed."""
    form = JudgeForm(request.POST, auto_id=f"{anchor_of(clause)}-%s")
    form.is_valid()
    verdict, reason = request.POST.get("verdict", ""), form.cleaned_data.get("reason", "")
    try:
        licensing.judge(actor, id, clause, verdict, reason, at=moment())
    except Overtaken:
        form.add_error("reason", _("Berkas ini berubah pada saat yang sama. Lihat keadaannya sekarang, lalu nilai lagi."))
        return case_page(request, open_case(actor, id), status=409, judging=(clause, form))
    except RuleBroken as refusal:
        case = open_case(actor, id)
        if not case.may_judge or clause not in {line.requirement.clause for line in case.dossier}:
            return case_page(request, case, status=_status(refusal), notice=sentence(refusal), typed=reason)
        put_into(form, refusal)
        return case_page(request, case, status=_status(refusal), judging=(clause, form))
    return redirect(f"{reverse('case', kwargs={'id': id})}#{anchor_of(clause)}")


def _status(refusal: RuleBroken) -> int:
    return 403 if isinstance(refusal, NotAllowed) else 422


@posted_from("case", "id")
@officer
def reveal(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The personal data of one section, unmasked; the look is recorded before it is shown (51.10.1)."""
    case = open_case(actor, id)
    section = next((s for s in case.sections if s.name == request.POST.get("section", "")), None)
    if section is None:
        raise NotAllowed(CLAUSE, "Bagian ini tidak ada pada berkas. Buka kembali berkasnya.")
    values = looks.reveal(actor, id, section.name, at=moment())
    return show(
        request,
        "office/reveal.html",
        title=_("Data pribadi pemohon"),
        case=case,
        section=section,
        lines=_unmasked(section, values),
        clause=case.standard.cite("10.1"),
    )


def _unmasked(section: SectionView, values: dict[str, str]) -> tuple[AnswerLine, ...]:
    return tuple(
        AnswerLine(name=a.name, label=a.label, text=values.get(a.name, "") if a.name in PERSONAL else a.text)
        for a in section.lines
    )
