"""/meja/kasus/<id>/tindakan/<act>/: what an act will do, and doing it (51.2, 51.5)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pasti.domain.errors import DoorClosed, NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.domain.workflow import ACT_TITLES, VALID, Act
from pasti.pages.access import moment
from pasti.pages.office.acts import ACTS, OfficeAct
from pasti.pages.office.after_issue import labels_of
from pasti.pages.office.case import case_page
from pasti.pages.office.door import officer, open_case
from pasti.pages.office.follows import clause_of, follows
from pasti.pages.office.forms import ActForm
from pasti.pages.office.words import Told, told
from pasti.pages.refusals import put_into, sentence
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries.intake import AnswerLine, DossierLine
from pasti.queries.licensing import CaseView

# The officers' own words on the way here, which who decides should read.
FINDINGS = frozenset({f"application.{done}" for done in ("reviewed", "inspected", "recommended", "validated", "sent_back")})


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@officer
def act(request: HttpRequest, actor: Actor, id: UUID, act: str) -> HttpResponse:
    """GET shows what will happen; POST does it, or shows the refusal with all that was typed but a passphrase."""
    wanted = next((known for known in ACTS.values() if known.act == act), None)
    if wanted is None:
        raise Http404
    if request.method != "POST":
        case = open_case(actor, id)
        if wanted.act not in case.acts:
            raise _not_open(case, wanted)
        return act_page(request, actor, case, wanted, wanted.form_for(seen=case.seen))
    form = wanted.form_for(request.POST)
    if not form.is_valid():
        return _again(request, actor, id, wanted, form, 422)
    try:
        done = wanted.do(actor, id, form.cleaned_data, at=moment())
    except (RuleBroken, Overtaken, DoorClosed) as refusal:
        return _refused(request, actor, id, wanted, form, refusal)
    return _onward(request, actor, id, done)


def _not_open(case: CaseView, wanted: OfficeAct) -> NotAllowed:
    if case.hindrance:
        return case.hindrance
    words = "“{act}” tidak dapat dilakukan pada tahap “{state}”. Buka berkasnya untuk melihat yang dapat dilakukan sekarang."
    return NotAllowed(case.standard.cite("2"), words, act=ACT_TITLES[wanted.act], state=case.state_title)


def _onward(request: HttpRequest, actor: Actor, id: UUID, done: str) -> HttpResponse:
    """Stay where there is more to do, or where the certificate now is; else go back to the other forty files."""
    case = open_case(actor, id)
    messages.success(request, f"{case.number} {case.business_name}: {done}.")
    return redirect("case", id=id) if case.acts or case.certificate_token else redirect("desk")


def _refused(
    request: HttpRequest, actor: Actor, id: UUID, wanted: OfficeAct, form: ActForm, refusal: RuleBroken | Overtaken | DoorClosed
) -> HttpResponse:
    if isinstance(refusal, Overtaken):
        return _overtaken(request, actor, id, wanted, form)
    if isinstance(refusal, RuleBroken):
        put_into(form, refusal, at=form.refused_at)
        return _again(request, actor, id, wanted, form, 403 if isinstance(refusal, NotAllowed) else 422)
    form.add_error(None, door_closed(refusal))
    return _again(request, actor, id, wanted, form, 503)


def _overtaken(request: HttpRequest, actor: Actor, id: UUID, wanted: OfficeAct, form: ActForm) -> HttpResponse:
    """The fresh case, what happened meanwhile, and what was typed; deciding again decides on the fresh version."""
    case = open_case(actor, id)
    since = told(case.timeline[: max(0, case.seen - form.cleaned_data["seen"])])
    data: QueryDict = request.POST.copy()
    data["seen"] = str(case.seen)
    again = wanted.form_for(data)
    again.add_error(
        None, _("Berkas ini berubah sejak Anda membukanya. Belum ada yang dilakukan: baca yang baru, lalu putuskan lagi.")
    )
    return _again(request, actor, id, wanted, again, 409, since=since)


def _again(
    request: HttpRequest, actor: Actor, id: UUID, wanted: OfficeAct, form: ActForm, status: int, *, since: tuple[Told, ...] = ()
) -> HttpResponse:
    case = open_case(actor, id)
    if wanted.act in case.acts:
        return act_page(request, actor, case, wanted, form, status=status, since=since)
    return case_page(
        request,
        case,
        status=status,
        notice=_why_not(case, wanted, form, overtaken=status == 409),
        typed=str(form.data.get("reason", "")),
    )


def _why_not(case: CaseView, wanted: OfficeAct, form: ActForm, *, overtaken: bool) -> str:
    """Why an act that is not open was not done: what the rule refused; else, or if it closed meanwhile, what hinders."""
    said = [str(error) for error in form.non_field_errors()]
    hinders = [sentence(_not_open(case, wanted))] if overtaken or not said else []
    return " ".join([*hinders, *said])


def door_closed(refusal: DoorClosed) -> str:
    """A service outside that did not answer, in words: nothing has changed."""
    what = str(refusal).removeprefix(f"{refusal.door}: ")
    next_step = _("Coba lagi sebentar lagi.") if refusal.retry else _("Hubungi administrator; mencoba lagi tidak membantu.")
    return _("Tidak ada yang berubah: {what}. {next_step}").format(what=what, next_step=next_step)


def act_page(
    request: HttpRequest,
    actor: Actor,
    case: CaseView,
    wanted: OfficeAct,
    form: ActForm,
    *,
    status: int = 200,
    since: tuple[Told, ...] = (),
) -> HttpResponse:
    """The panel of one act, with what the decision rests on."""
    form.for_state(case.case.state)
    judged = () if case.case.state in VALID else tuple(x for x in case.dossier if x.requirement.due == "before_issue")
    return show(
        request,
        "office/act.html",
        title=f"{wanted.title} · {case.number}",
        status=status,
        case=case,
        act=wanted,
        form=form,
        follows=follows(case, wanted.act, moment()),
        clause=clause_of(case, wanted.act),
        since=since,
        tally=_tally(judged) if judged else "",
        not_met=tuple(line for line in judged if line.verdict == "not_met"),
        findings=told(tuple(e for e in case.timeline if e.kind in FINDINGS)),
        to_sign=_to_sign(case, actor) if wanted.act is Act.SIGN else (),
        objections=case.standard.remedies.objections if wanted.act is Act.REJECT and case.standard.remedies else (),
        changed=labels_of(case),
    )


def _tally(judged: tuple[DossierLine, ...]) -> str:
    met, not_met = (sum(line.verdict == v for line in judged) for v in ("met", "not_met"))
    words = _("Dari {all} syarat: {met} memenuhi, {not_met} belum memenuhi, {open} belum dinilai.")
    return words.format(all=len(judged), met=met, not_met=not_met, open=len(judged) - met - not_met)


def _to_sign(case: CaseView, actor: Actor) -> tuple[AnswerLine, ...]:
    place = {line.name: in_language(line.text) for section in case.sections if section.name == "place" for line in section.lines}
    facts = (
        (_("Nomor sertifikat"), case.certificate_number),
        (_("Produk"), case.standard.product),
        (_("Pemegang"), case.business_name),
        (_("NIB"), case.nib),
        (_("KBLI"), f"{case.standard.kbli} ({case.standard.kbli_version})"),
        (_("Lokasi"), ", ".join(filter(None, (place.get("site_address"), place.get("village"), place.get("district"))))),
        (_("Penanda tangan"), actor.name),
    )
    return tuple(AnswerLine(name="", label=label, text=text) for label, text in facts)
