"""Everything that may be imported, in one place: a new kind is a table of columns and two functions."""

from __future__ import annotations

from collections.abc import Mapping

from yiyang.exchange.guards import NoSuchKind
from yiyang.exchange.kinds.assessments import ASSESSMENTS
from yiyang.exchange.kinds.deaths import DEATHS
from yiyang.exchange.kinds.declaring import Kind
from yiyang.exchange.kinds.facts import FACTS_KIND
from yiyang.exchange.kinds.people import PEOPLE
from yiyang.exchange.kinds.places import PLACES
from yiyang.exchange.kinds.receipts import RECEIPTS

KINDS: Mapping[str, Kind] = {
    kind.code: kind for kind in (PEOPLE, FACTS_KIND, DEATHS, ASSESSMENTS, RECEIPTS, PLACES)
}


def kind_of(code: str) -> Kind:
    """Raises NoSuchKind with the codes there are."""
    found = KINDS.get(code)
    if found is None:
        raise NoSuchKind(f"no kind {code!r}; there are {', '.join(KINDS)}")
    return found
