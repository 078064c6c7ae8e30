"""The forms of staff, guarantees and safety: they parse, the rules refuse (51.9, 51.11 to 51.13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pasti.domain.calendar import JAKARTA
from pasti.domain.roles import CAPACITY_WORDS, ROLE_TITLES, WITHOUT_ACCOUNT, Capacity, Role
from pasti.domain.safety import INCIDENT_TITLES, Watch
from pasti.domain.sanctions import Imposed
from pasti.domain.staff import EDUCATION_TITLES, EXPERIENCE_TITLES, KIND_TITLES, Credential
from pasti.domain.staff_promise import Staffing
from pasti.domain.standard import Standard
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import asked
from pasti.pages.forms.words import WordsForm
from pasti.pages.office.forms import SignForm
from pasti.pages.words import in_language

WORDS = forms.Textarea(attrs={"rows": 3})
CHOOSE = ("", _("Pilih"))
Choices = Sequence[tuple[str, object]]


class Plain(forms.Form):
    """A form that only parses: the rules say what is missing. `choices` fills its selects."""

    use_required_attribute = False

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, given in (choices or {}).items():
            self.fields[name].choices = list(given)  # type: ignore[attr-defined]  # a choice field has them


class CredentialForm(Plain):
    """A paper: schooling, work, competence, training."""

    kind = asked(forms.ChoiceField(label=_("Jenis"), required=False, widget=forms.RadioSelect))
    code = asked(
        forms.ChoiceField(
            label=_("Rincian"),
            required=False,
            help_text=_("Jenjang, tempat pengalaman, atau nama diklat; kosong untuk kompetensi teknis."),
        )
    )
    name = asked(forms.CharField(label=_("Sekolah, kantor, kompetensi, atau penyelenggara"), required=False, max_length=200))
    starts_on = DayField(label=_("Mulai"), required=False, help_text=_("Hanya untuk pengalaman."))
    ends_on = asked(
        DayField(
            label=_("Tanggal ijazah atau sertifikat, atau akhir pengalaman"),
            required=False,
            help_text=_("Kosongkan bila pengalamannya masih berjalan."),
        )
    )
    file = asked(forms.FileField(label=_("Bukti"), required=False, help_text=_("PDF, JPG, atau PNG, paling besar 5 MB.")))

    def given(self) -> Credential:
        """What the rules judge."""
        return Credential(**{name: value for name, value in self.cleaned_data.items() if name != "file"})


def credential_choices(staffing: Staffing) -> dict[str, Choices]:
    """The kinds, and what each may name, in groups."""
    schooling = [(level.value, in_language(title)) for level, title in EDUCATION_TITLES.items()]
    work = [(kind.value, in_language(title)) for kind, title in EXPERIENCE_TITLES.items()]
    trainings = [(training.id, in_language(training.title)) for training in staffing.trainings]
    titles = {kind.value: in_language(title) for kind, title in KIND_TITLES.items()}
    groups = [(titles["education"], schooling), (titles["experience"], work), (titles["training"], trainings)]
    return {"kind": list(titles.items()), "code": [CHOOSE, *groups]}


class AssessForm(Plain):
    """The yearly judgement: one choice for each clause."""

    def __init__(self, *args: Any, standard: Standard, staffing: Staffing, **more: Any) -> None:
        super().__init__(*args, **more)
        for clause in staffing.competences:
            judged = forms.ChoiceField(
                label=f"{clause} {in_language(standard.clause(clause).text)}",
                required=False,
                widget=forms.RadioSelect,
                choices=[("ya", _("memenuhi")), ("tidak", _("belum memenuhi"))],
            )
            self.fields[clause] = asked(judged)
        note = forms.CharField(
            label=_("Catatan"), required=False, widget=WORDS, help_text=_("Perlu bila ada yang belum memenuhi.")
        )
        self.fields["note"] = asked(note)

    def found(self) -> dict[str, bool]:
        """Each clause that was judged."""
        return {name: value == "ya" for name, value in self.cleaned_data.items() if name != "note" and value}


class VerifyForm(Plain):
    """Accept or refuse a paper."""

    accept = forms.ChoiceField(
        label=_("Hasil pemeriksaan"),
        widget=forms.RadioSelect,
        choices=[("ya", _("Sesuai buktinya")), ("tidak", _("Ditolak"))],
        error_messages={"required": _("Pilih hasil pemeriksaan.")},
    )
    reason = asked(forms.CharField(label=_("Alasan bila ditolak"), required=False, max_length=300))


class AppointForm(Plain):
    """Who holds which role from when, or stands in for whom."""

    account = forms.ChoiceField(label=_("Pegawai"))
    role = forms.ChoiceField(label=_("Peran"), choices=[(r.value, r.value) for r in Role if r not in WITHOUT_ACCOUNT])
    kind = forms.ChoiceField(label=_("Sebagai"))
    stands_in_for = asked(forms.ChoiceField(label=_("Menggantikan"), required=False, help_text=_("Untuk Plh. dan a.n.")))
    starts_on = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal mulainya.")})
    ends_on = asked(DayField(label=_("Sampai"), required=False, help_text=_("Wajib bila menggantikan; kosong: sampai diakhiri.")))


def appoint_choices(people: Choices, away: Choices) -> dict[str, Choices]:
    """The people, the roles that can be given, in which capacity, and for whom: oneself too."""
    roles = [(r.value, in_language(title)) for r, title in ROLE_TITLES.items() if r not in (Role.APPLICANT, Role.SYSTEM)]
    kinds = [(Capacity.DEFINITIVE.value, _("pemegang tetap")), *((k.value, word) for k, word in CAPACITY_WORDS.items())]
    return {"account": people, "role": roles, "kind": kinds, "stands_in_for": [("", "–"), *away]}


class EndForm(Plain):
    """The last day of a role."""

    post = forms.ChoiceField(label=_("Peran yang diakhiri"))
    ends_on = DayField(label=_("Hari terakhir"), error_messages={"required": _("Isi hari terakhirnya.")})


class LeaveForm(Plain):
    """Days away."""

    account = forms.ChoiceField(label=_("Pegawai"))
    starts_on = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal mulainya.")})
    ends_on = DayField(label=_("Sampai"), error_messages={"required": _("Isi hari terakhirnya.")})
    reason = asked(forms.CharField(label=_("Alasan"), required=False, max_length=200))


class OwnLeaveForm(LeaveForm):
    """One's own days away."""

    account = None  # type: ignore[assignment]  # Django's way to leave an inherited field out


