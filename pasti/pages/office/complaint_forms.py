"""The forms of the steps of a complaint until its plan is carried out, and what every such form has (51.6.5, 51.6.6)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_handling import ACTION_TITLES, ActionKind, Planned
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaints import KIND_TITLES, Kind
from pasti.domain.roles import COMPLAINT_OWNERS, COMPLAINT_ROLES, Role
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import FILES, SeveralFiles, asked
from pasti.pages.words import in_language
from pasti.queries.complaints import ComplaintView
from pasti.queries.office import officers

Choices = list[tuple[Any, Any]]
PLANNED_AT_ONCE = 3
ASKED = ("kind", "what", "owner", "due_on")  # of an action
FIRST = ("", "1")  # the action that a plan cannot be without


def area(label: Any, *, help: Any = "", rows: int = 4, optional: bool = False) -> forms.CharField:
    """Words whose sufficiency the rules judge."""
    field = forms.CharField(label=label, help_text=help, required=False, widget=forms.Textarea(attrs={"rows": rows}))
    return field if optional else asked(field)


def line(label: Any, *, help: Any = "", optional: bool = False) -> forms.CharField:
    """One line of words; off the browser's memory, for it is somebody else's."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    field = forms.CharField(label=label, help_text=help, required=False, max_length=300, widget=widget)
    return field if optional else asked(field)


def radios(label: Any, *, required: Any = "", coerce: Any = str) -> forms.TypedChoiceField:
    """One of several; `required`: what to say when none is chosen, "" to leave that to the rules."""
    field = forms.TypedChoiceField(
        label=label,
        widget=forms.RadioSelect,
        coerce=coerce,
        empty_value="",
        required=bool(required),
        error_messages={"required": required},
    )
    return asked(field)


