"""Who may see a reporter who asked to stay unknown (51.6.5.a)."""

from pasti.domain.complaint_steps import HANDLERS, LEADERS, Step
from pasti.domain.complaints import Complaint, move, require_may, words
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Json, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence

MAY_BE_NAMED = HANDLERS | LEADERS | {Role.INSPECTOR}


def name(complaint: Complaint, named: Actor, ground: Ground) -> Outcome:
    """Name an officer who may see the identity, with the reason; never one who acted on the case complained of (51.6.5.a)."""
    require_may(complaint, Step.NAME, ground)
    cite = ground.standard.cite("6.5.a")
    words(ground.reason, ground, clause="6.5.a", what=Sentence("mengapa petugas itu perlu mengetahui pelapornya"))
    if not complaint.is_secret:
        raise RuleBroken(cite, "Pelapor tidak meminta kerahasiaan, jadi tidak perlu penunjukan.")
    if not named.roles & MAY_BE_NAMED:
        raise RuleBroken(cite, "Hanya yang menangani pengaduan yang dapat ditunjuk.")
    if named.id in complaint.involved:
        raise RuleBroken(cite, "Petugas itu pernah memproses berkas yang diadukan. Tunjuk yang lain.")
    if named.id in complaint.named:
        raise RuleBroken(cite, "Petugas itu sudah ditunjuk.")
    after: dict[str, Json] = {"account": str(named.id)}
    return move(complaint, Step.NAME, ground, after=after)
