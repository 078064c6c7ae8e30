"""The interface for other systems: who may ask, how often, and its description at openapi.json (51.6.2)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from pasti.actions.api_keys import Caller, admit
from pasti.api import problems
from pasti.api.v1 import complaints

DESCRIPTION = (
    "Menyampaikan dan mengikuti pengaduan dari sistem lain (51.6). Setiap permintaan membawa kunci dari administrator kantor: "
    "`Authorization: Bearer KUNCI`. Penolakan dijawab dengan problem+json; `errors` menyebut setiap isian yang salah."
)


class Key(HttpBearer):
    """A key that `bin/pasti api-key create` gave."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        return admit(token.strip(), at=timezone.now())


class ByTheMinute(BaseThrottle):
    """So many requests of one key in a minute; they were counted when the key was asked."""

    def allow_request(self, request: HttpRequest) -> bool:
        caller: Caller = request.auth  # type: ignore[attr-defined]  # the framework puts there what the key answered
        return caller.used <= settings.PASTI_API_MOST_PER_MINUTE

    def wait(self) -> float:
        return problems.RETRY_AFTER_SECONDS


class Api(NinjaAPI):
    """Answers and describes its refusals as what they are: problem+json."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        found = super()._get_urls()
        for pattern in found:
            pattern.callback = problems.refused_alike(pattern.callback)  # type: ignore[arg-type]  # all are patterns
        return found

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {problems.TYPE: answer["content"]["application/json"]}
        return schema


api = Api(
    title="PASTI",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api-v1",
    auth=Key(),
    throttle=ByTheMinute(),
)
problems.handle(api)
api.add_router("/complaints", complaints.router)
