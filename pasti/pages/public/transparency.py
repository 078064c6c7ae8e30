"""/angka/: how the promise was kept by month and service, and the register of licences, for people and programs (51.3, 51.5)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateStatus
from pasti.pages.access import moment
from pasti.pages.public import survey_series
from pasti.pages.public.files import as_download
from pasti.pages.screen import show
from pasti.pages.survey_charts import trend
from pasti.queries import compliance, transparency
from pasti.queries import survey as surveys
from pasti.queries.transparency import MonthFigures

QUARTERS = 8
COLUMN, GAP, HEIGHT, TOP, BOTTOM = 26, 4, 130, 16, 16
# Each figure: its name in the data, its title, its definition. A chart for each, the table behind all of them.
FIGURES = (
    (
        "on_time_percent",
        gettext_lazy("Tepat waktu (%)"),
        gettext_lazy(
            "Dari yang selesai bulan itu, bagian yang selesai paling lambat pada tanggal janjinya; dibulatkan ke bawah."
        ),
    ),
    (
        "median_days",
        gettext_lazy("Nilai tengah (hari kerja)"),
        gettext_lazy("Hari kerja yang terpakai, tanpa hari saat waktu dihentikan: separuh lebih cepat, separuh lebih lama."),
    ),
    ("decided", gettext_lazy("Selesai"), gettext_lazy("Permohonan yang hitungan waktunya berakhir bulan itu.")),
    ("submitted", gettext_lazy("Diajukan"), gettext_lazy("Pengajuan yang masuk, termasuk yang diajukan lagi.")),
    ("issued", gettext_lazy("Sertifikat terbit"), gettext_lazy("Sertifikat yang ditandatangani bulan itu.")),
    ("rejected", gettext_lazy("Ditolak"), gettext_lazy("Permohonan yang ditolak sesudah masa pemenuhan.")),
    ("pauses", gettext_lazy("Waktu dihentikan"), gettext_lazy("Berapa kali hitungan waktu dihentikan menunggu pemohon.")),
    ("deemed_approved", gettext_lazy("Dianggap disetujui"), gettext_lazy("Permohonan yang waktunya habis tanpa keputusan.")),
    (
        "complaints",
        gettext_lazy("Pengaduan dan saran"),
        gettext_lazy(
            "Pengaduan dan saran yang diterima bulan itu lewat saluran mana pun; yang disisihkan petugas tidak dihitung. "
            "Jumlah yang sangat kecil tidak ditampilkan agar pelapor tidak dikenali, juga satu bulan lain "
            "bila darinya dapat dihitung."
        ),
    ),
    (
        "answered_late",
        gettext_lazy("Pengaduan dijawab terlambat"),
        gettext_lazy("Jawaban pertama sesudah batas waktunya. Jumlah yang sangat kecil tidak ditampilkan."),
    ),
)
STATUSES = {
    CertificateStatus.ISSUED: gettext_lazy("berlaku"),
    CertificateStatus.SUSPENDED: gettext_lazy("dibekukan"),
    CertificateStatus.REVOKED: gettext_lazy("dicabut"),
    CertificateStatus.REPLACED: gettext_lazy("digantikan"),
}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One month of a chart."""

    month: str
    whole_month: str
    value: str
    x: int
    middle: int
    y: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One figure by month; the table behind it says the same. Of nothing but zeros: a flat line, and `note` says so in words."""

    title: str
    definition: str
    bars: tuple[Bar, ...]
    is_known: bool
    has_any: bool
    note: str
    ground: int = HEIGHT - BOTTOM
    top: int  # where the picture begins: a flat line needs no height
    seen_height: int
    width: int = 12 * (COLUMN + GAP)
    bar: int = COLUMN
    label_y: int = HEIGHT - 4


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The last twelve months of one service as charts, the table behind them, definitions, the survey."""
    entry, months = _asked(request)
    library, today = standards.load(), jakarta_day(moment())
    figures = [(str(title), str(definition)) for _name, title, definition in FIGURES]
    published = surveys.published(entry)[:QUARTERS]
    charts = [_chart(months, name, str(title), str(definition)) for name, title, definition in FIGURES]
    return show(
        request,
        "public/transparency.html",
        title=_("Angka pelayanan"),
        entry=entry,
        services=[library.in_force(one, today) for one in compliance.entries_on(today)],
        charts=charts if any(chart.has_any for chart in charts) else (),
        figures=figures,
        head=(_("Bulan"), *(title for title, _definition in figures)),
        rows=[(_month(line), *(_said(getattr(line, name)) for name, _t, _d in FIGURES)) for line in months],
        numeric=range(1, len(FIGURES) + 1),
        surveys=published,
        trend=trend(published[::-1], library.survey().bands, fewest=1),
        survey_figures=[(title, definition) for _name, title, definition in survey_series.FIGURES],
        survey_head=(_("Triwulan"), *survey_series.head()),
        survey_rows=survey_series.rows(published),
        survey_numeric=(1, 3, 4, 5),
    )


