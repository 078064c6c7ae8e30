"""A certificate as anyone may see it (51.5)."""

from dataclasses import dataclass
from datetime import datetime

from pasti.domain.certificate import CertificateStatus
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry

CHANGES_OF_STATUS = ("certificate.suspended", "certificate.reinstated", "certificate.revoked", "certificate.replaced")


@dataclass(frozen=True, kw_only=True)
class CertificateView:
    """What the verification page states: the status first, then the facts printed on the certificate."""

    number: str
    token: str
    status: str  # a value of domain.certificate.CertificateStatus
    data: dict[str, object]
    sha256: str
    signed_at: datetime | None
    since: datetime | None  # when it became what it is now; None when nothing happened to it after it was signed
    replaced_by: str  # the public address's token of the certificate that took its place; "" when none did


def by_token(token: str) -> CertificateView | None:
    """The signed certificate at this public address; None when there is none. At most three SQL queries."""
    row = Certificate.objects.filter(token=token).exclude(signed_sha256="").first()
    return _view(row) if row else None


def _view(row: Certificate) -> CertificateView:
    return CertificateView(
        number=row.number,
        token=row.token,
        status=row.status,
        data=row.data,
        sha256=row.signed_sha256,
        signed_at=row.signed_at,
        since=_since(row),
        replaced_by=_successor(row) if row.status == CertificateStatus.REPLACED else "",
    )


def _since(row: Certificate) -> datetime | None:
    facts = LedgerEntry.objects.filter(subject_id=row.id, kind__in=CHANGES_OF_STATUS)
    return facts.order_by("-seq").values_list("at", flat=True).first()


def _successor(row: Certificate) -> str:
    later = Certificate.objects.filter(application_id=row.application_id, signed_at__gt=row.signed_at).exclude(pk=row.pk)
    return later.order_by("-signed_at").values_list("token", flat=True).first() or ""