def scans(label: Any) -> forms.Field:
    """Files, several at once; which are taken, the store says."""
    widget = SeveralFiles(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"})
    return forms.Field(label=label, required=False, widget=widget)


class StepForm(forms.Form):
    """A step that needs nothing more than the version the officer saw."""

    refused_at: ClassVar[str | None] = None  # the field at which a refusal is shown; above the form when None
    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _("Muat ulang halaman ini.")})
    use_required_attribute = False

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        """Offer what the complaint allows; most forms are the same for all."""

    def values(self) -> dict[str, Any]:
        """What the act is given."""
        return dict(self.cleaned_data)

    def offer(self, name: str, choices: Choices) -> None:
        """The choices of one field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def words(name: str, label: Any, help: Any = "", *, rows: int = 4) -> type[StepForm]:
    """The form of a step that asks for words alone."""
    return type("WordsForm", (StepForm,), {"refused_at": name, name: area(label, help=help, rows=rows)})


def owners_at(at: datetime, *, among: frozenset[Role] = COMPLAINT_OWNERS) -> Choices:
    """Who may be given something to do."""
    people = officers(jakarta_day(at), among=among)
    return [("", say("Pilih petugas")), *((str(p.id), f"{p.name} ({in_language(p.roles)})") for p in people)]


class ScreenForm(StepForm):
    """What it is kept as, and what the clauses ask to be said with it."""

    refused_at = "reason"
    kind = radios(_("Disimpan sebagai"), required=_("Pilih: pengaduan, saran, masukan, koreksi, atau revisi."), coerce=Kind)
    unknowable = area(
        _("Mengapa hari menerima pelayanan tidak dapat diketahui"),
        help=_("Hanya bila harinya belum diketahui dan pelapor tidak dapat ditanya."),
        rows=2,
        optional=True,
    )
    reason = area(
        _("Alasan"),
        help=_("Wajib bila yang lewat 30 hari kalender tetap ditangani sebagai pengaduan. Pelapor membacanya."),
        rows=3,
        optional=True,
    )

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("kind", [(kind.value, in_language(title)) for kind, title in KIND_TITLES.items()])
        self.initial.setdefault("kind", view.complaint.kind.value)
        if view.complaint.service_on is not None:
            del self.fields["unknowable"]


class CompleteForm(StepForm):
    """What the reporter has supplied since, as an officer heard it."""

    name = line(_("Nama pelapor"), optional=True)
    contact = line(_("Surel atau nomor telepon"), optional=True)
    address = line(_("Alamat"), optional=True)
    object = line(_("Pokok pengaduan"), optional=True)
    service_received_on = DayField(label=_("Hari menerima pelayanan"), required=False)
    text = area(_("Keterangan tambahan"), optional=True)

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.fields[FILES] = scans(say("Berkas"))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "reporter": Reporter(name=data["name"], contact=data["contact"], address=data["address"]),
            "object": data["object"],
            "service_on": data["service_received_on"],
            "text": data["text"],
            "uploads": uploads(self),
        }


def uploads(form: forms.Form) -> tuple[tuple[str, bytes], ...]:
    """The files sent with the form."""
    sent = form.files.getlist(FILES) if hasattr(form.files, "getlist") else ()
    return tuple((file.name or "", file.read()) for file in sent)


class GroupForm(StepForm):
    """By service and by component."""

    service = radios(_("Bidang, sektor, atau jenis pelayanan"))
    problem = radios(_("Masalah menurut komponen standar"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        handling = view.standard.handling
        self.offer("service", [(g.id, in_language(g.title)) for g in handling.services])
        self.offer("problem", [(g.id, in_language(g.title)) for g in handling.components])


class RelateForm(StepForm):
    """The clause, found by number or words among all of them."""

    refused_at = "clause"
    find = line(
        _("Cari klausul"),
        help=_("Nomor atau kata, misalnya 51.3 atau “hari kerja”. Kosongkan untuk melihat semuanya."),
        optional=True,
    )
    clause = radios(_("Klausul yang menurut pelapor tidak dijalankan"))
    other_rule = line(_("SOP atau aturan lain"), help=_("Bila ada, di samping klausulnya."), optional=True)

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        asked = str(self.data.get("find", "")).strip().casefold() if self.is_bound else None
        chosen = str(self.data.get("clause", "")) if self.is_bound else view.clause
        group = next((g for g in view.standard.handling.components if g.title == view.problem_title), None)
        first = group.component if group else None
        found = [
            (c.id, f"{c.id} {in_language(c.text)}")
            for c in view.standard.clauses()
            if c.id == chosen
            or (c.component == first if asked is None and first else _holds(asked or "", c.id, in_language(c.text)))
        ]
        self.offer("clause", found)
        none = say("Tidak ada klausul yang cocok. Coba satu kata saja atau nomornya, atau kosongkan untuk melihat semuanya.")
        shown = say("{shown} dari {all} klausul.").format(shown=len(found), all=len(view.standard.clauses()))
        self.fields["clause"].help_text = shown if found else none

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("seen", "clause", "other_rule")}


def _holds(asked: str, id: str, text: str) -> bool:
    return id.startswith(asked) or all(word in text.casefold() for word in asked.split())


class _Action:
    """The five fields of one planned action, numbered, so that several stand in one form."""

    @staticmethod
    def fields(number: str, at: datetime) -> dict[str, forms.Field]:
        mark = f" ({number})" if number else ""
        kinds = [("", say("Pilih cara")), *((kind.value, in_language(title)) for kind, title in ACTION_TITLES.items())]
        fields: dict[str, forms.Field] = {
            f"kind{number}": forms.ChoiceField(label=say("Cara") + mark, required=False, choices=kinds),
            f"what{number}": area(say("Langkah") + mark, rows=2, optional=True),
            f"with_whom{number}": line(say("Dengan siapa") + mark, optional=True),
            f"owner{number}": forms.ChoiceField(label=say("Pelaksana") + mark, required=False, choices=owners_at(at)),
            f"due_on{number}": DayField(label=say("Paling lambat") + mark, required=False),
        }
        for name in ASKED if number in FIRST else ():
            asked(fields[f"{name}{number}"])
        return fields

    @staticmethod
    def value(form: forms.Form, number: str) -> Planned | None:
        """The action; None for an empty row. A row begun and not ended is refused at its missing field."""
        got: dict[str, Any] = {name: form.cleaned_data.get(f"{name}{number}") for name in (*ASKED, "with_whom")}
        if not any(got.values()):
            return None
        missing = [name for name in ASKED if not got[name]]
        for name in missing:
            if f"{name}{number}" not in form.errors:
                form.add_error(f"{name}{number}", say("Isi ini, atau kosongkan langkahnya seluruhnya."))
        if missing:
            return None
        return Planned(**{**got, "kind": ActionKind(got["kind"]), "owner": UUID(got["owner"])})


class AddActionForm(StepForm):
    """One more action."""

    numbers: ClassVar[tuple[str, ...]] = ("",)

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        for number in self.numbers:
            self.fields |= _Action.fields(number, at)

    def clean(self) -> None:
        self.planned = tuple(one for number in self.numbers if (one := _Action.value(self, number)))
        if not self.planned and not self.errors:
            self.add_error(f"kind{self.numbers[0]}", say("Isi cara, langkah, pelaksana, dan batas waktunya."))

    def values(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], "planned": self.planned[0]}


class PlanForm(AddActionForm):
    """The plan: several actions at once; more are added later."""

    numbers = tuple(str(n + 1) for n in range(PLANNED_AT_ONCE))

    def values(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], "planned": self.planned}


class ResultForm(StepForm):
    """What came of one action."""

    refused_at = "result"
    action_id = radios(_("Langkah"), required=_("Pilih langkah yang hasilnya dicatat."), coerce=UUID)
    result = area(_("Hasilnya"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("action_id", [(str(a.id), a.what) for a in view.actions if a.done_at is None])


class LinkForm(StepForm):
    """Another complaint of the same matter."""

    refused_at = "number"
    number = line(_("Nomor pengaduan lain"))
    kind = radios(_("Hubungannya"), required=_("Pilih hubungannya."))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("kind", [("double", say("Pengaduan ganda")), ("earlier", say("Pengaduan terdahulu"))])


class NameForm(StepForm):
    """Who may see the identity, and why."""

    refused_at = "reason"
    account = forms.TypedChoiceField(label=_("Petugas"), coerce=UUID, error_messages={"required": _("Pilih petugas.")})
    reason = area(_("Mengapa petugas itu perlu mengetahui pelapornya"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("account", owners_at(at, among=COMPLAINT_ROLES))
