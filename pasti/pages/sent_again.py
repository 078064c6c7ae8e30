"""Nothing typed is lost with a session: what was sent by no one any more is put into the page, to be sent again (51.10.1).

A form sent after its session ended, or with the token of a session before, is not kept by the office. The page says so,
holds the same fields, and asks to sign in in another tab first where that is needed.
"""

from collections.abc import Callable, Sequence

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.csrf import csrf_failure as refuse
from django_htmx.http import reselect, retarget

UNPRINTABLE = ("password", "passphrase", "secret", "credential")  # parts of names of fields
ACCOUNT_PAGES = "/akun/"
CSRF_FIELD = "csrfmiddlewaretoken"


def fields(request: HttpRequest) -> Sequence[tuple[str, str]]:
    """The fields of the form that was sent, in order; none when they may not or cannot stand in a page."""
    if request.method != "POST":
        return ()
    try:
        found = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (UnreadablePostError, SuspiciousOperation):
        return ()
    is_secret = any(part in name.lower() for name, _value in found for part in UNPRINTABLE)
    return () if has_files or is_secret or request.path.startswith(ACCOUNT_PAGES) else found


def whole_page(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The same answer, kept by no cache, and shown whole where only a part of a page was asked for."""
    answer["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request"):
        answer["HX-Reswap"] = "outerHTML show:window:top"  # its heading may lie far above the part
        return reselect(retarget(answer, "#content"), "#content")
    return answer


class SignedOut:
    """Where a form is sent by no one, the way to the sign-in page keeps the form. Directly around the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's answer, or the page with the form when it only leads to signing in."""
        answer = self.get_response(request)
        if request.method != "POST" or answer.status_code != 302 or request.path.startswith(ACCOUNT_PAGES):
            return answer
        leads_to_sign_in = answer["Location"].partition("?")[0] == reverse("account_login")
        has_typed = request.FILES or request.POST.keys() - {CSRF_FIELD}  # else a mere button, or a script that knows what to do
        return _page(request, status=401) if leads_to_sign_in and has_typed and not request.user.is_authenticated else answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again with a token of now, for what the browser says comes from this very site; else Django's refusal."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}" or not fields(request):
        return refuse(request, reason=reason)
    return _page(request, status=403)


def _page(request: HttpRequest, *, status: int) -> HttpResponse:
    kept = fields(request)
    sent = [(CSRF_FIELD, get_token(request)), *(pair for pair in kept if pair[0] != CSRF_FIELD)] if kept else []
    shown = {"address": request.get_full_path(), "sent": sent, "must_sign_in": status == 401}
    return whole_page(request, render(request, "sent_again.html", shown, status=status))