def _asked(request: HttpRequest) -> tuple[str, tuple[MonthFigures, ...]]:
    at = moment()
    entries = compliance.entries_on(jakarta_day(at))
    entry = request.GET.get("layanan", "") or next(iter(entries), "")
    if entry not in entries:
        raise Http404(entry)
    return entry, transparency.months(entry, at=at)


def _month(line: MonthFigures) -> str:
    return date_format(line.month, "M Y")


def _said(value: float | None) -> str:
    return "–" if value is None else number_format(value, 0 if value == int(value) else 1)


def _chart(months: Sequence[MonthFigures], name: str, title: str, definition: str) -> Chart:
    values = [getattr(line, name) for line in months]
    most = max((value for value in values if value), default=0)
    bars = []
    for number, (line, value) in enumerate(zip(months, values, strict=True)):
        height = round((HEIGHT - TOP - BOTTOM) * value / most) if value else 0
        x = number * (COLUMN + GAP)
        bars.append(
            Bar(
                month=date_format(line.month, "M"),
                whole_month=_month(line),
                value=_said(value),
                x=x,
                middle=x + COLUMN // 2,
                y=HEIGHT - BOTTOM - height,
                height=height,
            )
        )
    known = [value for value in values if value is not None]
    top = 0 if most else HEIGHT - BOTTOM - TOP
    return Chart(
        title=title,
        definition=definition,
        bars=tuple(bars),
        is_known=bool(known),
        has_any=most > 0,
        note=_note(known, len(values)),
        top=top,
        seen_height=HEIGHT - top,
    )


def _note(known: Sequence[float], months: int) -> str:
    """What a reader must not have to guess from a chart without a bar."""
    if not known:
        return _(
            "Dalam dua belas bulan ini tidak ada yang dapat ditampilkan: belum ada yang diukur, atau jumlahnya terlalu kecil."
        )
    if any(known):
        return ""
    return _("Nol pada setiap bulan.") if len(known) == months else _("Nol pada setiap bulan yang ditampilkan.")


def _plain(line: MonthFigures) -> dict[str, Any]:
    """One month for programs; the median of an even count may end in a half, so every median is written with its decimal."""
    median = None if line.median_days is None else float(line.median_days)
    return {**asdict(line), "month": f"{line.month:%Y-%m}", "median_days": median}


@require_safe
def as_json(request: HttpRequest) -> JsonResponse:
    """The same for programs, with what each figure means."""
    entry, months = _asked(request)
    definitions = {name: f"{title}: {definition}" for name, title, definition in FIGURES}
    quarters = [survey_series.plain(line) for line in surveys.published(entry)]
    survey = {"definitions": survey_series.definitions(), "quarters": quarters}
    return JsonResponse(
        {"entry": entry, "definitions": definitions, "months": [_plain(line) for line in months], "survey": survey}
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV; an empty cell is not measured, or too small to publish."""
    entry, months = _asked(request)
    return _csv([{"entry": entry, **_plain(line)} for line in months], f"angka-{entry}.csv")


def _csv(rows: list[dict[str, Any]], name: str) -> HttpResponse:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0] if rows else ("number",))
    writer.writeheader()
    writer.writerows(rows)
    answer = as_download(out.getvalue().encode(), name=name, mime="text/csv")
    answer["Content-Type"] = "text/csv; charset=utf-8"
    return answer


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The licences that were issued, fifty a page, the newest first."""
    asked = request.GET.get("sebelum", "")
    found = transparency.register(before=asked, at=moment())
    here = reverse("licences")
    return show(
        request,
        "public/licences.html",
        title=_("Daftar izin yang terbit"),
        licences=[(one, STATUSES[one.status], one.status == CertificateStatus.ISSUED) for one in found.licences],
        before=quote(asked),
        first_url=here if asked else "",
        next_url=f"{here}?sebelum={quote(found.before)}" if found.before else "",
    )


def _licences(request: HttpRequest) -> tuple[list[dict[str, Any]], str]:
    found = transparency.register(before=request.GET.get("sebelum", ""), at=moment())
    rows = [
        {
            **asdict(one),
            "status": one.status.value,
            "verify": request.build_absolute_uri(reverse("certificate", args=[one.token])),
        }
        for one in found.licences
    ]
    return rows, found.before


@require_safe
def register_json(request: HttpRequest) -> JsonResponse:
    """One page of the register, and the address of the next."""
    rows, before = _licences(request)
    address = request.build_absolute_uri(f"{reverse('licences_json')}?sebelum={quote(before)}") if before else None
    return JsonResponse({"licences": rows, "next": address})


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """One page of the register as CSV: what begins like a formula is written as text."""
    rows, _before = _licences(request)
    return _csv([{name: _as_text(value) for name, value in row.items()} for row in rows], "daftar-izin.csv")


def _as_text(value: object) -> str:
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
