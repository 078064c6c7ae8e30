"""/meja/kasus/<id>/kelas/: changing the procedure class, with the reason the applicant reads (51.2)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pasti.actions import procedures
from pasti.domain.errors import NotAllowed
from pasti.domain.procedures import continues_at
from pasti.domain.roles import Actor
from pasti.domain.workflow import STATE_TITLES, State
from pasti.pages.access import moment
from pasti.pages.office.door import officer, open_case
from pasti.pages.office.forms import ReasonForm
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries.licensing import CaseView


class ClassForm(ReasonForm):
    """The class to change to, and why."""

    procedure = forms.ChoiceField(
        label=gettext_lazy("Kelas baru"), widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Pilih kelasnya.")}
    )
    field_order = ("seen", "procedure", "reason")

    def for_case(self, case: CaseView) -> "ClassForm":
        """The form with the classes open to this case, each saying where the case then goes on."""
        self.fields["reason"].required = True
        self.fields["reason"].label = _("Alasan perubahan")
        self.fields["reason"].help_text = _("Pemohon membaca alasan ini.")
        field = self.fields["procedure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(p.code, f"{p.code}: {in_language(p.title)}. {_onward(case, p.code)}") for p in case.other_classes]
        return self


def _onward(case: CaseView, code: str) -> str:
    state = continues_at(case.procedure, case.standard.procedure(code), State(case.case.state))
    if state is case.case.state:
        return _("Berkas tetap pada “{state}”.").format(state=in_language(STATE_TITLES[state]))
    return _("Berkas berpindah ke “{state}”.").format(state=in_language(STATE_TITLES[state]))


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def change_class(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """GET shows what can be chosen and what follows; POST changes the class."""
    case = open_case(actor, id)
    if not case.other_classes:
        raise NotAllowed(
            case.standard.cite("2"),
            "Kelas prosedur hanya diubah oleh kepala bidang (validator), selama berkas dikerjakan dan belum ada tim peninjauan.",
        )
    if request.method != "POST":
        return _page(request, case, ClassForm(initial={"seen": case.seen}).for_case(case), 200)
    form = ClassForm(request.POST).for_case(case)
    status = attempt(form, lambda: procedures.change_class(actor, id, at=moment(), **form.cleaned_data))
    if status == 409:  # who decides again decides on the fresh case
        case = open_case(actor, id)
        form.data = {**request.POST.dict(), "seen": case.seen}
    if status != 200:
        return _page(request, case, form, status)
    words = _("{number}: kelas prosedur menjadi {code}.")
    messages.success(request, words.format(number=case.number, code=form.cleaned_data["procedure"]))
    return redirect("case", id=id)


def _page(request: HttpRequest, case: CaseView, form: ClassForm, status: int) -> HttpResponse:
    own = _("Sekarang kelas {code}: {title}.").format(code=case.procedure.code, title=in_language(case.procedure.title))
    return show(
        request,
        "office/form.html",
        title=_("Ubah kelas prosedur"),
        status=status,
        caption=f"{case.number} · {case.business_name}",
        clause=case.standard.cite("2"),
        follows=(own, _("Janji kepada pemohon tidak berubah."), _("Pemohon diberi tahu lewat surel, dengan alasan Anda.")),
        form=form,
        submit=_("Ubah kelas"),
        back="case",
        id=case.id,
    )
