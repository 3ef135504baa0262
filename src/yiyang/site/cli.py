"""The one command line. Exit 0 = done and true, 1 = a check failed, 2 = bad usage or bad input."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from yiyang.engine.errors import BrokenInvariant, HouseError, Unavailable
from yiyang.site import starting


@dataclass(frozen=True)
class Command:
    """``needs``: nothing, a migrated ``database``, or a ``fresh`` one that the command migrates itself.

    Whoever needs a migrated database needs the key ring as well.
    """

    says: str
    needs: str = ""
    login: str = "work"
    module: str = ""
    alone: tuple[str, ...] = ()  # acts that need no database


COMMANDS: dict[str, Command] = {
    "demo": Command("bring up a whole synthetic city and serve it", "fresh", module="yiyang.site.demo"),
    "serve": Command("serve the pages", "database", "web", "yiyang.site.serving"),
    "work": Command("work off news and numbers that come into force", "database"),
    "nightly": Command("what is done once a day, every step of it", "database"),
    "audit": Command("the log: seal it, prove it, copy its heads out", "database"),
    "db": Command("the embedded database server"),
    "check": Command("whether it may be let loose", module="yiyang.site.deploying"),
    "backup": Command("a sealed copy of the database, in two places", module="yiyang.site.backups.backup"),
    "restore": Command("a backup into an empty database", module="yiyang.site.backups.restore"),
    "restore-drill": Command("restore into an empty server and look", module="yiyang.site.drilling"),
    "migrate": Command("bring the database's tables up to date", "fresh", "web", "yiyang.site.migrating"),
    "law": Command("benefits in force, citations, case files"),
    "sweep": Command("judge the whole population", "database"),
    "explain": Command("why one person is due something, or not", "database"),
    "rehearse": Command("what changed numbers would do to everybody", "database"),
    "assess": Command("score an ability assessment"),
    "accounts": Command("accounts of people in office, their duties and proofs", "database"),
    "people": Command("make synthetic people for a place", "database"),
    "feeds": Command("files that departments send again and again", "database"),
    "import": Command(
        "take in a file of another office", "database", module="yiyang.faces.console.importing"
    ),
    "retention": Command("what is over by the table of retention goes, or is counted", "database"),
    "keys": Command("the key ring: make, list, rotate, retire keys", "database", alone=("new", "list")),
    "places": Command("load and compare tables of divisions", "database"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Parse, see to what the command needs, run it, say what happened."""
    words = list(sys.argv[1:] if words is None else words)
    if not words or words[0] in ("-h", "--help"):
        print(_usage())
        return 0 if words else 2
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"yiyang: no command {words[0]!r}; `yiyang --help` lists them", file=sys.stderr)
        return 2
    try:
        return _run(words[0], command, words[1:])
    except HouseError as error:
        print(f"yiyang: {error}", file=sys.stderr)
        return 1 if isinstance(error, BrokenInvariant | Unavailable) else 2
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        print(f"yiyang: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("yiyang: stopped", file=sys.stderr)
        return 130


def _usage() -> str:
    lines = [f"  {name:13} {command.says}" for name, command in COMMANDS.items()]
    return "usage: yiyang COMMAND …\n\n" + "\n".join(lines)


def _run(name: str, command: Command, words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiyang.site.settings")
    if command.needs and command.login == "work":
        os.environ["YIYANG_PROCESS"] = "work"
    if command.needs:
        starting.set_up_django()  # before the command's own rooms are imported; no server is needed for it
    module = importlib.import_module(command.module or f"yiyang.faces.console.{name}")
    parser = argparse.ArgumentParser(prog=f"yiyang {name}", description=command.says)
    module.add_arguments(parser)
    if name == "db":
        from yiyang.site.embedded import Server

        parser.set_defaults(open_server=Server)
    options = parser.parse_args(words)
    alone = getattr(options, "act", "") in command.alone
    if command.needs == "database" and not alone:
        starting.check_keys()
    if command.needs and not alone:
        starting.start_embedded()
    if command.needs == "database" and not alone:
        starting.check_migrated()
    return int(module.run(options))


if __name__ == "__main__":
    sys.exit(main())
