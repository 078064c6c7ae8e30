"""/meja/audit/: the cases that nobody decided in time, examined after the fact; each ends with a finding (51.10.2)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import oversight
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.office.door import officer
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.queries import oversight as audits

CLAUSE = "51.10.2"


class FindingForm(forms.Form):
    """What the examination found. Whether it suffices, the rules say."""

    finding = forms.CharField(
        label=gettext_lazy("Temuan"),
        help_text=gettext_lazy("Mengapa lewat waktu, apakah syaratnya ternyata terpenuhi, dan apa yang perlu dilakukan."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Tulis temuannya, termasuk bila tidak ada.")},
    )
    use_required_attribute = False


@require_safe
@officer
def post_audits(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open audits, the oldest first; `semua` shows the closed ones too."""
    every = "semua" in request.GET
    rows = audits.post_audits(actor, open_only=not every)
    return show(request, "office/post_audits.html", title=_("Audit sesudah terbit"), rows=rows, every=every, clause=CLAUSE)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def post_audit(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One audit; who may close it writes the finding here."""
    if request.method != "POST":
        return _page(request, actor, id, FindingForm())
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, id, form, 422)
    try:
        oversight.close_post_audit(actor, id, form.cleaned_data["finding"], at=moment())
    except RuleBroken as refusal:
        put_into(form, refusal, at=None if isinstance(refusal, NotAllowed) else "finding")
        return _page(request, actor, id, form, 403 if isinstance(refusal, NotAllowed) else 422)
    except Overtaken:
        form.add_error(None, _("Orang lain lebih dulu menutup audit ini. Baca temuannya di bawah."))
        return _page(request, actor, id, form, 409)
    messages.success(request, _("Audit ditutup dengan temuan Anda."))
    return redirect("post_audits")


def _page(request: HttpRequest, actor: Actor, id: UUID, form: FindingForm, status: int = 200) -> HttpResponse:
    audit = audits.post_audit(actor, id)
    if audit is None:
        raise NotAllowed(CLAUSE, "Audit ini tidak ada, atau bukan untuk Anda.")
    return show(
        request,
        "office/post_audit.html",
        title=_("Audit sesudah terbit {number}").format(number=audit.number),
        status=status,
        audit=audit,
        form=form,
        clause=CLAUSE,
    )
