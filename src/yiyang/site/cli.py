"""The one command line. Exit 0 = done and true, 1 = a check failed, 2 = bad usage or bad input."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence

from yiyang.engine.errors import BrokenInvariant, HouseError, Unavailable

COMMANDS: dict[str, tuple[str, str]] = {
    # command: (what it does, which database login it works under)
    "demo": ("bring up a whole synthetic city and serve it", "work"),
    "serve": ("serve the pages", "web"),
    "work": ("work off jobs, outbox, revisions that come into force", "work"),
    "db": ("the embedded database server", ""),
    "migrate": ("bring the database's tables up to date", "work"),
    "law": ("benefits in force, citations, case files", ""),
    "sweep": ("judge the whole population", "work"),
    "explain": ("why one person is due something, or not", "work"),
    "rehearse": ("what changed numbers would do to everybody", "work"),
    "assess": ("score an ability assessment", ""),
    "people": ("make synthetic people for a place", "work"),
    "places": ("load and compare tables of divisions", "work"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Parse, run one command, say what happened."""
    words = list(sys.argv[1:] if words is None else words)
    parser = argparse.ArgumentParser(prog="yiyang", description="颐养: integrated elder-care platform")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (says, _) in COMMANDS.items():
        commands.add_parser(name, help=says, add_help=False)
    if not words or words[0] in ("-h", "--help"):
        parser.print_help()
        return 0 if words else 2
    chosen, _ = parser.parse_known_args(words[:1])
    _, login = COMMANDS[chosen.command]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiyang.site.settings")
    if login == "work":
        os.environ["YIYANG_PROCESS"] = "work"
    return _run(chosen.command, words[1:])


def _run(command: str, words: list[str]) -> int:
    try:
        module = importlib.import_module(f"yiyang.faces.console.{command}")
        own = argparse.ArgumentParser(prog=f"yiyang {command}", description=COMMANDS[command][0])
        module.add_arguments(own)
        return int(module.run(own.parse_args(words)))
    except HouseError as error:
        print(f"yiyang: {error}", file=sys.stderr)
        return 1 if isinstance(error, BrokenInvariant | Unavailable) else 2
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        print(f"yiyang: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("yiyang: stopped", file=sys.stderr)
        return 130


def show(answer: object) -> None:
    """Exactly one JSON object on standard output."""
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
