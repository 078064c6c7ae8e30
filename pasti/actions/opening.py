"""Opening an office: one person per role, so that the first day can start (51.11)."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from pasti.actions.accounts import Person as Person
from pasti.actions.accounts import add_person as add_person
from pasti.actions.carry_out import together
from pasti.adapters.bsre import authority
from pasti.adapters.pdf import proof
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.records.accounts import Account

# Every name, number and address is invented.
DEMO_OFFICE: tuple[Person, ...] = (
    Person(email="pemohon@pasti.example", name="Rina Kartika", roles=()),
    Person(email="loket@pasti.example", name="Asep Hidayat", roles=(Role.COUNTER_OFFICER,)),
    Person(email="pemeriksa@pasti.example", name="Dewi Lestari", roles=(Role.EXAMINER,)),
    Person(email="teknis@pasti.example", name="Ujang Suryana", roles=(Role.TECHNICAL_TEAM,)),
    Person(email="pengolah@pasti.example", name="Yanti Maryani", roles=(Role.PROCESSING_OFFICER,)),
    Person(email="kabid@pasti.example", name="Tatang Permana", roles=(Role.VALIDATOR,)),
    Person(
        email="kepala@pasti.example",
        name="Euis Komariah",
        roles=(Role.HEAD,),
        nip="197203141998032004",
        signing_nik="3214015403720004",
    ),
    Person(email="pengaduan@pasti.example", name="Cecep Ramdani", roles=(Role.COMPLAINTS_OFFICER,)),
    Person(email="pejabat.pengaduan@pasti.example", name="Neneng Sulastri", roles=(Role.COMPLAINTS_OFFICIAL,)),
    Person(email="survei@pasti.example", name="Dadan Nugraha", roles=(Role.SURVEY_OFFICER,)),
    Person(email="sarana@pasti.example", name="Iis Aisyah", roles=(Role.FACILITY_CUSTODIAN,)),
    Person(email="atasan@pasti.example", name="Agus Mulyana", roles=(Role.SUPERIOR,)),
    Person(email="inspektorat@pasti.example", name="Sri Wahyuni", roles=(Role.INSPECTOR,)),
    Person(email="admin@pasti.example", name="Budi Santoso", roles=(Role.ADMINISTRATOR,)),
)


def open_office(*, password: str, passphrase: str, at: datetime) -> bool:
    """The demonstration office, once, its signer enrolled with `passphrase`: answers whether it was made now."""
    if Account.objects.filter(email=DEMO_OFFICE[0].email).exists():
        return False
    keys = Path(settings.PASTI_TRUST_ROOT).parent
    authority.open_authority(keys)
    proof.make_key(Path(settings.PASTI_QR_KEY))
    with together():
        for person in DEMO_OFFICE:
            add_person(person, password=password, at=at)
            if person.signing_nik:
                title = ROLE_TITLES[person.roles[0]]
                authority.enrol(keys, nik=person.signing_nik, name=person.name, title=title, passphrase=passphrase)
    return True


def demonstration_actors(on: date) -> dict[Role, Actor]:
    """Who acts in which role in the demonstration office."""
    accounts = Account.objects.filter(email__in=[p.email for p in DEMO_OFFICE]).prefetch_related("appointments")
    return {role: actor for account in accounts for actor in [account.actor(on)] for role in actor.roles}
