"""Verifying a certificate: the verdict first, then the facts, then the file's own bytes and signatures (51.5)."""

import re
from datetime import date, datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import verification
from pasti.domain.certificate import VERDICT_OF_STATUS, CertificateStatus, Verdict
from pasti.pages.access import moment
from pasti.pages.public.files import as_download
from pasti.pages.screen import show
from pasti.pages.words import as_written, long_day
from pasti.pages.words import moment as said_moment
from pasti.queries import certificate as certificates
from pasti.queries.certificate import CertificateView

MOST_BYTES = 10 * 1024 * 1024
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")

VERDICTS = {
    Verdict.VALID: ("good", gettext_lazy("Sertifikat ini berlaku")),
    Verdict.REPLACED: ("warn", gettext_lazy("Sudah diganti dengan yang baru")),
    Verdict.SUSPENDED: ("warn", gettext_lazy("Sedang dibekukan")),
    Verdict.REVOKED: ("late", gettext_lazy("Sudah dicabut, tidak berlaku lagi")),
    Verdict.NOT_SIGNED: ("late", gettext_lazy("Belum ditandatangani, jadi belum berlaku")),
    Verdict.ALTERED: ("late", gettext_lazy("Isi berkas ini sudah diubah")),
    Verdict.NOT_OURS: ("late", gettext_lazy("Bukan sertifikat dari kantor ini")),
}
SENTENCES = {
    Verdict.VALID: gettext_lazy("Diterbitkan dan ditandatangani kantor ini, dan masih berlaku."),
    Verdict.REPLACED: gettext_lazy("Kantor ini pernah menerbitkannya, lalu menggantinya. Minta yang terbaru kepada pemegangnya."),
    Verdict.SUSPENDED: gettext_lazy("Kantor ini menerbitkannya, tetapi sedang membekukannya. Untuk sementara jangan dipakai."),
    Verdict.REVOKED: gettext_lazy("Kantor ini pernah menerbitkannya, lalu mencabutnya."),
    Verdict.NOT_SIGNED: gettext_lazy("Tidak ada tanda tangan yang dapat diperiksa."),
    Verdict.NOT_OURS: gettext_lazy("Tidak ada sertifikat kami pada alamat ini. Periksa kembali alamat atau kodenya."),
}


