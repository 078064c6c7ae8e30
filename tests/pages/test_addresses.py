"""Whoever types or reloads the address of a form's button is led to the page it stands on: no page for people answers 405."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from pasti.domain.roles import WITHOUT_ACCOUNT, Role
from tests import makers
from tests.pages.office import signed_in

Address = tuple[str, str]
pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.2")]
EXAMPLES = {"UUIDConverter": UUID(int=51), "IntConverter": 51, "SlugConverter": "lima-satu", "StringConverter": "lima"}
IN_EXPRESSIONS = {"entry": "51", "kind": "json", "token": "A" * 22, "uidb36": "a1", "key": "set-password"}
OF_MACHINES = {
    "inspection_send": "what a device has kept; its script sends it",
    "gateway": "the message gateway tells of SMS and WhatsApp",
    "api-v1:file": "another system files a complaint",
}


def _addresses(resolver: URLResolver, space: str = "", above: Mapping[str, object] = MappingProxyType({})) -> Iterator[Address]:
    """Each name with an example of its address."""
    for entry in resolver.url_patterns:
        parts = {**above, **_example(entry.pattern)}
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space, parts)
        elif entry.name:  # without a name: whatever else is asked below /api/
            yield f"{space}{entry.name}", reverse(f"{space}{entry.name}", kwargs=parts)


def _example(pattern: object) -> dict[str, object]:
    if isinstance(pattern, RegexPattern):
        return {group: IN_EXPRESSIONS[group] for group in pattern.regex.groupindex}
    converters = getattr(pattern, "converters", {})
    return {part: EXAMPLES[type(kind).__name__] for part, kind in converters.items()}


def _refusing(client: Client) -> set[str]:
    """The names of the addresses that refuse to be opened, 405."""
    addresses = list(_addresses(get_resolver()))
    assert len(addresses) > 150
    return {name for name, address in addresses if client.get(address).status_code == 405}


INSIDE = tuple(role for role in Role if role not in WITHOUT_ACCOUNT | {Role.APPLICANT, Role.INSPECTOR})


@pytest.mark.usefixtures("signing_passphrase")  # the root certificate it publishes
@pytest.mark.parametrize("roles", [None, (), INSIDE, (Role.INSPECTOR,)], ids=["visitor", "applicant", "office", "inspectorate"])
def test_no_page_refuses_to_be_opened(roles: tuple[Role, ...] | None) -> None:
    client = Client() if roles is None else signed_in(makers.actor(*roles, at=timezone.now()))

    assert _refusing(client) == set(OF_MACHINES)
