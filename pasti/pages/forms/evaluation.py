"""The forms of the yearly evaluation and of the improvements that follow (51.14.1, 51.14.3)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.evaluation import VERDICT_TITLES
from pasti.domain.improvements import Asked
from pasti.pages.forms.day import DayField
from pasti.pages.words import in_language

PUBLIC = _("Tampil di halaman umum sesudah evaluasi ditutup. Jangan menulis nama orang.")


class SeenForm(forms.Form):
    """A form on the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _("Muat ulang halaman ini.")})
    use_required_attribute = False


class BeginForm(forms.Form):
    """Which standard and which year."""

    entry = forms.ChoiceField(label=_("Standar pelayanan"), error_messages={"required": _("Pilih standarnya.")})
    year = forms.TypedChoiceField(label=_("Tahun yang dievaluasi"), coerce=int, error_messages={"required": _("Pilih tahunnya.")})
    use_required_attribute = False

    def __init__(self, data: Any = None, *, entries: Sequence[tuple[str, object]], this: int, **more: Any) -> None:
        super().__init__(data, auto_id="mulai-%s", **more)
        self.fields["entry"].choices = [(entry, in_language(title)) for entry, title in entries]  # type: ignore[attr-defined]  # a choice field has them
        self.fields["year"].choices = [(str(year), str(year)) for year in (this, this - 1)]  # type: ignore[attr-defined]  # the same


class FindingForm(SeenForm):
    """What was found of one part; the rules check it."""

    verdict = forms.ChoiceField(
        label=_("Penilaian"), widget=forms.RadioSelect, error_messages={"required": _("Pilih sesuai atau perlu perbaikan.")}
    )
    words = forms.CharField(
        label=_("Temuan"),
        help_text=PUBLIC,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis apa yang ditemukan.")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        titles = [(verdict.value, in_language(title)) for verdict, title in VERDICT_TITLES.items()]
        self.fields["verdict"].choices = titles  # type: ignore[attr-defined]  # a choice field has them


class CloseForm(SeenForm):
    """The year in a few sentences."""

    summary = forms.CharField(
        label=_("Simpulan"),
        help_text=PUBLIC,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tulis simpulannya.")},
    )


class PlanForm(forms.Form):
    """What is done about a finding, by whom, until when; the rules check it."""

    what = forms.CharField(
        label=_("Yang akan dikerjakan"),
        help_text=PUBLIC,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis apa yang akan dikerjakan.")},
    )
    owner = forms.ChoiceField(label=_("Penanggung jawab"), error_messages={"required": _("Pilih penanggung jawabnya.")})
    due_on = DayField(
        label=_("Selesai paling lambat"),
        help_text=_("Misalnya 31 3 2027."),
        error_messages={"required": _("Tulis tanggal selesainya."), "invalid": _("Tulis tanggal yang ada, misalnya 31 3 2027.")},
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, owners: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["owner"].choices = [("", str(_("Pilih satu"))), *owners]  # type: ignore[attr-defined]  # a choice field has them

    def asked(self) -> Asked:
        """What the rules judge."""
        values = self.cleaned_data
        return Asked(what=values["what"], owner=UUID(values["owner"]), due_on=values["due_on"])


class DoneForm(SeenForm):
    """What shows that an improvement was carried out."""

    result = forms.CharField(
        label=_("Yang sudah berubah"),
        help_text=PUBLIC,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis apa yang sudah berubah.")},
    )
    file = forms.FileField(
        label=_("Berkas bukti"),
        help_text=_("Foto (JPEG, PNG) atau PDF, paling besar 5 MB. Hanya petugas yang dapat membukanya."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        error_messages={"required": _("Sertakan berkas buktinya: foto atau PDF."), "empty": _("Berkas ini kosong.")},
    )
