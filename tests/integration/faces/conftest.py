from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.integration.faces.cast import HERE, NEXT_DOOR, POOR, Colleague, colleague, inside, somebody
from yiyang.people.models import Person


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """Collected files are served from here; a session of tests has none, and WhiteNoise warns of it."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)


@pytest.fixture
def liu(db: None) -> Colleague:
    """刘干事, community staff here: the one who acts."""
    return colleague("liu", "刘干事")


@pytest.fixture
def han(db: None) -> Colleague:
    """韩干事, of the same community: comes second."""
    return colleague("han", "韩干事")


@pytest.fixture
def wu(db: None) -> Person:
    """吴桂兰, over 80, on low-income support, lives alone, never assessed: due money, hides more."""
    with inside(HERE):
        return somebody(name="吴桂兰", **POOR)


@pytest.fixture
def stranger(db: None) -> Person:
    """周满仓, of the next community: nobody here may know that he exists."""
    with inside(NEXT_DOOR):
        return somebody(name="周满仓", division=NEXT_DOOR, **POOR)
