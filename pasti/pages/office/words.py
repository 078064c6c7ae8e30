"""What the ledger's facts are called for a person who reads them, and how a case's standing is said (51.3, 51.10.2)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pasti.domain.clock import ClockState
from pasti.domain.facilities import CONDITION_TITLES, Condition
from pasti.domain.roles import ROLE_TITLES, Role
from pasti.domain.workflow import STATE_TITLES, State
from pasti.pages.office.complaint_words import COMPLAINT_EVENTS, complaint_value
from pasti.pages.office.register_words import REGISTER_EVENTS
from pasti.pages.oversight.seen_words import looked_at, page_read
from pasti.pages.oversight.words import OVERSIGHT_EVENTS, OVERSIGHT_VALUES
from pasti.pages.words import in_language, long_day, moment, working_days
from pasti.queries.bar import Bar
from pasti.queries.ledger import TimelineEntry

# Every kind of fact, with {named} values of what it changed.
EVENTS: dict[str, str | Promise] = {
    "application.started": _("Konsep dibuat"),
    "application.edition_changed": _("Konsep mengikuti edisi standar mulai {effective}"),
    "application.kbli_chosen": _("KBLI menurut klasifikasi baru dipilih: {kbli}"),
    "application.submitted": _("Permohonan diajukan"),
    "application.taken": _("Berkas diambil"),
    "application.returned": _("Dikembalikan untuk dilengkapi"),
    "application.accepted": _("Berkas dinyatakan lengkap dan benar"),
    "application.asked": _("Klarifikasi diminta"),
    "application.answered": _("Klarifikasi dijawab"),
    "application.reviewed": _("Pemeriksaan teknis selesai"),
    "application.inspected": _("Peninjauan lapangan selesai, dengan berita acara"),
    "application.recommended": _("Rekomendasi tim teknis: {recommendation}"),
    "application.validated": _("Divalidasi"),
    "application.sent_back": _("Dikembalikan ke tahap “{state}”"),
    "application.approved": _("Penerbitan disetujui"),
    "application.found_not_met": _("Dinyatakan belum memenuhi"),
    "application.signed": _("Sertifikat ditandatangani"),
    "application.withdrawn": _("Ditarik pemohon"),
    "application.assigned": _("Berkas dibagikan kepada petugas"),
    "outage.declared": _("Gangguan dinyatakan"),
    "outage.ended": _("Gangguan berakhir"),
    "paper.printed": _("Formulir kertas dicetak: {first} sampai {last}"),
    "filter.saved": _("Saringan disimpan: {name}"),
    "filter.removed": _("Saringan dihapus: {name}"),
    "note.added": _("Catatan petugas ditambahkan"),
    "application.class_changed": _("Kelas prosedur diubah menjadi kelas {procedure}"),
    "application.deemed_approved": _("Dianggap disetujui karena lewat waktu"),
    "application.fulfilment_lapsed": _("Waktu pemenuhan lewat, kembali ke kepala dinas"),
    "application.rejected": _("Permohonan ditolak dengan surat {letter}"),
    "application.heard": _("Tanggapan pemegang diminta"),
    "application.responded": _("Pemegang memberi tanggapan"),
    "application.suspended": _("Sertifikat dibekukan"),
    "application.reinstated": _("Sertifikat berlaku lagi"),
    "application.revoked": _("Sertifikat dicabut"),
    "application.change_requested": _("Perubahan data diajukan"),
    "application.change_refused": _("Perubahan data ditolak"),
    "application.replaced": _("Perubahan data disetujui, sertifikat pengganti disiapkan"),
    "survey.invited": _("Diundang mengisi survei kepuasan"),
    "guard.warned": _("Petugas diingatkan: sisa {remaining} hari kerja"),
    "guard.fulfilment_warned": _("Pemohon diingatkan: waktu memenuhi syarat berakhir {fulfil_by}"),
    "hearing.ended": _("Waktu tanggapan pemegang lewat tanpa tanggapan"),
    "duty.opened": _("Kewajiban sesudah terbit: {duty_title}, paling lambat {due_on}"),
    "duty.reminded": _("Pemegang diingatkan: {duty_title}, paling lambat {due_on}"),
    "duty.overdue": _("Kewajiban lewat tenggat: {duty_title}, tenggatnya {due_on}"),
    "duty.reported": _("Kewajiban dilaporkan: {duty_title}"),
    "guard.escalated": _("Lewat waktu, dinaikkan kepada {to}"),
    "requirement.judged": _("Syarat dinilai: {verdict}"),
    "inspection.assigned": _("Tim peninjauan ditugaskan, surat tugas {letter}"),
    "inspection.offered": _("Jadwal peninjauan ditawarkan: {visit_at}"),
    "inspection.countered": _("Pemohon mengusulkan waktu lain: {visit_at}"),
    "inspection.agreed": _("Usulan waktu pemohon disetujui: {visit_at}"),
    "inspection.accepted": _("Pemohon menyetujui jadwal: {visit_at}"),
    "inspection.safety_checked": _("Daftar periksa keselamatan lengkap"),
    "inspection.started": _("Peninjauan dimulai"),
    "inspection.found": _("Temuan di lapangan: {verdict}"),
    "inspection.photographed": _("Foto diambil"),
    "inspection.minutes_signed": _("Berita acara ditandatangani kedua pihak"),
    "inspection.concluded": _("Peninjauan selesai"),
    "clock.started": _("Hitungan waktu dimulai, janji selesai {due_on}"),
    "clock.stopped": _("Hitungan waktu berhenti"),
    "clock.resumed": _("Hitungan waktu berjalan lagi, janji selesai {due_on}"),
    "clock.reset": _("Hitungan waktu diulang dari awal"),
    "clock.recalculated": _("Kalender berubah, janji selesai {due_on}"),
    "clock.ended": _("Hitungan waktu selesai"),
    "intake.saved": _("Isian disimpan pemohon"),
    "intake.confirmed": _("Pemohon menyetujui isian di loket; identitas yang dilihat: {identity}"),
    "evidence.added": _("Berkas diunggah"),
    "evidence.replaced": _("Berkas diganti"),
    "certificate.numbered": _("Nomor sertifikat diberikan: {number}"),
    "certificate.issued": _("Sertifikat terbit"),
    "certificate.signed": _("Sertifikat ditandatangani"),
    "certificate.suspended": _("Sertifikat dibekukan"),
    "certificate.reinstated": _("Sertifikat berlaku lagi"),
    "certificate.revoked": _("Sertifikat dicabut"),
    "certificate.replaced": _("Sertifikat diganti"),
    "letter.signed": _("Surat ditandatangani: {number}"),
    "post_audit.opened": _("Audit sesudah terbit dibuka"),
    "post_audit.closed": _("Audit sesudah terbit ditutup"),
    "notice.sent": _("Pemohon atau pelapor diberi tahu"),
    "data.looked_at": _("Data dilihat petugas: {what}"),
    "account.added": _("Akun dibuat"),
    "account.appointed": _("Penugasan dicatat"),
    "account.opened": _("Akun pemohon dibuka di loket, tanpa sandi"),
    "account.helped": _("Permohonan dibuka di loket untuk pemohon yang hadir"),
    "account.appointment_ended": _("Penugasan diakhiri"),
    "agenda.feed_renewed": _("Alamat kalender peninjauan dibuat"),
    "account.away": _("Cuti dicatat"),
    "account.deactivated": _("Akun dinonaktifkan"),
    "account.activated": _("Akun diaktifkan lagi"),
    "staff.credential_entered": _("Bukti pegawai dicatat"),
    "staff.credential_verified": _("Bukti pegawai diperiksa dan diterima"),
    "staff.credential_refused": _("Bukti pegawai ditolak"),
    "staff.assessed": _("Kompetensi dinilai"),
    "staff.pledged": _("Janji dinyatakan: {title}"),
    "proclamation.published": _("Maklumat pelayanan diumumkan"),
    "sanction.imposed": _("Sanksi dijatuhkan, keputusan {decree}"),
    "guard.planned": _("Jaga dijadwalkan"),
    "guard.noted": _("Jaga dicatat"),
    "incident.reported": _("Kejadian dicatat"),
    "incident.closed": _("Kejadian ditutup"),
    "legal_aid.asked": _("Bantuan hukum diminta"),
    "legal_aid.answered": _("Permintaan bantuan hukum dijawab"),
    **REGISTER_EVENTS,
    **OVERSIGHT_EVENTS,
    **COMPLAINT_EVENTS,
}

# What only the full trail shows; a timeline would drown in it.
SMALL = frozenset({"application.started", "intake.saved", "evidence.added", "evidence.replaced"})

VALUES: dict[str, str | Promise] = {
    "met": _("memenuhi"),
    "not_met": _("belum memenuhi"),
    "meets": _("memenuhi"),
    "not_meets": _("belum memenuhi"),
    **OVERSIGHT_VALUES,
}
# To whom a notice went, by the first word of its kind.
NOTICES: dict[str, str | Promise] = {
    "office": _("Petugas diberi tahu lewat surel"),
    "agency": _("Instansi diberi tahu lewat surel"),
    "evaluation": _("Petugas diberi tahu tentang evaluasi lewat surel"),
}
SEEN: dict[str, Callable[[str], str]] = {"data.looked_at": looked_at, "data.read": page_read}
VERDICTS: dict[str, tuple[str | Promise, str]] = {
    "met": (_("Memenuhi"), "good"),
    "not_met": (_("Belum memenuhi"), "late"),
    "": (_("Belum dinilai"), ""),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A fact as parts/timeline.html shows it."""

    what: str
    at: datetime
    who: str
    clause: str
    reason: str
    folded: tuple["Told", ...] = ()  # the facts it stands for, when it stands for several