class ConfirmForm(Plain):
    """A pledge by one's own name."""

    typed = asked(
        forms.CharField(
            label=_("Ketik nama lengkap Anda"),
            required=False,
            help_text=_("Ini pernyataan dengan nama yang diketik, bukan tanda tangan elektronik."),
        )
    )


class SanctionForm(Plain):
    """A sanction on an officer."""

    account = asked(forms.ChoiceField(label=_("Pegawai"), required=False))
    basis = asked(
        forms.ChoiceField(label=_("Dasar"), required=False, help_text=_("Temuan pengawasan, atau pengaduan yang terbukti."))
    )
    kind = asked(forms.ChoiceField(label=_("Sanksi"), required=False, widget=forms.RadioSelect))
    decree = asked(forms.CharField(label=_("Nomor keputusan"), required=False, max_length=100))
    starts_on = asked(DayField(label=_("Mulai berlaku"), required=False))
    words = asked(forms.CharField(label=_("Yang tidak dijaga, dan mengapa sanksinya ini"), required=False, widget=WORDS))
    heard = asked(forms.CharField(label=_("Yang disampaikan pegawai saat didengar, dan kapan"), required=False, widget=WORDS))

    def given(self) -> Imposed:
        """What the rules judge."""
        values = {name: self.cleaned_data[name] for name in ("kind", "decree", "starts_on", "words", "heard")}
        return Imposed(basis=self.cleaned_data["basis"].partition(":")[0], **values)

    def account_id(self) -> UUID | None:
        """Whom it is for."""
        id = self.cleaned_data["account"]
        return UUID(id) if id else None

    def basis_id(self) -> UUID | None:
        """Which finding or follow-up it rests on."""
        id = self.cleaned_data["basis"].partition(":")[2]
        return UUID(id) if id else None


class PledgeSignForm(SignForm):
    """A pledge by the signing service."""

    seen = None  # type: ignore[assignment]  # no version is decided upon


class WatchForm(Plain):
    """One guard's watch."""

    on = asked(DayField(label=_("Tanggal"), required=False))
    starts = asked(forms.TimeField(label=_("Jam mulai"), required=False, help_text=_("Misalnya 07:00.")))
    ends = asked(forms.TimeField(label=_("Jam selesai"), required=False))
    post = asked(forms.CharField(label=_("Pos"), required=False, max_length=100))
    guard = asked(forms.CharField(label=_("Nama petugas keamanan"), required=False, max_length=100))

    def watch(self) -> Watch:
        """What the rules judge."""
        return Watch(**self.cleaned_data)


class NoteWatchForm(Plain):
    """Whether it was kept."""

    kept = forms.ChoiceField(
        label=_("Dijalankan?"),
        widget=forms.RadioSelect,
        choices=[("ya", _("Ya")), ("tidak", _("Tidak"))],
        error_messages={"required": _("Pilih ya atau tidak.")},
    )
    words = asked(forms.CharField(label=_("Catatan bila tidak"), required=False, max_length=300))


class IncidentForm(Plain):
    """Something that happened."""

    kind = asked(forms.ChoiceField(label=_("Jenis kejadian"), required=False, widget=forms.RadioSelect))
    on = asked(DayField(label=_("Tanggal"), required=False))
    hour = asked(forms.TimeField(label=_("Jam"), required=False, help_text=_("Misalnya 10:30.")))
    place = asked(forms.CharField(label=_("Tempat"), required=False, max_length=200))
    words = asked(forms.CharField(label=_("Apa yang terjadi dan apa yang sudah dilakukan"), required=False, widget=WORDS))

    def happened_at(self) -> datetime | None:
        """The moment; None when a part of it is missing."""
        on, hour = self.cleaned_data["on"], self.cleaned_data["hour"]
        return datetime.combine(on, hour, JAKARTA) if on and hour else None


def incident_choices() -> dict[str, Choices]:
    """The kinds of incident."""
    return {"kind": [(kind.value, in_language(title)) for kind, title in INCIDENT_TITLES.items()]}


class AidForm(WordsForm):
    """The answer to a request for legal aid."""

    given = forms.ChoiceField(
        label=_("Jawaban"),
        widget=forms.RadioSelect,
        choices=[("ya", _("Bantuan diberikan")), ("tidak", _("Tidak diberikan"))],
        error_messages={"required": _("Pilih jawabannya.")},
    )
    field_order = ("given", "words")
