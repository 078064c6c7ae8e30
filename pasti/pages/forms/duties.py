"""The forms of duties after issue: what a holder reports, and the head's request for a response (51.1.A.5, 51.5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.standard import Duty
from pasti.domain.workflow import ACT_TITLES, Act
from pasti.pages.forms.day import DayField
from pasti.pages.words import in_language


class ReportForm(forms.Form):
    """Number, date and file of one duty, worded by the edition; or why nothing is owed. The rules say what is lacking."""

    number = forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    dated_on = DayField(required=False, help_text=_("Misalnya 7 1 2027."))
    file = forms.FileField(
        label=_("Bukti"), required=False, allow_empty_file=True, help_text=_("PDF, JPG, atau PNG, paling besar 5 MB.")
    )
    none_reason = forms.CharField(
        label=_("Atau: usaha saya tidak membutuhkannya, karena"),
        help_text=_("Isi hanya bila tidak ada yang perlu dilaporkan."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    use_required_attribute = False

    def __init__(self, *data: Any, rule: Duty, **more: Any) -> None:
        super().__init__(*data, **more)
        self.fields["number"].label = in_language(rule.number_label)
        self.fields["dated_on"].label = in_language(rule.dated_label)
        if rule.evidence == "optional":
            self.fields["file"].label = _("Bukti (boleh tidak diunggah)")
        if not rule.may_be_none:
            del self.fields["none_reason"]
        self._needed = ("number", "dated_on", *(("file",) if rule.evidence == "required" else ()))
        self._mark(needed=True)

    def _mark(self, *, needed: bool) -> None:
        for name in self._needed:
            self.fields[name].required = needed

    def full_clean(self) -> None:
        """What is needed is so marked; whether it may be left out is the rules' to say, all at once."""
        self._mark(needed=False)
        super().full_clean()
        self._mark(needed=True)


class HearForm(forms.Form):
    """What the head intends, and the ground the holder reads."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    intends = forms.ChoiceField(
        label=_("Yang hendak dilakukan"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih yang hendak dilakukan.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Pemegang membaca tulisan ini dan boleh menanggapinya."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis alasannya.")},
    )
    use_required_attribute = False

    def __init__(self, *data: Any, suspended: bool, **more: Any) -> None:
        super().__init__(*data, **more)
        acts = (Act.REVOKE,) if suspended else (Act.SUSPEND, Act.REVOKE)
        self.fields["intends"].choices = [(act.value, in_language(ACT_TITLES[act])) for act in acts]  # type: ignore[attr-defined]  # a choice field has them
