"""After issue: no certificate is touched before its holder was heard, and whoever verifies it reads the truth at once (51.5)."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from pasti.actions import certificate, notices, validity, verification
from pasti.domain.certificate import CertificateStatus, Verdict
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import Act, State
from pasti.queries import certificate as certificates
from pasti.queries import ledger
from pasti.queries.validity import hearing_of, open_changes, open_hearings
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.5")]
WHY = "Sarana produksi dipindahkan tanpa pemberitahuan."
ANSWER = "Mesinnya hanya diservis di bengkel, dan sudah kembali."
TERM_OVER = MONDAY + timedelta(days=15)  # ten working days after MONDAY end on 7 December


@pytest.fixture
def office() -> dict[Role, Actor]:
    return makers.officers()


@pytest.fixture
def holder() -> Actor:
    return makers.actor()


@pytest.fixture
def issued(office: dict[Role, Actor], holder: Actor, signing_passphrase: str) -> Application:
    row = makers.advance(office, makers.submitted(holder).id, until=State.SIGNING)
    certificate.sign(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY)
    return makers.fresh(row.id)


def seen(row: Application) -> int:
    return makers.fresh(row.id).ledger_length


def status(row: Application) -> str:
    paper = makers.fresh(row.id).certificate
    assert paper is not None
    shown = certificates.by_token(paper.token)
    assert shown is not None
    return shown.status


def test_the_holder_is_heard_then_it_is_suspended_reinstated_and_revoked(
    office: dict[Role, Actor], holder: Actor, issued: Application
) -> None:
    head, states = office[Role.HEAD], []
    for act, do in ((Act.SUSPEND, validity.suspend), (Act.REINSTATE, validity.reinstate), (Act.REVOKE, validity.revoke)):
        validity.hear(head, issued.id, act, seen=seen(issued), at=MONDAY, reason=WHY)
        validity.respond(holder, issued.id, ANSWER, at=MONDAY)
        do(head, issued.id, seen=seen(issued), at=MONDAY, reason=WHY)
        states.append((makers.fresh(issued.id).state, status(issued)))

    assert states == [
        (State.SUSPENDED, CertificateStatus.SUSPENDED),
        (State.ISSUED, CertificateStatus.ISSUED),
        (State.REVOKED, CertificateStatus.REVOKED),
    ]
    assert ledger.verify().fault is None


def test_without_a_hearing_or_before_its_end_nothing_is_done(office: dict[Role, Actor], issued: Application) -> None:
    head = office[Role.HEAD]
    with pytest.raises(RuleBroken, match="tanggapan pemegang"):
        validity.suspend(head, issued.id, seen=seen(issued), at=MONDAY, reason=WHY)

    validity.hear(head, issued.id, Act.SUSPEND, seen=seen(issued), at=MONDAY, reason=WHY)
    heard = hearing_of(issued.id, at=MONDAY)
    assert heard is not None
    assert (heard.respond_by, heard.may_be_decided) == (date(2026, 12, 7), False)
    with pytest.raises(RuleBroken, match="masih boleh menanggapi"):
        validity.suspend(head, issued.id, seen=seen(issued), at=MONDAY + timedelta(days=14), reason=WHY)
    with pytest.raises(RuleBroken, match="Cabut"):
        validity.revoke(head, issued.id, seen=seen(issued), at=TERM_OVER, reason=WHY)

    validity.suspend(head, issued.id, seen=seen(issued), at=TERM_OVER, reason=WHY)
    assert status(issued) == CertificateStatus.SUSPENDED
    assert open_hearings(head, at=TERM_OVER) == ()


def test_a_hearing_serves_one_act_only(office: dict[Role, Actor], holder: Actor, issued: Application) -> None:
    head = office[Role.HEAD]
    for act in (Act.REVOKE, Act.SUSPEND):  # the later one takes the place of the earlier
        validity.hear(head, issued.id, act, seen=seen(issued), at=MONDAY, reason=WHY)
    validity.respond(holder, issued.id, ANSWER, at=MONDAY)
    with pytest.raises(RuleBroken):
        validity.respond(holder, issued.id, ANSWER, at=MONDAY)
    validity.suspend(head, issued.id, seen=seen(issued), at=MONDAY, reason=WHY)

    with pytest.raises(RuleBroken, match="tanggapan pemegang"):
        validity.revoke(head, issued.id, seen=seen(issued), at=TERM_OVER, reason=WHY)


@pytest.mark.clause("51.10.1")
def test_only_the_head_acts_and_only_the_holder_responds(office: dict[Role, Actor], holder: Actor, issued: Application) -> None:
    with pytest.raises(NotAllowed):
        validity.hear(office[Role.VALIDATOR], issued.id, Act.SUSPEND, seen=seen(issued), at=MONDAY, reason=WHY)
    validity.hear(office[Role.HEAD], issued.id, Act.SUSPEND, seen=seen(issued), at=MONDAY, reason=WHY)
    with pytest.raises(NotAllowed):
        validity.respond(office[Role.HEAD], issued.id, ANSWER, at=MONDAY)
    with pytest.raises(NotAllowed):
        validity.suspend(holder, issued.id, seen=seen(issued), at=TERM_OVER, reason=WHY)


@pytest.mark.parametrize("intends", [Act.REINSTATE, Act.SIGN])
def test_what_cannot_follow_is_not_heard_about(office: dict[Role, Actor], issued: Application, intends: Act) -> None:
    with pytest.raises(RuleBroken):
        validity.hear(office[Role.HEAD], issued.id, intends, seen=seen(issued), at=MONDAY, reason=WHY)


def test_a_change_of_data_makes_a_new_certificate_and_the_old_one_counts_until_it_is_signed(
    office: dict[Role, Actor], holder: Actor, issued: Application, signing_passphrase: str
) -> None:
    head, old = office[Role.HEAD], Certificate.objects.get()
    validity.request_change(
        holder, issued.id, "business", {"business_name": "CV Lensa Jaya Abadi"}, at=MONDAY, reason="Akta perubahan nama."
    )
    assert open_changes(head)[0].fields == ("business_name",)
    validity.replace(head, issued.id, seen=seen(issued), at=MONDAY, reason="Aktanya sesuai dengan NIB.")
    assert status(issued) == CertificateStatus.ISSUED
    certificate.sign(head, issued.id, signing_passphrase, seen=seen(issued), at=MONDAY + timedelta(hours=1))

    row, new = makers.fresh(issued.id), Certificate.objects.exclude(pk=old.pk).get()
    replaced = certificates.by_token(old.token)
    assert (row.state, row.business_name, row.issued_at) == (State.ISSUED, "CV Lensa Jaya Abadi", issued.issued_at)
    assert row.certificate == new
    assert (new.status, new.data["holder"], new.number != old.number) == (CertificateStatus.ISSUED, "CV Lensa Jaya Abadi", True)
    assert replaced is not None
    assert (replaced.status, replaced.replaced_by) == (CertificateStatus.REPLACED, new.token)
    for paper, verdict in ((old, Verdict.REPLACED), (new, Verdict.VALID)):
        pdf = verification.signed_bytes(paper.token)
        assert pdf is not None
        assert verification.check_upload(pdf, at=MONDAY + timedelta(days=1)).verdict is verdict
    assert ledger.verify().fault is None


def test_a_change_may_be_refused_and_asked_again(office: dict[Role, Actor], holder: Actor, issued: Application) -> None:
    ask = {"business_name": "CV Lensa Lain"}
    validity.request_change(holder, issued.id, "business", ask, at=MONDAY, reason="Akta perubahan nama.")
    with pytest.raises(RuleBroken, match="belum diputus"):
        validity.request_change(holder, issued.id, "business", ask, at=MONDAY, reason="Akta perubahan nama.")

    validity.refuse_change(office[Role.HEAD], issued.id, seen=seen(issued), at=MONDAY, reason="Aktanya belum disahkan.")
    validity.request_change(holder, issued.id, "business", ask, at=MONDAY, reason="Akta perubahan nama.")

    assert makers.fresh(issued.id).business_name == issued.business_name
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("section", "typed", "refusal"),
    [
        ("place", {"village": "Nagrikidul"}, RuleBroken),
        ("business", {"nik": "1"}, InvalidInput),
        ("business", {}, RuleBroken),
    ],
)
def test_what_may_not_change_is_refused(
    holder: Actor, issued: Application, section: str, typed: dict[str, str], refusal: type[RuleBroken]
) -> None:
    with pytest.raises(refusal):
        validity.request_change(holder, issued.id, section, typed, at=MONDAY, reason="Ada yang berubah di usaha.")


def test_letters_say_what_is_intended_and_what_was_done(
    office: dict[Role, Actor], holder: Actor, issued: Application, mailbox: Path
) -> None:
    head = office[Role.HEAD]
    validity.hear(head, issued.id, Act.SUSPEND, seen=seen(issued), at=MONDAY, reason=WHY)
    notices.tell_applicant(uuid4(), issued.id, "heard", at=MONDAY)
    validity.respond(holder, issued.id, ANSWER, at=MONDAY)
    notices.tell_office(uuid4(), issued.id, "responded", [Role.HEAD], at=MONDAY, more={})
    validity.suspend(head, issued.id, seen=seen(issued), at=MONDAY, reason=WHY)
    notices.tell_applicant(uuid4(), issued.id, "suspended", at=MONDAY)

    letters = [path.read_text() for path in mailbox.rglob("*.eml")]
    assert len(letters) == 3
    assert sum("dipindahkan tanpa pemberitahuan" in letter for letter in letters) == 2
