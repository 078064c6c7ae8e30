"""/gaya/: every part of the look in every state, in light and dark, with what each part takes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from pasti.pages.forms.day import DayField
from pasti.pages.screen import show


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One day of a specimen promise bar."""

    day: date
    kind: str
    reason: str = ""
    decree: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A specimen promise bar, with the names the parts read."""

    cells: tuple[Cell, ...]
    due_on: date | None
    used: int
    remaining: int
    state: str
    sentence: str


class SpecimenForm(forms.Form):
    """One field of every kind."""

    business = forms.CharField(label="Nama usaha", help_text="Seperti tertulis di NIB.")
    nib = forms.CharField(label="NIB", widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "numeric"}))
    workers = forms.IntegerField(label="Jumlah tenaga kerja", min_value=1, required=False)
    activity = forms.CharField(label="Uraian kegiatan", widget=forms.Textarea(attrs={"rows": 3}))
    expires_on = DayField(label="Sertifikat kalibrasi berlaku sampai", help_text="Misalnya 7 1 2027.")
    district = forms.ChoiceField(label="Kecamatan", choices=[("", "Pilih satu"), ("1", "Babakancikao"), ("2", "Jatiluhur")])
    place = forms.ChoiceField(
        label="Di mana tempat usahanya?",
        widget=forms.RadioSelect,
        choices=[("inside", "Di dalam kawasan industri"), ("outside", "Di luar kawasan industri")],
    )
    needs = forms.MultipleChoiceField(
        label="Yang dibutuhkan",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("sign", "Juru bahasa isyarat"), ("chair", "Jalan kursi roda")],
    )
    evidence = forms.FileField(label="Bukti kalibrasi", help_text="PDF, JPEG atau PNG, paling besar 10 MB.")
    statement = forms.BooleanField(label="Data ini benar dan dapat saya pertanggungjawabkan")


def styleguide(request: HttpRequest) -> HttpResponse:
    """The styleguide page."""
    return show(
        request,
        "styleguide.html",
        title="Gaya",
        form=SpecimenForm(),
        bad=SpecimenForm(_wrong(), auto_id="bad_%s", prefix="bad"),
        bars=_bars(),
        tokens=(
            "ink",
            "quiet",
            "paper",
            "soft",
            "line",
            "edge",
            "brand",
            "accent",
            "good",
            "warn",
            "late",
            "stopped",
            "skipped",
            "focus",
        ),
        **_specimens(),
    )


def styleguide_desk(request: HttpRequest) -> HttpResponse:
    """The same for the desk: the rows of a work queue and one case on one screen."""
    return show(request, "styleguide_desk.html", title="Gaya meja kerja", bars=_bars(), more_rows=range(3), **_specimens())


def _wrong() -> dict[str, str]:
    """Input that every field of the specimen refuses; what was typed stays."""
    return {"bad-workers": "0", "bad-expires_on_day": "31", "bad-expires_on_month": "2", "bad-expires_on_year": "2027"}


def _bars() -> tuple[tuple[str, Bar], ...]:
    decree = "SKB 3 Menteri 2026"
    christmas = (
        Cell(day=date(2026, 12, 23), kind="start", reason="Berkas lengkap pukul 10.12"),
        Cell(day=date(2026, 12, 24), kind="joint_leave", reason="Cuti bersama Natal", decree=decree),
        Cell(day=date(2026, 12, 25), kind="holiday", reason="Hari Raya Natal", decree=decree),
        Cell(day=date(2026, 12, 26), kind="weekend"),
        Cell(day=date(2026, 12, 27), kind="weekend"),
        Cell(day=date(2026, 12, 28), kind="counted", reason="Pemeriksaan teknis"),
        Cell(day=date(2026, 12, 29), kind="stopped", reason="Menunggu penjelasan pemohon tentang alat ukur"),
        Cell(day=date(2026, 12, 30), kind="today"),
        Cell(day=date(2026, 12, 31), kind="to_come"),
        Cell(day=date(2027, 1, 1), kind="holiday", reason="Tahun Baru Masehi", decree="SKB 3 Menteri 2027"),
        Cell(day=date(2027, 1, 2), kind="weekend"),
        Cell(day=date(2027, 1, 3), kind="weekend"),
        *(Cell(day=date(2027, 1, day), kind="to_come") for day in (4, 5, 6)),
        Cell(day=date(2027, 1, 7), kind="due"),
    )
    running = "Sudah dipakai 1 dari 7 hari kerja; sisa 6 hari kerja. Satu hari berhenti menunggu Anda."
    kept = tuple(
        Cell(day=date(2026, 11, day), kind=kind) for day, kind in ((2, "start"), (3, "counted"), (4, "counted"), (5, "counted"))
    )
    return (
        (
            "Berjalan, melewati libur dan henti",
            Bar(cells=christmas, due_on=date(2027, 1, 7), used=1, remaining=6, state="running", sentence=running),
        ),
        (
            "Selesai lebih cepat",
            Bar(
                cells=kept,
                due_on=date(2026, 11, 11),
                used=3,
                remaining=4,
                state="closed",
                sentence="Terbit setelah 3 hari kerja, 4 hari kerja lebih cepat.",
            ),
        ),
        (
            "Belum dimulai",
            Bar(
                cells=(),
                due_on=None,
                used=0,
                remaining=7,
                state="waiting",
                sentence="Waktu mulai dihitung setelah berkas lengkap dan benar.",
            ),
        ),
    )


TASKS = (
    {"title": "Usaha Anda", "url": "#tugas", "status": "Selesai", "status_kind": "good", "hint": ""},
    {
        "title": "Persyaratan",
        "url": "#tugas",
        "status": "3 dari 13",
        "status_kind": "active",
        "hint": "Satu halaman tiap syarat",
    },
    {
        "title": "Periksa dan kirim",
        "url": "",
        "status": "Terkunci",
        "status_kind": "locked",
        "hint": "Terbuka bila semua terisi",
    },
)


def _specimens() -> dict[str, Any]:
    at = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
    return {
        "statuses": (
            ("Selesai", "good"),
            ("Hampir habis", "warn"),
            ("Lewat waktu", "late"),
            ("Dihentikan", "stopped"),
            ("Dikerjakan", "active"),
            ("Terkunci", "locked"),
            ("Belum", ""),
        ),
        "tasks": TASKS,
        "rows": (
            {"label": "Nama usaha", "value": "PT Lensa Jaya", "url": "#ringkasan"},
            {"label": "Alamat", "lines": ("Jl. Veteran 12", "Kecamatan Purwakarta"), "url": "#ringkasan"},
            {"label": "Kalibrasi", "value": "Berlaku sampai 7 Jan 2027", "clause": "51.1.B.8"},
        ),
        "figures": (
            {"value": "98 %", "label": "tepat waktu", "note": "dari 412"},
            {"value": "4", "label": "hari kerja", "note": "nilai tengah"},
            {"value": "89,2", "label": "survei (A)", "note": ""},
            {"value": "3", "label": "pengaduan terbuka", "note": ""},
        ),
        "facts": (
            {
                "what": "Waktu dihentikan",
                "at": at,
                "who": "Tim teknis",
                "clause": "51.3",
                "reason": "Sertifikat kalibrasi nomor 2 tidak terbaca.",
            },
            {"what": "Berkas lengkap, waktu mulai", "at": at, "who": "Pemeriksa berkas", "clause": "51.1.B", "reason": ""},
        ),
        "files": (
            {"name": "kalibrasi-mikrometer.pdf", "url": "#berkas", "size": 482_133, "at": at, "by": "Pemohon"},
            {"name": "kalibrasi-lama.pdf", "url": "#berkas", "size": 91_022, "at": at, "by": "Pemohon", "replaced": True},
        ),
        "head": ("Kelas", "Langkah", "Menit kerja"),
        "table": (("Kelas 3", "6", "1.260"), ("Kelas 7", "9", "2.940")),
        "numeric": (1, 2),
        "follows": ("Waktu pemohon berhenti mulai hari ini.", "Pemohon diberi tahu lewat surel, dengan alasan Anda."),
        "reasons": ReasonForm(),
        "crumbs": (("/", "Depan"), ("#", "Standar pelayanan")),
    }


class ReasonForm(forms.Form):
    """The reason an act asks for."""

    reason = forms.CharField(label="Alasan, terbaca oleh pemohon", widget=forms.Textarea(attrs={"rows": 2}))
