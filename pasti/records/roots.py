"""The published roots of the ledger, one a night, each chained to the last (51.10.2)."""

from typing import ClassVar

import pgtrigger
from django.db import models

from pasti.domain.merkle import Frontier
from pasti.domain.roots import Cut, Sealed
from pasti.records.subject import Subject


class LedgerRoot(Subject):
    """One root: the tree over every fact with an id up to `through`. `proof` is the signed statement, as published."""

    subject_kind = "ledger_root"
    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    through = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    peaks = models.JSONField()  # of the tree, so that the next night reads only what is new
    proof = models.TextField()
    stamp = models.BinaryField(null=True)  # the token of a time-stamping authority (RFC 3161)
    stamped_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)  # when the samples of its night were drawn by it

    class Meta:
        db_table = "ledger_root"
        triggers: ClassVar = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def sealed(self) -> Sealed:
        """The domain's value."""
        cut = Cut(through=self.through, frontier=Frontier.from_json(self.size, self.peaks))
        return Sealed(number=self.number, at=self.at, cut=cut, proof=self.proof)
