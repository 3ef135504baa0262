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


def difference_of(rows: Sequence[Division], *, on: date) -> Difference:
    """What a table would change from a day. Only the branch that the table covers is compared.

    Raises:
        BadTable: the table is empty, or would rewrite a day already past.
    """
    if not rows:
        raise BadTable("the table holds no place")
    covered, top = {row.code for row in rows}, _top(rows)
    if late := Region.objects.filter(division__in=covered, valid_from__gte=on).first():
        raise BadTable(
            f"{late.division} is in force since {late.valid_from}; a difference must be dated later"
        )
    before = [
        row
        for row in selectors.table_in_force(on)
        if row.code in covered or not top or codes.is_under(row.code, top)
    ]
    return difference(before, rows, on) if before else Difference(on, tuple(rows), (), (), ())


def _top(rows: Sequence[Division]) -> str:
    """The branch that a table covers whole: where the single line of places down from its top branches out.

    Nation, region and perhaps city stand in a table only as the way down to it.
    """
    below: dict[str, list[str]] = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row.code)
    top = min(rows, key=lambda row: (len(codes.prefix_of(row.code)), row.code)).code
    while len(below.get(top, ())) == 1:
        top = below[top][0]
    return codes.prefix_of(top)


@transaction.atomic
def load_table(rows: Sequence[Division], *, source: str, on: date) -> Difference:
    """Bring the branch of a table into force from a day: old versions end, new ones begin.

    Raises:
        BadTable: the table is empty, or would rewrite a day already past.
    """
    change = difference_of(rows, on=on)
    renamed = {row.code for row in change.renamed}
    ended = {row.code for row in change.removed} | renamed
    Region.objects.filter(division__in=ended, valid_until=None).update(valid_until=on)
    begun = [*change.added, *(row for row in rows if row.code in renamed)]
    points = tables.county_points()
    # A branch nobody knew yet begins on its table's own day; in a known one only what changes begins now.
    known = Region.objects.filter(division__startswith=_top(rows)).exists()
    since = on if known else None
    Region.objects.bulk_create((_row(d, source, points, since) for d in begun), batch_size=5000)
    return change


@transaction.atomic
def begin_places(rows: Sequence[Division], *, source: str, on: date) -> int:
    """Add and rename single places from a day; whatever the rows do not name stays as it is.

    Raises:
        BadTable: a place is in force since that day or later.
    """
    wanted = {row.code: row for row in rows}
    open_now = Region.objects.filter(division__in=wanted, valid_until=None)
    if late := open_now.filter(valid_from__gte=on).first():
        raise BadTable(f"{late.division} is in force since {late.valid_from}; date the file later")
    open_now.update(valid_until=on)
    points = tables.county_points()
    Region.objects.bulk_create((_row(d, source, points, on) for d in rows), batch_size=5000)
    return len(rows)


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
