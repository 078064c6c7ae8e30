"""The one Django app: the tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables only; rules live in domain/, writes go through actions/carry_out.py."""

    name = "pasti.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
