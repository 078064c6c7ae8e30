"""When each background duty last did its work (51.10.2)."""

from django.db import models


class Heartbeat(models.Model):
    """One duty's last success. No subject of the ledger: a fact a minute would drown the others."""

    duty = models.CharField(max_length=20, primary_key=True)
    ran_at = models.DateTimeField()

    class Meta:
        db_table = "heartbeat"
