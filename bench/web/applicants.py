"""Applicants who have signed in through the pages, and complete drafts for them to submit.

One draft is filled in by the real acts, every answer and file. The others are begun by the real act, and their answers and files
are copied from the first in SQL: filling one in takes some twenty acts, and it is the submission that is measured.
"""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bench.web.clients import Question, post
from pasti.actions import demonstration, intake, opening
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor

ENTRY = "51"
PASSWORD = "sandi-untuk-mengukur"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

COPY = (
    "UPDATE application SET answers = f.answers, business_name = f.business_name, nib = f.nib, district = f.district "
    "FROM application f WHERE f.id = %(filled)s AND application.id = ANY(%(begun)s)",
    "UPDATE dossier_row SET answers = f.answers FROM dossier_row f "
    "WHERE f.application_id = %(filled)s AND f.clause = dossier_row.clause AND dossier_row.application_id = ANY(%(begun)s)",
    "INSERT INTO evidence (id, application_id, clause, sha256, name, mime, size, uploaded_by_id, uploaded_at) "
    "SELECT gen_random_uuid(), a.id, f.clause, f.sha256, f.name, f.mime, f.size, a.applicant_id, f.uploaded_at "
    "FROM evidence f, application a WHERE f.application_id = %(filled)s AND a.id = ANY(%(begun)s)",
)


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """One applicant with the cookies of a session and the token its forms carry."""

    actor: Actor
    email: str
    cookies: dict[str, str]
    token: str


def applicant(number: int, port: int) -> Applicant:
    """A new account that has signed in on the sign-in page with its password."""
    at, email = timezone.now(), f"pemohon{number}@ukur.example"
    account = opening.add_person(opening.Person(email=email, name=f"Pemohon {number}", roles=()), password=PASSWORD, at=at)
    cookies: dict[str, str] = {}
    _, page = _ask(port, "GET", "/akun/login/", cookies)
    form = urlencode({"csrfmiddlewaretoken": TOKEN.findall(page)[0], "login": email, "password": PASSWORD})
    status, _ = _ask(port, "POST", "/akun/login/", cookies, form)
    if status != 302 or "sessionid" not in cookies:
        raise RuntimeError(f"signing in was answered with {status}")
    _, page = _ask(port, "GET", f"/ajukan/{ENTRY}/", cookies)
    return Applicant(actor=account.actor(jakarta_day(at)), email=email, cookies=cookies, token=TOKEN.findall(page)[0])


def _ask(port: int, method: str, target: str, cookies: dict[str, str], form: str | None = None) -> tuple[int, str]:
    """The status and text of one answer; its cookies go to `cookies`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": _cookie(cookies)} if cookies else {}
    connection.request(method, target, form, headers | (FORM if form else {}))
    answer = connection.getresponse()
    for header in answer.headers.get_all("Set-Cookie") or ():
        cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def fill_in(who: Applicant) -> UUID:
    """A draft that the applicant has filled in act by act."""
    return demonstration.draft(who.actor, ENTRY, at=timezone.now()).id


def drafts(who: Applicant, filled: UUID, *, count: int) -> list[UUID]:
    """That many complete drafts of the applicant, each like `filled`."""
    begun = [intake.start(who.actor, ENTRY, at=timezone.now()).id for _ in range(count)]
    with connection.cursor() as cursor:
        for statement in COPY:
            cursor.execute(statement, {"filled": filled, "begun": begun})
    return begun


def submissions(people: list[Applicant], filled: UUID, *, each: int, port: int) -> Iterator[Question]:
    """The applicants' new drafts as presses of the button under them, the applicants taking turns."""
    waiting = [drafts(who, filled, count=each) for who in people]
    return iter(
        [_press(who, draft, port) for turn in zip(*waiting, strict=True) for who, draft in zip(people, turn, strict=True)]
    )


def _press(who: Applicant, draft: UUID, port: int) -> Question:
    """It must be answered with the way to the receipt."""
    form = urlencode({"csrfmiddlewaretoken": who.token}).encode()
    headers = (f"Content-Type: {FORM['Content-Type']}", f"Cookie: {_cookie(who.cookies)}")
    return Question(
        data=post(address(draft), f"127.0.0.1:{port}", form, headers),
        begins=b"http/1.1 302",
        holds=f"\r\nlocation: /permohonan/{draft}/tanda-terima/".encode(),
    )


def address(draft: UUID) -> str:
    """Where a draft is submitted."""
    return f"/ajukan/berkas/{draft}/periksa/"
