"""The demonstration office's evaluation of this year: read by most staff, two improvements under way (51.14.1, 51.14.3)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pasti.actions import evaluation, improvements
from pasti.domain.calendar import jakarta_day
from pasti.domain.evaluation import parts_of
from pasti.domain.improvements import Asked
from pasti.domain.roles import Actor, Role
from pasti.records.evaluation import Evaluation

SUMMARY = (
    "Contoh peragaan: standar dan keempat SOP dijalankan. Dua bagian perlu perbaikan: penjelasan persyaratan di loket "
    "dan saluran pengaduan."
)
IN_ORDER = "Contoh peragaan: dijalankan menurut standar; diperiksa bersama angka tahun ini."
# part → what was found, what is done about it
TO_IMPROVE = {
    "komponen-1": (
        "Contoh peragaan: pemohon masih bertanya syarat mana yang berlaku baginya.",
        "Contoh syarat yang benar dipasang di loket.",
    ),
    "komponen-6": ("Contoh peragaan: kotak pengaduan jarang dibuka.", "Kotak pengaduan dibuka tiap hari kerja, dengan catatan."),
}
UNREAD = frozenset({Role.TECHNICAL_TEAM, Role.FACILITY_CUSTODIAN})


def furnish(office: Mapping[Role, Actor], entry: str, *, at: datetime) -> None:
    """Evaluate, close, let most of the staff acknowledge, plan two improvements; once."""
    if Evaluation.objects.filter(entry=entry).exists():
        return
    keeper = office[Role.SURVEY_OFFICER]
    row = evaluation.begin(keeper, entry, jakarta_day(at).year, at=at)
    for part in parts_of(evaluation.standard_of(row)):
        verdict, words = ("to_improve", TO_IMPROVE[part.id][0]) if part.id in TO_IMPROVE else ("in_order", IN_ORDER)
        seen = Evaluation.objects.get(pk=row.pk).ledger_length
        evaluation.find(keeper, row.id, part.id, verdict=verdict, words=words, seen=seen, at=at)
    evaluation.close(keeper, row.id, SUMMARY, seen=Evaluation.objects.get(pk=row.pk).ledger_length, at=at)
    told = set(row.readings.values_list("account", flat=True))
    for role, actor in office.items():
        if actor.id in told and role not in UNREAD:
            evaluation.acknowledge(actor, row.id, at=at)
    owners = (Role.COUNTER_OFFICER, Role.COMPLAINTS_OFFICER)
    for (id, (_found, what)), owner, days in zip(TO_IMPROVE.items(), owners, (30, 14), strict=True):
        asked = Asked(what=what, owner=office[owner].id, due_on=jakarta_day(at) + timedelta(days=days))
        improvements.plan(keeper, row.id, id, asked, at=at)
