"""我能享受什么: the sixteen lines of the basic care list, by what she has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yiyang.faces.elder import wording, words
from yiyang.faces.elder.explanation import ExplanationJson
from yiyang.faces.elder.wording import Step
from yiyang.faces.shared.texts import month_zh


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of the list; ``benefit`` leads to its why page where there is one."""

    code: str
    name: str
    words: str
    benefit: str = ""


@dataclass(frozen=True, slots=True)
class ServicesPage:
    """Three groups that together are the whole list."""

    have: tuple[ServiceLine, ...]
    unknown: tuple[ServiceLine, ...]
    not_now: tuple[ServiceLine, ...]
    step: Step | None
    """What answers most of the unknown ones."""

    @property
    def summary(self) -> str:
        """How many of how many; no number falls silently."""
        total = len(self.have) + len(self.unknown) + len(self.not_now)
        if not self.have:
            return f"国家定了 {total} 项，您现在还没有。"
        return f"国家定了 {total} 项，您有 {len(self.have)} 项。"


def services_page(results: Mapping[str, ExplanationJson], *, birth: date, today: date) -> ServicesPage:
    """The list for one person.

    Args:
        results: explanations by result: the sixteen ``basic_*`` and, where at hand, the results that
            explain them (``words.EXPLAINED_BY``), from which the date of a change is read.
        birth: her day of birth.
        today: the day of the page.
    """
    groups: dict[str, list[ServiceLine]] = {"ELIGIBLE": [], "CANNOT_TELL": [], "NOT_ELIGIBLE": []}
    for code, name in words.SERVICES.items():
        if code not in results:
            continue
        data, behind = results[code], results.get(words.EXPLAINED_BY.get(code, ""))
        said = _said(data, behind, birth=birth, today=today)
        benefit = words.EXPLAINED_BY[code] if behind is not None else ""
        groups[data["status"]].append(ServiceLine(code, name, said, benefit))
    steps = [wording.next_step(data) for code, data in results.items() if code in words.SERVICES]
    known = [step for step in steps if step is not None]
    return ServicesPage(
        have=tuple(groups["ELIGIBLE"]),
        unknown=tuple(groups["CANNOT_TELL"]),
        not_now=tuple(groups["NOT_ELIGIBLE"]),
        step=min(known, key=lambda step: step.about != "visit", default=None),
    )


def _said(data: ExplanationJson, behind: ExplanationJson | None, *, birth: date, today: date) -> str:
    """The word behind the name: the earliest date while she has it not, where age alone decides."""
    if data["status"] == "NOT_ELIGIBLE":
        days = [wording.becomes_on(one, birth) for one in (data, behind) if one is not None]
        on = next((day for day in days if day), None)
        return f"{month_zh(on, today=today)}起有" if on else ""
    return ""
