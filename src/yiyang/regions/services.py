from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from yiyang.regions import codes, selectors, tables
from yiyang.regions.importing import BadTable, Difference, Division, difference
from yiyang.regions.models import Outline, Region

OWN_SOURCE = "NBS statistical division codes 2023 (own table)"


@transaction.atomic
def load_own_places() -> int:
    """Load the project's own tables into an empty tree; a loaded one is left as it is. Returns how many."""
    if Region.objects.exists():
        return 0
    rows = tables.own_divisions()
    points = tables.county_points()
    Region.objects.bulk_create((_row(d, OWN_SOURCE, points) for d in rows), batch_size=5000)
    Outline.objects.bulk_create(
        Outline(division=f"{county}".ljust(codes.LENGTH, "0"), rings=rings, source=tables.OUTLINE_LABEL)
        for county, rings in tables.outlines().items()
    )
    return len(rows)


@transaction.atomic
def load_table(rows: Sequence[Division], *, source: str, on: date) -> Difference:
    """Bring the branch of a table into force from a day: old versions end, new ones begin.

    Only the branch that the table covers is compared; places elsewhere stay as they are.

    Raises:
        BadTable: the table is empty, or would rewrite a day already past.
    """
    if not rows:
        raise BadTable("the table holds no place")
    top = min(rows, key=lambda row: (len(codes.prefix_of(row.code)), row.code))
    covered = {row.code for row in rows} | {
        row.code
        for row in selectors.table_in_force(on)
        if codes.is_under(row.code, codes.prefix_of(top.code))
    }
    before = [row for row in selectors.table_in_force(on) if row.code in covered]
    change = difference(before, rows, on) if before else Difference(on, tuple(rows), (), (), ())
    ended = {row.code for row in change.removed} | {r.code for r in change.renamed}
    Region.objects.filter(division__in=ended, valid_until=None).update(valid_until=on)
    renamed = {r.code for r in change.renamed}
    begun = [*change.added, *(row for row in rows if row.code in renamed)]
    known = tables.county_points()
    Region.objects.bulk_create(
        (_row(d, source, known, since=on if before else None) for d in begun), batch_size=5000
    )
    return change


def _row(
    d: Division, source: str, points: dict[int, tuple[float, float]], since: date | None = None
) -> Region:
    lon, lat = points.get(int(d.code[:6]), (None, None)) if d.level is codes.Level.COUNTY else (None, None)
    return Region(
        division=d.code,
        name=d.name,
        level=d.level,
        kind=d.kind,
        function_zone=d.function_zone,
        parent=d.parent,
        valid_from=since or d.valid_from,
        source=source,
        lon=lon,
        lat=lat,
    )
