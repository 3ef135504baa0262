"""Derive the project's own small tables from the reference folder; run by hand when a source changes.

    python scripts/tidy_places.py ../shared/data

Writes src/yiyang/regions/data/*.csv and src/yiyang/people/data/*.csv. What each holds and where its figures
come from stands in docs/generated/sources.md.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from simplify_outlines import simplified

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from yiyang.regions.codes import NATION, Kind, prefix_of  # noqa: E402
from yiyang.regions.importing import OWN_COLUMNS, REFERENCE_DAY, Division, read_file  # noqa: E402

REGIONS = ROOT / "src/yiyang/regions/data"
PEOPLE = ROOT / "src/yiyang/people/data"
TREES = {"baotou": "1502", "changzhi": "1404", "minle": "620722"}
BANDS = ("60-64", "65-69", "70-74", "75-79", "80-84", "85+")
SEXES = {"M": 1, "F": 2}
POINTS_A_UNIT = 60
BOUNDARIES = (
    "boundaries_inner_mongolia_counties.geojson",
    "boundaries_changzhi_counties.geojson",
    "boundaries_zhangye_counties.geojson",
)


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def places(source: Path) -> None:
    """The three trees, one file a city, and the nation once."""
    nation = Division(NATION, "中华人民共和国", Kind.NATION, "", REFERENCE_DAY)
    for name, branch in TREES.items():
        reading = read_file(source / f"divisions_{name}.csv").or_refuse(name)
        kept = [
            r for r in reading if r.code.startswith(branch) or prefix_of(r.code) in (branch[:2], branch[:4])
        ]
        rows = [(r.code, r.name, r.kind.value, r.parent, r.valid_from.isoformat()) for r in [nation, *kept]]
        write(REGIONS / f"places_{name}.csv", OWN_COLUMNS, rows)


def is_demo_county(code: str) -> bool:
    return (code.startswith(("1502", "1404")) and code[4:] != "00") or code == "620722"


def points(source: Path) -> None:
    """Inner points to 0.01 degree: good for a label on a map, useless for finding anybody."""
    rows = [
        (row["code"], f"{float(row['rep_lon']):.2f}", f"{float(row['rep_lat']):.2f}")
        for row in rows_of(source / "centroids_county.csv")
        if is_demo_county(row["code"])
    ]
    write(REGIONS / "county_points.csv", ("code", "lon", "lat"), sorted(rows))


def outlines(source: Path) -> None:
    shapes: dict[str, list[list[tuple[float, float]]]] = {}
    for name in BOUNDARIES:
        for feature in json.loads((source / name).read_text(encoding="utf-8"))["features"]:
            code, geometry = str(feature["properties"]["code"]), feature["geometry"]
            if is_demo_county(code):
                parts = (
                    geometry["coordinates"]
                    if geometry["type"] == "MultiPolygon"
                    else [geometry["coordinates"]]
                )
                shapes[code] = [[(float(x), float(y)) for x, y in part[0]] for part in parts]
    rows = [
        (code, ring_no, seq, f"{lon:.3f}", f"{lat:.3f}")
        for code, rings in sorted(simplified(shapes, POINTS_A_UNIT).items())
        for ring_no, ring in enumerate(rings)
        for seq, (lon, lat) in enumerate(ring)
    ]
    write(REGIONS / "outlines.csv", ("code", "ring", "seq", "lon", "lat"), rows)


def band_of(row: Mapping[str, str]) -> str:
    return "85+" if row["age_from"] == "85" else f"{row['age_from']}-{row['age_to']}"


def cells(source: Path) -> None:
    census = [r for r in rows_of(source / "census2020_age_sex_5y.csv") if int(r["age_from"]) >= 60]
    found = [(r["code"], SEXES[r["sex"]], band_of(r), int(r["persons"])) for r in census]
    columns = ("sex", "band", "persons", "source")
    own = [(*row, "CENSUS_2020") for row in found if is_demo_county(row[0])]
    whole = [(*row, "CENSUS_2020") for row in found if row[0] in ("150200", "140400")]
    write(PEOPLE / "cells.csv", ("county", *columns), sorted(own))
    write(PEOPLE / "city_cells.csv", ("city", *columns), sorted(whole))


def margins(source: Path) -> None:
    taken = {
        "households": "households",
        "one_person": "one_person_households",
        "with_65": "households_with_65plus",
        "one_65": "hh_one_65plus",
        "two_65": "hh_two_65plus",
        "three_65": "hh_three_or_more_65plus",
    }
    summary = [r for r in rows_of(source / "census2020_summary.csv") if is_demo_county(r["code"])]
    rows = [(r["code"], *(r[column] for column in taken.values()), "CENSUS_2020") for r in summary]
    write(PEOPLE / "households.csv", ("county", *taken, "source"), sorted(rows))


def mortality(source: Path) -> None:
    table = [
        r
        for r in rows_of(source / "lifetable_china_2020_2025.csv")
        if r["sex"] in SEXES and int(r["age"]) >= 60
    ]
    rows = [(SEXES[r["sex"]], int(r["age"]), r["mx"]) for r in table]
    write(PEOPLE / "mortality.csv", ("sex", "age", "deaths_a_person_year"), sorted(rows))


def main(source: Path) -> None:
    for step in (places, points, outlines, cells, margins, mortality):
        step(source)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
