"""Renders a staff sample with an engine that shouts at every name a template asks for in vain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.test import override_settings

from tests.browser.staff_samples import SAMPLES, Sample

FACES = Path(__file__).parents[3] / "src/yiyang/faces"
MISSING = "!!no such name!!"
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@cache
def engine() -> Engine:
    """Templates of the staff faces, independent of the site's settings."""
    return Engine(
        dirs=[
            str(FACES / face / "templates") for face in ("shared", "bureau", "community", "keeper", "public")
        ],
        libraries={
            "static": "django.templatetags.static",
            "l10n": "django.templatetags.l10n",
            "yiyang_staff": "yiyang.faces.shared.templatetags.yiyang_staff",
        },
        string_if_invalid=MISSING,
    )


@cache
def rendered(sample: Sample) -> str:
    """The HTML of one sample."""
    with override_settings(ROOT_URLCONF="tests.browser.staff_urls", STORAGES=PLAIN, STATIC_URL="/static/"):
        context = Context({**sample.context, "csrf_token": "token"})
        return engine().get_template(sample.template).render(context)


def samples(prefix: str) -> list[Sample]:
    """Samples of one face."""
    return [sample for sample in SAMPLES if sample.template.startswith(f"{prefix}/")]


def pages_of(face: str) -> set[str]:
    """Templates of a face that are pages: not the pieces whose name begins with ``_``."""
    folder = FACES / face / "templates" / face
    return {f"{face}/{path.name}" for path in folder.glob("*.html") if not path.name.startswith("_")}
