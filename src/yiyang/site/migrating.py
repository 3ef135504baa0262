"""``yiyang migrate``: the tables of this release, made by the role that owns them."""

from __future__ import annotations

import argparse

from yiyang.site import starting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the addresses come from the environment."""
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")


def run(options: argparse.Namespace) -> int:
    starting.migrate()
    starting.check_migrated()
    if not options.quiet:
        print("tables are up to date")
    return 0
