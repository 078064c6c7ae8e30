"""/meja/pengaduan/: the complaints that wait, what is due first on top (51.6.4)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pasti.actions.complaints import MAY_RECEIVE
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.office.door import complaints_officer
from pasti.pages.screen import show
from pasti.pages.words import in_language, working_days
from pasti.queries import complaints as queue
from pasti.queries.complaints import MOST_COUNTED, ComplaintLine, ComplaintPage
from pasti.queries.messages import READERS

SCOPES = {
    "saya": "mine",
    "unit": "unit",
    "lewat": "overdue",
    "semua": "all",
    "selesai": "closed",
    "disisihkan": "set_aside",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row as the table shows it."""

    row: ComplaintLine
    left: str
    left_kind: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class View:
    """One of the views above the table."""

    url: str
    title: str
    is_open: bool


@require_safe
@complaints_officer
def complaints_desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The complaints the actor may see; `lingkup` says which view, `cari` what to find, `setelah` where the page starts."""
    scope = request.GET.get("lingkup", "")
    scope = scope if scope in SCOPES else "saya"
    search, after = request.GET.get("cari", "").strip(), request.GET.get("setelah", "")
    page = queue.desk(actor, at=moment(), scope=SCOPES[scope], search=search, after=after)
    return show(
        request,
        "office/complaints.html",
        title=_("Meja pengaduan"),
        scope=scope,
        search=search,
        views=_views(page, scope),
        lines=tuple(_line(row) for row in page.rows),
        first_url=_address(lingkup=scope) if after else "",
        next_url=_address(lingkup=scope, setelah=page.next_key) if page.next_key and not search else "",
        may_receive=bool(actor.roles & MAY_RECEIVE),
        may_read_messages=bool(actor.roles & READERS),
    )


def _address(**query: str) -> str:
    return f"{reverse('complaints_desk')}?{urlencode({name: value for name, value in query.items() if value})}"


def _views(page: ComplaintPage, scope: str) -> tuple[View, ...]:
    titles = {
        "saya": _counted(_("Pekerjaan saya"), page.mine),
        "unit": _counted(_("Unit saya"), page.unit),
        "lewat": _counted(_("Lewat waktu"), page.overdue),
        "semua": _("Semua pengaduan"),
        "selesai": _("Selesai"),
        "disisihkan": _("Disisihkan"),
    }
    return tuple(View(url=_address(lingkup=name), title=title, is_open=name == scope) for name, title in titles.items())


def _counted(title: str, count: int) -> str:
    more = "+" if count == MOST_COUNTED else ""
    return f"{title} ({number_format(count, force_grouping=True)}{more})"


def days_said(left: int | None, *, is_overdue: bool) -> tuple[str, str]:
    """How much time is left, in words, with the kind of its status; nothing to say when no term runs (51.6.4)."""
    if left is None:
        return "", ""
    if is_overdue:
        return ngettext("Lewat {count} hari kerja", "Lewat {count} hari kerja", -left).format(count=-left), "late"
    if left == 0:
        return _("Hari terakhir"), "warn"
    return working_days(left), "warn" if left <= 3 else "active"


def _line(row: ComplaintLine) -> Line:
    left, kind = days_said(row.days_left, is_overdue=row.is_overdue)
    return Line(row=row, left=left or in_language(row.stage_title), left_kind=kind, holder=_holder(row))


def _holder(row: ComplaintLine) -> str:
    if row.is_mine:
        return _("saya")
    if row.holder:
        return row.holder
    return _("belum diambil, {role}").format(role=in_language(row.waiting_for)) if row.waiting_for else ""
