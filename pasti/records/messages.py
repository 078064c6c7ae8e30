"""What came in by mail, SMS or WhatsApp, each once, whatever became of it (51.6.2.e–g)."""

from typing import ClassVar

from django.db import models

from pasti.records.encryption import EncryptedJSONField
from pasti.records.subject import Subject


class IncomingMessage(Subject):
    """One message. Its id is made of what the sender sent, so that a second delivery is the same row."""

    subject_kind = "message"
    medium = models.CharField(max_length=10)
    fate = models.CharField(max_length=12)
    why = models.CharField(max_length=20, blank=True)  # the origin of what was ignored, the trouble of what could not be filed
    words = EncryptedJSONField(null=True)  # the refusal in full, when there is one
    number = models.CharField(max_length=30, blank=True, db_index=True)  # of the complaint it became or belongs to
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    original = models.CharField(max_length=64)  # its bytes in the store
    envelope = EncryptedJSONField(default=dict)  # sender, sender_name, subject, id, references: what an answer needs
    sender_digest = models.CharField(max_length=64, blank=True)  # keyed: counts a sender's messages, tells nothing

    class Meta:
        db_table = "incoming_message"
        indexes: ClassVar = [
            models.Index(fields=["sender_digest", "taken_at"], name="message_of_a_day", condition=~models.Q(sender_digest="")),
            models.Index(fields=["-taken_at", "-id"], name="message_to_look_at", condition=~models.Q(fate="filed")),
        ]
