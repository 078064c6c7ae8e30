"""Answering the survey, and what it came to, for anybody (51.14.2)."""

import csv
import io
import re
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pasti import standards
from pasti.actions import survey, survey_report
from pasti.domain.errors import RuleBroken
from pasti.domain.survey import Quarter
from pasti.domain.survey_run import Channel
from pasti.pages.access import moment
from pasti.pages.forms.fields import typed
from pasti.pages.forms.survey import REMARK, QuestionnaireForm
from pasti.pages.public import survey_series
from pasti.pages.public.files import as_download
from pasti.pages.refusals import not_known, put_into
from pasti.pages.screen import show
from pasti.pages.survey_charts import bars, trend
from pasti.queries import survey as surveys
from pasti.queries.survey import RunLine, RunView

PUBLIC = "base_public.html"
PERIOD = re.compile(r"(\d{4})-([1-4])")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire of one invitation: nine questions, no name, once."""
    return answered(request, token) or redirect("survey_thanks")


def answered(request: HttpRequest, token: str, *, channel: Channel = Channel.LINK, base: str = PUBLIC) -> HttpResponse | None:
    """The questions, or why there is nothing to answer; None once the answer is kept. Not found for a code of nobody's."""
    instrument = standards.load().survey()
    if request.method != "POST":
        return _questionnaire(request, token, QuestionnaireForm(instrument), base=base)
    form = QuestionnaireForm(instrument, request.POST)
    raw = {name: typed(request.POST, name) for name in (*instrument.codes, REMARK)}
    try:
        survey.answer(token, raw, channel=channel, at=moment())
    except RuleBroken as refusal:
        put_into(form, refusal)
        return _questionnaire(request, token, form, base=base, status=422)
    return None


def _questionnaire(request: HttpRequest, token: str, form: QuestionnaireForm, *, base: str, status: int = 200) -> HttpResponse:
    view = surveys.invitation(token)
    if view is None:
        return _no_such_invitation(request, base)
    title = _("Bagaimana pelayanan kami?")
    return show(request, "public/survey.html", title=title, status=status, view=view, form=form, base=base)


def _no_such_invitation(request: HttpRequest, base: str) -> HttpResponse:
    text = _("Alamat survei ini tidak utuh, atau bukan dari kami. Pindai lagi kode QR pada tanda terima, atau tanyakan ke loket.")
    front = reverse("home" if base == PUBLIC else "kiosk")
    return not_known(request, _("Undangan survei tidak dikenal"), text, base=base, came_from=front)


def invitation_to(request: HttpRequest, id: UUID, *, kind: str = "application") -> dict[str, str]:
    """The address of the survey of an application or a complaint, and its QR, for the receipt and the page it is followed on."""
    address = request.build_absolute_uri(reverse("survey_answer", args=[surveys.token_for(kind, id)]))
    code = segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return {"kind": kind, "address": address, "qr": mark_safe(code)}  # noqa: S308  # made here, of an address of ours


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, and where the results will stand."""
    return show(request, "public/survey_thanks.html", title=_("Terima kasih"))


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The latest published quarter, and every earlier one."""
    lines = surveys.published()
    view = surveys.published_run(lines[0].entry, lines[0].quarter, at=moment()) if lines else None
    return _results(request, view, lines)


@require_safe
def result(request: HttpRequest, entry: str, period: str) -> HttpResponse:
    """One published quarter of one service."""
    return _results(request, _published(entry, period), surveys.published())


def _results(request: HttpRequest, view: RunView | None, lines: tuple[RunLine, ...]) -> HttpResponse:
    instrument = standards.load().survey()
    return show(
        request,
        "public/survey_results.html",
        title=_("Hasil survei kepuasan"),
        view=view,
        lines=lines,
        bars=bars(view.lines) if view else None,
        trend=trend(view.trend, instrument.bands) if view else None,
        instrument=instrument,
    )


def _published(entry: str, period: str) -> RunView:
    view = surveys.published_run(entry, quarter_of(period), at=moment())
    if view is None:
        raise Http404
    return view


def quarter_of(period: str) -> Quarter:
    """The quarter in an address, "2026-3"; not found for anything else."""
    found = PERIOD.fullmatch(period)
    if found is None:
        raise Http404
    return Quarter(int(found[1]), int(found[2]))


@require_safe
def report(_request: HttpRequest, entry: str, period: str) -> HttpResponse:
    """The printed report of a published quarter."""
    found = survey_report.published_report(entry, quarter_of(period))
    if found is None:
        raise Http404
    name, data = found
    return as_download(data, name=name, mime="application/pdf")


def _asked(request: HttpRequest) -> tuple[RunLine, ...]:
    return surveys.published(request.GET.get("layanan", ""))


@require_safe
def results_json(request: HttpRequest) -> HttpResponse:
    """Every published quarter as JSON, with what each figure means; of one service when it is asked for."""
    quarters = [survey_series.plain(line) for line in _asked(request)]
    return JsonResponse({"source": "PermenPANRB 14/2017", "definitions": survey_series.definitions(), "quarters": quarters})


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    rows = [survey_series.plain(line) for line in _asked(request)]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0] if rows else ("entry", "quarter"))
    writer.writeheader()
    writer.writerows(rows)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hasil-survei.csv"'
    return answer
