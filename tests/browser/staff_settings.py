"""Settings of the staff preview: templates of the staff faces with sample pages, no database, no rooms."""

from __future__ import annotations

SECRET_KEY = "preview only, signs nothing that lasts"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "yiyang.faces.shared",
    "yiyang.faces.public",
    "yiyang.faces.community",
    "yiyang.faces.bureau",
    "yiyang.faces.keeper",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.browser.staff_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DATABASES: dict[str, dict[str, str]] = {}
