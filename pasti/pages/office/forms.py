"""The forms of the acts: the version the officer saw, and what each act needs to know beside it (51.2)."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ActForm(forms.Form):
    """An act that needs nothing more than the version on which it was decided."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _("Muat ulang halaman ini.")})


class ReasonForm(ActForm):
    """An act that needs words. Whether they suffice, the rules say."""

    reason = forms.CharField(
        label=_("Catatan"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis alasannya, paling sedikit 10 huruf.")},
    )


class RecommendForm(ReasonForm):
    """The technical team's recommendation."""

    verdict = forms.ChoiceField(
        label=_("Rekomendasi"),
        widget=forms.RadioSelect,
        choices=[("meets", _("Memenuhi standar")), ("not_meets", _("Belum memenuhi standar"))],
        error_messages={"required": _("Pilih isi rekomendasi.")},
    )
    field_order = ("seen", "verdict", "reason")


class SignForm(ActForm):
    """The signer's passphrase: never shown again, never kept."""

    passphrase = forms.CharField(
        label=_("Passphrase tanda tangan elektronik"),
        help_text=_("Hanya dipakai untuk tanda tangan ini. Tidak disimpan dan tidak dicatat."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Ketik passphrase tanda tangan elektronik Anda.")},
    )


class JudgeForm(forms.Form):
    """The verdict on one requirement; each form of the page has its own ids."""

    reason = forms.CharField(
        label=_("Alasan (wajib bila belum memenuhi)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "judge__reason"}),
    )
