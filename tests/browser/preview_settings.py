"""Settings of the preview: the elder pages with sample people, no database, no rooms."""

from __future__ import annotations

SECRET_KEY = "preview only, signs nothing that lasts"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = ["django.contrib.staticfiles", "yiyang.faces.shared", "yiyang.faces.elder"]
MIDDLEWARE = ["tests.browser.preview_urls.StrictPolicy", "django.middleware.csrf.CsrfViewMiddleware"]
ROOT_URLCONF = "tests.browser.preview_urls"
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
