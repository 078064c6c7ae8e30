"""The forms from the category to the follow-up: findings, reports, referrals, the answer (51.6.7, 51.6.8, 51.12.5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from pasti.domain.complaints import FINDING_TITLES, Finding
from pasti.domain.standard import Standard
from pasti.pages.forms.day import DayField
from pasti.pages.office.complaint_forms import Choices, StepForm, area, line, owners_at, radios
from pasti.pages.office.forms import SignForm
from pasti.pages.words import in_language
from pasti.queries.complaints import ComplaintView

BREACHES_AT_ONCE = 3


def _clauses(standard: Standard) -> Choices:
    """Every clause, grouped by component."""
    groups = [
        (in_language(part.title), [(c.id, f"{c.id} {in_language(c.text)[:120]}") for c in part.clauses])
        for part in standard.components
    ]
    return [("", say("Pilih klausul")), *groups]


class CategoryForm(StepForm):
    """One of the three categories, and on what the third is approved."""

    refused_at = "reason"
    category = radios(_("Kategori"), required=_("Pilih kategori 1, 2, atau 3."), coerce=int)
    reason = area(_("Alasan memilih kategori ini"))
    rule = line(
        _("Dasar aturan untuk melibatkan APIP"), help=_("Hanya untuk kategori 3, bila aturan mewajibkannya."), optional=True
    )
    agency = line(
        _("Surat kepala perangkat daerah"), help=_("Hanya untuk kategori 3: nomor dan tanggal suratnya."), optional=True
    )

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        categories = view.standard.handling.categories
        self.offer("category", [(str(c.number), f"{c.number}. {in_language(c.title)}") for c in categories])


class SettleForm(StepForm):
    """What was found, the written report, and each clause that was broken with its day."""

    refused_at = "report"
    finding = radios(_("Hasil"), required=_("Pilih hasilnya."), coerce=Finding)
    report = area(_("Laporan tertulis kepada atasan"), help=_("Apa yang diperiksa, apa yang terbukti, dan apa yang dilakukan."))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("finding", [(f.value, in_language(t)) for f, t in FINDING_TITLES.items() if f is not Finding.NOTED])
        clauses = _clauses(view.standard)
        for n in range(BREACHES_AT_ONCE):
            mark = f" ({n + 1})"
            field = forms.ChoiceField(label=say("Klausul yang dilanggar") + mark, required=False, choices=clauses)
            self.fields |= {
                f"clause{n}": field,
                f"day{n}": DayField(label=say("Hari pelanggarannya") + mark, required=False),
            }
        self.initial.setdefault("clause0", view.clause)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        broken = tuple(
            (data[f"clause{n}"], data[f"day{n}"]) for n in range(BREACHES_AT_ONCE) if data[f"clause{n}"] and data[f"day{n}"]
        )
        return {"seen": data["seen"], "finding": data["finding"], "report": data["report"], "breaches": broken}

    def clean(self) -> None:
        if self.cleaned_data.get("finding") is Finding.UNSUBSTANTIATED:
            return  # the clause that we filled in was not broken; with its day the rules refuse it
        for n in range(BREACHES_AT_ONCE):
            clause, day = self.cleaned_data.get(f"clause{n}"), self.cleaned_data.get(f"day{n}")
            if bool(clause) != bool(day) and f"day{n}" not in self.errors:
                self.add_error(f"day{n}" if clause else f"clause{n}", say("Isi klausul dan harinya, atau kosongkan keduanya."))


class ReferForm(StepForm):
    """A question to another agency."""

    agency = line(_("Perangkat daerah atau instansi"))
    email = line(_("Alamat surelnya"))
    question = area(_("Yang dimintakan"), help=_("Jangan sebut nama pelapor: instansi lain tidak perlu mengetahuinya."))


class ReferralAnswerForm(StepForm):
    """An agency's answer on paper."""

    refused_at = "text"
    referral_id = radios(_("Rujukan"), required=_("Pilih rujukan yang dijawab."), coerce=UUID)
    answered_by = line(_("Nama dan jabatan yang menjawab"))
    text = area(_("Jawabannya"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("referral_id", [(str(r.id), f"{r.agency}: {r.question}") for r in view.referrals if r.answered_at is None])


class AnswerForm(StepForm):
    """The words of the letter, and the passphrase that signs it."""

    refused_at = "passphrase"
    text = area(
        _("Isi surat jawaban"),
        help=_(
            "Dengan bahasa yang mudah dipahami: apa yang kami periksa, apa hasilnya, apa yang kami lakukan. Tanpa nama pelapor."
        ),
        rows=10,
    )
    passphrase = SignForm.declared_fields["passphrase"]

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.initial.setdefault("text", draft_answer(view))


def draft_answer(view: ComplaintView) -> str:
    """The letter to begin with, in Indonesian like every letter: matter, what was found, on which clause."""
    found = str(FINDING_TITLES[view.finding]).lower() if view.finding else ""
    first = f"{view.kind_title} Anda tentang “{view.object or 'pelayanan kami'}” sudah kami periksa."
    if view.finding is Finding.NOTED:
        return f"{first} Terima kasih. Yang kami lakukan: {view.finding_words}"
    broken = ", ".join(sorted({breach.clause for breach in view.breaches}))
    second = f"Hasilnya: {found}." + (f" Standar pelayanan yang tidak kami jalankan: klausul {broken}." if broken else "")
    return f"{first}\n\n{second}\n\n{view.finding_words}"


class HelpedForm(StepForm):
    """What the reporter says of the answer, as an officer heard it."""

    helped = radios(_("Apakah jawabannya membantu?"), required=_("Pilih ya atau tidak."))
    words = area(_("Kata pelapor"), rows=3, optional=True)

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("helped", [("yes", say("Ya")), ("no", say("Tidak"))])

    def values(self) -> dict[str, Any]:
        return {"helped": self.cleaned_data["helped"] == "yes", "words": self.cleaned_data["words"]}


class FollowUpForm(StepForm):
    """What a proven complaint leads to."""

    refused_at = "what"
    kind = radios(_("Tindak lanjut"), required=_("Pilih tindak lanjutnya."))
    what = area(_("Apa yang harus dilakukan"))
    owner = forms.TypedChoiceField(label=_("Penanggung jawab"), coerce=UUID, error_messages={"required": _("Pilih petugas.")})
    due_on = DayField(label=_("Paling lambat"), error_messages={"required": _("Tulis batas waktunya.")})

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        kinds = [("improvement", say("Perbaikan pelayanan")), ("sanction", say("Sanksi"))]
        has_case = [("correction", say("Koreksi berkas"))] if view.application_number else []
        self.offer("kind", kinds + has_case)
        self.offer("owner", owners_at(at))


class FinishForm(StepForm):
    """What came of a follow-up."""

    refused_at = "result"
    follow_up_id = radios(_("Tindak lanjut"), required=_("Pilih tindak lanjutnya."), coerce=UUID)
    result = area(_("Hasilnya"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("follow_up_id", [(str(f.id), f.what) for f in view.follow_ups if f.done_at is None])
