"""The demonstration office's complaints: a handful at several stages, walked there by the real acts (51.6)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pasti.actions import complaint_answer, complaint_handling, complaint_tiers, complaints
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_handling import ActionKind, Planned
from pasti.domain.complaint_intake import Filing, Reporter
from pasti.domain.complaint_steps import FINAL, Stage
from pasti.domain.complaints import Finding, Kind
from pasti.domain.roles import Actor, Role
from pasti.records.complaints import Complaint

Office = Mapping[Role, Actor]
Mornings = Callable[[int], Iterator[datetime]]  # working days ago -> moments, the first that many days back
OFFICER, OFFICIAL, HEAD = Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD


@dataclass(frozen=True, kw_only=True)
class Story:
    """One complaint: what it says, by whom, through which channel, how many working days ago, and where it stands."""

    object: str
    matter: str
    name: str
    contact: str
    channel: str
    days_ago: int
    until: Stage
    service: str = "perizinan_industri"
    problem: str = "waktu"
    clause: str = "51.3"
    category: int = 1
    is_secret: bool = False
    finding: str = ""  # what came of it, in the words of the written reports


STORIES: tuple[Story, ...] = (
    Story(
        object="Jadwal peninjauan berubah tanpa kabar",
        matter="Tim datang satu hari lebih awal dari jadwal yang saya setujui, jadi kepala produksi tidak di tempat.",
        name="Ratna Dewi",
        contact="ratna.dewi@pasti.example",
        channel="web_dpmptsp",
        days_ago=0,
        until=Stage.RECEIVED,
    ),
    Story(
        object="Loket konsultasi kosong",
        matter="Selasa pagi saya menunggu hampir satu jam. Loket buka, tetapi tidak ada petugas maupun penggantinya.",
        name="Anton Wijaya",
        contact="0812 0000 1212",
        channel="surat",
        days_ago=4,
        until=Stage.PLANNED,
        service="konsultasi",
        problem="kompetensi",
        clause="51.9.1",
    ),
    Story(
        object="Permohonan tertahan sesudah validasi",
        matter="Berkas saya sudah divalidasi, tetapi lebih dari seminggu tidak ada kelanjutan maupun penjelasan.",
        name="Mamat Rahmat",
        contact="mamat.rahmat@pasti.example",
        channel="telepon",
        days_ago=19,
        until=Stage.RELATED,
    ),
    Story(
        object="Ruang tunggu tanpa kursi roda",
        matter="Ayah saya sulit berjalan. Di pintu masuk tidak ada kursi roda dan tidak ada yang membantu.",
        name="",
        contact="",
        channel="kotak",
        days_ago=6,
        until=Stage.SETTLED,
        service="lainnya",
        problem="sarana",
        finding="Satu kursi roda ditempatkan di pintu masuk dan petugas keamanan ditunjuk untuk membantu.",
    ),
    Story(
        object="Diminta uang agar cepat selesai",
        matter="Seseorang yang mengaku petugas meminta uang supaya sertifikat cepat selesai. Saya takut berkas saya dipersulit.",
        name="Pelapor Peragaan",
        contact="rahasia@pasti.example",
        channel="whatsapp",
        days_ago=5,
        until=Stage.IN_TIERS,
        problem="biaya",
        clause="51.4",
        category=3,
        is_secret=True,
    ),
    Story(
        object="Hasil peninjauan lapangan berbeda dengan berita acara",
        matter="Yang tertulis di berita acara tidak sama dengan yang dilihat tim. Mohon diperiksa bersama.",
        name="Siti Rohmah",
        contact="siti.rohmah@pasti.example",
        channel="loket_mpp",
        days_ago=7,
        until=Stage.IN_TIERS,
        problem="prosedur",
        clause="51.2",
        category=2,
    ),
    Story(
        object="Tanda terima terlambat diberikan",
        matter="Tanda terima permohonan baru saya peroleh dua hari sesudah berkas saya serahkan.",
        name="Lilis Suryani",
        contact="lilis.suryani@pasti.example",
        channel="formulir",
        days_ago=12,
        until=Stage.CLOSED,
        problem="prosedur",
        clause="51.2",
        finding="Tanda terima memang terlambat karena loket tutup lebih awal. Petugas loket diingatkan dan jadwalnya diperbaiki.",
    ),
    Story(
        object="Penawaran pinjaman cepat",
        matter="Dapatkan pinjaman tanpa jaminan hari ini juga. Hubungi nomor di bawah.",
        name="Promo",
        contact="promo@pasti.example",
        channel="surel",
        days_ago=3,
        until=Stage.SET_ASIDE,
    ),
)


def unfinished() -> bool:
    """Whether a story is still missing, as after an interrupted first start."""
    return Complaint.objects.filter(object__in=[story.object for story in STORIES]).count() < len(STORIES)


def furnish(office: Office, *, mornings: Mornings, passphrase: str) -> None:
    """Walk every complaint to where it stands, unless that was done before."""
    for story in STORIES:
        if not Complaint.objects.filter(object=story.object).exists():
            _tell(story, office, mornings(story.days_ago), passphrase)


def _tell(story: Story, office: Office, moments: Iterator[datetime], passphrase: str) -> None:
    began = next(moments)
    filing = Filing(
        channel=story.channel,
        object=story.object,
        matter=story.matter,
        reporter=Reporter(name=story.name, contact=story.contact),
        service_on=jakarta_day(began) - timedelta(days=4),
        wants_secrecy=story.is_secret,
    )
    by_itself = story.channel in ("web_dpmptsp", "whatsapp", "surel")
    id = complaints.file(filing, actor=complaints.REPORTER if by_itself else office[OFFICER], at=began).id
    if story.until is Stage.RECEIVED:
        return
    if story.until is Stage.SET_ASIDE:
        reason = "Iklan pinjaman, bukan tentang pelayanan kantor ini."
        complaint_handling.set_aside(office[OFFICER], id, seen=_seen(id), at=next(moments), reason=reason)
        return
    _walk(story, office, id, next(moments), until=min(story.until, Stage.SETTLED, key=list(Stage).index))
    if story.until in FINAL:
        _end(story, office, id, passphrase, next(moments))


def _seen(id: UUID) -> int:
    return Complaint.objects.values_list("ledger_length", flat=True).get(pk=id)


def _walk(story: Story, office: Office, id: UUID, at: datetime, *, until: Stage) -> None:
    while (row := Complaint.objects.get(pk=id)).stage != until:
        _step(story, office, row, at)


def _step(story: Story, office: Office, row: Complaint, at: datetime) -> None:
    """The step that leads on from where it stands."""
    officer, id, seen, stage = office[OFFICER], row.id, row.ledger_length, Stage(row.stage)
    if stage is Stage.RECEIVED:
        complaint_handling.screen(officer, id, Kind(row.kind), seen=seen, at=at)
    elif stage is Stage.SCREENED:
        complaint_handling.group(officer, id, service=story.service, problem=story.problem, seen=seen, at=at)
    elif stage is Stage.GROUPED and row.kind != Kind.COMPLAINT:
        complaint_handling.take_note(officer, id, story.finding, seen=seen, at=at)
    elif stage is Stage.GROUPED:
        complaint_handling.formulate(officer, id, f"{story.object}: {story.matter}", seen=seen, at=at)
    elif stage is Stage.FORMULATED:
        complaint_handling.relate(officer, id, story.clause, seen=seen, at=at)
    elif stage is Stage.RELATED:
        known = "Jejak audit dan pengaduan terdahulu diperiksa; belum ada pengaduan lain tentang hal ini."
        complaint_handling.check(officer, id, known, seen=seen, at=at)
    elif stage is Stage.CHECKED:
        complaint_handling.plan(officer, id, (_planned(officer, at),), seen=seen, at=at)
    elif stage is Stage.PLANNED and row.open_actions:
        result = "Petugas yang bertugas hari itu sudah ditanyai dan catatannya dilampirkan."
        complaint_handling.record_result(officer, id, row.actions.get().pk, result, seen=seen, at=at)
    elif stage is Stage.PLANNED:
        complaint_handling.conclude(officer, id, seen=seen, at=at)
    elif stage is Stage.EXAMINED:
        _categorise(story, office, row, at)
    else:
        breaches = ((story.clause, jakarta_day(row.received_at) - timedelta(days=4)),)
        complaint_tiers.settle(officer, id, Finding.SUBSTANTIATED, story.finding, seen=seen, at=at, breaches=breaches)


def _planned(officer: Actor, at: datetime) -> Planned:
    what = "Tanyai petugas yang bertugas hari itu dan periksa catatannya."
    return Planned(kind=ActionKind.CLARIFICATION, what=what, owner=officer.person, due_on=jakarta_day(at) + timedelta(days=3))


def _categorise(story: Story, office: Office, row: Complaint, at: datetime) -> None:
    if story.category == 3:
        reason = "Ada dugaan pungutan liar; perlu diperiksa pihak di luar kantor ini."
        complaint_tiers.approve_inspectorate(office[HEAD], row.id, seen=row.ledger_length, at=at, reason=reason)
    reasons = {1: "Dapat diselesaikan di dalam kantor.", 2: "Perlu pendapat tim teknis.", 3: "Disetujui Kepala DPMPTSP."}
    seen, reason = _seen(row.id), reasons[story.category]
    complaint_tiers.categorise(office[OFFICIAL], row.id, story.category, seen=seen, at=at, reason=reason)
    if story.category == 2:
        report = "Pelaksana sudah memeriksa; pendapat tim teknis diperlukan untuk memutuskan."
        complaint_tiers.climb(office[OFFICER], row.id, report, seen=_seen(row.id), at=at)


def _end(story: Story, office: Office, id: UUID, passphrase: str, at: datetime) -> None:
    """Answered by signed letter, reported, closed."""
    text = f"Pengaduan Anda tentang “{story.object}” sudah kami periksa dan terbukti.\n\n{story.finding}\n\nMohon maaf."
    complaint_answer.answer(office[HEAD], id, text, passphrase, seen=_seen(id), at=at)
    complaint_answer.report(office[OFFICIAL], id, story.finding, seen=_seen(id), at=at)
    complaint_answer.close(office[OFFICIAL], id, seen=_seen(id), at=at)
