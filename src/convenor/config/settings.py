"""Settings, all from the environment; every default is safe on one machine.

| variable | meaning | default |
| --- | --- | --- |
| CONVENOR_HOME | folder for the database, the secret and collected files | `var` in the current folder |
| CONVENOR_DATABASE_URL | database address, `sqlite:///…` or `postgres://…` | SQLite in CONVENOR_HOME |
| CONVENOR_SECRET_KEY | key that signs links and sessions | made once, kept in CONVENOR_HOME |
| CONVENOR_HOSTS | names the site answers to, comma-separated | `localhost,127.0.0.1,[::1]` |
| CONVENOR_ORIGIN | public address with scheme, switches secure cookies on when https | `http://127.0.0.1:8000` |
| CONVENOR_DEMO | `1` opens the outbox to everybody and prints sign-in links | off |
| CONVENOR_DEBUG | `1` shows tracebacks to a developer | off |
| CONVENOR_SMTP_URL | `smtp://user:password@host:port`, `smtps://…` | mails stay in the outbox |
| CONVENOR_OIDC | providers to sign in with, JSON; see docs/reference/settings.md | none |
| CONVENOR_MAIL_FROM | sender of mails | `convenor@localhost` |
| CONVENOR_MAIL_BOUNCE | mailbox for mails that come back, see docs/reference/settings.md | none: the sender |
| CONVENOR_MAIL_PER_MINUTE | how many mails of a released batch leave in a minute | `60` |
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from convenor.people.sign_in_providers import read_providers

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("CONVENOR_HOME", "var")).resolve()


def is_on(name: str) -> bool:
    """Say whether a switch of the environment is on."""
    return os.environ.get(name, "") not in ("", "0", "false", "no")


def secret_key() -> str:
    """Give the signing key: from the environment, else from a file made once with narrow rights."""
    if key := os.environ.get("CONVENOR_SECRET_KEY"):
        return key
    path = HOME / "secret"
    if not path.exists():
        try:
            HOME.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=HOME) as file:  # only its owner may read it
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.link(file.name, path)  # whole or not at all, however many processes start at once
        except FileExistsError:  # another process was first
            pass
        except OSError:  # no right to write: `convenor` commands that need no data still run
            return secrets.token_urlsafe(48)
    return path.read_text("utf-8")


def database() -> dict[str, Any]:
    """Give the database settings; SQLite in WAL mode, writers queue instead of failing."""
    url = os.environ.get("CONVENOR_DATABASE_URL", f"sqlite:///{HOME / 'convenor.sqlite3'}")
    # The few threads that answer requests (`shared.pages.turns`) keep theirs.
    settings = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;",
        }
    return settings


DEBUG = is_on("CONVENOR_DEBUG")
DEMO = is_on("CONVENOR_DEMO")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("CONVENOR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ORIGIN = os.environ.get("CONVENOR_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [ORIGIN]
CSRF_FAILURE_VIEW = "convenor.shared.pages.views.stale"
SECURE = ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "convenor.people.sessions"

INSTALLED_APPS = [
    "servestatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "convenor.shared",
    "convenor.people",
    "convenor.cycle",
    "convenor.meetings",
    "convenor.proposals",
    "convenor.evaluation",
    "convenor.selection",
    "convenor.programme",
    "convenor.publishing",
    "convenor.example",
    "convenor.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "convenor.shared.pages.middleware.ContentPolicy",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "convenor.shared.pages.middleware.PreferredLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "convenor.people.sessions_middleware.Sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "convenor.shared.pages.middleware.Refusals",
]

ROOT_URLCONF = "convenor.config.urls"
ASGI_APPLICATION = "convenor.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "convenor.shared.pages.context.look",
            ],
            "builtins": ["convenor.cycle.templatetags.words", "convenor.shared.languages.tags"],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Our own pages sign people in (people/sign_in*.py); of the library its WebAuthn and OpenID Connect are used. It keeps
# no addresses itself: the person's one address is the truth, and every way in proves it or is linked to it.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["webauthn"]
SOCIALACCOUNT_ADAPTER = "convenor.people.sign_in_oidc.Adapter"
OIDC = read_providers(os.environ.get("CONVENOR_OIDC", ""))

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh-hans", _("Simplified Chinese")),
]
# Those whose catalogue is whole; the others are read on the reviewers' pages until they are.
OFFERED_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh-hans")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

EMAIL_BACKEND = "convenor.shared.mail.backend.Outbox"
DEFAULT_FROM_EMAIL = os.environ.get("CONVENOR_MAIL_FROM", "convenor@localhost")
SMTP_URL = os.environ.get("CONVENOR_SMTP_URL", "")
MAIL_BOUNCE = os.environ.get("CONVENOR_MAIL_BOUNCE", "")
MAIL_PER_MINUTE = int(os.environ.get("CONVENOR_MAIL_PER_MINUTE", "60"))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The page's own classes for news: see templates/parts/news.html.
MESSAGE_TAGS = {20: "", 25: "good", 30: "warn", 40: "bad"}
