"""An electronic signature on a PDF, by the signer's passphrase, checked before anyone relies on it (51.5)."""

from django.conf import settings
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from pasti.actions.verification import root_pem
from pasti.adapters.bsre.client import SigningService
from pasti.adapters.pdf.signatures import check
from pasti.domain.certificate import Verdict
from pasti.domain.errors import DoorClosed
from pasti.domain.roles import Actor
from pasti.records.accounts import Account


@sensitive_variables("passphrase")
def signed(pdf: bytes, actor: Actor, passphrase: str, *, reason: str, location: str) -> bytes:
    """`pdf` as the signing service gives it back, soundly signed. WrongPassphrase or DoorClosed; no transaction may be open."""
    service = SigningService(
        url=settings.PASTI_SIGNING_URL, user=settings.PASTI_SIGNING_USER, password=settings.PASTI_SIGNING_PASSWORD
    )
    nik = Account.objects.values_list("signing_nik", flat=True).get(pk=actor.person)
    answer = service.sign(pdf, nik=nik, passphrase=passphrase, reason=reason, location=location)
    report = check(answer, trust_roots=[root_pem()], at=timezone.now())  # the service has stamped it by its own clock, just now
    if report.verdict is not Verdict.VALID:
        raise DoorClosed("bsre", "berkas yang kembali tidak bertanda tangan sah: " + "; ".join(report.problems), retry=False)
    return answer
