"""Another system as the tests have it: it files and follows over HTTP, without cookies."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

COMPLAINTS = "/api/v1/complaints"
COMPLAINT: dict[str, Any] = {
    "channel": "web_mpp",
    "service_received_on": None,
    "reporter": {"name": "Rina Kartika", "contact": "0812 3456 7890"},
    "object": "Sertifikat terlambat terbit",
    "matter": "Berkas saya lengkap sejak awal bulan, tetapi belum ada keputusan.",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status and JSON of one answer."""

    status: int
    body: dict[str, Any]
    type: str
    headers: Any

    @property
    def fields(self) -> list[str]:
        """The fields that a problem names."""
        return [error["field"] for error in self.body["errors"]]


@dataclass(frozen=True, kw_only=True)
class Caller:
    """One system and its key."""

    client: Client
    key: str

    def file(self, *, send_key: str = "", raw: bytes | None = None, **changes: object) -> Answer:
        """POST one complaint; `raw` in place of its JSON."""
        body = json.dumps({**COMPLAINT, **changes}).encode() if raw is None else raw
        headers = {"Authorization": f"Bearer {self.key}"} | ({"Idempotency-Key": send_key} if send_key else {})
        return _answer(self.client.post(COMPLAINTS, body, content_type="application/json", headers=headers))

    def follow(self, number: str, secret: str | None) -> Answer:
        """GET one complaint."""
        headers = {"Authorization": f"Bearer {self.key}"} | ({} if secret is None else {"X-Complaint-Secret": secret})
        return _answer(self.client.get(f"{COMPLAINTS}/{number}", headers=headers))


def _answer(response: Any) -> Answer:
    return Answer(
        status=response.status_code, body=response.json(), type=response.headers["Content-Type"], headers=response.headers
    )
