"""The project's own tables of places: whole trees of the demo places, inner points, sketched outlines.

Sources stand in docs/generated/sources.md. Everything larger is imported at installation.
"""

from __future__ import annotations

import csv
from pathlib import Path

from yiyang.regions import importing
from yiyang.regions.codes import Level
from yiyang.regions.importing import Division

DATA = Path(__file__).parent / "data"
OUTLINE_LABEL = "示意"
"""Must stand on every map drawn from these outlines; a published map needs its own approval number."""

LEVELS = tuple(Level)

Ring = tuple[tuple[float, float], ...]


def own_divisions() -> tuple[Division, ...]:
    """All places of our tables, parents before children, the nation once.

    Raises:
        BadTable: a table in the package is damaged.
    """
    found: dict[str, Division] = {}
    for path in sorted(DATA.glob("places_*.csv")):
        for row in importing.read_file(path).or_refuse(path.name):
            found.setdefault(row.code, row)
    return tuple(sorted(found.values(), key=lambda row: (LEVELS.index(row.level), row.code)))


def county_points() -> dict[int, tuple[float, float]]:
    """An inner point (lon, lat) of each demo county, degrees, CGCS2000, rounded to 0.01; zones have none."""
    with (DATA / "county_points.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["code"]): (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


def outlines() -> dict[int, tuple[Ring, ...]]:
    """Sketched rings of each demo county, closed, (lon, lat) in degrees, CGCS2000; 150271 has none."""
    rings: dict[int, dict[int, list[tuple[float, float]]]] = {}
    with (DATA / "outlines.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ring = rings.setdefault(int(row["code"]), {}).setdefault(int(row["ring"]), [])
            ring.append((float(row["lon"]), float(row["lat"])))
    return {county: tuple(tuple(ring) for ring in parts.values()) for county, parts in rings.items()}
