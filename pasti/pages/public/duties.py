"""What the holder of a certificate owes: the list on their own page, and reporting one duty (51.1.A.3, 51.1.A.5)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import duties, looks
from pasti.actions.files import MOST_BYTES
from pasti.domain.duties import Report
from pasti.domain.errors import Overtaken, RuleBroken
from pasti.pages.access import actor_of, moment
from pasti.pages.forms.duties import ReportForm
from pasti.pages.public.files import as_download
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import duties as owed
from pasti.queries.duties import DutyLine, OwnDuties


def _own(request: HttpRequest, id: UUID) -> OwnDuties:
    view = owed.own(actor_of(request), id, at=moment())
    if view is None:
        raise Http404
    return view


@login_required
@require_safe
def mine(request: HttpRequest, id: UUID) -> HttpResponse:
    """All duties of one certificate: what is due when, and what was reported."""
    return show(request, "public/duties.html", title=_("Kewajiban sesudah terbit"), view=_own(request, id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, id: UUID, duty: int) -> HttpResponse:
    """Report one duty: number, date, file; or why nothing is owed."""
    view = _own(request, id)
    line = next((line for line in view.lines if line.id == duty), None)
    if line is None:
        raise Http404
    if request.method != "POST":
        return _page(request, view, line, ReportForm(rule=line.rule))
    form = ReportForm(request.POST, request.FILES, rule=line.rule)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        sent = (upload.name, upload.read(MOST_BYTES + 1)) if upload else None
        try:
            duties.report(actor_of(request), id, duty, _given(form, has_file=bool(sent)), sent, at=moment())
        except RuleBroken as refusal:
            put_into(form, refusal)
        except Overtaken:
            form.add_error(None, _("Berkas ini baru saja berubah, jadi laporan Anda belum tersimpan. Kirim sekali lagi."))
        else:
            title = in_language(line.rule.title)
            messages.success(request, _("Laporan Anda sudah diterima: {title}.").format(title=title))
            return redirect("duties", id=id)
    return _page(request, view, line, form, status=422)


def _given(form: ReportForm, *, has_file: bool) -> Report:
    values = form.cleaned_data
    return Report(
        number=values["number"], dated_on=values["dated_on"], has_file=has_file, none_reason=values.get("none_reason", "")
    )


def _page(request: HttpRequest, view: OwnDuties, line: DutyLine, form: ReportForm, *, status: int = 200) -> HttpResponse:
    title = in_language(line.rule.title)
    return show(request, "public/duty.html", title=title, status=status, view=view, line=line, form=form)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def file(request: HttpRequest, duty: int) -> HttpResponse:
    """The file a duty was reported with, for its holder or an officer of the case."""
    found, data = looks.open_report(actor_of(request), duty, at=moment())
    return as_download(data, name=found.file_name, mime=found.mime)
