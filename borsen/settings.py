"""All settings, from the environment (README, «Innstillinger»); a wrong value stops the start with a clear message."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str) -> bool:
    """An on/off setting; anything that is neither is refused instead of read as «off»."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "false", "no", "nei", "off", "av"}:
        return False
    if value in {"1", "true", "yes", "ja", "on", "på"}:
        return True
    raise ImproperlyConfigured(f"{name}={value!r}: bruk 1 (på) eller 0 (av).")


def address(name: str, *schemes: str) -> str:
    """A web address without a trailing slash, or the empty string."""
    value = os.environ.get(name, "").strip()
    if value and not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        # The value itself is not repeated: it may hold a password.
        allowed = " eller ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} må være en adresse som begynner med {allowed}.")
    return value.rstrip("/") if schemes[0].startswith("http") else value


def read_address(name: str, read: Callable[[str], dict[str, Any]], *schemes: str) -> dict[str, Any]:
    """What django-environ makes of an address; empty when there is none."""
    value = address(name, *schemes)
    try:
        return read(value) if value else {}
    except (environ.ImproperlyConfigured, ValueError) as error:
        raise ImproperlyConfigured(f"{name} kan ikke leses: {error}") from error


def words(name: str, *default: str) -> list[str]:
    """A list with commas between; an empty variable is the same as none."""
    found = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    return found or list(default)


DATA_DIR = Path(os.environ.get("BORSEN_DATA") or BASE_DIR / "var").expanduser().absolute()
DEBUG = flag("DEBUG")
HTTPS = flag("HTTPS")
PUBLIC_URL = address("PUBLIC_URL", "https", "http")

# --- secret key: the environment, else the file that only `start` writes, else one for this process alone.
SECRET_KEY_FILE = DATA_DIR / "secret_key"
SECRET_KEY = os.environ.get("SECRET_KEY", "")
try:
    if not SECRET_KEY and SECRET_KEY_FILE.is_file():
        SECRET_KEY = SECRET_KEY_FILE.read_text(encoding="ascii").strip()
except (OSError, ValueError) as error:
    raise ImproperlyConfigured(f"Filen {SECRET_KEY_FILE} kan ikke leses: {error}") from error
# With a key of its own a server process would sign everybody out at each start: borsen/asgi.py refuses that.
SECRET_KEY_IS_LASTING = bool(SECRET_KEY)
SECRET_KEY = SECRET_KEY or get_random_secret_key()

ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost", "127.0.0.1", "[::1]")
if PUBLIC_URL:
    ALLOWED_HOSTS.append(urlsplit(PUBLIC_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
if not all(origin.startswith(("https://", "http://")) for origin in CSRF_TRUSTED_ORIGINS):
    raise ImproperlyConfigured("CSRF_TRUSTED_ORIGINS: hver adresse må begynne med https:// eller http://.")

INSTALLED_APPS = [
    "borsen",
    "participants",
    "agreements",
    "display",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "borsen.statics.StaticFiles",
    "django.forms",
    "channels",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
]

# None of these may be sync-only: one would make every async view hold a lane (borsen/lanes.py). A test walks them.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "borsen.urls"
ASGI_APPLICATION = "borsen.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "borsen.context.shell",
            ],
            "builtins": ["borsen.templatetags.components"],
        },
    }
]
FORM_RENDERER = "borsen.rendering.Renderer"

# --- database
SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that reads and then writes can't fail with «database is locked» (floors.md §3).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # No WAL: its reset bug sits in every SQLite before 3.51.3. TRUNCATE with FULL survives a power cut.
    "init_command": "PRAGMA journal_mode=TRUNCATE;PRAGMA synchronous=FULL;",
}
database = read_address("DATABASE_URL", environ.Env.db_url_config, "postgres", "postgresql", "sqlite") or {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "borsen.sqlite3",
}
if not database["NAME"] or database["NAME"] == ":memory:":
    raise ImproperlyConfigured("DATABASE_URL: navnet på databasen mangler.")
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["OPTIONS"] = SQLITE_OPTIONS
    # A file, because the tests' servers and threads open connections of their own.
    database["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
else:
    database["OPTIONS"] = {"connect_timeout": 5, **database.get("OPTIONS", {})}
# Each lane is one thread with one connection that stays open (borsen/lanes.py).
database["CONN_MAX_AGE"] = None
database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SQLITE_VERSION = sqlite3.sqlite_version_info

# --- channel layer: only carries hints; the database is the truth (design.md §5).
REDIS_URL = address("REDIS_URL", "redis", "rediss", "unix")
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}}

# --- cache: in each process' memory. What is counted to hold machines off is in it too (borsen/holding_off.py): with
# Django's 300 entries, whoever asks for many things would make it forget that.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
}

# --- people
AUTH_USER_MODEL = "borsen.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "borsen.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
DEVICE_SESSION_AGE = 60 * 60 * 18  # from the rehearsal in the morning until everybody has gone home
SESSION_COOKIE_AGE = 60 * 60 * 16  # a whole day at the desk, signed out by the next morning
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
# User and address together: the whole venue shares one address, and must never be locked out together.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 5 / 60
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_VERBOSE = False
# What axes must not write down of a failed attempt; `code` and `token` are those of a card (borsen/views/entering.py).
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "token"]

# --- language and time
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "borsen.statics.HashedStaticFiles"},
}

# --- mail
EMAIL_TIMEOUT = 20
email = read_address("EMAIL_URL", environ.Env.email_url_config, *environ.Env.EMAIL_SCHEMES)
EMAIL_BACKEND = email.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
for name in ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL"):
    if name in email:
        globals()[name] = email[name]
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "").strip() or str(
    email.get("EMAIL_HOST_USER") or "frivilligbors@localhost"
)
if "@" not in DEFAULT_FROM_EMAIL or "\n" in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("EMAIL_FROM må være en e-postadresse, for eksempel «Frivilligbørs <bors@eksempel.no>».")
HAS_MAIL = EMAIL_BACKEND != "django.core.mail.backends.dummy.EmailBackend"

# --- outside services
# Enhetsregisteret at Brønnøysund; empty turns the look-up off (participants/enhetsregisteret.py).
BRREG_URL = os.environ.get("BRREG_URL", "https://data.brreg.no/enhetsregisteret/api").strip().rstrip("/")
if BRREG_URL and not BRREG_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("BRREG_URL må være en adresse som begynner med https:// eller http://, eller være tom.")
# Whoever can read e-mail at one of these may make børser of their own (borsen/invitations.py).
ORGANISER_DOMAINS = [domain.casefold().lstrip("@") for domain in words("ORGANISER_DOMAINS")]

# --- security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Designsystemet's icons are data addresses
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "borsen.views.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# Over plain http browsers ignore this header and say so in the console of every page.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
if HTTPS:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "borsen.logs.WithoutLinks",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"refusals": {"()": "borsen.logs.NoTraceOfRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "borsen": {"level": "INFO"},
        "participants": {"level": "INFO"},
        "display": {"level": "INFO"},
        "axes": {"level": "ERROR"},
    },
}
