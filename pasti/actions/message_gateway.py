"""SMS and WhatsApp as the gateway tells of them: a message is kept, then filed; a failed answer is noted (51.6.2.e–f)."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from pasti.actions.complaint_messages import file_one as as_a_complaint
from pasti.actions.files import store
from pasti.actions.messages import FileOne, take_in
from pasti.adapters.messages.webhook import Refused as Refused
from pasti.adapters.messages.webhook import receive
from pasti.domain.identifiers import one_spelling_of_phone
from pasti.domain.messages import Delivery, DeliveryStatus, Fate

log = logging.getLogger(__name__)


def hear(
    headers: Mapping[str, str], body: bytes, *, at: datetime, file_one: FileOne = as_a_complaint
) -> Fate | DeliveryStatus | None:
    """Take in one event of the gateway; answer it with 200 when this returns, with `status` and the words of Refused.

    None: the message was taken in before.
    """
    event = receive(headers, body, secret=settings.PASTI_MESSAGES_SECRET, now=at, own=own_numbers())
    if isinstance(event, Delivery):
        if event.status is DeliveryStatus.FAILED:
            log.warning("an answer by SMS or WhatsApp did not arrive", extra={"answer": event.id})
        return event.status
    return take_in(event, original=store().put(body), at=at, file_one=file_one)


def own_numbers() -> frozenset[str]:
    """The numbers from which a message that comes in is our own."""
    return frozenset(filter(None, [one_spelling_of_phone(settings.PASTI_MESSAGES_NUMBER)]))
