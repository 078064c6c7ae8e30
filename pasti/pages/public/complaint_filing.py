"""Filing a complaint by a form, here or inside the office's other site: read, file once, say what is wrong (51.6.5.a)."""

from uuid import uuid4

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pasti import standards
from pasti.actions import complaints
from pasti.actions.files import MOST_BYTES, MOST_FILES
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import Receipt, check_filing, cleaned
from pasti.domain.errors import InvalidInput, RuleBroken
from pasti.domain.standard import Standard
from pasti.pages.access import moment
from pasti.pages.forms.complaints import PHOTO, ComplaintForm
from pasti.pages.forms.fields import FILES
from pasti.pages.public.standard import in_force
from pasti.pages.refusals import put_into

SALT = "pasti.complaint.form"
KEY_SECONDS = 24 * 60 * 60
CLIENT = "web"


def fresh_key() -> str:
    """A new key for one form: made by us, so that it shows that the form is ours; sent twice it files once."""
    return signing.dumps(uuid4().hex, salt=SALT)


def _key_of(token: str) -> str | None:
    """The key of a form of ours that is not older than a day; None otherwise."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=KEY_SECONDS))
    except signing.BadSignature:
        return None


def web_channels(standard: Standard) -> tuple[str, ...]:
    """The channels that are one of the office's own sites, in the edition's order; all, should none be (51.6.2)."""
    sites = standards.load().office().websites
    ours = tuple(channel.id for channel in standard.complaint_channels if channel.address in sites)
    return ours or tuple(channel.id for channel in standard.complaint_channels)


def empty(request: HttpRequest) -> ComplaintForm:
    """The form before anything is typed; `?nomor=` fills in the case that a page of ours was about."""
    return ComplaintForm(initial={"key": fresh_key(), "application_number": request.GET.get("nomor", "")[:60]})


def uploads_of(request: HttpRequest) -> tuple[tuple[str, bytes], ...]:
    """The files sent; one byte over the limit is enough to be refused for its size."""
    sent = [*request.FILES.getlist(FILES), *request.FILES.getlist(PHOTO)][: MOST_FILES + 1]
    return tuple((upload.name or "", upload.read(MOST_BYTES + 1)) for upload in sent)


def file(request: HttpRequest, channel: str) -> tuple[Receipt | None, ComplaintForm]:
    """File what was typed; without a receipt, the form says at each field what to put right."""
    typed = request.POST.copy()
    form = ComplaintForm(typed, request.FILES)
    key, uploads = _key_of(typed.get("key", "")), uploads_of(request)
    receipt = None
    if key is None:
        form.add_error(None, _("Formulir ini terlalu lama terbuka, jadi belum terkirim. Periksa isinya, lalu kirim sekali lagi."))
        typed["key"] = fresh_key()
    elif form.is_valid():
        try:
            receipt = complaints.file(form.filing(channel), at=moment(), uploads=uploads, key=key, client=CLIENT)
        except InvalidInput as refusal:
            put_into(form, refusal)
        except RuleBroken:  # this very form was filed, and something in it was changed since
            typed["key"] = fresh_key()
            form.add_error(
                None, _("Formulir ini sudah terkirim dengan isi yang lain. Bila ini pengaduan yang baru, kirim sekali lagi.")
            )
    else:  # what the rules say to the rest, so that everything is put right at once
        _put_problems(form, channel, has_files=bool(uploads))
    if receipt is None and uploads:
        names = ", ".join(f"“{name}”" for name, _data in uploads)
        form.add_error(FILES, _("Berkas {names} belum tersimpan. Pilih lagi sebelum mengirim.").format(names=names))
    return receipt, form


def _put_problems(form: ComplaintForm, channel: str, *, has_files: bool) -> None:
    at = moment()
    standard = in_force(jakarta_day(at))[0]
    if problems := check_filing(cleaned(form.filing(channel)), standard, at, has_files=has_files):
        put_into(form, InvalidInput(problems))
