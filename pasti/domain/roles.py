"""Who may do what: one table (DESIGN "Who"; segregation of duties serves 51.10.1)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pasti.domain.sentence import Sentence


class Role(StrEnum):
    """The office's roles; titles in Indonesian are in `ROLE_TITLES`."""

    APPLICANT = "applicant"
    COUNTER_OFFICER = "counter_officer"
    EXAMINER = "examiner"
    TECHNICAL_TEAM = "technical_team"
    PROCESSING_OFFICER = "processing_officer"
    VALIDATOR = "validator"
    HEAD = "head"
    COMPLAINTS_OFFICER = "complaints_officer"
    COMPLAINTS_OFFICIAL = "complaints_official"
    SURVEY_OFFICER = "survey_officer"
    FACILITY_CUSTODIAN = "facility_custodian"
    SUPERIOR = "superior"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    AGENCY = "agency"  # another one, that answers what it was asked; it has no account here
    SYSTEM = "system"


ROLE_TITLES: dict[Role, Sentence] = {
    Role.APPLICANT: Sentence("Pemohon"),
    Role.COUNTER_OFFICER: Sentence("Petugas loket"),
    Role.EXAMINER: Sentence("Pemeriksa berkas"),
    Role.TECHNICAL_TEAM: Sentence("Tim teknis"),
    Role.PROCESSING_OFFICER: Sentence("Pengolah perizinan"),
    Role.VALIDATOR: Sentence("Kepala bidang (validator)"),
    Role.HEAD: Sentence("Kepala DPMPTSP"),
    Role.COMPLAINTS_OFFICER: Sentence("Petugas pengaduan"),
    Role.COMPLAINTS_OFFICIAL: Sentence("Pejabat pengelola pengaduan"),
    Role.SURVEY_OFFICER: Sentence("Petugas survei dan evaluasi"),
    Role.FACILITY_CUSTODIAN: Sentence("Pengelola sarana"),
    Role.SUPERIOR: Sentence("Atasan langsung"),
    Role.INSPECTOR: Sentence("Inspektorat"),
    Role.ADMINISTRATOR: Sentence("Administrator"),
    Role.AGENCY: Sentence("Instansi lain"),
    Role.SYSTEM: Sentence("Sistem"),
}

WITHOUT_ACCOUNT = frozenset({Role.AGENCY})

# Roles that work on the desk and may open a case there. The administrator never sees case data.
DESK_ROLES = frozenset(
    {
        Role.COUNTER_OFFICER,
        Role.EXAMINER,
        Role.TECHNICAL_TEAM,
        Role.PROCESSING_OFFICER,
        Role.VALIDATOR,
        Role.HEAD,
        Role.SUPERIOR,
        Role.INSPECTOR,
    }
)

# Roles that may open a complaint at its desk (51.6). The technical team opens those that came to it or hold work of its own.
COMPLAINT_ROLES = frozenset({Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR})

# Who may be given something to do on a complaint: only who can open it (51.6.6.d).
COMPLAINT_OWNERS = COMPLAINT_ROLES | {Role.TECHNICAL_TEAM}


class Capacity(StrEnum):
    """In which capacity a role is held. Whoever stands in does so between two days, and every fact says so."""

    DEFINITIVE = "definitive"
    PLH = "plh"  # pelaksana harian: the holder is away
    PLT = "plt"  # pelaksana tugas: the post is vacant
    AN = "an"  # atas nama: mandated by the holder


CAPACITY_WORDS: dict[Capacity, str] = {Capacity.PLH: "Plh.", Capacity.PLT: "Plt.", Capacity.AN: "a.n."}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: the account, the name as the ledger keeps it, and the roles held at that moment."""

    id: UUID | None  # None: the system itself
    name: str
    roles: frozenset[Role]
    stands_in: frozenset[tuple[Role, Capacity]] = frozenset()  # of `roles`, those not held definitively

    @property
    def spelled_roles(self) -> str:
        """The roles as the ledger keeps them: "examiner,plh.head". `role_title` reads each part back."""
        capacity = dict(self.stands_in)
        return ",".join(f"{capacity[role]}.{role}" if role in capacity else role for role in sorted(self.roles))

    def has(self, role: Role) -> bool:
        """Whether the actor holds `role` now."""
        return role in self.roles

    @property
    def person(self) -> UUID:
        """The account's id, where only a person can act."""
        assert self.id is not None, "the system does not act here"
        return self.id

    @property
    def may_open_desk(self) -> bool:
        """Whether the desk and its cases are visible to the actor at all."""
        return bool(self.roles & DESK_ROLES)

    @property
    def may_open_complaints(self) -> bool:
        """Whether the complaints' desk is visible to the actor; which complaints, `complaints.may_see` says (51.6)."""
        return bool(self.roles & COMPLAINT_OWNERS)


def role_title(spelled: str) -> Sentence:
    """What a role of the ledger is called: "plh.head" is "Plh. Kepala DPMPTSP"."""
    capacity, _, role = spelled.rpartition(".")
    title = ROLE_TITLES[Role(role)]
    return Sentence("{capacity} {role}", capacity=CAPACITY_WORDS[Capacity(capacity)], role=title) if capacity else title


SYSTEM = Actor(id=None, name="Sistem", roles=frozenset({Role.SYSTEM}))
