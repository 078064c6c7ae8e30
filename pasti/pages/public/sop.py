"""/standar/<entry>/sop/<code>/: a procedure class on the official SOP form, for the wall (51.2; PermenPANRB 35/2012)."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import ROLE_TITLES
from pasti.domain.sop import Sop, SopRow, Symbol, sop_of
from pasti.domain.standard import Procedure, Standard
from pasti.pages.access import moment
from pasti.pages.public.flowchart import sheets
from pasti.pages.public.standard import standard_or_404
from pasti.pages.screen import show
from pasti.pages.words import in_language, long_day, working_days

FACILITIES, COMPETENCE, COMPLAINTS = 8, 9, 6  # components of the standard


@dataclass(frozen=True, kw_only=True)
class Box:
    """One box of the form's header."""

    title: str
    lines: tuple[str, ...]


@require_safe
def sop(request: HttpRequest, entry: str, code: str) -> HttpResponse:
    """The form of one class of the edition in force."""
    today = jakarta_day(moment())
    standard = standard_or_404(entry, today)
    procedure = next((p for p in standard.procedures if p.code == code), None)
    if procedure is None:
        raise Http404(code)
    table = sop_of(procedure)
    return show(
        request,
        "public/sop.html",
        title=_("SOP kelas {code}").format(code=code),
        standard=standard,
        procedure=procedure,
        identity=_identity(standard, procedure),
        boxes=_boxes(standard, procedure, today),
        actors=tuple(in_language(ROLE_TITLES[role]) for role in table.actors),
        sheets=sheets(table),
        total=_total(standard, procedure),
        head=(_("No."), _("Kegiatan"), _("Pelaksana"), _("Simbol"), _("Lalu")),
        words=tuple(_in_words(row, table) for row in table.rows),
    )


def _identity(standard: Standard, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """The form's right-hand block. What nobody has laid down yet says so."""
    open_ = _("belum ditetapkan")
    assumed = procedure.source == "assumed"
    head = standards.load().office().head_title
    return (
        (_("Nomor SOP"), _("{open}; di PASTI: {number}").format(open=open_, number=f"{standard.entry}-{procedure.code}")),
        (_("Tanggal pembuatan"), open_),
        (_("Tanggal revisi"), open_),
        (_("Tanggal efektif"), long_day(standard.effective)),
        (_("Disahkan oleh"), f"{head} ({_('belum disahkan: isinya asumsi') if assumed else open_})"),
        (_("Nama SOP"), f"{in_language(standard.short_title)}: {in_language(procedure.title)}"),
    )


def _boxes(standard: Standard, procedure: Procedure, today: date) -> tuple[Box, ...]:
    others = tuple(
        _("SOP kelas {code}: {title}").format(code=p.code, title=in_language(p.title))
        for p in standard.procedures
        if p != procedure
    )
    complaints = _("Penanganan pengaduan ({clause})").format(clause=f"{standard.entry}.{COMPLAINTS}")
    lapse = in_language(standard.clock.on_lapse_ground)
    warning = _("Bila {term} lewat tanpa keputusan, berlaku: {ground}").format(
        term=working_days(standard.clock.promise.amount), ground=lapse
    )
    return (
        Box(title=_("Dasar hukum"), lines=tuple(basis.title for basis in standard.legal_bases_on(today))),
        Box(title=_("Kualifikasi pelaksana"), lines=_clauses(standard, COMPETENCE)),
        Box(title=_("Keterkaitan"), lines=(*others, complaints)),
        Box(title=_("Peralatan dan perlengkapan"), lines=(_counted(standard, FACILITIES),)),
        Box(title=_("Peringatan"), lines=(warning, _("Layanan ini gratis; pungutan apa pun dilaporkan."))),
        Box(
            title=_("Pencatatan dan pendataan"),
            lines=(_("Setiap tindakan dicatat PASTI pada jejak audit berkas: siapa, kapan, pasal, dan alasannya."),),
        ),
    )


def _clauses(standard: Standard, number: int) -> tuple[str, ...]:
    component = next(c for c in standard.components if c.number == number)
    return tuple(f"{clause.id} {in_language(clause.text)}" for clause in component.clauses)


def _counted(standard: Standard, number: int) -> str:
    component = next(c for c in standard.components if c.number == number)
    words = _("{title}: {count} butir, {first} sampai {last}")
    clauses = component.clauses
    return words.format(title=in_language(component.title), count=len(clauses), first=clauses[0].id, last=clauses[-1].id)


def _total(standard: Standard, procedure: Procedure) -> str:
    a_day = standards.load().office().minutes_a_day
    words = _("Jumlah dalam janji: {minutes} menit kerja = {days} hari kerja ({a_day} menit sehari), dari janji {promise}.")
    return words.format(
        minutes=number_format(procedure.minutes),
        days=number_format(procedure.minutes / a_day, 1),
        a_day=a_day,
        promise=working_days(standard.clock.promise.amount),
    )


def _in_words(row: SopRow, table: Sop) -> tuple[str, str, str, str, str]:
    """The same line without its drawing."""
    names = {
        Symbol.CAPSULE: _("kapsul: mulai") if row.number == 1 else _("kapsul: selesai"),
        Symbol.BOX: _("kotak: kegiatan"),
        Symbol.DIAMOND: _("belah ketupat: keputusan"),
    }
    onward = _("ke langkah {n}").format(n=row.number + 1) if row.number < len(table.rows) else _("selesai")
    back = [
        _("{act}: ke langkah {n}").format(act=in_language(act), n=n) for act, n in zip(row.otherwise, row.back_to, strict=False)
    ]
    return (
        str(row.number),
        in_language(row.step.work),
        in_language(ROLE_TITLES[row.step.actor]),
        names[row.symbol],
        "; ".join((onward, *back)),
    )
