"""The keys by which other systems file and follow complaints (51.6.2)."""

from typing import ClassVar

from django.db import models

from pasti.records.subject import Subject


class ApiKey(Subject):
    """One key of one other system, kept as its digest. `minute` and `used` count its requests within the running minute."""

    subject_kind = "api_key"
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)  # since 1970
    used = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "api_key"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="api_key_once", condition=models.Q(revoked_at__isnull=True))
        ]
