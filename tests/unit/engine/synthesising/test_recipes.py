"""The tables of rates and names, and what is wrong with damaged ones."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from yiyang.engine.synthesising import counties, recipes
from yiyang.engine.synthesising.recipes import BadRecipe, Recipe
from yiyang.people import tables


def test_no_rate_claims_to_be_verified() -> None:
    book = tomllib.loads((tables.DATA / "rates.toml").read_text(encoding="utf-8"))
    for name in ("rate", "change", "number"):
        assert all(entry["verified"] is False for entry in book[name])


@pytest.mark.parametrize(
    ("name", "before", "after", "word"),
    [
        ("rates.toml", "1 = [0.030,", "1 = [1.030,", "between 0 and 1"),
        ("rates.toml", "1 = [0.030, 0.045,", "1 = [0.045,", "6 shares where 7"),
        ("rates.toml", "unknown = 0.14", "unknown = 14", "between 0 and 1"),
        ("rates.toml", "verified = false\n", "\n", "verified = true or false"),
        ("rates.toml", "unknown = 0.14", "unknown = 'x'", "expected a number"),
        ("rates.toml", "[oldest]", "[eldest]", "lacks 'oldest'"),
        ("rates.toml", "[[rate]]", "[[rate", "cannot read"),
        ("names.toml", "surnames = ", "family = ", "lacks 'surnames'"),
    ],
)
def test_a_damaged_table_is_refused_by_name(
    tmp_path: Path, name: str, before: str, after: str, word: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(tables.DATA, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadRecipe, match=word):
        recipes.read_recipe(folder)


def test_luck_below_the_share_gives_the_value(recipe: Recipe) -> None:
    rate = recipe.rates["hardship_class"]
    zero = np.zeros(4, dtype=np.int64)
    luck = np.array([0.0, 0.0029, 0.0031, 0.9])
    assert rate.draw(zero, zero, luck).tolist() == [3, 3, 2, 0]


def test_a_rate_given_by_the_wrong_columns_is_refused_when_it_is_drawn(recipe: Recipe) -> None:
    twisted = replace(recipe, rates={**recipe.rates, "has_dementia": recipe.rates["home_adapted"]})
    place = tables.own_places("150206")[0]
    with pytest.raises(BadRecipe, match="has_dementia cannot be given by ability"):
        counties.make_county(place, twisted, seed=1, as_of=date(2026, 11, 20))
