"""/pengawasan/: what each tier has to look at, and looking at it (51.10.1)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import samples as act
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.sampling import Result
from pasti.pages.access import moment
from pasti.pages.office.words import what_happened
from pasti.pages.oversight.door import CLAUSE, overseer
from pasti.pages.oversight.forms import ReviewForm
from pasti.pages.oversight.words import OVERSIGHT_VALUES
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.pages.words import moment as said_moment
from pasti.queries import samples
from pasti.queries.samples import SampleView


@dataclass(frozen=True, kw_only=True)
class Row:
    """One sample as the table shows it."""

    sample: SampleView
    what: str


@require_safe
@overseer
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for the reader's tiers; for the Inspectorate every tier's, with what was found of it."""
    after = request.GET.get("setelah", "")
    everything = actor.has(Role.INSPECTOR)
    found = samples.queue(actor, at=moment(), everything=everything, after=after)
    return show(
        request,
        "oversight/samples.html",
        title=_("Pengawasan"),
        rows=tuple(Row(sample=row, what=what_happened(row.fact_kind, row.fact_after)) for row in found.rows),
        everything=everything,
        inspector=everything,
        oversees=True,
        first_url=reverse("oversight") if after else "",
        next_url=f"{reverse('oversight')}?setelah={found.next_key}".replace("+", "%2B") if found.next_key else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@overseer
def sample(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One sample: what, why, how it was drawn, and the form for what looking at it came to."""
    found = samples.sample(actor, id, at=moment())
    if found is None:
        raise NotAllowed(CLAUSE, "Sampel ini tidak ada, atau bukan untuk Anda.")
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"seen": found.seen})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            act.review(
                actor,
                id,
                Result(values["result"]),
                values["words"],
                owner=values["owner"],
                due_on=values["due_on"],
                seen=values["seen"],
                at=moment(),
            )
        except NotAllowed:
            raise
        except RuleBroken as refusal:
            put_into(form, refusal, at="words")
        else:
            messages.success(request, _("Pemeriksaan sampel tercatat."))
            return redirect("oversight")
    return show(
        request,
        "oversight/sample.html",
        title=_("Sampel {number}").format(number=found.number),
        status=422 if form.errors else 200,
        sample=found,
        facts=_facts(found),
        draw=_draw(found),
        form=form if found.may_review else None,
    )


def _facts(found: SampleView) -> tuple[dict[str, str], ...]:
    what = what_happened(found.fact_kind, found.fact_after)
    rows = [
        {"label": _("Yang terjadi"), "value": f"{what}, {said_moment(found.fact_at)}"},
        {"label": _("Jenis sampel"), "value": in_language(found.kind)},
        {"label": _("Sebab diambil"), "value": in_language(found.why)},
        {"label": _("Diperiksa oleh"), "value": in_language(found.tier)},
    ]
    if found.reviewed_at:
        result = str(OVERSIGHT_VALUES[found.result])
        rows.append({"label": _("Hasil"), "value": f"{result}\n{found.words}"})
        rows.append({"label": _("Diperiksa"), "value": f"{found.reviewed_by}, {said_moment(found.reviewed_at)}"})
    return tuple(rows)


def _draw(found: SampleView) -> tuple[dict[str, str], ...]:
    return (
        {"label": _("Akar malam"), "value": f"{found.root_number}: {found.root}"},
        {"label": _("Sidik jari catatan"), "value": found.fact},
        {"label": _("Undian"), "value": found.lot},
    )
