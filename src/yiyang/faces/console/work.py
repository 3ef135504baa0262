"""``yiyang work``: news to rooms above, numbers whose day has come, messages, the night. Survives SIGTERM."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from yiyang.base import outbox, scoping
from yiyang.base.actors import process
from yiyang.base.scoping import EVERYWHERE, Role
from yiyang.engine.errors import HouseError
from yiyang.exchange import services as imports
from yiyang.faces.console import audit, nightly
from yiyang.notices import services as notices
from yiyang.policies import services as policies

log = logging.getLogger(__name__)
WORKING = process("work")
HOLDER = f"work:{socket.gethostname()}:{os.getpid()}"
PAUSE = 1.0
LONGEST_PAUSE = 5.0
REPORT_SECONDS = SEAL_SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="work off what is there, then end")


def run(options: argparse.Namespace) -> int:
    """Turn until told to stop; a lost database is waited for, nothing is lost meanwhile."""
    over = threading.Event()
    if not options.once:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
    pause, reported, sealed = PAUSE, -REPORT_SECONDS, -SEAL_SECONDS
    while not over.is_set():
        try:
            done = turn()
            reported = ask_for_reports(reported)
            sealed = seal_the_log(sealed)
            pause = PAUSE
        except OperationalError:
            log.warning("the database does not answer; trying again in %.0f s", pause)
            connection.close()
            done, pause = 0, min(pause * 2, LONGEST_PAUSE)
            if options.once:
                raise
        if options.once and not done:
            return 0
        if not done:
            over.wait(pause)
    return 0


def turn() -> int:
    """One turn; returns how much there was to do."""
    now = timezone.localtime()
    with scoping.acting(Role.JOB, EVERYWHERE, actor_id=WORKING.label, purpose="numbers that come into force"):
        due = policies.put_in_force_due(actor=WORKING, now=now)
    return (
        len(due)
        + outbox.deliver_due(now)
        + notices.deliver_due(now)
        + nightly.do_due(now)
        + imports.work_on_next(holder=HOLDER, clock=timezone.localtime)
    )


def ask_for_reports(last: float) -> float:
    """Once a minute: what the gateway says became of messages. Returns when it was last asked."""
    if time.monotonic() - last < REPORT_SECONDS:
        return last
    notices.fetch_reports(timezone.localtime())
    return time.monotonic()


def seal_the_log(last: float) -> float:
    """Once a minute: the log under seal, its heads copied out. Returns when it was last tried."""
    if time.monotonic() - last < SEAL_SECONDS:
        return last
    try:
        audit.seal_all(timezone.localtime())
        audit.copy_heads(Path(settings.YIYANG_HEADS))
    except HouseError as error:
        log.warning("the log is not under seal yet: %s", error)  # the next minute tries again
    return time.monotonic()
