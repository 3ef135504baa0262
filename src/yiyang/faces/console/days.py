"""Days on the command line: one form, and a sentence for every other."""

from __future__ import annotations

import argparse
import re
from datetime import date


def day_of(text: str) -> date:
    """An ISO date, or a usage error."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-22")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error
