"""Makers for tests of the yearly evaluation."""

from datetime import datetime

from pasti.actions import evaluation
from pasti.domain.evaluation import parts_of
from pasti.domain.roles import Actor
from pasti.records.evaluation import Evaluation

SUMMARY = "Standar dijalankan; penjelasan di loket perlu diperbaiki."
WORDS = "Diperiksa bersama angka tahun ini."
TO_IMPROVE = "komponen-6"


def begun(keeper: Actor, *, at: datetime) -> Evaluation:
    """This year's evaluation, every part found, one of them to be improved."""
    row = evaluation.begin(keeper, "51", at.year, at=at)
    for part in parts_of(evaluation.standard_of(row)):
        verdict = "to_improve" if part.id == TO_IMPROVE else "in_order"
        evaluation.find(keeper, row.id, part.id, verdict=verdict, words=WORDS, seen=fresh(row).ledger_length, at=at)
    return fresh(row)


def closed(keeper: Actor, *, at: datetime) -> Evaluation:
    """The same, closed."""
    row = begun(keeper, at=at)
    evaluation.close(keeper, row.id, SUMMARY, seen=row.ledger_length, at=at)
    return fresh(row)


def fresh(row: Evaluation) -> Evaluation:
    """The row as it stands now."""
    return Evaluation.objects.get(pk=row.pk)
