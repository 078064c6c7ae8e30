"""The demonstration's staff, made by the real acts: not everything is met, and nothing twice (51.9 to 51.13)."""

import pytest
from django.utils import timezone

from pasti.actions import guarantees, showcase_facilities, showcase_staff
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Status
from pasti.domain.roles import Role
from pasti.queries import compliance
from pasti.records.accounts import Account
from pasti.records.guarantees import Signing
from pasti.records.staff import Credential
from tests import makers

ROLES = (*makers.OFFICE_ROLES, Role.COMPLAINTS_OFFICER, Role.SURVEY_OFFICER, Role.FACILITY_CUSTODIAN, Role.SUPERIOR)


@pytest.mark.django_db
def test_the_demonstration_shows_what_is_proven_and_what_is_not(signing_passphrase: str) -> None:
    at = timezone.now()
    office = {role: makers.actor(role, at=at) for role in ROLES}
    showcase_staff.furnish(office, passphrase=signing_passphrase, at=at)
    showcase_facilities.furnish(office[Role.FACILITY_CUSTODIAN], "51", at=at)
    papers = Credential.objects.count()
    showcase_staff.furnish(office, passphrase=signing_passphrase, at=at)
    stand = {row.id: row.status for row in compliance.of_standard("51", at)}
    expected = {
        **dict.fromkeys(("51.9.1", "51.9.2", "51.9.3", "51.9.8", "51.12.1", "51.12.2"), Status.NOT_MET),
        **dict.fromkeys(("51.12.3", "51.12.4", "51.13.1"), Status.MET),
        **dict.fromkeys(("51.12.5", "51.13.3"), Status.NO_EVIDENCE),
    }
    assert {clause: stand[clause] for clause in expected} == expected
    assert Credential.objects.count() == papers
    assert Signing.objects.exclude(sha256="").count() == 2
    assert Account.objects.get(pk=office[Role.HEAD].id).actor(jakarta_day(at)).has(Role.HEAD)
    assert guarantees.open_pledge(office[Role.HEAD], Signing.objects.exclude(sha256="")[0].pk)[1].startswith(b"%PDF")
