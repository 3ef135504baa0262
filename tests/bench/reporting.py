"""One JSON object a bench: what was measured, which budgets it breaks."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

BUDGETS: Mapping[str, Mapping[str, float]] = tomllib.loads(
    Path(__file__).with_name("budgets.toml").read_text("utf-8")
)


def report(name: str, measured: Mapping[str, float], *, judged: bool = True, **more: object) -> int:
    """Print the object; the exit code of the bench: 1 where a budget is broken.

    Args:
        name: the table of budgets.
        measured: figures by name; those without a budget are only told.
        judged: False for a small size, where the budget means nothing.
        more: what else a reader needs: sizes, parts, notes.
    """
    budgets = BUDGETS.get(name, {}) if judged else {}
    broken = sorted(key for key, most in budgets.items() if measured.get(key, float("inf")) > most)
    told = {key: round(value, 3) for key, value in measured.items()}
    print(
        json.dumps(
            {"bench": name, "measured": told, "budgets": dict(budgets), "broken": broken, **more},
            ensure_ascii=False,
        ),
        flush=True,
    )
    return 1 if broken else 0
