"""Columns that are readable only with the office's key (personal data: NIK, phone, address)."""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=1)
def _cipher(keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys.split(",")])


class EncryptedJSONField(models.BinaryField):  # type: ignore[type-arg]  # the stubs' generic has no runtime form
    """A JSON value, encrypted at rest by PASTI_FIELD_KEY (the first of several keys writes, all of them read)."""

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return _cipher(settings.PASTI_FIELD_KEY).encrypt(text.encode())

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        if value is None:
            return None
        return json.loads(_cipher(settings.PASTI_FIELD_KEY).decrypt(bytes(value)))

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        return value
