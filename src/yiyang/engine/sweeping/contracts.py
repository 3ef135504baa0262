"""The check before every sweep: a row outside the data contract is refused by name and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiyang.engine.ruling.declaring import FieldSpec

COUNTY_LOW, COUNTY_HIGH = 110000, 999999
OLDEST = 130
"""Years: a date of birth further back is a slip of the register."""


def refusal_sql(fields: Mapping[str, FieldSpec], day_ymd: int) -> str:
    """Text that comes to the reason why a row is refused, or NULL for a good row.

    Columns are named bare; birth dates are checked against the calendar, against ``day_ymd`` and against
    130 years.
    """
    arms = [
        "WHEN person_id IS NULL THEN 'person_id is missing'",
        *(_county(name) for name in ("hukou_county", "residence_county")),
    ]
    for spec in fields.values():
        arms += _field(spec, day_ymd)
    return f"CASE {' '.join(arms)} END"


def _county(name: str) -> str:
    return (
        f"WHEN {name} IS NULL THEN '{name} is missing' "
        f"WHEN {name} < {COUNTY_LOW} OR {name} > {COUNTY_HIGH} THEN '{name} is no county of six digits'"
    )


def _field(spec: FieldSpec, day_ymd: int) -> Iterator[str]:
    name = spec.name
    if not spec.nullable:
        yield f"WHEN {name} IS NULL THEN '{name} is missing'"
    if spec.unit == "ymd":
        yield f"WHEN {_no_date(name)} THEN '{name} is no date'"
        yield f"WHEN {name} > {day_ymd} THEN '{name} is after the day of the sweep'"
        yield f"WHEN {day_ymd} - {name} >= {OLDEST * 10000} THEN '{name} makes a person of {OLDEST} or more'"
    elif spec.low is not None and spec.high is not None:
        yield (
            f"WHEN {name} < {spec.low} OR {name} > {spec.high} "
            f"THEN '{name} is not within {spec.low} to {spec.high}'"
        )


def _no_date(name: str) -> str:
    year, month, day = f"FLOOR({name} / 10000.0)", f"FLOOR({name} / 100.0) % 100", f"{name} % 100"
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    return (
        f"({month} < 1 OR {month} > 12 OR {day} < 1 OR {day} > 31 "
        f"OR ({day} = 31 AND {month} IN (4, 6, 9, 11)) "
        f"OR ({month} = 2 AND ({day} > 29 OR ({day} = 29 AND NOT {leap}))))"
    )
