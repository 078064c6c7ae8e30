"""The forms of oversight (51.10.1, 51.10.2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.findings import OWNERS
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.sampling import Result
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import asked
from pasti.pages.words import in_language


class SeenForm(forms.Form):
    """Words on the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _("Muat ulang halaman ini.")})
    words = forms.CharField(
        label=_("Keterangan"),
        help_text=_("Paling sedikit 10 huruf. Jangan menulis NIK atau nomor telepon; catatan ini tidak dapat dihapus."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis keterangannya.")},
    )
    use_required_attribute = False


class FindingForm(SeenForm):
    """A finding: what, who follows it up, by when."""

    owner = asked(forms.ChoiceField(label=_("Yang menindaklanjuti"), required=False))
    due_on = asked(DayField(label=_("Batas tindak lanjut"), required=False))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        owners = [(role.value, in_language(ROLE_TITLES[role])) for role in OWNERS]
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Pilih peran")), *owners]


class RaiseForm(FindingForm):
    """A finding of its own, about no version of anything."""

    seen = None  # type: ignore[assignment]  # Django's way to leave an inherited field out

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].required = self.fields["due_on"].required = True
        self.fields["owner"].error_messages["required"] = _("Pilih siapa yang harus menindaklanjuti.")
        self.fields["due_on"].error_messages["required"] = _("Isi batas tindak lanjut: sebuah tanggal sesudah hari ini.")


class ReviewForm(FindingForm):
    """What looking at a sample came to; the last two fields only for a finding."""

    result = forms.ChoiceField(
        label=_("Hasil pemeriksaan"),
        widget=forms.RadioSelect,
        choices=[(Result.IN_ORDER.value, _("Sesuai")), (Result.FINDING.value, _("Ada temuan"))],
        error_messages={"required": _("Pilih hasil pemeriksaan.")},
    )
    field_order = ["seen", "result", "words", "owner", "due_on"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "due_on"):
            self.fields[name].help_text = _("Hanya bila ada temuan.")


class JudgeForm(SeenForm):
    """Whether a result is accepted."""

    accepted = forms.ChoiceField(
        label=_("Penilaian"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Diterima, temuan selesai")), ("no", _("Belum cukup, diminta lagi"))],
        error_messages={"required": _("Pilih penilaian.")},
    )
    field_order = ["seen", "accepted", "words"]
