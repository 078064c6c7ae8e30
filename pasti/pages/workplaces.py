"""Which role's work is where: the menu of the desk, where a sign-in leads, who is shown which door (51.10.1).

A new place is one line of PLACES. The first place open to a person is where their work begins.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from pasti.actions.complaints import MAY_RECEIVE
from pasti.domain import evaluation, facilities, guarantees, safety, staff, survey_run
from pasti.domain.findings import OWNERS
from pasti.domain.heartbeat import WATCHERS
from pasti.domain.roles import COMPLAINT_ROLES, DESK_ROLES, WITHOUT_ACCOUNT, Actor, Role
from pasti.domain.sampling import TIERS
from pasti.pages.access import actor_of


@dataclass(frozen=True, kw_only=True)
class Place:
    """One door of the desk: the name of its page, its words in the menu, and whose work is behind it."""

    page: str
    title: str | Promise
    roles: frozenset[Role]
    in_header: bool = True  # else only in the menu under the person's name

    @property
    def address(self) -> str:
        """Where it is."""
        return reverse(self.page)


EVERYONE = frozenset(Role) - WITHOUT_ACCOUNT - {Role.APPLICANT, Role.SYSTEM}
PLACES: tuple[Place, ...] = (
    Place(page="desk", title=_("Meja kerja"), roles=DESK_ROLES),
    Place(page="complaints_desk", title=_("Meja pengaduan"), roles=COMPLAINT_ROLES | {Role.TECHNICAL_TEAM}),
    Place(page="desk_complaint_intake", title=_("Catat pengaduan"), roles=MAY_RECEIVE, in_header=False),
    Place(page="counter", title=_("Loket"), roles=frozenset({Role.COUNTER_OFFICER})),
    Place(page="survey", title=_("Survei kepuasan"), roles=survey_run.KEEPS),
    Place(page="facilities", title=_("Sarana"), roles=facilities.KEEPERS),
    Place(page="oversight", title=_("Pengawasan"), roles=frozenset(TIERS)),
    Place(page="findings", title=_("Temuan pengawasan"), roles=frozenset(OWNERS) - frozenset(TIERS), in_header=False),
    Place(page="office_scorecard", title=_("Kartu skor"), roles=evaluation.READS, in_header=False),
    Place(page="survey", title=_("Survei kepuasan"), roles=survey_run.READS - survey_run.KEEPS, in_header=False),
    Place(page="evaluations", title=_("Evaluasi tahunan"), roles=evaluation.READS, in_header=False),
    Place(page="improvements", title=_("Perbaikan"), roles=evaluation.READS, in_header=False),
    Place(page="recurring", title=_("Kalender kewajiban"), roles=evaluation.READS, in_header=False),
    Place(page="facilities", title=_("Sarana"), roles=facilities.LOOKERS - facilities.KEEPERS, in_header=False),
    Place(page="staff", title=_("Pegawai"), roles=staff.LOOKERS, in_header=False),
    Place(page="staff_roles", title=_("Peran dan cuti"), roles=staff.APPOINTERS, in_header=False),
    Place(page="guarantees", title=_("Jaminan pelayanan"), roles=guarantees.LOOKERS, in_header=False),
    Place(page="safety", title=_("Keselamatan"), roles=safety.LOOKERS, in_header=False),
    Place(page="outages", title=_("Gangguan"), roles=DESK_ROLES, in_header=False),
    Place(page="heartbeat", title=_("Denyut tugas latar"), roles=WATCHERS, in_header=False),
    Place(page="me", title=_("Data saya"), roles=EVERYONE, in_header=False),
)


def places_of(actor: Actor) -> tuple[Place, ...]:
    """The doors open to the actor, in the menu's order; none for who has no work in the office."""
    return tuple(place for place in PLACES if actor.roles & place.roles)


def landing(request: HttpRequest) -> str:
    """Where the signed-in person's work begins; "" for who has none in the office."""
    found = places_of(actor_of(request)) if request.user.is_authenticated else ()
    return found[0].address if found else ""


def workplaces(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `workplaces`, asked for only by the templates that show it."""
    return {"workplaces": SimpleLazyObject(lambda: places_of(actor_of(request)) if request.user.is_authenticated else ())}
