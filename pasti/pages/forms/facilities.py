"""The forms of the register of facilities (51.8)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.facilities import CONDITION_TITLES, Check
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import asked
from pasti.pages.words import in_language

WORDS = forms.Textarea(attrs={"rows": 2})


class EnterForm(forms.Form):
    """A new thing; whether it may be entered, the rules say."""

    clause = forms.ChoiceField(label=_("Butir standar"))
    name = asked(forms.CharField(label=_("Nama atau nomor"), required=False, help_text=_("Misalnya APAR lantai 1 dekat loket.")))
    place = asked(forms.CharField(label=_("Tempat"), required=False, help_text=_("Gedung, lantai, ruang.")))
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, clauses: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["clause"].choices = list(clauses)  # type: ignore[attr-defined]  # a choice field has them


class CheckForm(forms.Form):
    """What was seen today, or on the day that is given."""

    condition = asked(forms.ChoiceField(label=_("Keadaan"), required=False, widget=forms.RadioSelect))
    seen_on = asked(DayField(label=_("Dilihat pada"), required=False))
    expires_on = DayField(
        label=_("Berlaku sampai"), required=False, help_text=_("Isi bila ada masanya: isi APAR, pajak kendaraan, kalibrasi.")
    )
    note = asked(
        forms.CharField(
            label=_("Catatan"),
            required=False,
            widget=WORDS,
            help_text=_("Perlu bila keadaannya tidak baik, atau bila tidak ada foto."),
        )
    )
    photo = asked(
        forms.FileField(
            label=_("Foto"),
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
            help_text=_("JPG atau PNG, paling besar 5 MB. Perlu bila tidak ada catatan."),
        )
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(c.value, in_language(title)) for c, title in CONDITION_TITLES.items()]
        self.fields["condition"].choices = choices  # type: ignore[attr-defined]  # a choice field has them

    def seen(self) -> Check:
        """What the rules judge."""
        values = self.cleaned_data
        return Check(
            condition=values["condition"],
            note=values["note"],
            seen_on=values["seen_on"],
            expires_on=values["expires_on"],
            has_photo=values["photo"] is not None,
        )


class HandOverForm(forms.Form):
    """Who keeps it, and where it stands."""

    custodian = forms.ChoiceField(label=_("Pengelola"))
    place = asked(forms.CharField(label=_("Tempat"), required=False))
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["custodian"].choices = [(str(id), name) for id, name in people]  # type: ignore[attr-defined]
