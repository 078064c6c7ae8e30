"""A time-stamping authority: somebody else's word on when something existed at the latest (RFC 3161)."""
