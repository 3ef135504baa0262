"""Pages drawn from the code itself: states, events, rights, addresses. ``make docs`` writes them anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "generated"


def views(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    for found in (resolver or get_resolver()).url_patterns:
        address = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from views(found, address)
        else:
            yield address, found


def urls_page() -> str:
    from yiyang.faces.shared.access import access_of

    lines = ["# Addresses", "", "| address | view | who may see it |", "|---|---|---|"]
    for address, pattern in sorted(views(), key=lambda pair: pair[0]):
        access = access_of(pattern.callback)
        who = "unmarked" if access is None else " or ".join((access.kind, *access.rights))
        name = f"{pattern.callback.__module__.removeprefix('yiyang.')}.{pattern.callback.__name__}"
        lines.append(f"| `{address}` | {name} | {who} |")
    return "\n".join(lines) + "\n"


def rights_page() -> str:
    from yiyang.accounts.duties import DUTIES, INCOMPATIBLE

    lines = ["# Duties and rights", "", "| duty | title | says | rights |", "|---|---|---|---|"]
    for duty in DUTIES.values():
        lines.append(f"| `{duty.code}` | {duty.title} | {duty.says} | {', '.join(sorted(duty.rights))} |")
    lines += ["", "Never in one hand:"]
    lines += sorted(f"- {' and '.join(sorted(pair))}" for pair in INCOMPATIBLE)
    return "\n".join(lines) + "\n"


def events_page() -> str:
    from yiyang.base.outbox import Event, handlers_of

    lines = [
        "# Events",
        "",
        "Upward news, by the room that publishes it.",
        "",
        "| event | says | heard by |",
        "|---|---|---|",
    ]
    kinds = sorted(Event.__subclasses__(), key=lambda kind: (kind.__module__, kind.__name__))
    for kind in kinds:
        if kind.__module__.startswith("yiyang."):
            says = (kind.__doc__ or "").strip().splitlines()[0] if kind.__doc__ else ""
            says = "" if says.startswith(f"{kind.__name__}(") else says
            heard = ", ".join(name.removeprefix("yiyang.") for name in handlers_of(kind)) or "nobody"
            lines.append(f"| `{kind.__module__.split('.')[1]}.{kind.__name__}` | {says} | {heard} |")
    return "\n".join(lines) + "\n"


def states_page() -> str:
    from yiyang.policies.choices import TRANSITIONS

    lines = ["# States of a revision", "", "| act | from | to | whose |", "|---|---|---|---|"]
    for act, (before, after, whose) in TRANSITIONS.items():
        lines.append(f"| `{act}` | {', '.join(before) or '-'} | {after.value} | {whose} |")
    lines += ["", "# States of a lead after one try", "", "| outcome | state |", "|---|---|"]
    from yiyang.outreach.services.reaching import EFFECT

    for outcome, state in EFFECT.items():
        lines.append(f"| {outcome.value} {outcome.label} | {state.value if state else 'as it was'} |")
    return "\n".join(lines) + "\n"


PAGES = {"urls.md": urls_page, "rights.md": rights_page, "events.md": events_page, "states.md": states_page}


def main() -> int:
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PAGES.items():
        (FOLDER / name).write_text(draw(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    import tests.environment  # noqa: F401  # a state folder of its own, before Django reads its settings

    sys.exit(main())
