"""/meja/sarana/: the register of facilities, each thing with its checks, stickers to print, reports to settle (51.8, 51.13.1)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import facilities
from pasti.actions.files import MOST_BYTES, store
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.facilities import FACILITIES, KEEPERS, may_look, registered_clauses
from pasti.domain.roles import Actor
from pasti.domain.standard import Standard
from pasti.pages.access import actor_of, moment, posted_from
from pasti.pages.forms.facilities import CheckForm, EnterForm, HandOverForm
from pasti.pages.forms.words import WordsForm
from pasti.pages.public.files import as_download
from pasti.pages.public.standard import in_force, standard_or_404
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import facilities as register
from pasti.queries.facilities import ClauseLines, Detail, Line

STATES = {"holds": "good", "late": "late", "bad": "late", "unchecked": "warn"}


def looker(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the register: for who keeps it or oversees it; the view gets the actor."""

    def inside(request: HttpRequest, **address: object) -> HttpResponse:
        actor = actor_of(request)
        if not may_look(actor):
            raise NotAllowed("51.8", "Daftar sarana dibuka oleh pengelola sarana, pimpinan, dan pengawas.")
        return view(request, actor, **address)

    return never_cache(login_required(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@looker
def facilities_page(request: HttpRequest, actor: Actor, entry: str = "") -> HttpResponse:
    """The register of one standard, clause by clause; POST enters a thing (51.8.*)."""
    entry = entry or in_force(jakarta_day(moment()))[0].entry
    standard = standard_or_404(entry, jakarta_day(moment()))
    clauses = _choices(standard)
    if request.method != "POST":
        asked = request.GET.get("butir", "")
        chosen = {"clause": next((value for value, _words in clauses if asked in (value, value.partition("/")[0])), "")}
        return _register_page(request, actor, entry, EnterForm(clauses=clauses, initial=chosen))
    form = EnterForm(request.POST, clauses=clauses)
    if form.is_valid():
        try:
            clause, _slash, part = form.cleaned_data.pop("clause").partition("/")
            row = facilities.enter(actor, entry, clause, part=part, at=moment(), **form.cleaned_data)
        except RuleBroken as refusal:
            put_into(form, refusal)
        else:
            messages.success(request, _("Tercatat. Sekarang periksa keadaannya."))
            return redirect("facility", id=row.id)
    return _register_page(request, actor, entry, form, status=422)


def _choices(standard: Standard) -> list[tuple[str, str]]:
    """What a thing may be entered as: a clause, or one of the things that a clause names."""
    return [
        (f"{clause.id}/{part.id}" if part else clause.id, f"{clause.id} {in_language(part.text if part else clause.text)}")
        for clause in registered_clauses(standard)
        for part in clause.parts or (None,)
    ]


def _register_page(request: HttpRequest, actor: Actor, entry: str, form: Form, *, status: int = 200) -> HttpResponse:
    found = register.register(actor, entry, at=moment())
    return show(
        request,
        "office/facilities.html",
        title=_("Sarana dan prasarana"),
        status=status,
        entry=entry,
        clauses=found,
        tally=_tally(found),
        waiting=_waiting(found),
        form=form if actor.roles & KEEPERS else None,
        kinds=STATES,
    )


def _waiting(found: tuple[ClauseLines, ...]) -> list[Line]:
    """What there is to do: first what visitors reported, then what is broken, then what must be looked at again."""
    lines = [line for clause in found for line in clause.lines if line.open_faults or line.state != "holds"]
    return sorted(lines, key=lambda line: (not line.open_faults, line.state != "bad", line.due_on or date.min))


def _tally(found: tuple[ClauseLines, ...]) -> str:
    """The facilities as the scorecard's component counts them; what another clause promises is said apart."""
    own = [one for one in found if one.clause.component == FACILITIES]
    words = _("{kept} dari {all} butir sarana terbukti hari ini; {empty} butir belum ada isinya.")
    told = [words.format(kept=sum(one.holds for one in own), all=len(own), empty=sum(not one.lines for one in own))]
    return " ".join([*told, *(_apart(one) for one in found if one not in own)])


def _apart(one: ClauseLines) -> str:
    words = _("Dicatat di sini juga, dihitung pada komponen {component}: butir {clause}, {state}.")
    state = _("terbukti") if one.holds else _("belum terbukti")
    return words.format(component=one.clause.component, clause=one.clause.id, state=state)


def _detail(actor: Actor, id: UUID) -> Detail:
    found = register.detail(actor, id, at=moment())
    if found is None:
        raise NotAllowed("51.8", "Sarana ini tidak ada, atau bukan untuk Anda.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@looker
def facility(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One thing with its history; POST notes a check."""
    if request.method != "POST":
        return _page(request, actor, id, check=CheckForm(initial={"seen_on": jakarta_day(moment())}))
    form = CheckForm(request.POST, request.FILES)
    if form.is_valid():
        uploaded = form.cleaned_data["photo"]
        photo = (uploaded.name, uploaded.read(MOST_BYTES + 1)) if uploaded else None
        try:
            facilities.check(actor, id, form.seen(), photo=photo, at=moment())
        except RuleBroken as refusal:
            put_into(form, refusal)
        else:
            messages.success(request, _("Pemeriksaan tercatat."))
            return redirect("facility", id=id)
    return _page(request, actor, id, check=form, status=422)


def _page(
    request: HttpRequest,
    actor: Actor,
    id: UUID,
    *,
    check: Form,
    status: int = 200,
    other: Form | None = None,
    which: str | int = "",
) -> HttpResponse:
    """`other`: the small form that was sent and refused; `which`: its name, or the number of the report under which it stands."""
    found = _detail(actor, id)
    people = register.keepers(at=moment())
    hand_over = HandOverForm(people=people, initial={"place": found.line.place}, auto_id="over_%s")
    retire = WordsForm(label=_("Alasan dikeluarkan"), auto_id="retire_%s")
    return show(
        request,
        "office/facility.html",
        title=found.line.name,
        status=status,
        found=found,
        kind=STATES[found.line.state],
        may_keep=bool(actor.roles & KEEPERS) and not found.is_retired,
        check=check,
        hand_over=other if which == "hand_over" else hand_over,
        retire=other if which == "retire" else retire,
        reports=[(r, other if which == r.id else _settle_form(r.id)) for r in found.reports],
    )


def _settle_form(report: int, data: QueryDict | None = None) -> WordsForm:
    return WordsForm(data, label=_("Yang dilakukan"), auto_id=f"r{report}_%s")


def _after(request: HttpRequest, actor: Actor, id: UUID, which: str | int, form: Form, act: Callable[[], None]) -> HttpResponse:
    """Do what the small form asks and come back to the thing, or show the refusal in its place."""
    if form.is_valid():
        try:
            act()
        except RuleBroken as refusal:
            put_into(form, refusal, at="words" if "words" in form.fields else None)
        else:
            messages.success(request, _("Tercatat."))
            return redirect("facility", id=id)
    fresh = CheckForm(initial={"seen_on": jakarta_day(moment())})
    return _page(request, actor, id, check=fresh, other=form, which=which, status=422)


@posted_from("facility", "id")
@looker
def hand_over(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Another custodian or place."""
    form = HandOverForm(request.POST, people=register.keepers(at=moment()), auto_id="over_%s")

    def act() -> None:
        values = form.cleaned_data
        facilities.hand_over(actor, id, to=UUID(values["custodian"]), place=values["place"], at=moment())

    return _after(request, actor, id, "hand_over", form, act)


@posted_from("facility", "id")
@looker
def retire(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Off the register, with the reason."""
    form = WordsForm(request.POST, label=_("Alasan dikeluarkan"), auto_id="retire_%s")
    return _after(
        request, actor, id, "retire", form, lambda: facilities.retire(actor, id, form.cleaned_data["words"], at=moment())
    )


@posted_from("facility", "id")
@looker
def settle(request: HttpRequest, actor: Actor, id: UUID, report: int) -> HttpResponse:
    """What was done about a visitor's report."""
    form = _settle_form(report, request.POST)
    return _after(
        request, actor, id, report, form, lambda: facilities.settle_fault(actor, report, form.cleaned_data["words"], at=moment())
    )


@require_safe
@looker
def picture(_request: HttpRequest, actor: Actor, id: UUID, sha256: str) -> HttpResponse:
    """The photograph of one check."""
    mime = register.picture(actor, id, sha256)
    if mime is None:
        raise NotAllowed("51.8", "Foto ini tidak ada, atau bukan untuk Anda.")
    return as_download(store().get(sha256), name=sha256[:12], mime=mime, inline=True)


@require_safe
@looker
def stickers(request: HttpRequest, actor: Actor, entry: str) -> HttpResponse:
    """The floor list with a QR sticker for each thing, to print and cut."""
    standard_or_404(entry, jakarta_day(moment()))
    things = sorted(
        (line for clause in register.register(actor, entry, at=moment()) for line in clause.lines),
        key=lambda x: (x.place, x.name),
    )
    codes = register.stickers([line.id for line in things])
    cards = [(line, _sticker(request, codes[line.id])) for line in things]
    return show(request, "office/stickers.html", title=_("Daftar per lantai dan stiker"), entry=entry, cards=cards)


def _sticker(request: HttpRequest, code: str) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("fault", args=[code]))
    return {"code": code, "address": address, "qr": facilities.qr(address)}
