"""``yiyang serve``: pages by granian, and with ``--all`` the process that works off news, in one terminal."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from yiyang.engine.errors import Refused
from yiyang.site import starting

PATIENCE = 10.0


class PortTaken(Refused):
    code = "site.port_taken"
    message = "端口被占用"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4, help="threads of each process of pages")
    parser.add_argument("--all", action="store_true", help="work off news and scheduled numbers as well")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop.

    Raises:
        PortTaken: somebody else listens there already.
    """
    check_port(options.host, options.port)
    _share_figures()
    print(f"serving http://{_spoken(options.host)}:{options.port}/  (stop with Ctrl+C)", file=sys.stderr)
    parts = [_pages(options)]
    if options.all:
        parts.append([sys.executable, "-m", "yiyang.site.cli", "work"])
    return _together(parts)


def _share_figures() -> None:
    """All processes of pages count into one folder, emptied before they start."""
    from yiyang.faces.shared import monitoring

    folder = starting.state_folder() / "metrics"
    monitoring.forget_earlier(folder)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def check_port(host: str, port: int) -> None:
    """Raises PortTaken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port"
            ) from error


def _spoken(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104


def _pages(options: argparse.Namespace) -> list[str]:
    granian = Path(sys.executable).with_name("granian")
    return [
        str(granian),
        "--interface",
        "wsgi",
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--workers",
        str(options.workers),
        "--blocking-threads",
        str(options.threads),
        "--log-level",
        "warning",
        "--no-ws",
        "yiyang.site.wsgi:application",
    ]


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _together(parts: list[list[str]]) -> int:
    """All parts stop when one does, or when we are told to."""
    web = {**os.environ, "YIYANG_PROCESS": "web"}
    # Each part leads a group of its own, so that its children end with it.
    running = [subprocess.Popen(words, env=web, start_new_session=True) for words in parts]

    def stop(_number: int, _frame: object) -> None:
        for process in running:
            _signal(process, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    codes: list[int] = []
    while not codes:
        for process in running:
            try:
                codes.append(process.wait(0.5))
            except subprocess.TimeoutExpired:
                continue
    stop(signal.SIGTERM, None)
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
    return 0 if codes[0] in (0, -signal.SIGTERM, 128 + signal.SIGTERM) else 1
