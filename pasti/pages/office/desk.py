"""/meja/: the work queue, what is due first on top (51.3)."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pasti import standards
from pasti.domain.assignment import holders, may_assign
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import STATE_TITLES, State
from pasti.pages.access import moment
from pasti.pages.office.door import officer
from pasti.pages.office.words import standing
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import desk as queue
from pasti.queries.attention import attention
from pasti.queries.desk import DeskPage, DeskRow, Narrowed
from pasti.queries.heartbeat import alarms
from pasti.queries.improvements import waiting
from pasti.queries.intake import choices as choices_of_intake
from pasti.queries.office import OfficerLine, filters, officers
from pasti.queries.outages import open_outages
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
    is_pressing: bool  # the last safe moment to pass it on has gone by


@dataclass(frozen=True, kw_only=True)
class View:
    """One of the three views above the table."""

    url: str
    title: str
    is_open: bool


def _first_scope(actor: Actor) -> str:
    return "semua" if actor.roles <= LOOKS_AT_ALL else "saya"


class NarrowForm(forms.Form):
    """What the queue is narrowed to, in the address."""

    tahap = forms.ChoiceField(label=gettext_lazy("Tahap"), required=False)
    kecamatan = forms.ChoiceField(label=gettext_lazy("Kecamatan"), required=False)
    waktu = forms.ChoiceField(
        label=gettext_lazy("Batas waktu"),
        required=False,
        choices=(
            ("", gettext_lazy("Semua")),
            ("late", gettext_lazy("Sudah lewat")),
            ("today", gettext_lazy("Hari ini")),
            ("soon", gettext_lazy("Tiga hari kerja ini")),
        ),
    )
    use_required_attribute = False

    def offering(self) -> "NarrowForm":
        """The form with the states and districts there are."""
        every = ("", _("Semua"))
        states = [(s.value, in_language(STATE_TITLES[s])) for s in State if s is not State.DRAFT]
        for name, choices in (("tahap", states), ("kecamatan", choices_of_intake().districts)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [every, *choices]
        return self

    @property
    def by(self) -> Narrowed:
        """The narrowing, without what is none of the choices."""
        clean = self.cleaned_data if self.is_valid() else {}
        return Narrowed(state=clean.get("tahap", ""), district=clean.get("kecamatan", ""), due=clean.get("waktu", ""))


@officer
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The actor's work; `lingkup` says which view, `cari` what to find, `setelah` where the page starts, NarrowForm the rest."""
    asked = request.GET.get("lingkup", "")
    scope = asked if asked in SCOPES else _first_scope(actor)
    search, after = request.GET.get("cari", "").strip(), request.GET.get("setelah", "")
    form = NarrowForm(request.GET).offering()
    by = form.by
    kept = {"tahap": by.state, "kecamatan": by.district, "waktu": by.due, "cari": search}
    at = moment()
    page = queue.desk(actor, at=at, scope=SCOPES[scope], search=search, after=after, by=by)
    here = _address(lingkup=scope, **kept)
    return show(
        request,
        "office/desk.html",
        title=_("Meja kerja"),
        outages=open_outages(),
        alarms=alarms(actor, at=at),
        oversees=oversees(actor),
        scope=scope,
        search=search,
        narrow=form,
        narrowed=any((by.state, by.district, by.due)),
        query=here.partition("?")[2],
        filters=filters(actor),
        officers=_can_be_handed(at) if may_assign(actor) else (),
        views=_views(page, scope),
        lines=tuple(_line(row, scope, at) for row in page.rows),
        newest=page.newest,
        is_beyond=page.is_beyond,
        first_url=here if after else "",
        next_url=_address(lingkup=scope, setelah=page.next_key, **kept) if page.next_key else "",
        attention=attention(actor, at=at),
        owing=waiting(actor, at=at),
        everywhere_url=_address(lingkup="semua", cari=search) if search and scope != "semua" else "",
    )


def _can_be_handed(at: datetime) -> tuple[OfficerLine, ...]:
    library = standards.load()
    return officers(jakarta_day(at), among=holders(s for entry in library.entries() for s in library.editions(entry)))


def _address(**query: str) -> str:
    return f"{reverse('desk')}?{urlencode({name: value for name, value in query.items() if value})}"


def _views(page: DeskPage, scope: str) -> tuple[View, ...]:
    titles = {
        "saya": (_("Pekerjaan saya"), page.mine),
        "unit": (_("Unit saya"), page.unit),
        "semua": (_("Semua berkas"), None),
    }
    return tuple(
        View(url=_address(lingkup=name), title=_counted(title, count), is_open=name == scope)
        for name, (title, count) in titles.items()
    )


def _counted(title: str, count: int | None) -> str:
    if count is None:
        return title
    return f"{title} ({number_format(count, force_grouping=True)})"


def _line(row: DeskRow, scope: str, at: datetime) -> Line:
    left, kind = standing(row.bar, row.state)
    holder = _holder(row, scope)
    return Line(
        row=row,
        left=left,
        left_kind=kind,
        holder=holder,
        since=row.held_since if holder else None,
        is_pressing=bool(row.leave_by and row.leave_by < at),
    )


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
