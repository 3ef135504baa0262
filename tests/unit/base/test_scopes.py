"""Scopes as ranges of divisions: what they hold, contain and span."""

from __future__ import annotations

import pytest

from yiyang.base.scoping import EVERYWHERE, NOBODY, Scope


@pytest.mark.parametrize(
    "wrong", ["", "1", "150", "15020", "1502031", "150203x", "１５０２", "1502030010211"]
)
def test_a_scope_has_two_four_six_nine_or_twelve_digits(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a division prefix"):
        Scope.of(wrong)


def test_a_branch_holds_its_own_padded_code_and_not_its_neighbour() -> None:
    county = Scope.of("150203")
    assert county.holds("150203000000")
    assert county.holds("150203999999")
    assert not county.holds("150204000000")
    assert not county.holds("150202999999")


@pytest.mark.parametrize(
    ("one", "other", "branch"),
    [
        ("150204001021", "150204001021", Scope.of("150204001021")),
        ("150204001021", "150204001022", Scope.of("150204001")),
        ("150204001021", "150204002021", Scope.of("150204")),
        ("150204001021", "150203001015", Scope.of("1502")),
        ("150204001021", "150923001015", Scope.of("15")),
        ("150204001021", "620722001015", EVERYWHERE),
    ],
)
def test_the_smallest_branch_around_two_places(one: str, other: str, branch: Scope) -> None:
    assert Scope.around(one, other) == branch
    assert branch.holds(one)
    assert branch.holds(other)


def test_nobody_is_in_no_scope_and_everywhere_contains_all() -> None:
    assert EVERYWHERE.contains(Scope.of("150204001021"))
    assert not Scope.of("1502").contains(EVERYWHERE)
    assert not Scope.of("1502").contains(NOBODY)
    assert not NOBODY.holds("150204001021")
