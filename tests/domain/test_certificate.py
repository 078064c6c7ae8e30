"""The certificate's value, number and QR payload (51.5)."""

import json
from dataclasses import replace
from datetime import date

import pytest

from pasti.domain.certificate import (
    VERDICT_OF_STATUS,
    CertificateData,
    CertificateStatus,
    certificate_number,
    qr_payload,
)
from tests.certificates import a_certificate


@pytest.mark.clause("51.5")
@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 12, 31), "SS-51/0007/XII/2026"), (date(2027, 1, 1), "SS-51/0007/I/2027")],
)
def test_a_number_carries_its_sequence_month_and_year(on: date, expected: str) -> None:
    assert certificate_number("SS-51/{sequence:04d}/{month_roman}/{year}", 7, on) == expected


def test_the_json_reads_back_as_the_same_value_and_is_stable() -> None:
    data = a_certificate()
    assert CertificateData.from_dict(json.loads(data.to_json())) == data
    assert data.to_json() == replace(data).to_json()
    assert list(json.loads(data.to_json()))[:3] == ["number", "entry", "edition"]


def test_an_unknown_field_is_not_read_as_a_certificate() -> None:
    with pytest.raises(ValueError, match="passphrase"):
        CertificateData.from_dict({**a_certificate().to_dict(), "passphrase": "x"})


def test_the_qr_carries_the_licence_and_nobody() -> None:
    data = a_certificate(npwp="0123")
    payload = qr_payload(data, status=CertificateStatus.ISSUED, as_of=date(2027, 1, 7))
    assert payload == {
        "no": data.number,
        "nama": data.holder,
        "nib": data.nib,
        "kbli": "26792/2020",
        "terbit": "2027-01-07",
        "status": "issued",
        "per": "2027-01-07",
    }
    assert data.signatory.name not in json.dumps(payload)


@pytest.mark.clause("51.3")
def test_the_qr_says_that_no_verification_stands_behind_a_lapse() -> None:
    data = a_certificate(deemed_on="2026-12-02", deemed_ground="Pasal 225 PP 28/2025")
    assert qr_payload(data, status=CertificateStatus.ISSUED, as_of=date(2027, 1, 7))["lewat"] == "2026-12-02"


def test_every_status_has_a_verdict() -> None:
    assert set(VERDICT_OF_STATUS) == set(CertificateStatus)
