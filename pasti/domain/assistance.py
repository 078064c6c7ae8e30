"""Filing at the counter with an officer's help: who may help, and how the applicant, who is present, confirms (51.2)."""

from dataclasses import dataclass

from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, field_problem
from pasti.domain.events import Event
from pasti.domain.licensing import Case, Ground
from pasti.domain.roles import Actor, Role
from pasti.domain.standard import Standard

IDENTITIES: dict[str, str] = {"ktp": "KTP", "sim": "SIM", "paspor": "Paspor"}


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """What the applicant typed, and which identity the officer saw. The identity's number is not kept."""

    name: str
    identity: str  # a key of IDENTITIES


def require_counter(standard: Standard, actor: Actor) -> None:
    """NotAllowed for who may not help at the counter (51.2)."""
    if not actor.has(Role.COUNTER_OFFICER):
        raise NotAllowed(standard.cite("2"), "Pengajuan dengan bantuan hanya dibuka oleh petugas loket.")


def confirmed(case: Case, owner: str, confirmation: Confirmation | None, ground: Ground) -> Event:
    """The fact that the applicant, present at the counter, confirmed the answers: name typed, identity seen (51.2)."""
    cite = ground.standard.cite("2")
    require_counter(ground.standard, ground.actor)
    problems: tuple[FieldProblem, ...] = ()
    if confirmation is None or _folded(confirmation.name) != _folded(owner):
        problems += (
            field_problem(
                "name", cite, "Minta pemohon mengetik sendiri namanya, sama dengan nama penanggung jawab pada bagian Usaha."
            ),
        )
    if confirmation is None or confirmation.identity not in IDENTITIES:
        problems += (field_problem("identity", cite, "Cocokkan identitas pemohon, lalu pilih yang Anda lihat."),)
    if problems or confirmation is None:
        raise InvalidInput(problems)
    return Event(
        kind="intake.confirmed",
        clause=cite,
        after={"identity": IDENTITIES[confirmation.identity], "round": case.round},
        public=True,
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def hands_after(case: Case, actor: Actor) -> dict[str, list[str]]:
    """Who has acted in which role once `actor` has filed the case: nobody examines what they filled in (51.10.1)."""
    hands = {str(role): sorted(ids) for role, ids in case.hands.items()}
    return {**hands, Role.COUNTER_OFFICER: sorted({*hands.get(Role.COUNTER_OFFICER, []), str(actor.id)})}
