"""The keys of other systems, as the administrator lists them (51.6.2)."""

from dataclasses import dataclass
from datetime import datetime

from pasti.records.api_keys import ApiKey


@dataclass(frozen=True, kw_only=True)
class KeyLine:
    """One key; what it is can no longer be told."""

    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def api_keys() -> tuple[KeyLine, ...]:
    """All keys, the newest first, those taken back too. One SQL query."""
    rows = ApiKey.objects.order_by("-created_at", "name").values("name", "created_at", "last_used_at", "revoked_at")
    return tuple(KeyLine(**row) for row in rows)
