"""/meja/sesudah-terbit/: what waits around issued certificates; a holder's words and data, each look recorded (51.5)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.actions import looks
from pasti.domain.roles import Actor
from pasti.pages.access import moment, posted_from
from pasti.pages.office.door import officer, open_case
from pasti.pages.public.files import as_download
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import validity
from pasti.queries.intake import AnswerLine
from pasti.queries.licensing import CaseView


@require_safe
@officer
def after_issue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open hearings and the changes of data that wait, the most urgent first."""
    return show(
        request,
        "office/after_issue_desk.html",
        title=_("Sesudah terbit"),
        hearings=validity.open_hearings(actor, at=moment()),
        changes=validity.open_changes(actor),
    )


def _labels(case: CaseView) -> dict[str, str]:
    return {line.name: in_language(line.label) for section in case.sections for line in section.lines}


def labels_of(case: CaseView) -> tuple[str, ...]:
    """The fields that the waiting change touches, as the form calls them."""
    labels = _labels(case)
    return tuple(labels.get(name, name) for name in case.change.fields) if case.change else ()


@posted_from("case", "id")
@officer
def response(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """What the holder answered; a POST, for the look is recorded before it is shown."""
    case = open_case(actor, id)
    text = looks.read_response(actor, id, at=moment())
    line = AnswerLine(name="response", label=_("Tanggapan"), text=text)
    return _revealed(request, case, _("Tanggapan pemegang"), (line,))


@posted_from("case", "id")
@officer
def change(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Each field that is to change, as it is and as it is asked; a POST, for the look is recorded before it is shown."""
    case = open_case(actor, id)
    labels, changed = _labels(case), looks.read_change(actor, id, at=moment())
    words = _("Sekarang: {before}\nDiminta: {after}")
    lines = tuple(
        AnswerLine(name=name, label=labels.get(name, name), text=words.format(before=before or "–", after=after or "–"))
        for name, (before, after) in sorted(changed.items())
    )
    return _revealed(request, case, _("Perubahan data yang diminta"), lines)


def _revealed(request: HttpRequest, case: CaseView, title: str, lines: tuple[AnswerLine, ...]) -> HttpResponse:
    return show(request, "office/reveal.html", title=title, case=case, lines=lines, clause=case.standard.cite("10.1"))


@require_safe
@officer
def rejection_letter(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The signed letter of rejection, byte for byte; the look is recorded first (51.1)."""
    number, pdf = looks.open_letter(actor, id, at=moment())
    return as_download(pdf, name=f"{number.replace('/', '-')}.pdf", mime="application/pdf")
