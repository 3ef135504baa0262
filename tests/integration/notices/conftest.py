from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.integration.notices.gateway import KEY, SECRET, Recording, recorded_gateway


@pytest.fixture
def gateway(settings: LazySettings, tmp_path: Path) -> Iterator[Recording]:
    """The recorded gateway, set up as an operator would: its host on the list, its key in a file."""
    secret = tmp_path / "gateway.key"
    secret.write_bytes(SECRET)
    with recorded_gateway() as recording:
        settings.YIYANG_SMS = settings.YIYANG_VOICE = "http"
        settings.YIYANG_GATEWAY_URL = recording.url
        settings.YIYANG_GATEWAY_KEY = KEY
        settings.YIYANG_GATEWAY_SECRET = str(secret)
        settings.YIYANG_GATEWAY_HOSTS = ["localhost"]
        settings.YIYANG_GATEWAY_PRIVATE = True
        yield recording
