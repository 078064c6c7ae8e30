"""Series of numbers without gaps or doubles (51.5)."""

from django.db import models


class Counter(models.Model):
    """The last number given out in a series such as "certificate:51:2026"."""

    series = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField()

    class Meta:
        db_table = "counter"
