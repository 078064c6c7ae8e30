"""The forms of complaints for the public: filing, following, completing, judging the answer, another agency's answer (51.6)."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from pasti.actions.files import MOST_BYTES, MOST_FILES
from pasti.domain.complaint_intake import Filing, Reporter
from pasti.pages.forms.day import DayField
from pasti.pages.forms.fields import FILES, SeveralFiles

PHOTO = "photo"


def several_files() -> forms.Field:
    """Several files at once; the act checks each by its content."""
    help_text = say("PDF, JPEG, atau PNG, paling besar {size} MB tiap berkas, paling banyak {most} berkas.").format(
        size=MOST_BYTES // 2**20, most=MOST_FILES
    )
    widget = SeveralFiles(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"})
    return forms.Field(label=say("Lampiran"), help_text=help_text, required=False, widget=widget)


class ComplaintForm(forms.Form):
    """What is complained of, when, by whom. The rules say what is malformed; what is missing is kept all the same (51.6.5.b)."""

    matter = forms.CharField(
        label=_("Apa yang terjadi?"),
        help_text=_("Ceritakan dengan kata-kata Anda: apa, di mana, oleh siapa."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    object = forms.CharField(label=_("Layanan atau hal yang diadukan"), help_text=_("Misalnya: sertifikat terlambat terbit."))
    service_received_on = DayField(
        label=_("Kapan Anda menerima pelayanan itu?"), help_text=_("Misalnya 7 1 2026. Tidak ingat? Centang kotak di bawah.")
    )
    service_unknown = forms.BooleanField(label=_("Saya tidak tahu harinya"), required=False)
    application_number = forms.CharField(
        label=_("Nomor permohonan"),
        help_text=_("Bila menyangkut suatu permohonan, misalnya PB-2026-0042."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Foto dari ponsel"),
        help_text=_("Pada ponsel, tombol ini membuka kamera."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    name = forms.CharField(
        label=_("Nama Anda"),
        help_text=_("Tanpa nama, kami memperlakukannya sebagai saran, dan tetap menjawabnya di halaman lacak."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("Surel atau nomor telepon"),
        help_text=_("Untuk mengabari Anda. Tanpa ini, Anda melihat jawabannya di halaman lacak."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    wants_secrecy = forms.BooleanField(
        label=_("Rahasiakan identitas saya"),
        help_text=_("Hanya petugas yang ditunjuk dapat melihatnya, dan setiap kali dilihat tercatat."),
        required=False,
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        self.fields[FILES] = several_files()
        self._mark(needed=True)

    def _mark(self, *, needed: bool) -> None:
        for name in ("matter", "object", "service_received_on"):
            self.fields[name].required = needed

    def full_clean(self) -> None:
        """What is asked of everyone is so marked; only the day must be told or said to be unknown."""
        self._mark(needed=False)
        super().full_clean()
        self._mark(needed=True)

    def clean(self) -> dict[str, Any]:
        """A day, or that it is not known: one of the two, so that nobody assumes it (51.6.2)."""
        values: dict[str, Any] = self.cleaned_data
        if "service_received_on" in values:
            day, unknown = values["service_received_on"], values["service_unknown"]
            if day is None and not unknown:
                self.add_error("service_received_on", say("Tulis harinya, atau centang “Saya tidak tahu harinya”."))
            if day is not None and unknown:
                self.add_error("service_received_on", say("Hapus harinya, atau hapus centang “Saya tidak tahu harinya”."))
        return values

    def filing(self, channel: str) -> Filing:
        """What was filed, without what could not be read. A case number that is none of ours is kept too, as it was written."""
        said = self.cleaned_data
        number = said.get("application_number", "").strip()
        return Filing(
            channel=channel,
            matter=said.get("matter", ""),
            object=said.get("object", ""),
            reporter=Reporter(name=said.get("name", ""), contact=said.get("contact", "")),
            service_on=said.get("service_received_on"),
            wants_secrecy=bool(said.get("wants_secrecy")),
            application_number=number,
            detail=f"Nomor permohonan yang ditulis pelapor: {number}" if number else "",
        )


class ComplaintKeyForm(forms.Form):
    """Number and secret, as on the receipt and in our letters."""

    number = forms.CharField(
        label=_("Nomor pengaduan"),
        help_text=_("Misalnya ADU-2026-00042, ada pada tanda terima."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=_("Kata sandi pengaduan"),
        help_text=_("Dua belas huruf dan angka, ada pada tanda terima. Tanda hubung boleh tidak ditulis."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    use_required_attribute = False


class CompleteForm(forms.Form):
    """What is still missing, and the answer to the office's question; `missing` names what is asked (51.6.5.a)."""

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}))
    name = forms.CharField(label=_("Nama Anda"), required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact = forms.CharField(
        label=_("Surel atau nomor telepon"), required=False, widget=forms.TextInput(attrs={"autocomplete": "email"})
    )
    object = forms.CharField(label=_("Layanan atau hal yang diadukan"), required=False)
    service_received_on = DayField(
        label=_("Kapan Anda menerima pelayanan itu?"), help_text=_("Misalnya 7 1 2026."), required=False
    )
    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None, *, missing: tuple[str, ...], question: str) -> None:
        super().__init__(data, auto_id="lengkapi-%s")
        self.fields[FILES] = several_files()
        self.fields["text"].label = say("Jawaban Anda") if question else say("Yang ingin Anda tambahkan")
        unasked = {"identity": ("name", "contact"), "object": ("object",), "service_on": ("service_received_on",)}
        for part, names in unasked.items():
            for name in names if part not in missing else ():
                del self.fields[name]


class HelpedForm(forms.Form):
    """Whether the answer helped (51.6.8)."""

    helped = forms.ChoiceField(
        label=_("Apakah jawaban ini membantu?"),
        choices=(("ya", _("Ya, membantu")), ("tidak", _("Belum membantu"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih ya atau belum.")},
    )
    words = forms.CharField(label=_("Mengapa?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="nilai-%s")


class ReferralKeyForm(forms.Form):
    """The secret in our letter to the agency."""

    secret = forms.CharField(
        label=_("Kata sandi rujukan"),
        help_text=_("Dua belas huruf dan angka, ada pada surat kami."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    use_required_attribute = False


class ReferralForm(forms.Form):
    """What the agency answers, and who answers for it (51.6.6.e)."""

    text = forms.CharField(label=_("Jawaban instansi Anda"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))
    answered_by = forms.CharField(label=_("Nama dan jabatan yang menjawab"), max_length=200)
    use_required_attribute = False
