from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """Collected files are served from here; a session of tests has none, and WhiteNoise warns of it."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
