"""/meja/: the work queue, what is due first on top (51.3)."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.pages.access import moment
from pasti.pages.office.door import officer
from pasti.pages.office.words import standing
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import desk as queue
from pasti.queries.desk import DeskPage, DeskRow
from pasti.queries.heartbeat import alarms
from pasti.queries.samples import oversees

SCOPES = {"saya": "mine", "unit": "unit", "semua": "all"}
# Who answers for every case rather than for a step of some.
LOOKS_AT_ALL = frozenset({Role.COUNTER_OFFICER, Role.SUPERIOR, Role.INSPECTOR})
WITH_APPLICANT = frozenset({State.RETURNED, State.NOT_MET, State.CLARIFICATION})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row as the table shows it."""

    row: DeskRow
    left: str
    left_kind: str
    holder: str
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class View:
    """One of the three views above the table."""

    url: str
    title: str
    count: int
    is_open: bool


def _first_scope(actor: Actor) -> str:
    return "semua" if actor.roles <= LOOKS_AT_ALL else "saya"


@officer
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The actor's work; `lingkup` says which view, `cari` what to find, `setelah` where the page starts."""
    asked = request.GET.get("lingkup", "")
    scope = asked if asked in SCOPES else _first_scope(actor)
    search, after = request.GET.get("cari", "").strip(), request.GET.get("setelah", "")
    page = queue.desk(actor, at=moment(), scope=SCOPES[scope], search=search, after=after)
    return show(
        request,
        "office/desk.html",
        title=_("Meja kerja"),
        alarms=alarms(actor, at=moment()),
        oversees=oversees(actor),
        scope=scope,
        search=search,
        views=_views(page, scope),
        lines=tuple(_line(row, scope) for row in page.rows),
        first_url=_address(lingkup=scope, cari=search) if after else "",
        next_url=_address(lingkup=scope, cari=search, setelah=page.next_key) if page.next_key else "",
        everywhere_url=_address(lingkup="semua", cari=search) if search and scope != "semua" else "",
    )


def _address(**query: str) -> str:
    return f"{reverse('desk')}?{urlencode({name: value for name, value in query.items() if value})}"


def _views(page: DeskPage, scope: str) -> tuple[View, ...]:
    titles = {
        "saya": (_("Pekerjaan saya"), page.mine),
        "unit": (_("Unit saya"), page.unit),
        "semua": (_("Semua berkas"), page.all),
    }
    return tuple(
        View(url=_address(lingkup=name), title=title, count=count, is_open=name == scope)
        for name, (title, count) in titles.items()
    )


def _line(row: DeskRow, scope: str) -> Line:
    left, kind = standing(row.bar, row.state)
    holder = _holder(row, scope)
    return Line(row=row, left=left, left_kind=kind, holder=holder, since=row.held_since if holder else None)


def _holder(row: DeskRow, scope: str) -> str:
    if row.is_mine:
        return _("saya")
    if row.holder:
        return row.holder
    if row.state in WITH_APPLICANT:
        return _("pemohon")
    if not row.waiting_for:
        return ""  # it waits for nobody
    return _("belum diambil, {role}").format(role=in_language(row.waiting_for)) if scope == "semua" else _("belum diambil")
