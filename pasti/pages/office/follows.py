"""What an act will do, said before it is done: the next step, the clock, who is told (51.2, 51.3)."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from pasti.domain.letters import letter_number
from pasti.domain.licensing import EDITABLE, TOLD
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.workflow import FINAL, STATE_TITLES, Act, ClockEffect, Direction, Move, State, move_for, step_of, target_of
from pasti.pages.words import in_language, long_day, term, working_days
from pasti.queries.bar import promise_from
from pasti.queries.licensing import CaseView


def clause_of(case: CaseView, act: Act) -> str:
    """The clause the act stands on."""
    return case.standard.cite(move_for(act, case.case.state, entry=case.case.entry).clause)


def follows(case: CaseView, act: Act, at: datetime) -> tuple[str, ...]:
    """Sentences saying all that follows from the act."""
    move = move_for(act, case.case.state, entry=case.case.entry)
    own = OWN.get(act)
    sentences = (_where(case, move), _clock(case, move, at), own(case) if own else "", _heard(act))
    return tuple(s for s in sentences if s)


def _where(case: CaseView, move: Move) -> str:
    if move.target is Direction.STAY:
        return ""
    target = target_of(move, state=case.case.state, procedure=case.procedure, resume_to=case.case.resume_to)
    if target is State.ISSUED and move.act is Act.SIGN:
        return _("Sertifikat terbit hari ini dan permohonan selesai.")
    step = step_of(case.procedure, target)
    if target in EDITABLE or target is State.CLARIFICATION:
        return _("Berkas menjadi “{state}” dan menunggu pemohon.").format(state=in_language(STATE_TITLES[target]))
    if target in FINAL or step is None:
        return _("Berkas menjadi “{state}”.").format(state=in_language(STATE_TITLES[target]))
    return _("Berkas berpindah ke “{state}”, dikerjakan oleh {role}.").format(
        state=in_language(STATE_TITLES[target]), role=in_language(ROLE_TITLES[step.actor])
    )


def _clock(case: CaseView, move: Move, at: datetime) -> str:
    if move.clock is ClockEffect.START:
        term, day = working_days(case.bar.promised), long_day(promise_from(case.standard, at))
        return _("Hitungan {term} dimulai. Yang dijanjikan kepada pemohon: {day}.").format(term=term, day=day)
    if move.clock is ClockEffect.STOP:
        left = working_days(case.bar.remaining)
        return _("Hitungan waktu berhenti sampai pemohon menjawab; sisanya tetap {left}.").format(left=left)
    if move.clock is ClockEffect.END:
        return _("Hitungan waktu selesai, setelah {used} dari {term}.").format(
            used=case.bar.used, term=working_days(case.bar.promised)
        )
    return ""


def _heard(act: Act) -> str:
    if act in TOLD:
        return _("Pemohon diberi tahu lewat surel dan melihatnya di halaman lacak.")
    if act is Act.SEND_BACK:
        return _("Pemohon tidak membaca catatan ini; petugas tahap sebelumnya membacanya.")
    return _("Pemohon melihatnya di halaman lacak.")


def _number_rule(_case: CaseView) -> str:
    return _("Sertifikat baru bernomor saat keputusan ini dibuat: nomor urut berikutnya tahun ini, tanpa lompatan.")


def _second_round(_case: CaseView) -> str:
    return _("Ini bukan penolakan: pemohon memenuhi syaratnya, lalu berkas diverifikasi sekali lagi.")


def _returned(_case: CaseView) -> str:
    return _("Pemohon menerima setiap syarat yang belum memenuhi beserta alasannya. Hitungan waktu belum dimulai.")


def _signed(case: CaseView) -> str:
    return _("Sertifikat nomor {number} ditandatangani secara elektronik atas nama Anda.").format(number=case.certificate_number)


def _rejected(case: CaseView) -> str:
    words = _(
        "Surat penolakan {number} ditandatangani secara elektronik atas nama Anda. Isinya: alasan ini, setiap syarat yang belum "
        "dipenuhi, dan cara pemohon berkeberatan."
    )
    return words.format(number=letter_number(case.number))


def _heard_first(case: CaseView) -> str:
    remedies = case.standard.remedies
    days = term(remedies.hearing) if remedies else ""
    return _("Sertifikatnya belum berubah. Pemegang mempunyai waktu {days} untuk menanggapi.").format(days=days)


def _seen_at_once(_case: CaseView) -> str:
    return _("Siapa pun yang memeriksa sertifikat ini langsung membaca keadaannya yang baru.")


def _for_good(case: CaseView) -> str:
    return _("{seen} Pencabutan tidak dapat dibatalkan.").format(seen=_seen_at_once(case))


def _replaced(_case: CaseView) -> str:
    return _("Sertifikat pengganti mendapat nomor sendiri dan menunggu tanda tangan Anda. Yang lama berlaku sampai saat itu.")


def _stays_as_it_is(_case: CaseView) -> str:
    return _("Sertifikat tetap berlaku seperti sekarang, dengan data lamanya.")


OWN: dict[Act, Callable[[CaseView], str]] = {
    Act.APPROVE: _number_rule,
    Act.FIND_NOT_MET: _second_round,
    Act.RETURN: _returned,
    Act.SIGN: _signed,
    Act.REJECT: _rejected,
    Act.HEAR: _heard_first,
    Act.SUSPEND: _seen_at_once,
    Act.REINSTATE: _seen_at_once,
    Act.REVOKE: _for_good,
    Act.REPLACE: _replaced,
    Act.REFUSE_CHANGE: _stays_as_it_is,
}
