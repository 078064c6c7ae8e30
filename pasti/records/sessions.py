"""The sessions of browsers, each with whose it is: one query brings the session, the account and its roles (51.10.1)."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from pasti.records.accounts import Account, Appointment
from pasti.records.prepared import prepared
from pasti.records.reading import columns


class Session(AbstractBaseSession):
    """One browser's session; `account` once somebody has signed in with it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions", null=True)

    class Meta:
        db_table = "session"

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's, that remembers whose each session is and reads them together. `account`: who it was when it was read."""

    account: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.account_id = data.get("_auth_user_id")
        return session

    def load(self) -> dict[str, Any]:
        with prepared() as cursor:
            cursor.execute(READ, [self.session_key, timezone.now()])
            rows = cursor.fetchall()
        if not rows:
            self._session_key = None  # as Django does: what is not known gets a new key
            return {}
        self.account = _account([row[1:] for row in rows])
        data: dict[str, Any] = self.decode(rows[0][0])
        return data


ACCOUNT, APPOINTMENT = columns(Account), columns(Appointment)
READ = (
    f"SELECT s.session_data, {ACCOUNT.of('a')}, {APPOINTMENT.of('p')} "  # noqa: S608
    "FROM session s LEFT JOIN account a ON a.id = s.account_id LEFT JOIN appointment p ON p.account_id = a.id "
    "WHERE s.session_key = %s AND s.expire_date > %s"
)


def _account(rows: list[tuple[Any, ...]]) -> Account | None:
    """The account and its posts: `rows` are one for each of them, or a single one without any."""
    width = len(ACCOUNT.names)
    account = ACCOUNT.row(rows[0][:width])
    if account.pk is None:
        return None
    account.posts = [APPOINTMENT.row(row[width:]) for row in rows if row[width] is not None]
    return account
