"""The forms of the steps of a complaint: what each asks for, and the version on which it was decided (51.6.5 to 51.6.8)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_handling import ACTION_TITLES, ActionKind, Planned
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaints import FINDING_TITLES, KIND_TITLES, Finding, Kind
from pasti.domain.roles import COMPLAINT_ROLES, DESK_ROLES, Role
from pasti.domain.standard import Standard
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import FILES, SeveralFiles
from pasti.pages.office.forms import SignForm
from pasti.pages.words import in_language
from pasti.queries.complaints import ComplaintView
from pasti.queries.office import officers

Choices = list[tuple[Any, Any]]
PLANNED_AT_ONCE = 3
BREACHES_AT_ONCE = 3
ASKED = ("kind", "what", "owner", "due_on")  # of an action
OWNERS = DESK_ROLES | COMPLAINT_ROLES


def area(label: Any, *, help: Any = "", rows: int = 4) -> forms.CharField:
    """Words whose sufficiency the rules judge."""
    return forms.CharField(label=label, help_text=help, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def line(label: Any, *, help: Any = "") -> forms.CharField:
    """One line of words; off the browser's memory, for it is somebody else's."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help, required=False, max_length=300, widget=widget)


def radios(label: Any, *, required: Any = "", coerce: Any = str) -> forms.TypedChoiceField:
    """One of several; `required`: what to say when none is chosen, "" to leave that to the rules."""
    return forms.TypedChoiceField(
        label=label,
        widget=forms.RadioSelect,
        coerce=coerce,
        empty_value="",
        required=bool(required),
        error_messages={"required": required},
    )


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


def _owners(at: datetime, *, among: frozenset[Role] = OWNERS) -> Choices:
    people = officers(jakarta_day(at), among=among)
    return [("", say("Pilih petugas")), *((str(p.id), f"{p.name} ({in_language(p.roles)})") for p in people)]


def _clauses(standard: Standard) -> Choices:
    """Every clause, grouped by component."""
    groups = [
        (in_language(part.title), [(c.id, f"{c.id} {in_language(c.text)[:120]}") for c in part.clauses])
        for part in standard.components
    ]
    return [("", say("Pilih klausul")), *groups]


class ScreenForm(StepForm):
    """What it is kept as, and what the clauses ask to be said with it."""

    refused_at = "reason"
    kind = radios(_("Disimpan sebagai"), required=_("Pilih: pengaduan, saran, masukan, koreksi, atau revisi."), coerce=Kind)
    unknowable = area(
        _("Mengapa hari menerima pelayanan tidak dapat diketahui"),
        help=_("Hanya bila harinya belum diketahui dan pelapor tidak dapat ditanya."),
        rows=2,
    )
    reason = area(
        _("Alasan"),
        help=_("Wajib bila yang lewat 30 hari kalender tetap ditangani sebagai pengaduan. Pelapor membacanya."),
        rows=3,
    )

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("kind", [(kind.value, in_language(title)) for kind, title in KIND_TITLES.items()])
        self.initial.setdefault("kind", view.complaint.kind.value)
        if view.complaint.service_on is not None:
            del self.fields["unknowable"]


class CompleteForm(StepForm):
    """What the reporter has supplied since, as an officer heard it."""

    name = line(_("Nama pelapor"))
    contact = line(_("Surel atau nomor telepon"))
    address = line(_("Alamat"))
    object = line(_("Yang diadukan"))
    service_received_on = DayField(label=_("Hari menerima pelayanan"), required=False)
    text = area(_("Keterangan tambahan"))

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
    find = line(_("Cari klausul"), help=_("Nomor atau kata, misalnya 51.3 atau “hari kerja”. Kosongkan untuk melihat semuanya."))
    clause = radios(_("Klausul yang menurut pelapor tidak dijalankan"))
    other_rule = line(_("SOP atau aturan lain"), help=_("Bila ada, di samping klausulnya."))

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
        self.fields["clause"].help_text = say("{shown} dari {all} klausul.").format(
            shown=len(found), all=len(view.standard.clauses())
        )

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
        return {
            f"kind{number}": forms.ChoiceField(label=say("Cara") + mark, required=False, choices=kinds),
            f"what{number}": area(say("Langkah") + mark, rows=2),
            f"with_whom{number}": line(say("Dengan siapa") + mark),
            f"owner{number}": forms.ChoiceField(label=say("Pelaksana") + mark, required=False, choices=_owners(at)),
            f"due_on{number}": DayField(label=say("Paling lambat") + mark, required=False),
        }

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


class CategoryForm(StepForm):
    """One of the three categories, and on what the third is approved."""

    refused_at = "reason"
    category = radios(_("Kategori"), required=_("Pilih kategori 1, 2, atau 3."), coerce=int)
    reason = area(_("Alasan memilih kategori ini"))
    rule = line(_("Dasar aturan untuk melibatkan APIP"), help=_("Hanya untuk kategori 3, bila aturan mewajibkannya."))
    agency = line(_("Surat kepala perangkat daerah"), help=_("Hanya untuk kategori 3: nomor dan tanggal suratnya."))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        categories = view.standard.handling.categories
        self.offer("category", [(str(c.number), f"{c.number}. {in_language(c.title)}") for c in categories])


