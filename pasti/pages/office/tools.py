"""The officer's tools: handing out many cases, saved filters, notes on a case, a case as one archive (51.10.1)."""

from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pasti.actions import assignment
from pasti.actions import desk as tools
from pasti.actions import export as archives
from pasti.actions.assignment import Assigned
from pasti.domain.errors import Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.pages.access import moment, posted_from
from pasti.pages.office.case import case_page
from pasti.pages.office.door import officer, open_case
from pasti.pages.refusals import sentence
from pasti.pages.screen import show

KEPT = frozenset({"lingkup", "cari", "tahap", "kecamatan", "waktu"})


@posted_from("desk")
@officer
def hand_out(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Hand the marked cases to an officer; what could not be handed over is listed with its reason."""
    ids = [id for text in request.POST.getlist("case") if (id := _uuid(text))]
    to = _uuid(request.POST.get("officer", ""))
    try:
        done = assignment.assign(actor, ids, to or UUID(int=0), at=moment())
    except RuleBroken as refusal:
        messages.error(request, sentence(refusal))
        return redirect("desk")
    refused = tuple(one for one in done if one.refusal is not None)
    if len(done) > len(refused):
        messages.success(request, _("{count} berkas dibagikan.").format(count=len(done) - len(refused)))
    if not refused:
        return redirect("desk")
    rows = tuple((one.number, _words(one), reverse("case", args=[one.id])) for one in refused)
    return show(request, "office/assigned.html", title=_("Belum dibagikan"), status=422, rows=rows)


def _words(one: Assigned) -> str:
    return sentence(one.refusal) if isinstance(one.refusal, RuleBroken) else _say(one.refusal)


def _say(refusal: Overtaken | None) -> str:
    return _("Berkas ini baru saja diubah orang lain.") if refusal else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@posted_from("desk")
@officer
def save_filter(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the view of the queue under a name."""
    query = urlencode([(name, value) for name, value in parse_qsl(request.POST.get("query", "")) if name in KEPT])
    try:
        tools.save_filter(actor, request.POST.get("name", ""), query, at=moment())
    except RuleBroken as refusal:
        messages.error(request, sentence(refusal))
    return redirect(f"{reverse('desk')}?{query}")


@posted_from("desk")
@officer
def remove_filter(_request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Forget a saved filter."""
    tools.remove_filter(actor, id, at=moment())
    return redirect("desk")


@posted_from("case", "id")
@officer
def note(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Note something on a case for colleagues."""
    text = request.POST.get("text", "")
    try:
        tools.add_note(actor, id, text, at=moment())
    except RuleBroken as refusal:
        return case_page(request, open_case(actor, id), status=422, note=(sentence(refusal), text))
    return redirect(f"{reverse('case', args=[id])}#catatan")


@posted_from("case", "id")
@officer
def export(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponseBase:
    """The case as one archive; a POST, for the look is recorded."""
    open_case(actor, id)
    name, archive = archives.export(actor, id, at=moment())
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
