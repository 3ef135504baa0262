"""What kinds about registered people share: who is meant, and whether this branch may say anything of her."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yiyang.exchange import registry
from yiyang.exchange.choices import RowState, TicketKind
from yiyang.exchange.kinds.declaring import Entry, Taking, Verdict, refuse
from yiyang.exchange.registry import Registered

ELSEWHERE = "这个人登记在别的地方，不能从这里改"
CALL = "请由登记地导入，或先走迁移"


def people_of(entries: Sequence[Entry]) -> dict[str, Registered]:
    return registry.by_number(str(entry.values["id_number"]) for entry in entries)


def judged(
    entries: Sequence[Entry],
    taking: Taking,
    known: dict[str, Registered],
    against: Callable[[Entry, Registered], Verdict],
    *,
    dead_too: bool = False,
) -> list[Verdict]:
    """A verdict per line: about nobody, about somebody elsewhere, in doubt, or what ``against`` finds."""
    verdicts = []
    for entry in entries:
        found = known.get(str(entry.values["id_number"]))
        refused = _refused(found, taking, dead_too=dead_too)
        if refused is not None or found is None:
            verdicts.append(refused or _nobody())
        elif entry.values["name"] != found.name and not entry.decided:
            verdicts.append(
                Verdict(RowState.WAITING, person_id=found.id, ticket=TicketKind.NAME, fields=("name",))
            )
        else:
            verdicts.append(against(entry, found))
    return verdicts


def _nobody() -> Verdict:
    return refuse("id_number", "nobody", "名册里没有这个人", "请先登记，或先导入老年人名册，再传这一行")


def _refused(found: Registered | None, taking: Taking, *, dead_too: bool) -> Verdict | None:
    if found is None:
        return _nobody()
    if not taking.scope.holds(found.division):
        return refuse("id_number", "elsewhere", ELSEWHERE, CALL)
    if found.died_on is not None and not dead_too:
        return refuse("id_number", "dead", "这个人已登记去世", "确属误登的，请先更正去世登记")
    return None