class SettleForm(StepForm):
    """What was found, the written report, and each clause that was broken with its day."""

    refused_at = "report"
    finding = radios(_("Hasil"), required=_("Pilih hasilnya."), coerce=Finding)
    report = area(_("Laporan tertulis kepada atasan"), help=_("Apa yang diperiksa, apa yang terbukti, dan apa yang dilakukan."))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("finding", [(f.value, in_language(t)) for f, t in FINDING_TITLES.items() if f is not Finding.NOTED])
        clauses = _clauses(view.standard)
        for n in range(BREACHES_AT_ONCE):
            mark = f" ({n + 1})"
            field = forms.ChoiceField(label=say("Klausul yang dilanggar") + mark, required=False, choices=clauses)
            self.fields |= {
                f"clause{n}": field,
                f"day{n}": DayField(label=say("Hari pelanggarannya") + mark, required=False),
            }
        self.initial.setdefault("clause0", "")

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        broken = tuple(
            (data[f"clause{n}"], data[f"day{n}"]) for n in range(BREACHES_AT_ONCE) if data[f"clause{n}"] and data[f"day{n}"]
        )
        return {"seen": data["seen"], "finding": data["finding"], "report": data["report"], "breaches": broken}

    def clean(self) -> None:
        for n in range(BREACHES_AT_ONCE):
            clause, day = self.cleaned_data.get(f"clause{n}"), self.cleaned_data.get(f"day{n}")
            if bool(clause) != bool(day) and f"day{n}" not in self.errors:
                self.add_error(f"day{n}" if clause else f"clause{n}", say("Isi klausul dan harinya, atau kosongkan keduanya."))


class ReferForm(StepForm):
    """A question to another agency."""

    agency = line(_("Perangkat daerah atau instansi"))
    email = line(_("Alamat surelnya"))
    question = area(_("Yang dimintakan"), help=_("Jangan sebut nama pelapor: instansi lain tidak perlu mengetahuinya."))


class ReferralAnswerForm(StepForm):
    """An agency's answer on paper."""

    refused_at = "text"
    referral_id = radios(_("Rujukan"), required=_("Pilih rujukan yang dijawab."), coerce=UUID)
    answered_by = line(_("Nama dan jabatan yang menjawab"))
    text = area(_("Jawabannya"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("referral_id", [(str(r.id), f"{r.agency}: {r.question}") for r in view.referrals if r.answered_at is None])


class AnswerForm(StepForm):
    """The words of the letter, and the passphrase that signs it."""

    refused_at = "passphrase"
    text = area(
        _("Isi surat jawaban"),
        help=_(
            "Dengan bahasa yang mudah dipahami: apa yang kami periksa, apa hasilnya, apa yang kami lakukan. Tanpa nama pelapor."
        ),
        rows=10,
    )
    passphrase = SignForm.declared_fields["passphrase"]

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.initial.setdefault("text", draft_answer(view))


def draft_answer(view: ComplaintView) -> str:
    """The letter to begin with, in Indonesian like every letter: matter, what was found, on which clause."""
    found = str(FINDING_TITLES[view.finding]).lower() if view.finding else ""
    first = f"{view.kind_title} Anda tentang “{view.object or 'pelayanan kami'}” sudah kami periksa."
    if view.finding is Finding.NOTED:
        return f"{first} Terima kasih. Yang kami lakukan: {view.finding_words}"
    broken = ", ".join(sorted({breach.clause for breach in view.breaches}))
    second = f"Hasilnya: {found}." + (f" Standar pelayanan yang tidak kami jalankan: klausul {broken}." if broken else "")
    return f"{first}\n\n{second}\n\n{view.finding_words}"


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
        self.offer("account", _owners(at, among=COMPLAINT_ROLES))


class HelpedForm(StepForm):
    """What the reporter says of the answer, as an officer heard it."""

    helped = radios(_("Apakah jawabannya membantu?"), required=_("Pilih ya atau tidak."))
    words = area(_("Kata pelapor"), rows=3)

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("helped", [("yes", say("Ya")), ("no", say("Tidak"))])

    def values(self) -> dict[str, Any]:
        return {"helped": self.cleaned_data["helped"] == "yes", "words": self.cleaned_data["words"]}


class FollowUpForm(StepForm):
    """What a proven complaint leads to."""

    refused_at = "what"
    kind = radios(_("Tindak lanjut"), required=_("Pilih tindak lanjutnya."))
    what = area(_("Apa yang harus dilakukan"))
    owner = forms.TypedChoiceField(label=_("Penanggung jawab"), coerce=UUID, error_messages={"required": _("Pilih petugas.")})
    due_on = DayField(label=_("Paling lambat"), error_messages={"required": _("Tulis batas waktunya.")})

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        kinds = [("improvement", say("Perbaikan pelayanan")), ("sanction", say("Sanksi"))]
        has_case = [("correction", say("Koreksi berkas"))] if view.application_number else []
        self.offer("kind", kinds + has_case)
        self.offer("owner", _owners(at))


class FinishForm(StepForm):
    """What came of a follow-up."""

    refused_at = "result"
    follow_up_id = radios(_("Tindak lanjut"), required=_("Pilih tindak lanjutnya."), coerce=UUID)
    result = area(_("Hasilnya"))

    def for_view(self, view: ComplaintView, at: datetime) -> None:
        self.offer("follow_up_id", [(str(f.id), f.what) for f in view.follow_ups if f.done_at is None])
