from __future__ import annotations

import pytest

from tests.integration.faces.bureau.scene import CITY, COUNTY, STREET, Street, street
from tests.integration.faces.cast import Colleague, colleague


@pytest.fixture
def li(db: None) -> Colleague:
    """李科长 of the city: drafts numbers and answers appeals."""
    return colleague("li", "李科长", "official", CITY)


@pytest.fixture
def zhao(db: None) -> Colleague:
    """赵局长 of the city: the second pair of eyes."""
    return colleague("zhao", "赵局长", "approver", CITY)


@pytest.fixture
def sun(db: None) -> Colleague:
    """孙科长 of one county."""
    return colleague("sun", "孙科长", "official", COUNTY)


@pytest.fixture
def zhou(db: None) -> Colleague:
    """周主任 of one subdistrict: may see names."""
    return colleague("zhou", "周主任", "township_official", STREET)


@pytest.fixture
def here(db: None) -> Street:
    """A subdistrict with one person of each kind, swept."""
    return street()
