"""/meja/kasus/<id>/kbli/: what an old KBLI code has become for this case; the officer chooses, and says why (51.1)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pasti.actions import reclassification
from pasti.domain.errors import Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.office.door import officer, open_case
from pasti.pages.office.forms import ReasonForm
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries.licensing import CaseView, KbliView


class KbliForm(ReasonForm):
    """Which code it is now. Nothing is chosen beforehand."""

    code = forms.ChoiceField(
        label=gettext_lazy("Hasil produksi utama, menurut KBLI yang baru"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih salah satu dari daftar.")},
    )
    field_order = ("seen", "code", "reason")

    def __init__(self, *args: object, kbli: KbliView, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # passed on as given
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = [(c.code, f"{in_language(c.when)} (KBLI {c.code})") for c in kbli.mapping.choices]
        self.fields["reason"].label = _("Alasan")
        self.fields["reason"].help_text = _("Sebut barang yang dibuat dan buktinya pada berkas. Pemohon membaca tulisan ini.")


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def kbli(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The choice, and keeping it; a refusal keeps what was typed."""
    case = open_case(actor, id)
    if case.kbli is None:
        raise Http404
    if request.method != "POST":
        return _page(request, case, KbliForm(kbli=case.kbli, initial={"seen": case.seen}))
    form = KbliForm(request.POST, kbli=case.kbli)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    values = form.cleaned_data
    try:
        reclassification.choose(actor, id, values["code"], reason=values["reason"], seen=values["seen"], at=moment())
    except RuleBroken as refusal:
        put_into(form, refusal, at="reason")
        return _page(request, case, form, status=422)
    except Overtaken:
        return _page(request, case, _on_the_fresh_version(request, case, case.kbli), status=409)
    messages.success(request, _("Pilihan KBLI disimpan pada berkas."))
    return redirect("case", id=id)


def _on_the_fresh_version(request: HttpRequest, case: CaseView, view: KbliView) -> KbliForm:
    typed = request.POST.copy()
    typed["seen"] = str(case.seen)
    form = KbliForm(typed, kbli=view)
    form.add_error(None, _("Berkas ini berubah sejak Anda membukanya. Lihat keadaannya sekarang, lalu putuskan lagi."))
    return form


def _page(request: HttpRequest, case: CaseView, form: KbliForm, *, status: int = 200) -> HttpResponse:
    title, clause = _("KBLI menurut klasifikasi baru"), case.standard.cite("1")
    return show(request, "office/kbli.html", title=title, status=status, case=case, form=form, clause=clause)
