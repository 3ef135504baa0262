"""People who come in: a grandmother who is due money, her neighbour, and a browser for each."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.conftest import Enter
from tests.factories.people import person
from tests.integration.faces.elder.visiting import Grandma, enter

HOME = "150204001001"


@pytest.fixture
def wang(as_process: Enter) -> Grandma:
    """王秀英, 82, on low income, with a severe disability certificate: due the allowance and more."""
    with as_process("1502"):
        found = person(
            division=HOME,
            name="王秀英",
            born_on=date(1944, 3, 1),
            hardship_class=2,
            disability_certificate_grade=1,
            ability_level=3,
            pension_scheme=2,
            lives_alone=True,
        )
    return enter(found)


@pytest.fixture
def liu(as_process: Enter) -> Grandma:
    """刘玉兰, 70, of whom nothing is known yet."""
    with as_process("1502"):
        found = person(division=HOME, name="刘玉兰", born_on=date(1956, 5, 1))
    return enter(found)


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser in which nobody has come in."""
    return Client()
