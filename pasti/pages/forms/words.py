"""A form of words alone: a reason, a result, a report. What is missing is refused by the rules, in their own words (STYLE 12)."""

from typing import Any

from django import forms

from pasti.pages.forms.fields import asked


class WordsForm(forms.Form):
    """One field under a label of the page's own."""

    words = asked(forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3})))
    use_required_attribute = False

    def __init__(self, *args: Any, label: object, help: object = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label, self.fields["words"].help_text = str(label), str(help)
