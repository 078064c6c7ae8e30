"""/meja/pengaduan/catat/: a complaint that came by voice, paper or another app, typed in by an officer (51.6.2.*, 51.6.5)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pasti import standards
from pasti.actions import complaints
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import E_MAIL, Filing, Receipt, Reporter
from pasti.domain.complaints import KIND_TITLES
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import FILES
from pasti.pages.office.complaint_forms import area, line, radios, scans, uploads
from pasti.pages.office.door import receiver
from pasti.pages.public.standard import in_force
from pasti.pages.refusals import attempt, sentence
from pasti.pages.screen import show
from pasti.pages.words import in_language

BY_ITSELF = frozenset({"web_dpmptsp", "web_mpp"})  # nobody types in what a page takes


class IntakeForm(forms.Form):
    """How, when and what; who, when it is known. Missing identity or matter never refuses it."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    entry = radios(gettext_lazy("Layanan"), required=gettext_lazy("Pilih layanannya."))
    channel = radios(gettext_lazy("Saluran"), required=gettext_lazy("Pilih saluran yang dipakai pelapor."))
    received_at = forms.DateTimeField(
        label=gettext_lazy("Diterima"),
        help_text=gettext_lazy("Saat suratnya sampai, teleponnya diangkat, atau kotaknya dibuka; bukan saat Anda mencatatnya."),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "govuk-input--width-20"}),
    )
    detail = line(
        gettext_lazy("Tautan atau keterangan saluran"),
        help=gettext_lazy("Tautan kiriman, nomor surat, atau kotak yang mana."),
        optional=True,
    )
    object = line(gettext_lazy("Pokok pengaduan"), help=gettext_lazy("Satu baris: pelayanan atau kejadian apa."), optional=True)
    matter = area(
        gettext_lazy("Isi pengaduan"), help=gettext_lazy("Seperti yang ditulis atau dikatakan pelapor."), rows=6, optional=True
    )
    application_number = line(gettext_lazy("Nomor permohonan, bila ada"), optional=True)
    service_received_on = DayField(
        label=gettext_lazy("Hari pelapor menerima pelayanan"),
        error_messages={
            "required": gettext_lazy(
                "Tulis harinya, atau tandai bahwa harinya belum diketahui. Hari itu menentukan batas 30 hari kalender."
            ),
            "invalid": gettext_lazy("Tulis tanggal yang ada, misalnya 7 1 2026."),
        },
    )
    day_unknown = forms.BooleanField(
        label=gettext_lazy("Sudah ditanyakan atau dicari, harinya belum diketahui"),
        help_text=gettext_lazy("Pelapor akan ditanya. Harinya tidak diduga."),
        required=False,
    )
    name = line(
        gettext_lazy("Nama pelapor"),
        help=gettext_lazy("Kosongkan bila tidak disebut: tetap dicatat, sebagai saran."),
        optional=True,
    )
    contact = line(gettext_lazy("Surel atau nomor telepon"), optional=True)
    address = line(gettext_lazy("Alamat"), optional=True)
    wants_secrecy = forms.BooleanField(label=gettext_lazy("Pelapor meminta identitasnya dirahasiakan"), required=False)
    use_required_attribute = False

    def offering(self) -> "IntakeForm":
        """The form with the services and the channels there are; one service is not asked."""
        today = in_force(jakarta_day(moment()))
        channels = [(c.id, in_language(c.title)) for c in today[0].complaint_channels if c.id not in BY_ITSELF]
        entries = [(s.entry, in_language(s.short_title)) for s in today]
        for name, choices in (("channel", channels), ("entry", entries)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.initial.setdefault("entry", entries[0][0])
        self.fields["service_received_on"].required = not self.data.get("day_unknown")
        self.fields[FILES] = scans(_("Pindaian atau foto"))
        if len(entries) == 1:
            del self.fields["entry"]
        return self

    def filing(self) -> Filing:
        """What was typed, for the rules."""
        data = self.cleaned_data
        return Filing(
            entry=data.get("entry", ""),
            channel=data["channel"],
            detail=data["detail"],
            object=data["object"],
            matter=data["matter"],
            reporter=Reporter(name=data["name"], contact=data["contact"], address=data["address"]),
            service_on=data["service_received_on"],
            received_at=data["received_at"],
            wants_secrecy=data["wants_secrecy"],
            application_number=data["application_number"],
        )


@sensitive_post_parameters("name", "contact", "address", "matter")
@require_http_methods(["GET", "HEAD", "POST"])
@receiver
def intake(request: HttpRequest, actor: Actor) -> HttpResponse:
    """GET asks; POST keeps it and shows the receipt, to be printed or read out."""
    if request.method != "POST":
        return _form_page(request, _fresh(request), 200)
    form = IntakeForm(request.POST, request.FILES).offering()
    done: list[Receipt] = []
    status = attempt(form, lambda: done.append(_file(actor, form)))
    return _receipt(request, actor, form, done[0]) if done else _form_page(request, form, status)


def _fresh(request: HttpRequest) -> IntakeForm:
    now = timezone.localtime(moment()).strftime("%Y-%m-%dT%H:%M")
    asked: dict[str, Any] = {"key": uuid4().hex, "received_at": now}
    asked |= {name: request.GET[given] for name, given in (("channel", "saluran"), ("detail", "dari")) if given in request.GET}
    return IntakeForm(initial=asked).offering()


def _file(actor: Actor, form: IntakeForm) -> Receipt:
    return complaints.file(
        form.filing(),
        actor=actor,
        at=moment(),
        uploads=uploads(form),
        key=form.cleaned_data["key"],
        client=str(actor.person),
    )


def _form_page(request: HttpRequest, form: IntakeForm, status: int) -> HttpResponse:
    return show(
        request,
        "office/complaint_intake.html",
        title=_("Catat pengaduan"),
        status=status,
        form=form,
        multipart=FILES in form.fields,
    )


def _receipt(request: HttpRequest, actor: Actor, form: IntakeForm, receipt: Receipt) -> HttpResponse:
    standard = standards.load().in_force(form.cleaned_data.get("entry") or standards.load().entries()[0], jakarta_day(moment()))
    return show(
        request,
        "office/complaint_receipt.html",
        title=_("Tanda terima {number}").format(number=receipt.number),
        receipt=receipt,
        kind=KIND_TITLES[receipt.kind],
        answer=standard.complaint_answer,
        refused=tuple(sentence(problem) for problem in receipt.refused),
        is_mailed=bool(E_MAIL.fullmatch(form.cleaned_data["contact"])),
        track_url=f"{settings.PASTI_BASE_URL}{reverse('track_complaint')}",
        may_open=actor.may_open_complaints,
        received_at=form.cleaned_data["received_at"],
    )
