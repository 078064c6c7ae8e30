"""What comes round for each officer: the yearly pledges and the yearly judgement of competence (51.9.3, 51.12.1)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Max

from pasti.domain import staff
from pasti.domain.calendar import jakarta_day
from pasti.domain.sentence import Sentence
from pasti.queries.staff import judged_ids, promised
from pasti.records.guarantees import Signing
from pasti.records.staff import Assessment

Found = tuple[Sentence, str, date | None]  # what, its clause, by when; None: never done yet


def pledges(at: datetime) -> Iterator[Found]:
    """For each pledge who renews it by when, and how many have not given it. Two SQL queries."""
    found = promised(at)
    if found is None:
        return
    staffing = found[1]
    officers = judged_ids(staffing, jakarta_day(at))
    rows = Signing.objects.filter(account__in=officers, made_at__lte=at).values("pledge", "account")
    given = list(rows.annotate(last=Max("made_at")).values_list("pledge", "last"))
    for pledge in staffing.pledges:
        days = Counter(staff.holds_until(last, staffing) for name, last in given if name == pledge.id)
        for day, count in days.items():
            what = Sentence("Petugas yang memperbarui pernyataannya: {count} ({title})", count=count, title=pledge.title)
            yield what, pledge.clause, day
        if missing := len(officers) - days.total():
            yield (
                Sentence("Petugas yang belum menyatakan: {count} ({title})", count=missing, title=pledge.title),
                pledge.clause,
                None,
            )


def competences(at: datetime) -> Iterator[Found]:
    """Who is judged again by when, and how many never were. Two SQL queries."""
    found = promised(at)
    if found is None or not found[1].competences:
        return
    staffing = found[1]
    officers, clause = judged_ids(staffing, jakarta_day(at)), staffing.competences[0]
    rows = Assessment.objects.filter(account__in=officers, made_at__lte=at).values("account")
    days = Counter(
        staff.holds_until(last, staffing) for last in rows.annotate(last=Max("made_at")).values_list("last", flat=True)
    )
    for day, count in days.items():
        yield Sentence("Petugas yang dinilai lagi kompetensinya: {count}", count=count), clause, day
    if missing := len(officers) - days.total():
        yield Sentence("Petugas yang belum dinilai kompetensinya: {count}", count=missing), clause, None
