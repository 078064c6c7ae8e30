"""The forms of the survey: nine questions and one's own words, a plan, what shows that it was done, paper (51.14.2)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.standard import Text
from pasti.domain.survey import Instrument
from pasti.pages.forms.day import DayField
from pasti.pages.words import in_language, said

REMARK = "remark"


class QuestionnaireForm(forms.Form):
    """The nine questions, each with its four answers; the rules check them (domain.survey_run.check_answers)."""

    use_required_attribute = False

    def __init__(self, instrument: Instrument, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="isian-%s")
        for number, element in enumerate(instrument.elements, start=1):
            choices = [(str(value), said(answer)) for value, answer in enumerate(element.answers, start=1)]
            label = f"{number}. {in_language(element.question)}"
            self.fields[element.code] = forms.Field(label=label, required=False, widget=forms.RadioSelect(choices=choices))
        self.fields[REMARK] = forms.CharField(
            label=_("Saran Anda"),
            help_text=_("Jangan menulis nama, nomor, atau hal lain yang menunjukkan siapa Anda."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The nine, without one's own words."""
        return [field for field in self if field.name != REMARK]


class PlanForm(forms.Form):
    """What is done about an element, by whom, until when; the rules check it again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    element = forms.ChoiceField(label=_("Unsur"), error_messages={"required": _("Pilih unsur yang ditindaklanjuti.")})
    action = forms.CharField(
        label=_("Yang akan dikerjakan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis apa yang akan dikerjakan.")},
    )
    owner = forms.ChoiceField(label=_("Penanggung jawab"), error_messages={"required": _("Pilih penanggung jawabnya.")})
    due_on = DayField(
        label=_("Selesai paling lambat"),
        help_text=_("Misalnya 31 3 2027."),
        error_messages={
            "required": _("Tulis tanggal selesainya."),
            "invalid": _("Tulis tanggal yang ada, misalnya 31 3 2027."),
        },
    )
    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        elements: Sequence[tuple[str, Text]],
        owners: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(data, auto_id="rencana-%s", **more)
        first = [("", _("Pilih satu"))]
        self.fields["element"].choices = [*first, *((code, in_language(title)) for code, title in elements)]  # type: ignore[attr-defined]  # a choice field has them
        self.fields["owner"].choices = [*first, *owners]  # type: ignore[attr-defined]  # the same


class DoneForm(forms.Form):
    """What shows that a plan was carried out."""

    evidence = forms.CharField(label=_("Buktinya"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    use_required_attribute = False


class PaperForm(forms.Form):
    """A file of questionnaires that were filled in on paper."""

    file = forms.FileField(
        label=_("Berkas kuesioner kertas"),
        help_text=_(
            "xlsx atau CSV dengan judul kolom u1 sampai u9, boleh ditambah saran dan lembar (nomor pada kertas). "
            "Satu baris satu kuesioner. Berkas atau lembar yang sudah pernah dimasukkan dikenali dan ditolak."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        error_messages={"required": _("Pilih berkasnya."), "empty": _("Berkas ini kosong.")},
    )
    use_required_attribute = False


class SeatForm(forms.Form):
    """The number of a finished application, typed at the counter for who stands there."""

    number = forms.CharField(
        label=_("Nomor permohonan orang pertama"),
        help_text=_("Permohonan yang sudah selesai, misalnya PB-2026-0042. Kosongkan bila tiap orang mengetik sendiri."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    use_required_attribute = False
