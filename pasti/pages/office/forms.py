"""The forms of the acts: the version the officer saw, and what each act needs to know beside it (51.2)."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.validity import hearings_open_to
from pasti.domain.workflow import Act, State


class ActForm(forms.Form):
    """An act that needs nothing more than the version on which it was decided."""

    refused_at: ClassVar[str | None] = None  # the field at which a refusal of the act is shown; above the form when None
    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _("Muat ulang halaman ini.")})

    def for_state(self, state: State) -> None:
        """Offer only what the case's state allows; most forms are the same in all."""


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

    refused_at = "passphrase"
    passphrase = forms.CharField(
        label=_("Passphrase tanda tangan elektronik"),
        help_text=_("Hanya dipakai untuk tanda tangan ini. Tidak disimpan dan tidak dicatat."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Ketik passphrase tanda tangan elektronik Anda.")},
    )


class RejectForm(ReasonForm):
    """Why it is rejected, as the letter says, and the passphrase that signs the letter."""

    passphrase = SignForm.declared_fields["passphrase"]
    field_order = ("seen", "reason", "passphrase")


INTENDED = {
    Act.SUSPEND: _("Membekukan: untuk sementara tidak berlaku"),
    Act.REINSTATE: _("Memberlakukan lagi"),
    Act.REVOKE: _("Mencabut: tidak berlaku untuk seterusnya"),
}


class HearForm(ReasonForm):
    """What is intended, and on which grounds."""

    intends = forms.TypedChoiceField(
        label=_("Yang hendak dilakukan"),
        widget=forms.RadioSelect,
        coerce=Act,
        choices=[*INTENDED.items()],
        error_messages={"required": _("Pilih yang hendak dilakukan.")},
    )
    field_order = ("seen", "intends", "reason")

    def for_state(self, state: State) -> None:
        """Only what may become of a certificate in that state."""
        field, allowed = self.fields["intends"], hearings_open_to(state)
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(act, INTENDED[act]) for act in allowed]


class JudgeForm(forms.Form):
    """The verdict on one requirement; each form of the page has its own ids."""

    reason = forms.CharField(
        label=_("Alasan (wajib bila belum memenuhi)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "judge__reason"}),
    )
