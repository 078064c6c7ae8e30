"""/meja/berkas/<id>/: an uploaded file for an officer; the look is recorded first (51.1, 51.10.1)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from pasti.actions import looks
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.office.door import officer

# What a browser may show by itself, each in a policy under which nothing in it can run or load.
# Chromium does not open a PDF inside a sandbox; its reader has one of its own.
INLINE = {
    "image/jpeg": "default-src 'none'; sandbox",
    "image/png": "default-src 'none'; sandbox",
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


@require_GET
@officer
def evidence(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The file's bytes, as what they were found to be when they were uploaded."""
    file, data = looks.open_file(actor, id, at=moment())
    policy = INLINE.get(file.mime)
    response = HttpResponse(data, content_type=file.mime if policy else "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(policy is None, file.name) or "attachment"
    response["Content-Security-Policy"] = policy or "default-src 'none'; sandbox"
    return response