def what_happened(kind: str, after: Mapping[str, object]) -> str:
    """A fact in words; a kind that this table does not know is shown by its own name."""
    values = defaultdict(str, {name: _value(name, value) for name, value in after.items()})
    if kind in SEEN:
        values["what"] = SEEN[kind](str(after.get("what", "")))
    words = str(_called(kind, after)).format_map(values)
    return words + say(" (di kertas {paper}, terjadi {at})").format_map(_on_paper(after)) if "happened_at" in after else words


def _called(kind: str, after: Mapping[str, object]) -> str | Promise:
    to = str(after.get("kind", "")).partition("_")[0] if kind == "notice.sent" else ""
    return NOTICES.get(to) or EVENTS.get(kind, kind)


def _on_paper(after: Mapping[str, object]) -> dict[str, str]:
    return {"paper": str(after["paper"]), "at": moment(datetime.fromisoformat(str(after["happened_at"])))}


def _value(name: str, value: object) -> str:
    text = str(value or "")
    if (said := complaint_value(name, value)) is not None:
        return said
    if name in ("due_on", "fulfil_by") and text:
        return long_day(date.fromisoformat(text))
    if name == "visit_at" and text:
        return moment(datetime.fromisoformat(text))
    if name == "state":
        return in_language(STATE_TITLES[State(text)])
    if name == "condition" and text in set(Condition):
        return in_language(CONDITION_TITLES[Condition(text)])
    if name == "to":
        return in_language(ROLE_TITLES[Role(text)])
    return str(VALUES.get(text, text))


