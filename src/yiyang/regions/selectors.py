from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from yiyang.engine.errors import Missing
from yiyang.regions import codes
from yiyang.regions.codes import Kind, Level
from yiyang.regions.importing import Division
from yiyang.regions.models import Outline, Region


class NoSuchPlace(Missing):
    code = "regions.no_such_place"
    message = "没有这个地方，或者那一天它还不存在"


def in_force(on: date) -> QuerySet[Region]:
    """Places as they stood on a day, by code."""
    found = Region.objects.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gt=on))
    return found.order_by("division", "pk")


def place(division: str, *, on: date) -> Region:
    """One place by its code of up to twelve digits (shorter ones are padded).

    Raises:
        NoSuchPlace: not in the tree on that day.
    """
    found = in_force(on).filter(division=division.ljust(codes.LENGTH, "0")).first()
    if found is None:
        raise NoSuchPlace(f"no place {division} on {on}")
    return found


def places_called(text: str, *, within: str, on: date) -> list[Region]:
    """Communities and townships of a branch whose name begins so, or the one with this code; at most 20."""
    found = in_force(on).filter(level__in=(Level.TOWNSHIP, Level.COMMUNITY))
    if text.isascii() and text.isdigit():
        return list(found.filter(division=text.ljust(codes.LENGTH, "0"))[:1])
    inside = found.filter(division__gte=within, division__lt=within + "~")
    exact = list(inside.filter(name=text)[:20])
    return exact or list(inside.filter(name__startswith=text)[:20])


def children_of(division: str, *, on: date) -> list[Region]:
    """The places directly below, in official order."""
    return list(in_force(on).filter(parent=division.ljust(codes.LENGTH, "0")))


def path_to(division: str, *, on: date) -> list[Region]:
    """From the nation down to the place itself; places that the tables lack are left out."""
    wanted = [*codes.parents_of(division.ljust(codes.LENGTH, "0")), division.ljust(codes.LENGTH, "0")]
    found = {row.division: row for row in in_force(on).filter(division__in=wanted)}
    return [found[code] for code in wanted if code in found]


def around(division: str, *, on: date) -> tuple[list[Region], list[Region]]:
    """The path to a place and the places directly below it, in one statement."""
    here = division.ljust(codes.LENGTH, "0")
    wanted = [*codes.parents_of(here), here]
    found = list(in_force(on).filter(Q(division__in=wanted) | Q(parent=here)))
    by_code = {row.division: row for row in found if row.division in wanted}
    below = [row for row in found if row.division not in wanted]
    return [by_code[code] for code in wanted if code in by_code], below


def names_of(divisions: Iterable[str], *, on: date) -> dict[str, str]:
    """Names by twelve-digit code."""
    return dict(in_force(on).filter(division__in=set(divisions)).values_list("division", "name"))


def branch_of(prefix: str, level: Level, *, on: date) -> list[Region]:
    """All places of one level under a prefix."""
    found = in_force(on).filter(level=level, division__gte=prefix, division__lt=prefix + "~")
    return list(found)


def counties(*, on: date) -> list[int]:
    """Six-digit codes of all counties of the installation."""
    return [int(row.division[:6]) for row in in_force(on).filter(level=Level.COUNTY)]


def outlines_of(divisions: Iterable[str]) -> dict[str, list[list[list[float]]]]:
    """Sketched rings (lon, lat) of these places, where there are any."""
    wanted = set(divisions)
    return dict(Outline.objects.filter(division__in=wanted).values_list("division", "rings"))


def table_in_force(on: date) -> tuple[Division, ...]:
    """The tree of a day in the form that tables are compared in."""
    rows = in_force(on)
    return tuple(Division(r.division, r.name, Kind(r.kind), r.parent, r.valid_from) for r in rows)
