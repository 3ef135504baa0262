"""One number over places and time: a lane a place, nation on top, a bar a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from yiyang.engine.ruling.parameters import ParameterRow, chain
from yiyang.faces.bureau.law_showing import NumberHistory
from yiyang.faces.bureau.presenting.numbers import money_or_count, place_names, title_of
from yiyang.faces.shared.lane_charts import LaneChart, Period, lanes
from yiyang.faces.shared.reasons import PERIOD

MOST = 8
EARLIEST = date(2019, 1, 1)
YEAR = timedelta(days=365)
SAID = {"floor": "不低于 ", "add": "加发 "}


def names_around(rows: Iterable[ParameterRow], place: int, *, today: date) -> Mapping[int, str]:
    """Names of every lane: the place, what lies above it, and whoever has a row of its own."""
    return place_names({*chain(place), *(row.place for row in rows)}, on=today)


def histories_of(
    rows: Sequence[ParameterRow], names: Mapping[int, str], *, place: int, today: date
) -> tuple[NumberHistory, ...]:
    """Lanes of every number that ever changed or differs by place; the table tells the rest.

    Args:
        rows: of all numbers, those of one number side by side.
    """
    groups = [list(found) for _, found in groupby(rows, key=lambda row: row.key)]
    told = [group for group in groups if len(group) > 1][:MOST] or groups[:1]
    return tuple(history_of(group, names, place=place, today=today) for group in told)


def history_of(
    rows: Sequence[ParameterRow],
    names: Mapping[int, str],
    *,
    place: int,
    today: date,
    proposed: ParameterRow | None = None,
) -> NumberHistory:
    """One number; ``proposed`` is a draft, drawn apart."""
    title = title_of(rows[0].key if rows else proposed.key if proposed else "")
    chart = _chart(rows, names, place=place, today=today, proposed=proposed, title=title)
    return NumberHistory(title, chart, _say(rows, names, today, proposed))


def _chart(
    rows: Sequence[ParameterRow],
    names: Mapping[int, str],
    *,
    place: int,
    today: date,
    proposed: ParameterRow | None,
    title: str,
) -> LaneChart:
    drawn = [*rows, *([proposed] if proposed else [])]
    order = list(dict.fromkeys([*chain(place), *sorted({row.place for row in drawn})]))
    periods = [_period(row, names, today, proposed) for row in rows]
    if proposed:
        periods.append(Period(names[proposed.place], proposed.since, None, _short(proposed), "f2"))
    first = min([max(row.since, EARLIEST) for row in drawn], default=today - YEAR)
    last = max([today, *(row.since for row in drawn)]) + YEAR
    return lanes(
        tuple(names[one] for one in order),
        tuple(periods),
        first=date(first.year, 1, 1),
        last=last,
        today=today,
        label=f"{title}按地方和时间的沿革，内容同下方说明和上方的表",
    )


def _period(
    row: ParameterRow, names: Mapping[int, str], today: date, proposed: ParameterRow | None
) -> Period:
    until = row.until
    closes = proposed is not None and proposed.place == row.place and row.since < proposed.since
    if closes and proposed is not None and (until is None or until > proposed.since):
        until = proposed.since
    kind = "q4" if row.in_force(today) else "f2" if row.since > today else "q2"
    return Period(names[row.place], row.since, until, _short(row), "q1" if row.merge in SAID else kind)


def _short(row: ParameterRow) -> str:
    words = f"{row.value / 100:,.2f}" if row.unit in PERIOD else money_or_count(row.value, row.unit)
    return f"{SAID.get(row.merge, '')}{words}"


def _say(
    rows: Sequence[ParameterRow], names: Mapping[int, str], today: date, proposed: ParameterRow | None
) -> str:
    """The same in words: every row in force, what is planned, what is proposed."""
    now = [_row_words(row, names) for row in rows if row.in_force(today)]
    later = [f"{row.since:%Y-%m-%d} 起 {_row_words(row, names)}" for row in rows if row.since > today]
    said = "现行：" + "；".join(now) + "。" if now else "现在没有哪一级规定这个数。"
    if later:
        said += "已排期：" + "；".join(later) + "。"
    if proposed:
        said += f"本稿：{proposed.since:%Y-%m-%d} 起 {_row_words(proposed, names)}。"
    return said


def _row_words(row: ParameterRow, names: Mapping[int, str]) -> str:
    return f"{names[row.place]} {SAID.get(row.merge, '')}{money_or_count(row.value, row.unit)}"
