"""How a page is shown: our form renderer, what every page knows of the office, and the one way to answer with HTML."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pasti import standards


class Renderer(TemplatesSetting):
    """FORM_RENDERER: `{{ form }}` is the error summary and the fields, `field.as_field_group` is parts/field.html."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


def office(_request: HttpRequest) -> dict[str, Any]:
    """Context processor: `office` in every template, for the header and the footer (51.12.4)."""
    return {"office": standards.load().office()}


def show(request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page as HTML. `title` goes to the tab; htmx takes what it needs of the whole page by hx-select."""
    return render(request, template, {"title": title, **context}, status=status)
