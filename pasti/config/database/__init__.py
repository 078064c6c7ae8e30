"""Django's PostgreSQL, with a pool that forgets all dead connections at the first; see base.py."""
