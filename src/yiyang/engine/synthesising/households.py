"""Who shares a household, fitted to the census margins of the county; the residual is reported."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yiyang.engine.synthesising.ages import largest_remainder
from yiyang.engine.synthesising.cells import FEMALE, MALE, Margins
from yiyang.engine.synthesising.seeds import Bools, Floats, Ints
from yiyang.engine.synthesising.spreading import Heads


@dataclass(frozen=True, slots=True)
class Residual:
    """Made minus census, households with exactly one, two, three or more people of 65+."""

    one_65: int
    two_65: int
    three_65: int


@dataclass(frozen=True, slots=True)
class Homes:
    """Households of one county.

    Attributes:
        number: (n,) household number from 1, 0 for those in a care home.
        paired: (n,) lives with a partner of 60+.
        partner: (n,) position of the partner, or of oneself.
        with_child: (n,) an old parent living with an older couple.
    """

    number: Ints
    paired: Bools
    partner: Ints
    with_child: Bools


def homes(
    heads: Heads, away: Bools, margins: Margins | None, shares: tuple[float, float], rng: np.random.Generator
) -> Homes:
    """Form couples, then put the few oldest parents with them; everybody else keeps a household alone here.

    Younger family is not in the registry, so "one here" does not mean "lives alone".

    Args:
        away: (n,) in a care home.
        margins: of the census, where it gives them.
        shares: share of possible couples that are couples: of 60-64, and of 65+ where margins are missing.
    """
    n = len(heads)
    partner = np.arange(n)
    at_home = ~away
    older = at_home & (heads.age >= 65)
    luck = rng.random(n)
    wanted = margins.two_65 + margins.three_65 if margins else None
    for pool, count, share in ((older, wanted, shares[1]), (at_home & (heads.age < 65), None, shares[0])):
        # The older, the likelier widowed; women more than men.
        order = luck + (heads.age - 60) * np.where(heads.sex == MALE, 0.02, 0.04)
        men, women = _pairs(
            heads, pool & (heads.sex == MALE), pool & (heads.sex == FEMALE), order, count, share
        )
        partner[men], partner[women] = women, men
    paired = partner != np.arange(n)
    number = np.minimum(partner, np.arange(n))
    parents, hosts = _parents(
        heads, older & ~paired, paired & older, luck, margins.three_65 if margins else 0
    )
    number[parents] = number[hosts]
    with_child = np.zeros(n, dtype=np.bool_)
    with_child[parents] = True
    _, dense = np.unique(number[at_home], return_inverse=True)
    numbers = np.zeros(n, dtype=np.int64)
    numbers[at_home] = dense + 1
    return Homes(numbers, paired, partner, with_child)


def _ranks(group: Ints, order: Ints) -> Ints:
    """Position of each row within its group, where ``order`` lists rows by group and then by preference."""
    sorted_groups = group[order]
    starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
    lengths = np.diff(np.r_[starts, len(order)])
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[:] = np.arange(len(order)) - np.repeat(starts, lengths)
    return ranks


def _first_in_group(rows: Ints, group: Ints, preference: Floats, quota: Ints) -> Ints:
    """Of the rows, those among the first ``quota[group]`` of their group by preference."""
    if not len(rows):
        return rows
    order = rows[np.lexsort((preference[rows], group[rows]))]
    return order[_ranks(group, order) < quota[group[order]]]


def _pairs(
    heads: Heads, men: Bools, women: Bools, order: Floats, count: int | None, share: float
) -> tuple[Ints, Ints]:
    """Couples within communities, matched by age: positions of the men and of their partners."""
    size = int(heads.community.max()) + 1
    room = np.minimum(
        np.bincount(heads.community[men], minlength=size), np.bincount(heads.community[women], minlength=size)
    )
    total = int(room.sum())
    wanted = round(total * share) if count is None else min(count, total)
    if not wanted:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    quota = np.minimum(largest_remainder(wanted, room.astype(np.float64)), room)
    sides = []
    for side in (men, women):
        chosen = _first_in_group(np.flatnonzero(side), heads.community, order, quota)
        sides.append(chosen[np.lexsort((heads.born[chosen], heads.community[chosen]))])
    return sides[0], sides[1]


def _parents(heads: Heads, single: Bools, hosts: Bools, luck: Floats, count: int) -> tuple[Ints, Ints]:
    """The oldest single people and young older couples of the same community that take one in."""
    oldest = np.flatnonzero(single & (heads.age >= 85))
    young = np.flatnonzero(hosts & (heads.sex == MALE) & (heads.age < 72))
    size = int(heads.community.max()) + 1
    room = np.minimum(
        np.bincount(heads.community[oldest], minlength=size),
        np.bincount(heads.community[young], minlength=size),
    )
    wanted = min(count, int(room.sum()))
    if not wanted:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    quota = np.minimum(largest_remainder(wanted, room.astype(np.float64)), room)
    return (
        _first_in_group(oldest, heads.community, luck, quota),
        _first_in_group(young, heads.community, luck, quota),
    )


def residual(heads: Heads, made: Homes, margins: Margins) -> Residual:
    """How far the made households with people of 65+ lie from the census."""
    older = (heads.age >= 65) & (made.number > 0)
    members = np.bincount(made.number[older])
    return Residual(
        int((members == 1).sum()) - margins.one_65,
        int((members == 2).sum()) - margins.two_65,
        int((members >= 3).sum()) - margins.three_65,
    )
