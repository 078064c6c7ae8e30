"""/meja/perbaikan/: one register of improvements, overdue first; /meja/kalender/: everything that recurs (51.14.1, 51.14.3)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import improvements
from pasti.actions.files import MOST_BYTES
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.evaluation import TOLD_CLAUSE
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.forms.evaluation import DoneForm
from pasti.pages.office.evaluation import CHANGED, staff
from pasti.pages.public.files import as_download
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.queries import improvements as register
from pasti.queries.recurring import Item, calendar


@require_safe
@staff
def entries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The register: the open ones, or with `selesai` the finished; with `saya` the reader's own."""
    done, mine = request.GET.get("selesai") == "1", request.GET.get("saya") == "1"
    lines = register.register(actor, at=moment(), mine=mine, done=done)
    return show(
        request,
        "office/improvements.html",
        title=_("Perbaikan"),
        lines=[(line, _address(line.page, line.id)) for line in lines],
        done=done,
        mine=mine,
    )


def _address(page: str, id: UUID | None) -> str:
    """Where it is followed up; "" where there is no such page."""
    try:
        return reverse(page, kwargs={"id": id} if id else None) if page else ""
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def improvement(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One improvement of the evaluation; POST says that it was carried out."""
    found = register.improvement(actor, id, at=moment())
    if found is None:
        raise NotAllowed(TOLD_CLAUSE, "Perbaikan ini tidak ada, atau bukan untuk Anda.")
    form, status = DoneForm(initial={"seen": found.seen}), 200
    if request.method == "POST":
        form = DoneForm(request.POST, request.FILES)
        status = attempt(form, lambda: _finish(actor, id, form))
        if status == 200:
            messages.success(request, _("Perbaikan dicatat selesai."))
            return redirect("improvement", id=id)
        found = register.improvement(actor, id, at=moment()) or found
        if status == CHANGED:
            form.data = {**form.data.dict(), "seen": str(found.seen)}  # type: ignore[attr-defined]  # of a request
    return show(
        request,
        "office/improvement.html",
        title=_("Perbaikan"),
        status=status,
        found=found,
        form=form if found.may_finish else None,
    )


def _finish(actor: Actor, id: UUID, form: DoneForm) -> None:
    given = form.cleaned_data
    file = (given["file"].name, given["file"].read(MOST_BYTES + 1))
    improvements.finish(actor, id, given["result"], file=file, seen=given["seen"], at=moment())


@require_safe
@staff
def evidence(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The file that shows it."""
    name, mime, data = improvements.evidence(actor, id)
    return as_download(data, name=name, mime=mime)


@require_safe
@staff
def recurring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that recurs, what is overdue first."""
    found, today = calendar(actor, at=moment()), jakarta_day(moment())
    groups = [
        (_("Terlambat"), "late", [_line(item, actor) for item in found.overdue]),
        (_("Tiga bulan ke depan"), "active", [_line(item, actor) for item in found.coming]),
        (_("Menunggu, tanpa batas waktu"), "warn", [_line(item, actor) for item in found.undated]),
    ]
    return show(request, "office/recurring.html", title=_("Kalender berkala"), groups=groups, today=today)


def _line(item: Item, actor: Actor) -> tuple[Item, str]:
    return item, _address(item.page, item.id) if actor.roles & item.opens else ""
