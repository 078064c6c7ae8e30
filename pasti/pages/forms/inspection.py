"""The forms of an inspection: who goes, when, and what was noted in the field, typed or sent by a device (51.2, 51.13.2)."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pasti.domain.calendar import JAKARTA
from pasti.domain.errors import RuleBroken
from pasti.domain.fieldwork import Item, ItemKind, Signed
from pasti.pages.forms.day import DayField


class TeamForm(forms.Form):
    """Who goes; the first chosen lead must be one of them, which the rules see to."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    team = forms.MultipleChoiceField(
        label=_("Anggota tim"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Pilih anggota timnya.")}
    )
    lead = forms.ChoiceField(label=_("Ketua tim"), error_messages={"required": _("Pilih ketua timnya.")})
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(data, **more)
        choices = [(str(id), name) for id, name in people]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]  # a choice field has them
        self.fields["lead"].choices = [("", _("Pilih satu")), *choices]  # type: ignore[attr-defined]


class TimeForm(forms.Form):
    """A day and an hour at which the applicant receives the team."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    day = DayField(label=_("Hari peninjauan"), help_text=_("Misalnya 7 1 2027."), error_messages={"required": _("Isi harinya.")})
    time = forms.TimeField(
        label=_("Jam (WIB)"),
        help_text=_("Misalnya 09.00."),
        input_formats=["%H.%M", "%H:%M"],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": _("Isi jamnya."), "invalid": _("Tulis jam seperti 09.00.")},
    )
    use_required_attribute = False

    def moment(self) -> datetime:
        """The chosen moment, in the office's own time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], JAKARTA)


class OfferForm(TimeForm):
    """What the office offers; an unusual time with the reason."""

    reason = forms.CharField(
        label=_("Mengapa di luar hari atau jam kerja, atau sesudah tanggal janji"),
        help_text=_("Hanya bila waktunya demikian. Pemohon membaca tulisan ini."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ProposalForm(TimeForm):
    """Another time, with the reason."""

    reason = forms.CharField(label=_("Mengapa waktu lain"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One item as it came in, with the bytes of its picture."""

    item: Item
    data: bytes


def unreadable(cite: str) -> RuleBroken:
    """What is said of something that is no item."""
    return RuleBroken(cite, "Catatan ini tidak dapat dibaca. Catat ulang pada halaman peninjauan.")


def from_form(post: QueryDict, picture: bytes, *, by: UUID, at: datetime, cite: str) -> Noted:
    """One item from a plain form, sent without script."""
    values: dict[str, Any] = {name: str(post.get(name, "")) for name in post}
    values |= {"id": values.get("item", ""), "by": str(by), "made_at": at.isoformat(), "device": "peramban"}
    values |= {"checked": post.getlist("checked"), "officer_confirms": "officer_confirms" in post}
    return Noted(item=_item(values, cite), data=picture)


def from_device(values: object, *, cite: str) -> Noted:
    """One item that a device sends. RuleBroken when it is no item."""
    if not isinstance(values, dict):
        raise unreadable(cite)
    try:
        data = base64.b64decode(str(values.get("picture") or ""), validate=True)
    except (binascii.Error, ValueError):
        raise unreadable(cite) from None
    return Noted(item=_item(values, cite), data=data)


def _item(values: Mapping[str, Any], cite: str) -> Item:
    try:
        kind, made_at = ItemKind(str(values["kind"])), datetime.fromisoformat(str(values["made_at"]))
        if made_at.tzinfo is None:
            raise ValueError("a moment says its zone")
        return Item(
            id=UUID(str(values["id"])),
            kind=kind,
            made_at=made_at,
            device=str(values.get("device", ""))[:40],
            by=UUID(str(values["by"])),
            clause=str(values.get("clause", ""))[:20],
            verdict=str(values.get("verdict", ""))[:8],
            reason=str(values.get("reason", ""))[:4000],
            checked=frozenset(str(c) for c in values.get("checked") or ()),
            position=_position(values),
            signed=_signed(values) if kind is ItemKind.MINUTES else None,
        )
    except (KeyError, TypeError, ValueError):
        raise unreadable(cite) from None


def _position(values: Mapping[str, Any]) -> tuple[float, float, float] | None:
    found = values.get("position")
    if not found:
        return None
    latitude, longitude, accuracy = (float(part) for part in found)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy < 1e6):
        raise ValueError("no place on earth")
    return latitude, longitude, accuracy


def _signed(values: Mapping[str, Any]) -> Signed:
    shown = values.get("shown") or {}
    shown = json.loads(shown) if isinstance(shown, str) else shown
    return Signed(
        representative=str(values.get("representative", ""))[:200],
        position=str(values.get("position_title", ""))[:200],
        how=str(values.get("how", ""))[:10],
        remarks=str(values.get("remarks", ""))[:4000],
        typed=str(values.get("typed", ""))[:200],
        officer_confirms=values.get("officer_confirms") is True,
        shown={str(clause): str(verdict) for clause, verdict in dict(shown).items()},
    )