def told(entries: tuple[TimelineEntry, ...]) -> tuple[Told, ...]:
    """The timeline's facts in words, without the small ones."""
    return tuple(
        Told(what=what_happened(e.kind, e.after), at=e.at, who=in_language(e.who), clause=e.clause, reason=e.reason)
        for e in entries
        if e.kind not in SMALL
    )


def found_met(entry: TimelineEntry) -> bool:
    """One requirement found met: a dozen such lines would bury what matters."""
    return entry.kind == "requirement.judged" and entry.after.get("verdict") == "met"


def told_in_short(entries: tuple[TimelineEntry, ...]) -> tuple[Told, ...]:
    """The same facts, each run of requirements found met as one that holds them."""
    facts: list[Told] = []
    for are_met, run in groupby((e for e in entries if e.kind not in SMALL), key=found_met):
        lines = told(tuple(run))
        facts += [_together(lines)] if are_met and len(lines) > 1 else lines
    return tuple(facts)


def _together(lines: tuple[Told, ...]) -> Told:
    newest, count = lines[0], len(lines)
    what = ngettext("{count} syarat dinilai memenuhi", "{count} syarat dinilai memenuhi", count).format(count=count)
    return replace(newest, what=what, clause="", reason="", folded=lines)


def standing(bar: Bar, state: State) -> tuple[str, str]:
    """How much time is left, in words, with the kind of its status (51.3)."""
    if bar.is_overdue:
        return say("Lewat waktu"), "late"
    if bar.state is ClockState.NOT_STARTED:
        return (say("Menunggu pemohon"), "stopped") if state is State.RETURNED else (say("Belum dihitung"), "")
    if bar.state is ClockState.STOPPED:
        return say("Berhenti"), "stopped"
    if bar.state is ClockState.ENDED:
        return in_language(STATE_TITLES[state]), "good" if state is State.ISSUED else "active"
    if bar.is_last_day:
        return say("Hari terakhir"), "warn"
    return working_days(bar.remaining), "active"
