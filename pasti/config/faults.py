"""What a fault becomes: while the database does not answer a 503, for people a page, for programs a problem; else a 500."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from pasti.api import problems
from pasti.pages import lost_database

FOR_PROGRAMS = ("/api/", "/pesan-masuk", "/sehat")


def fault(request: HttpRequest) -> HttpResponse:
    """Django's handler500: called while what went wrong is being handled."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    if request.path.startswith(FOR_PROGRAMS):
        text = "Basis data tidak menjawab. Kirim lagi dengan kunci pengiriman yang sama; yang sudah tersimpan tidak menjadi dua."
        return problems.problem(503, text, headers={"Retry-After": lost_database.RETRY_AFTER_SECONDS})
    return lost_database.page(request)