class CodeForm(forms.Form):
    """The address or code below the QR, or the PDF itself."""

    code = forms.CharField(
        label=gettext_lazy("Alamat atau kode di bawah kode QR"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Tulis alamat atau kode yang hendak diperiksa.")},
    )
    use_required_attribute = False


class UploadForm(forms.Form):
    """A PDF to be checked."""

    file = forms.FileField(
        label=gettext_lazy("Berkas PDF sertifikat"),
        help_text=gettext_lazy("Diperiksa lalu dibuang; tidak disimpan. Paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": gettext_lazy("Pilih berkas PDF yang hendak diperiksa.")},
    )
    use_required_attribute = False

    def clean_file(self) -> object:
        """Refuses what is too large to be one of ours."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 10 MB, jadi bukan sertifikat kami."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or a PDF is given to be checked."""
    if request.method != "POST":
        return _landing(request, CodeForm(), UploadForm())
    if "code" not in request.POST:
        return _check(request, None)
    form = CodeForm(request.POST)
    if form.is_valid():
        found = TOKEN.fullmatch(form.cleaned_data["code"].rstrip("/").rpartition("/")[2])
        if found:
            return redirect("certificate", token=found[0])
        form.add_error("code", _("Tulis alamat atau kode seperti tercetak di bawah kode QR."))
    return _landing(request, form, UploadForm(), status=422)


def _landing(request: HttpRequest, code: CodeForm, upload: UploadForm, *, status: int = 200) -> HttpResponse:
    return show(request, "public/verify.html", title=_("Periksa sertifikat"), status=status, code=code, upload=upload)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The QR's address: the verdict on the certificate there; POST checks a PDF against it."""
    view = certificates.by_token(token)
    if request.method == "POST":
        return _check(request, view)
    return _certificate_page(request, view, UploadForm())


def _certificate_page(
    request: HttpRequest, view: CertificateView | None, upload: UploadForm, *, status: int = 200
) -> HttpResponse:
    verdict = VERDICT_OF_STATUS[CertificateStatus(view.status)] if view else Verdict.NOT_OURS
    kind, title = VERDICTS[verdict]
    return show(
        request,
        "public/certificate.html",
        title=str(title),
        status=status if view else 404,
        kind=kind,
        sentence=SENTENCES[verdict],
        more=" ".join(filter(None, (_deemed(view.data.get("deemed_on")), _since(verdict, view.since)))) if view else "",
        view=view,
        facts=_facts(view) if view else (),
        upload=upload,
    )


def _deemed(on: object) -> str:
    """That it rests on a term that ran out, not on a verification."""
    if not on:
        return ""
    words = _("Dianggap disetujui: kantor ini tidak memutus sampai {day}. Sertifikat ini bukan hasil verifikasi.")
    return words.format(day=long_day(date.fromisoformat(str(on))))


def _since(verdict: Verdict, at: datetime | None) -> str:
    """Since when it is what it is now; one that counts again says that it once did not."""
    if at is None:
        return ""
    words = _("Pernah dibekukan; berlaku lagi sejak {at}.") if verdict is Verdict.VALID else _("Sejak {at}.")
    return words.format(at=said_moment(at))


def _facts(view: CertificateView) -> tuple[dict[str, object], ...]:
    """What is printed on the certificate and may be compared with the paper at hand."""
    data = view.data
    rows = (
        (_("Nomor"), view.number),
        (_("Pemegang"), data.get("holder")),
        (_("NIB"), data.get("nib")),
        (_("KBLI"), as_written(f"{data.get('kbli', '')} {data.get('kbli_title', '')}".strip())),
        (_("Lokasi"), ", ".join(str(data[name]) for name in ("address", "district") if data.get(name))),
        (_("Risiko"), as_written(data.get("risk"))),
        (_("Terbit"), long_day(date.fromisoformat(str(data["issued_on"]))) if data.get("issued_on") else ""),
        (_("Dasar terbit"), as_written(data.get("deemed_ground"))),
        (_("Catatan"), as_written(data.get("demonstration"))),
    )
    return tuple({"label": label, "value": value} for label, value in rows if value)


def _check(request: HttpRequest, view: CertificateView | None) -> HttpResponse:
    """Check the bytes and signatures of an uploaded PDF; nothing of it is kept."""
    upload = UploadForm(request.POST, request.FILES)
    if not upload.is_valid():
        if view is None:
            return _landing(request, CodeForm(), upload, status=422)
        return _certificate_page(request, view, upload, status=422)
    found = verification.check_upload(upload.cleaned_data["file"].read(), at=moment())
    kind, title = VERDICTS[found.verdict]
    other = view is not None and found.number and found.number != view.number
    return show(
        request,
        "public/checked.html",
        title=str(title),
        kind=kind,
        more=_deemed(found.deemed_on),
        found=found,
        expected=view if other else None,
        upload=UploadForm(),
    )


@require_safe
def download(_request: HttpRequest, token: str) -> HttpResponse:
    """The original, byte for byte as signed."""
    view = certificates.by_token(token)
    data = verification.signed_bytes(token) if view else None
    if view is None or data is None:
        raise Http404(token)
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", view.number)
    return as_download(data, name=f"sertifikat-{name}.pdf", mime="application/pdf")


@require_safe
def public_keys(_request: HttpRequest) -> JsonResponse:
    """The public keys that prove a QR without a network."""
    return JsonResponse(verification.public_keys())


@require_safe
def root_certificate(_request: HttpRequest) -> HttpResponse:
    """The published root certificate, to be trusted by a PDF reader."""
    answer = HttpResponse(verification.root_pem(), content_type="application/x-pem-file")
    answer["Content-Disposition"] = 'attachment; filename="akar-pasti.pem"'
    return answer
