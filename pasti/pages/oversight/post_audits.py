"""/pengawasan/audit/: what nobody decided in time, examined after the fact (51.10.2)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions.oversight import close_post_audit
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.pages.access import moment
from pasti.pages.oversight.door import CLAUSE, overseer
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.queries import oversight


class CloseForm(forms.Form):
    """What was found, also when it is nothing."""

    finding = forms.CharField(
        label=gettext_lazy("Temuan audit"),
        help_text=gettext_lazy("Paling sedikit 10 huruf, termasuk bila tidak ada temuan."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Tulis temuannya, termasuk bila tidak ada.")},
    )
    use_required_attribute = False


@require_safe
@overseer
def entries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The post-audits that are open, or with `selesai` all of them."""
    everything = request.GET.get("selesai") == "1"
    rows = oversight.post_audits(actor, open_only=not everything)
    return show(
        request,
        "oversight/post_audits.html",
        title=_("Audit sesudah terbit"),
        rows=rows,
        everything=everything,
        oversees=True,
        inspector=actor.has(Role.INSPECTOR),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@overseer
def close(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Close one post-audit with its finding."""
    found = next((row for row in oversight.post_audits(actor) if row.id == id), None)
    if found is None or not found.may_close:
        raise NotAllowed(CLAUSE, "Audit ini sudah ditutup, tidak ada, atau bukan untuk Anda.")
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_post_audit(actor, id, form.cleaned_data["finding"], at=moment())
        except NotAllowed:
            raise
        except RuleBroken as refusal:
            put_into(form, refusal, at="finding")
        else:
            messages.success(request, _("Audit ditutup dengan temuannya."))
            return redirect("post_audits")
    title = _("Audit sesudah terbit {number}").format(number=found.number)
    return show(request, "oversight/close.html", title=title, status=422 if form.errors else 200, audit=found, form=form)
