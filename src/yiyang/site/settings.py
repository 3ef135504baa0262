"""Settings, read from the environment once. No server is started here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from yiyang.site import databases, environment
from yiyang.site.embedded import default_state


def secret_of(path: Path) -> str:
    """The installation's own secret; a process that finds none signs with a passing one."""
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return secrets.token_urlsafe(50)


STATE = default_state(os.environ)

DEBUG = False
SECRET_KEY = os.environ.get("YIYANG_SECRET_KEY") or secret_of(STATE / "secret")
ALLOWED_HOSTS = os.environ.get("YIYANG_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("YIYANG_ORIGINS", "").split(",") if o]
BEHIND_TLS = os.environ.get("YIYANG_TLS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "yiyang.base",
    "yiyang.regions",
    "yiyang.accounts",
    "yiyang.notices",
    "yiyang.people",
    "yiyang.policies",
    "yiyang.assessments",
    "yiyang.entitlements",
    "yiyang.outreach",
    "yiyang.exchange",
    "yiyang.faces.shared",
    "yiyang.faces.public",
    "yiyang.faces.elder",
    "yiyang.faces.community",
    "yiyang.faces.bureau",
    "yiyang.faces.keeper",
    "yiyang.faces.operator",
    "yiyang.faces.partners",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yiyang.faces.shared.monitoring.Monitoring",
    "yiyang.faces.shared.middleware.PageFloor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yiyang.faces.operator.door.Door",
    "yiyang.faces.partners.door.MachineDoor",
    "yiyang.faces.shared.middleware.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yiyang.faces.shared.middleware.ErrorPages",
    "yiyang.faces.shared.middleware.ActingMiddleware",
]

ROOT_URLCONF = "yiyang.site.urls"
WSGI_APPLICATION = "yiyang.site.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["yiyang.faces.shared.access.page_context"],
            "builtins": ["django.templatetags.static", "yiyang.faces.shared.templatetags.yiyang_text"],
            "string_if_invalid": "",
        },
    }
]

DATABASES = databases.from_environment(dict(os.environ))
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
YIYANG_KEYS = os.environ.get("YIYANG_KEYS") or str(STATE / "keys.json")
YIYANG_HEADS = os.environ.get("YIYANG_HEADS") or str(STATE / "heads")
YIYANG_SUITE = os.environ.get("YIYANG_SUITE", "A")
YIYANG_INBOX = os.environ.get("YIYANG_INBOX") or str(STATE / "inbox")
YIYANG_PLACE = os.environ.get("YIYANG_PLACE", "1502")

# How messages leave: console and file for a demonstration (invented numbers only), http for a gateway.
YIYANG_SMS = os.environ.get("YIYANG_SMS", "console")
YIYANG_VOICE = os.environ.get("YIYANG_VOICE", YIYANG_SMS)
YIYANG_NOTICES = os.environ.get("YIYANG_NOTICES") or str(STATE / "notices.jsonl")
YIYANG_CODES_PER_BLOCK = int(os.environ.get("YIYANG_CODES_PER_BLOCK") or 10)
YIYANG_GATEWAY_URL = os.environ.get("YIYANG_GATEWAY_URL", "")
YIYANG_GATEWAY_KEY = os.environ.get("YIYANG_GATEWAY_KEY", "")
YIYANG_GATEWAY_SECRET = os.environ.get("YIYANG_GATEWAY_SECRET", "")
YIYANG_GATEWAY_HOSTS = [h for h in os.environ.get("YIYANG_GATEWAY_HOSTS", "").split(",") if h]
YIYANG_GATEWAY_SECONDS = float(os.environ.get("YIYANG_GATEWAY_SECONDS") or 10)
YIYANG_GATEWAY_PRIVATE = os.environ.get("YIYANG_GATEWAY_PRIVATE", "") == "1"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["yiyang.accounts.backends.StaffPassword"]
PASSWORD_HASHERS = ["yiyang.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
# 0 or 90: one standard forbids a forced change, another demands it.
PASSWORD_MAX_AGE_DAYS = environment.days_of(os.environ, "YIYANG_PASSWORD_MAX_AGE_DAYS", (0, 90))
# Networks of our own proxies; only what they say of an address is believed.
YIYANG_TRUSTED_PROXIES = environment.networks_of(os.environ, "YIYANG_TRUSTED_PROXIES")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("YIYANG_STATIC") or STATE / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SECURE_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]  # asked from inside, machine by machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-yiyang" if BEHIND_TLS else "yiyang"
CSRF_COOKIE_NAME = "__Host-yiyang-form" if BEHIND_TLS else "yiyang-form"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

LOG_LEVEL = os.environ.get("YIYANG_LOG", "WARNING")
LOG_FORMAT = os.environ.get("YIYANG_LOG_FORMAT", "words")
YIYANG_METRICS_TOKEN = os.environ.get("YIYANG_METRICS_TOKEN", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "words": {"()": "yiyang.site.journal.Words"},
        "json": {"()": "yiyang.site.journal.JsonLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "words",
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # One line a request where a collector reads them, whatever the level of the rest.
        "yiyang.requests": {"level": "INFO" if LOG_FORMAT == "json" else LOG_LEVEL},
        # Django's own handlers would write by rules of their own.
        "django": {"handlers": [], "propagate": True, "level": LOG_LEVEL},
        "django.server": {"handlers": [], "propagate": True},
    },
}
