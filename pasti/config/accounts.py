"""How the packages for accounts are bent to this office: who tried to sign in, from where, and what a stranger is told."""

from types import SimpleNamespace
from typing import Any

from allauth.account import auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pasti import standards
from pasti.pages.screen import show
from pasti.pages.workplaces import landing


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Sign-in and its letters as allauth does them, ending where the person works, and signed by the office."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request) or str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = standards.load().office().short_name  # a letter is from the office, not from a host and port
        ours = {"current_site": SimpleNamespace(name=name, domain=name), "base_url": settings.PASTI_BASE_URL}
        super().send_mail(template_prefix, email, {**context, **ours})


class AuthenticationBackend(auth_backends.AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """Sign-in as allauth does it; the account of a session is the one that was read with it, in the same query."""

    def get_user(self, user_id: object) -> Any:
        known = context.request.session.account if context.request else None
        if known is None or str(known.pk) != str(user_id):
            return super().get_user(user_id)
        return known if self.user_can_authenticate(known) else None


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """Secrets of second factors are encrypted at rest, like every personal column."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.PASTI_FIELD_KEY.split(",")])


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail a sign-in was tried with, in one spelling, so that capitals do not buy more attempts."""
    tried = (credentials or {}).get("email") or (credentials or {}).get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()


def client_address(request: HttpRequest) -> str:
    """The address of the browser: the last one our own proxy added, or the connection's when no proxy is in front."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.PASTI_SECURE else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The page after too many wrong passwords (429)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    text = _("Kata sandi salah terlalu sering. Tunggu {minutes} menit, lalu coba lagi, atau setel ulang kata sandi Anda.").format(
        minutes=minutes
    )
    return show(request, "refusal.html", title=_("Coba lagi nanti"), status=429, text=text, came_from="/")
