"""Where a fact of the ledger may be looked into further, for who may open that page; the page asks again (51.10.2)."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

from pasti.domain import facilities, safety, staff
from pasti.domain.evaluation import READS as READS_EVALUATIONS
from pasti.domain.roles import COMPLAINT_ROLES, Actor, Role
from pasti.domain.survey_run import READS as READS_SURVEYS
from pasti.queries.compliance_facts import FactLine
from pasti.queries.samples import oversees

May = Callable[[Actor], bool]


def _on_desk(actor: Actor) -> bool:
    return actor.may_open_desk and not actor.has(Role.ADMINISTRATOR)


# The kind of subject, the page that shows one, who may open it.
ONE: dict[str, tuple[str, May]] = {
    "application": ("trail", _on_desk),
    "facility": ("facility", facilities.may_look),
    "account": ("officer", staff.may_look),
    "complaint": ("desk_complaint", lambda actor: bool(actor.roles & COMPLAINT_ROLES)),
    "sample": ("sample", oversees),
    "finding": ("finding", oversees),
    "evaluation": ("evaluation", lambda actor: bool(actor.roles & READS_EVALUATIONS)),
    "survey_run": ("survey_run", lambda actor: bool(actor.roles & READS_SURVEYS)),
    "legal_aid": ("legal_aid_one", lambda actor: bool(actor.roles & safety.AID_LOOKERS)),
}
# The kind of subject that has no page of its own, and the page it stands on.
AMONG: dict[str, tuple[str, May]] = {
    "guard_watch": ("safety", safety.may_look),
    "improvement": ("evaluations", lambda actor: bool(actor.roles & READS_EVALUATIONS)),
    "proclamation": ("proclamation", lambda _actor: True),
}
ABOUT_A_CASE = frozenset({"certificate", "letter", "inspection", "post_audit"})  # shown on the trail of the case they are about


def place_of_fact(fact: FactLine, actor: Actor) -> str:
    """The address of the page, or "" for none that this reader may open."""
    kind, id = fact.subject_kind, fact.subject_id
    if kind in ABOUT_A_CASE and fact.about:
        kind, id = "application", fact.about
    if kind in ONE:
        return _page(*ONE[kind], actor, id)
    return _page(*AMONG[kind], actor) if kind in AMONG else ""


def _page(name: str, may: May, actor: Actor, *address: UUID) -> str:
    return reverse(name, args=address) if may(actor) else ""
