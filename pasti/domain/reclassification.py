"""A case under way whose KBLI code a later edition replaced: the officer says which it is now, and why (51.1)."""

from pasti.domain.answers import Answers
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.kbli import CHOICE, choice_of
from pasti.domain.licensing import Case, Ground, holds, require_officer, require_reason
from pasti.domain.standard import KbliMapping


def mapping_for(business: Answers, ground: Ground) -> KbliMapping | None:
    """What the case's code may have become, once the later edition is in force; None when there is nothing to choose (51.1)."""
    standard = ground.standard
    is_past = standard.until is not None and jakarta_day(ground.at) > standard.until
    mapping = standard.kbli_later
    return mapping if mapping and is_past and business.get("kbli") == mapping.code else None


def may_reclassify(case: Case, business: Answers, ground: Ground) -> bool:
    """Whether the actor may choose now."""
    return mapping_for(business, ground) is not None and holds(lambda: require_officer(case, ground))


def reclassify(case: Case, business: Answers, code: str, ground: Ground) -> Outcome:
    """Keep what the officer chose and why; the case stays under its own edition, code and number (51.1)."""
    require_officer(case, ground)
    mapping = mapping_for(business, ground)
    if mapping is None:
        raise RuleBroken(ground.standard.cite("1"), "Kode KBLI berkas ini tidak perlu dipilih lagi. Buka kembali berkasnya.")
    chosen = choice_of(mapping, code, ground.standard)
    event = Event(
        kind="application.kbli_chosen",
        clause=ground.standard.cite("1"),
        reason=require_reason(ground),
        before={"kbli": business.get(CHOICE, "")},
        after={"kbli": chosen.code},
        public=True,
    )
    return Outcome(events=(event,))
