"""What is told to reporters goes back by the road their complaint came: in the letter's thread, by SMS or WhatsApp (51.6.2)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from pasti.adapters.email.client import send
from pasti.adapters.messages.client import Gateway
from pasti.domain.messages import Medium, letter_id, subject_of_answer
from pasti.records.messages import IncomingMessage

HOW_TO_ANSWER = "Anda juga dapat membalas surat ini. Biarkan nomor di judulnya, supaya balasan Anda masuk ke pengaduan yang sama."


def answer(errand_id: UUID, number: str, *, body: str, short: str, at: datetime) -> bool:
    """Write to who sent complaint `number` as a message: `body` by mail, in its thread, or `short` by SMS or WhatsApp.

    False when it did not come by a message of somebody who can be answered. The same errand again is a double that servers know.
    """
    last = IncomingMessage.objects.filter(number=number).order_by("-received_at", "-id").first()
    envelope = last.envelope if last else {}
    if last is None or not envelope.get("sender"):
        return False
    if last.medium != Medium.EMAIL:
        _gateway().send(medium=Medium(last.medium), to=envelope["sender"], text=short, id=str(errand_id), at=at)
        return True
    send(
        settings.PASTI_SMTP_URL,
        to=envelope["sender"],
        subject=subject_of_answer(envelope["subject"], number=number),
        body=f"{body.strip()}\n\n{HOW_TO_ANSWER}\n",
        message_id=letter_id(number, str(errand_id), host=settings.PASTI_HOST),
        sender=settings.DEFAULT_FROM_EMAIL,
        reply_to=settings.PASTI_COMPLAINTS_MAIL if "@" in settings.PASTI_COMPLAINTS_MAIL else "",
        references=[*envelope["references"], envelope["id"]],
    )
    return True


def _gateway() -> Gateway:
    return Gateway(url=settings.PASTI_MESSAGES_URL, secret=settings.PASTI_MESSAGES_SECRET)
