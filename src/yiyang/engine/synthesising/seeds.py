"""One stream of random numbers for each step, place and cell: nothing depends on what else is made."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Step(IntEnum):
    """The number of a step is part of its seed: never reuse one."""

    BIRTHDAYS = 1
    COMMUNITY_WEIGHTS = 2
    COMMUNITIES = 3
    ORDER = 4
    HOUSEHOLDS = 5
    STATES = 6
    FACT_DATES = 7
    NAMES = 8
    NUMBERS = 9
    ADDRESSES = 10
    HUKOU = 11


def stream(seed: int, county: int, step: Step, sex: int = 0, band: int = 0) -> np.random.Generator:
    """The generator of one step, for a cell or (sex 0) the whole county."""
    return np.random.default_rng([seed, county, step, sex, band])
