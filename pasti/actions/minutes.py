"""The minutes of an inspection, put together from what was noted: what both sides sign on the spot (51.2)."""

from datetime import datetime

from pasti import standards
from pasti.domain.events import Json
from pasti.domain.fieldwork import Item, Minutes, Signed
from pasti.domain.inspection import Inspection as InspectionValue
from pasti.domain.licensing import Ground
from pasti.domain.standard import Standard
from pasti.records.inspection import Inspection, Photo
from pasti.records.licensing import Application


def minutes_of(visit: Inspection, row: Application, item: Item, ground: Ground) -> Minutes:
    """Everything the minutes say, for the item that signs them. They name people, so they are kept encrypted."""
    assert item.signed is not None, "the rule has seen to it"
    found, place = visit.inspection(), row.answers["place"]
    districts = dict(standards.load().office().districts)
    return {
        "letter": visit.letter,
        "number": row.number,
        "standard": ground.standard.title.id,
        "edition": row.effective.isoformat(),
        "business": row.business_name,
        "site": f"{place['site_address']}, {place['village']}, {districts.get(str(place['district']), '')}",
        "visit_at": _said(found.visit_at),
        "started_at": _said(found.started_at),
        "sealed_at": item.made_at.isoformat(),
        "lead": visit.lead.get_full_name(),
        "team": [*sorted(m.account.get_full_name() for m in visit.team.select_related("account"))],
        "safety": [str(i.text) for i in ground.standard.safety_checklist.items],
        "findings": _findings(found, ground.standard),
        "photos": _photos(visit),
        "officer": ground.actor.name,
        **_signature(item.signed),
    }


def _signature(signed: Signed) -> dict[str, Json]:
    return {
        "representative": signed.representative.strip(),
        "position": signed.position.strip(),
        "signed": signed.how,
        "drawing": signed.drawing,
        "remarks": signed.remarks.strip(),
    }


def _findings(found: InspectionValue, standard: Standard) -> list[Json]:
    return [
        {
            "clause": r.clause,
            "title": r.title.id,
            "verdict": found.findings[r.clause].verdict,
            "reason": found.findings[r.clause].reason,
            "made_at": found.findings[r.clause].made_at.isoformat(),
        }
        for r in standard.before_issue()
    ]


def _photos(visit: Inspection) -> list[Json]:
    photos = Photo.objects.filter(item__inspection=visit).select_related("item").order_by("item__made_at", "item_id")
    return [
        {
            "clause": p.clause,
            "sha256": p.sha256,
            "made_at": p.item.made_at.isoformat(),
            "position": None if p.latitude is None else [p.latitude, p.longitude, p.accuracy_metres],
        }
        for p in photos
    ]


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
