"""/meja/loket/: opening an application for a person who is at the counter (51.2)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pasti.actions import assistance
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.pages.access import moment
from pasti.pages.office.door import officer
from pasti.pages.public.standard import in_force
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import assistance as helped


class CounterForm(forms.Form):
    """Who is at the counter, and what for."""

    entry = forms.ChoiceField(label=gettext_lazy("Layanan"), widget=forms.RadioSelect)
    email = forms.CharField(
        label=gettext_lazy("Surel pemohon"),
        help_text=gettext_lazy("Akunnya dicari dengan surel ini. Bila belum ada, dibuat tanpa sandi; pemohon menerima surat."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Nama pemohon"),
        help_text=gettext_lazy("Seperti pada identitasnya. Hanya dipakai bila akunnya belum ada."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    use_required_attribute = False

    def offering(self) -> "CounterForm":
        """The form with the standards in force today."""
        field = self.fields["entry"]
        assert isinstance(field, forms.ChoiceField)
        offered = in_force(jakarta_day(moment()))
        field.choices = [(s.entry, in_language(s.short_title)) for s in offered]
        field.initial = offered[0].entry if offered else None
        return self


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def counter(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whom the counter helps now; POST opens a draft for somebody."""
    if request.method != "POST":
        return _page(request, actor, CounterForm().offering(), 200)
    form = CounterForm(request.POST).offering()
    opened = []
    status = attempt(form, lambda: opened.append(assistance.start(actor, at=moment(), **form.cleaned_data)))
    return redirect("draft", id=opened[0].id) if opened else _page(request, actor, form, status)


def _page(request: HttpRequest, actor: Actor, form: CounterForm, status: int) -> HttpResponse:
    return show(
        request,
        "office/counter.html",
        title=_("Bantuan di loket"),
        status=status,
        form=form,
        may_open=actor.has(Role.COUNTER_OFFICER),
        lines=helped.helped(actor, at=moment()),
    )
