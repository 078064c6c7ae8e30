"""What the public and the office's scorecards share: the day asked for, the bar of a component, the files (51.14.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pasti import standards
from pasti.actions import score_report
from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.compliance import ClauseStatus, Status
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.score_report import ScoreLine, ScorePart, ScoreReport
from pasti.pages.access import moment
from pasti.pages.public.files import as_download
from pasti.queries import compliance, public_score
from pasti.queries.compliance import ComponentScore, Scorecard

WIDTH = 320
PLACES = {  # the pages that evidence names
    "facilities": gettext_lazy("Sarana dan prasarana"),
    "oversight": gettext_lazy("Pengawasan"),
    "proclamation": gettext_lazy("Maklumat pelayanan"),
    "safety": gettext_lazy("Keamanan dan keselamatan"),
    "survey_results": gettext_lazy("Hasil survei kepuasan"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUS_WORDS = {
    Status.MET: gettext_lazy("terbukti"),
    Status.NOT_MET: gettext_lazy("belum dipenuhi"),
    Status.STALE: gettext_lazy("bukti kedaluwarsa"),
    Status.NO_EVIDENCE: gettext_lazy("belum ada bukti"),
}
TITLES = {
    Status.MET: "terbukti",
    Status.NOT_MET: "belum dipenuhi",
    Status.STALE: "bukti kedaluwarsa",
    Status.NO_EVIDENCE: "belum ada bukti",
}
WAYS = {"enforced": "dijaga", "measured": "diukur", "attested": "dibuktikan"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The moment a scorecard is asked for; `day` when it is the end of a past one, `wrong` when what was asked is no such day."""

    at: datetime
    day: date | None = None
    wrong: str = ""

    @property
    def query(self) -> str:
        """What a link to the same day carries."""
        return f"?pada={self.day.isoformat()}" if self.day else ""


def asked_of(request: HttpRequest) -> Asked:
    """`pada=2026-11-23` is the end of that day; without it, now. What is no day, or not over yet, is said: a page shows now."""
    now, words = moment(), request.GET.get("pada", "").strip()
    if not words:
        return Asked(at=now)
    try:
        day = date.fromisoformat(words)
        compliance_begins = compliance.entries_on(day)
    except ValueError:
        return Asked(at=now, wrong=_("Tanggal itu tidak dikenali. Tulis tahun-bulan-tanggal, misalnya 2026-07-01."))
    if day == jakarta_day(now):
        return Asked(at=now)
    if day > jakarta_day(now):
        return Asked(at=now, wrong=_("Hari itu belum tiba. Pilih hari ini atau hari sebelumnya."))
    if not compliance_begins:
        return Asked(at=now, wrong=_("Pada hari itu belum ada standar yang berlaku. Pilih hari sesudahnya."))
    return Asked(at=end_of(day), day=day)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One component as a row: its words and its bar, in shares of WIDTH."""

    score: ComponentScore
    met: int
    not_met: int
    stale: int
    no_evidence: int
    met_width: int
    bad_from: int
    bad_width: int
    width: int = WIDTH


def part_of(score: ComponentScore) -> Part:
    """The row of a component."""
    count = {status: score.count(status) for status in Status}
    every = len(score.lines)
    met, bad = (round(WIDTH * count[status] / every) for status in (Status.MET, Status.NOT_MET))
    return Part(
        score=score,
        met=count[Status.MET],
        not_met=count[Status.NOT_MET],
        stale=count[Status.STALE],
        no_evidence=count[Status.NO_EVIDENCE],
        met_width=met,
        bad_from=met,
        bad_width=bad,
    )


def card_or_404(entry: str, asked: Asked) -> Scorecard:
    """The office's own scorecard of an entry that was in force then, with exact figures."""
    if entry not in compliance.entries_on(jakarta_day(asked.at)):
        raise Http404(entry)
    return compliance.scorecard(entry, at=asked.at)


def public_card_or_404(entry: str, asked: Asked) -> Scorecard:
    """The same as anybody may see it."""
    if entry not in compliance.entries_on(jakarta_day(asked.at)):
        raise Http404(entry)
    return public_score.scorecard(entry, at=asked.at, now=moment())


def place_of(status: ClauseStatus) -> str:
    """The address of the page that shows what the evidence is of; "" for none. Who may open it, that page asks."""
    return reverse(status.where) if status.where in PLACES else ""


def _report(card: Scorecard) -> ScoreReport:
    standard = standards.load().in_force(card.entry, jakarta_day(card.at))
    letterhead, demonstration = score_report.heading()
    return ScoreReport(
        letterhead=letterhead,
        entry=card.entry,
        service=standard.title.id,
        edition=standard.effective,
        at=card.at,
        day=jakarta_day(card.at),
        counts={status.value: card.count(status) for status in Status},
        parts=tuple(_part(score) for score in card.components),
        demonstration=demonstration,
    )


def _part(score: ComponentScore) -> ScorePart:
    return ScorePart(
        number=score.component.number,
        title=score.component.title.id,
        counts={status.value: score.count(status) for status in Status},
        lines=tuple(
            ScoreLine(
                clause=line.status.id,
                component=line.status.component,
                text=line.status.text,
                way=WAYS[line.status.way],
                status=line.status.status.value,
                status_title=TITLES[line.status.status],
                evidence=str(line.status.evidence),
                as_of=line.status.as_of,
                since=line.since.day,
                since_is_exact=line.since.is_exact,
                role=str(ROLE_TITLES[line.role]),
            )
            for line in score.lines
        ),
    )


def file(entry: str, asked: Asked, kind: str, *, card: Callable[[str, Asked], Scorecard]) -> HttpResponse:
    """What `card` gives, as "json", "xlsx" or "pdf"; 400 with the reason for a day that is none: a file shows no warning."""
    if asked.wrong:
        return HttpResponse(f"{asked.wrong}\n", status=400, content_type="text/plain; charset=utf-8")
    report = _report(card(entry, asked))
    name = f"kartu-skor-{report.entry}-{report.day}.{kind}"
    if kind == "pdf":
        return as_download(score_report.as_pdf(report), name=name, mime="application/pdf")
    if kind == "xlsx":
        answer = as_download(score_report.as_sheet(report), name=name, mime=XLSX)
        answer["Content-Type"] = XLSX
        return answer
    return HttpResponse(report.to_json(), content_type="application/json; charset=utf-8")
