"""How a refusal reaches a program: problem+json (RFC 9457) with the sentence, the clause and each field that is wrong.

The words are Indonesian, as in letters; a program goes by `status` and `errors[].field`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pasti.domain.errors import DoorClosed, FieldProblem, InvalidInput, KeyTaken, MissingCalendar, RuleBroken

TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 60
FIELDS = {name: f"reporter.{name}" for name in ("name", "contact", "address")} | {
    "application_number": "case_number"
}  # the form's name of a field → the program's
TITLES = {
    400: "Permintaan tidak terbaca",
    401: "Kunci tidak berlaku",
    404: "Tidak ada",
    405: "Cara ini tidak dikenal",
    409: "Kunci pengiriman sudah dipakai",
    413: "Terlalu besar",
    422: "Ada isian yang perlu diperbaiki",
    429: "Terlalu banyak permintaan",
    503: "Belum dapat dijawab",
}
# What pydantic found → what to do about it.
SENTENCES = {
    "missing": "Wajib diisi.",
    "string_type": "Harus berupa tulisan.",
    "string_unicode": "Tulisan ini bukan Unicode yang sah.",
    "string_too_long": "Terlalu panjang: paling banyak {max_length} huruf.",
    "extra_forbidden": "Isian ini tidak dikenal.",
    "bool_type": "Harus true atau false.",
    "date_form": "Tulis tanggal yang ada, sebagai TTTT-BB-HH.",
    "channel": "Pilih salah satu saluran: {known}.",
    "says_nothing": "Tulis apa yang diadukan, di `object` atau `matter`.",
    "contact": "Tulis alamat surel atau nomor telepon yang dapat kami hubungi.",
    "model_attributes_type": "Harus berupa objek.",
    "dict_type": "Harus berupa objek.",
}


class FieldRefused(Schema):
    """What is wrong with one field."""

    field: str
    detail: str
    clause: str | None = None


class Problem(Schema):
    """Why the request was not carried out."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    clause: str | None = None
    errors: list[FieldRefused] = []


def problem(
    status: int,
    detail: str,
    *,
    clause: str | None = None,
    errors: Sequence[FieldRefused] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer that says no."""
    body = Problem(
        title=TITLES.get(status, HTTPStatus(status).phrase), status=status, detail=detail, clause=clause, errors=list(errors)
    )
    return HttpResponse(json.dumps(body.model_dump()), status=status, content_type=TYPE, headers=dict(headers or {}))


def nothing_here(_request: HttpRequest, **_: object) -> HttpResponse:
    """An address of the API that is none."""
    return problem(404, "Alamat ini tidak ada. Lihat /api/v1/openapi.json.")


def refused_alike(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, whose refusal of a method is a problem too."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        found = view(request, *given, **named)
        if not isinstance(found, HttpResponseNotAllowed):
            return found
        words = f"Alamat ini tidak menerima {request.method}. Yang diterima: {found.headers['Allow']}."
        return problem(405, words, headers={"Allow": found.headers["Allow"]})

    return answer


REFUSALS = (HttpError, RequestDataTooBig, ValidationError, RuleBroken, MissingCalendar, DoorClosed)


def handle(api: NinjaAPI) -> None:
    """Let `api` answer each refusal by a problem; what is none stays a fault."""
    for kind in REFUSALS:
        api.add_exception_handler(kind, _answer)


def _answer(_request: HttpRequest, refusal: Exception | type[Exception]) -> HttpResponse:
    match refusal:
        case AuthenticationError():
            return _unknown_key()
        case HttpError():
            return _unreadable(refusal)
        case RequestDataTooBig():
            return problem(413, "Isi permintaan paling banyak 5 MB.")
        case ValidationError():
            return _misshapen(refusal)
        case RuleBroken():
            return _refused(refusal)
    return problem(503, str(refusal), headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _unknown_key() -> HttpResponse:
    text = "Kirim kunci yang berlaku sebagai Authorization: Bearer KUNCI. Kunci diberikan oleh administrator kantor ini."
    return problem(401, text, headers={"WWW-Authenticate": "Bearer"})


def _unreadable(refusal: HttpError) -> HttpResponse:
    """A body that is no JSON; more in a minute than one key may ask."""
    if refusal.status_code == 429:
        return problem(429, "Terlalu banyak permintaan dengan kunci ini dalam semenit. Coba lagi semenit lagi.")
    text = "Isi permintaan harus berupa JSON." if refusal.status_code == 400 else str(refusal)
    return problem(refusal.status_code, text)


def _misshapen(refusal: ValidationError) -> HttpResponse:
    errors = [
        FieldRefused(field=_place(error["loc"]), detail=_sentence(error), clause=error.get("ctx", {}).get("clause"))
        for error in refusal.errors
    ]
    return problem(422, f"Ada {len(errors)} isian yang perlu diperbaiki.", errors=errors)


def _place(loc: Sequence[str | int]) -> str:
    """Where it is, as the program wrote it: without "body" and the name of our argument."""
    parts = [str(part) for part in loc]
    return ".".join(parts[2:] if parts[0] == "body" else parts[1:]) or "body"


def _sentence(error: Mapping[str, Any]) -> str:
    return SENTENCES.get(error["type"], "Isian ini tidak dapat dibaca.").format(**error.get("ctx", {}))


def _refused(refusal: RuleBroken) -> HttpResponse:
    found: tuple[FieldProblem, ...] = refusal.problems if isinstance(refusal, InvalidInput) else ()
    errors = [FieldRefused(field=FIELDS.get(one.field, one.field), detail=str(one), clause=one.clause) for one in found]
    status = 409 if isinstance(refusal, KeyTaken) else 422
    return problem(status, str(refusal), clause=refusal.clause, errors=errors)
