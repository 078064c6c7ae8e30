"""A day asked as three small numbers: day, month, year. No calendar widget and no browser's own order to misread."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS = (("day", _("Tanggal"), 2), ("month", _("Bulan"), 2), ("year", _("Tahun"), 4))


class DayInput(forms.Widget):
    """Three inputs `name_day`, `name_month`, `name_year`; what cannot be a day is kept as typed and refused by the field."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def format_value(self, value: object) -> tuple[str, str, str]:
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        year, month, day = [*str(value or "").split("-", 2), "", "", ""][:3]
        return day, month, year

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["invalid"] = "aria-invalid" in widget["attrs"]
        widget["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{widget['attrs'].get('id', name)}_{part}",
                "label": label,
                "width": width,
                "value": typed,
            }
            for (part, label, width), typed in zip(PARTS, widget["value"], strict=True)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> str | None:
        typed = {part: str(data.get(f"{name}_{part}", "")).strip() for part, _label, _width in PARTS}
        return f"{typed['year']}-{typed['month']}-{typed['day']}" if any(typed.values()) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part, _label, _width in PARTS)


class DayField(forms.DateField):
    """A date typed as three numbers; 31-2-2026 is refused in words and stays on the page."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Tulis tanggal yang ada, misalnya 7 1 2026.")})
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)
