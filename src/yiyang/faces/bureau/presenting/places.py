"""The places below: a table whose total reconciles, and a map where there are outlines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from yiyang.entitlements.selectors import Line
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.showing import PlaceRow
from yiyang.faces.shared.charts import rate_bar
from yiyang.faces.shared.map_charts import MapChart, MapValue, Outline, Ring, crowded, outline_map
from yiyang.faces.shared.showing import Chip, Link
from yiyang.regions import codes
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

if TYPE_CHECKING:
    from yiyang.regions.models import Region

PER = 1000


def per_thousand(line: Line) -> float | None:
    """Unserved of a thousand older people; unknown where nobody lives."""
    return round((line.unserved or 0) * PER / line.people, 1) if line.people else None


def apart(line: Line, below: Mapping[str, Line]) -> int:
    """People counted here whose address does not reach the level below."""
    return line.people - sum(one.people for one in below.values())


def rows_of(
    desk: Desk, line: Line, below: Mapping[str, Line], *, by_need: bool
) -> tuple[tuple[PlaceRow, ...], PlaceRow, Link | None]:
    """Rows in the order of divisions or by need, the total, and the link to the other order."""
    mean = per_thousand(line)
    rates = [rate for one in below.values() if (rate := per_thousand(one)) is not None]
    largest = max(rates, default=0.0)
    rows = [_row(child, below.get(child.division), largest, mean) for child in desk.children]
    rest = apart(line, below)
    if rows and rest:
        rows.append(_rest(desk, line, below))
    if by_need:
        rows.sort(key=lambda row: -row.unserved)
    total = _line_row(desk.place.name, "", line, largest, mean)
    here = desk.prefix
    other = (
        Link("按区划顺序排", address("overview", place=here) + "#places")
        if by_need
        else Link("按应享未享从多到少排", address("overview", place=here, order="need") + "#places")
    )
    return tuple(rows), total, other if len(rows) > 1 else None


def _row(child: Region, line: Line | None, largest: float, mean: float | None) -> PlaceRow:
    prefix = codes.prefix_of(child.division)
    shown = line or _empty(child.division)
    return _line_row(
        child.name,
        address("overview", place=prefix),
        shown,
        largest,
        mean,
        kind="功能区" if child.function_zone and len(prefix) == 6 else "",
        people_href=address("people", place=prefix, status="unserved") if shown.unserved else "",
    )


def _rest(desk: Desk, line: Line, below: Mapping[str, Line]) -> PlaceRow:
    """What is left when the places below are taken away: people without a community."""

    def left(name: str) -> int:
        return (getattr(line, name) or 0) - sum(getattr(one, name) or 0 for one in below.values())

    rest = Line("", "", left("people"), left("eligible"), left("cannot_tell"), left("not_eligible"),
                left("served"), left("unserved"), 0, 0)  # fmt: skip
    href = address("people", place=desk.prefix, status="unplaced")
    return _line_row("住址没有落到下一级", href, rest, 0.0, None)


def _empty(division: str) -> Line:
    return Line(division, "", 0, 0, 0, 0, 0, 0, 0, 0)


def _line_row(
    name: str,
    href: str,
    line: Line,
    largest: float,
    mean: float | None,
    *,
    kind: str = "",
    people_href: str = "",
) -> PlaceRow:
    rate = per_thousand(line)
    return PlaceRow(
        name=name,
        href=href,
        over_60=line.people,
        served=line.served or 0,
        unserved=line.unserved or 0,
        cannot_tell=line.cannot_tell,
        not_eligible=line.not_eligible,
        per_thousand=rate,
        rate=rate_bar(rate, largest=largest, mean=mean),
        chip=_chip(rate, mean),
        kind=kind,
        people_href=people_href,
    )


def _chip(rate: float | None, mean: float | None) -> Chip | None:
    if rate is None:
        return Chip("没有老人", "quiet")
    if mean is None or rate == mean:
        return None
    return Chip("高于平均", "warn") if rate > mean else Chip("低于平均", "ok")


def map_of(desk: Desk, below: Mapping[str, Line]) -> MapChart | None:
    """Counties of a city by rate; other levels have no outlines of their own."""
    if desk.level is not Level.CITY:
        return None
    rings = regions.outlines_of([child.division for child in desk.children])
    if not rings:
        return None
    outlines = tuple(
        Outline(child.division, child.name, child.name, _rings(rings.get(child.division, [])))
        for child in desk.children
    )
    values = tuple((child.division, _value(child, below.get(child.division))) for child in desk.children)
    label = f"{desk.place.name}各旗县区每千名老人应享未享人数地图，数值同下方表格"
    return _drawn(outlines, values, label)


def _rings(rings: list[list[list[float]]]) -> tuple[Ring, ...]:
    return tuple(tuple((lon, lat) for lon, lat, *_ in ring) for ring in rings)


@lru_cache(maxsize=32)
def _drawn(outlines: tuple[Outline, ...], values: tuple[tuple[str, MapValue], ...], label: str) -> MapChart:
    # Looking for room in every shape costs more than the rest of the page, and a night's figures stay a day.
    return outline_map(outlines, dict(values), label=label, core=crowded(outlines))


def _value(child: Region, line: Line | None) -> MapValue:
    href = address("overview", place=codes.prefix_of(child.division))
    rate = per_thousand(line) if line else None
    if line is None or rate is None:
        return MapValue(None, "无法判定", href, f"{child.name}：没有核算")
    said = f"{child.name}：每千名老人应享未享 {rate:,.1f} 人，共 {line.unserved or 0:,} 人"
    return MapValue(rate, f"{rate:,.1f}", href, said)
