"""Every setting, from the environment only. `pasti/cli/environment.py` makes the environment of an ordinary start."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from pasti.config import logs


def _needed(name: str) -> str:
    """A variable without which nothing is safe; never a default."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set. Start with bin/serve or bin/pasti, which make it, or see docs/operating.md.")


HERE = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("PASTI_DEBUG") == "1"
PASTI_DATA = Path(_needed("PASTI_DATA"))
PASTI_BASE_URL = os.environ.get("PASTI_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
PASTI_HOST = urlsplit(PASTI_BASE_URL).hostname or "localhost"
PASTI_SECURE = PASTI_BASE_URL.startswith("https://")  # then a reverse proxy of ours stands in front, and speaks TLS

SECRET_KEY = _needed("PASTI_SECRET_KEY")
PASTI_FIELD_KEY = _needed("PASTI_FIELD_KEY")  # encrypts personal columns; several, comma-separated, to rotate
PASTI_SIGNING_URL = os.environ.get("PASTI_SIGNING_URL", "")
PASTI_SIGNING_USER = os.environ.get("PASTI_SIGNING_USER", "")
PASTI_SIGNING_PASSWORD = os.environ.get("PASTI_SIGNING_PASSWORD", "")
PASTI_SMTP_URL = os.environ.get("PASTI_SMTP_URL", "")
PASTI_IMAP_URL = os.environ.get("PASTI_IMAP_URL", "")  # without it no mailbox is read
PASTI_COMPLAINTS_MAIL = os.environ.get("PASTI_COMPLAINTS_MAIL", "").strip().lower() or unquote(
    urlsplit(PASTI_IMAP_URL).username or ""
)
PASTI_MESSAGES_URL = os.environ.get("PASTI_MESSAGES_URL", "")
PASTI_MESSAGES_NUMBER = os.environ.get("PASTI_MESSAGES_NUMBER", "")  # the office's own, so that it never answers itself
PASTI_MESSAGES_SECRET = os.environ.get("PASTI_MESSAGES_SECRET", "")
PASTI_API_MOST_PER_MINUTE = int(os.environ.get("PASTI_API_MOST_PER_MINUTE", "3000"))  # requests of one key
PASTI_DB_POOL = int(os.environ.get("PASTI_DB_POOL", "4"))  # connections of one process, about twice its processors
PASTI_DEMONSTRATION = "PASTI_TRUST_ROOT" not in os.environ  # then signatures are the stand-in's, and certificates say so
PASTI_TRUST_ROOT = os.environ.get("PASTI_TRUST_ROOT", str(PASTI_DATA / "signing" / "root.pem"))  # of the signatures we accept
PASTI_QR_KEY = os.environ.get("PASTI_QR_KEY", str(PASTI_DATA / "secrets" / "qr_key.pem"))
PASTI_LEDGER_KEY = os.environ.get("PASTI_LEDGER_KEY", str(PASTI_DATA / "secrets" / "ledger_key.pem"))  # several: the first signs
PASTI_TSA_URL = os.environ.get("PASTI_TSA_URL", "")  # of a time-stamping authority (RFC 3161); none: roots bear no stamp

ROOT_URLCONF = "pasti.config.urls"
WSGI_APPLICATION = "pasti.config.wsgi.application"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names of the regency are not ours to bind
    "security.W021",  # nor is the browsers' list
]
AUTH_USER_MODEL = "records.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # the list of passkeys says when each was used
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, found by the template engine so that ours come first
    "pasti.records",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pasti.pages.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "pasti.pages.sent_again.SignedOut",
    "pasti.pages.refusals.Refusals",  # last: the first to see what a view raises
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["pasti.pages.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "pasti.pages.screen.office",
                "pasti.pages.workplaces.workplaces",
            ],
        },
    }
]
FORM_RENDERER = "pasti.pages.screen.Renderer"

# The database. Dead connections after a restart of PostgreSQL are noticed before use, all of them at the first; a pool saves a
# handshake per request.
# A machine that has vanished refuses nothing: these make it known in seconds. DATABASE_URL may name its own.
_NOTICE_IN_SECONDS = {
    "connect_timeout": "3",  # of each host
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",  # milliseconds
}
# A request waits for a connection no longer than a person would. Attempts come after 1, 3 and 4 seconds and then with the next
# request: the pool's own pauses double for five minutes, and would outlast a failover by as long as it took.
_WAIT_SECONDS = {"timeout": 5, "reconnect_timeout": 4}
_database = _NOTICE_IN_SECONDS | conninfo_to_dict(_needed("DATABASE_URL"))
DATABASES = {
    "default": {
        "ENGINE": "pasti.config.database",
        "NAME": _database.pop("dbname", "pasti"),
        "USER": _database.pop("user", ""),
        "PASSWORD": _database.pop("password", ""),
        "HOST": _database.pop("host", ""),
        "PORT": _database.pop("port", ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,  # pasti.config.database looks itself
        "OPTIONS": {**_database, "pool": {"min_size": 1, "max_size": PASTI_DB_POOL, **_WAIT_SECONDS}},
    }
}
# Shared by all processes, so that a limit counted by one holds for all (sign-in limits, codes used once).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Time and words.
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [HERE / "locale"]

# Static files: compressed and named by content where `collectstatic` has run, else straight from the source tree.
STATIC_URL = "/static/"
STATIC_ROOT = PASTI_DATA / "static"
STATICFILES_DIRS = [HERE / "static"]
_collected = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not _collected
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # unused: uploads go to the store, by content
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# What may be sent at once: thirteen requirements with ten files each, and their tables. A file's own limit is the act's.
DATA_UPLOAD_MAX_NUMBER_FILES = 140
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Safety.
ALLOWED_HOSTS = [PASTI_HOST] if PASTI_SECURE else [PASTI_HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PASTI_BASE_URL]
CSRF_FAILURE_VIEW = "pasti.pages.sent_again.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PASTI_SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if PASTI_SECURE else 0
SECURE_SSL_REDIRECT = PASTI_SECURE
SECURE_REDIRECT_EXEMPT = ["^sehat$", "^sehat/"]  # asked by the proxy itself, and by who watches over it
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PASTI_SECURE
SESSION_ENGINE = "pasti.records.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Accounts. Sign-in attempts are counted by account and address together, so that nobody can lock an officer out from afar.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "pasti.config.accounts.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"  # officers: their desk, see AccountAdapter
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "pasti.config.accounts.AccountAdapter"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "pasti.pages.forms.account.NameForm"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PASTI_SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PASTI_SECURE else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "pasti.config.accounts.SecondFactorAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "PASTI"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PASTI_SECURE  # browsers allow it on localhost only
# By address only: a limit by account would let a stranger lock an officer out. At eight a whole office signs in from one address.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "20/m/ip"}
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_CALLABLE = "pasti.config.accounts.attempted_email"
AXES_CLIENT_IP_CALLABLE = "pasti.config.accounts.client_address"
AXES_LOCKOUT_CALLABLE = "pasti.config.accounts.locked_out"
AXES_VERBOSE = False

# Mail that the account pages send themselves; letters about a case are errands of pasti.actions.
_smtp = urlsplit(PASTI_SMTP_URL)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _smtp.hostname else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or 25
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PASTI_MAIL_FROM", f"PASTI <pasti@{PASTI_HOST}>")

# Errands.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["pasti.actions.errands", "pasti.config.rounds"]

LOGGING = logs.LOGGING
logs.configure()
