"""Sessions that are over are cleared away: what was in them, and whose they were, is kept no longer than needed (51.10.1)."""

from datetime import datetime

from pasti.records.sessions import Session

MOST_AT_ONCE = 20_000  # of an hour; a flood is cleared within the hours after it, and no run holds the table for long


def clear_expired(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Clear the `most` sessions that have been over the longest; answers how many. No fact: they opened nothing any more."""
    over = Session.objects.filter(expire_date__lte=at).order_by("expire_date").values("pk")[:most]
    return Session.objects.filter(pk__in=over).delete()[0]
