"""What signing up asks beside an e-mail and a password: how to address the person (51.10)."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """Stands before the account package's own questions; the header and the letters call the person by this name."""

    name = forms.CharField(
        label=_("Nama Anda"),
        help_text=_("Dipakai untuk menyapa Anda di sini dan di surat kami."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tulis nama Anda.")},
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, _request: HttpRequest, user: Any) -> None:
        """Called by the account package once the account is made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
