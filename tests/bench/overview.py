"""``python -m tests.bench.overview``: pages over HTTP on the whole demonstration, 547,019 people.

``yiyang serve`` as shipped (one process of pages, four threads); the client runs on the same machine and
takes its share of the processors. Sessions are made in the database: signing in is not what is measured.
"""

from __future__ import annotations

import argparse
import http.client
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.demo import QUICK, YIYANG
from tests.bench.installation import add_arguments, environment, opened, state_folder
from tests.bench.reporting import report
from tests.bench.scope import percentile

CITY = "1502"
ONE_BY_ONE = 60
CLIENTS = 4
SECONDS = 8.0
PATIENCE = 30.0


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=False)
    options = parser.parse_args(words)
    with state_folder(options) as folder:
        options.state = folder
        scale = ["--scale", QUICK] if options.quick else []
        filled = [YIYANG, "demo", "--no-serve", "--json", *scale]
        subprocess.run(filled, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
        figures: dict[str, float] = {}
        with opened(options, "web") as server:
            cookies = sessions(folder)
            with served(folder) as port:
                for name, path in PAGES.items():
                    figures |= one_by_one(name, port, path, cookies[name])
                for name in ("list", "elder_home"):
                    figures |= many_at_once(name, port, PAGES[name], cookies[name])
            del server
    return report("overview", figures, judged=not options.quick, clients=CLIENTS)


PAGES = {"overview": "/g/", "county_overview": "/g/", "list": "/w/", "elder_home": "/e/"}


def sessions(folder: Path) -> dict[str, str]:
    """A cookie for each page, of the demonstration's own accounts."""
    from django.test import Client

    from tests import signing_in
    from yiyang.accounts.models import User
    from yiyang.people import services as people

    told = json.loads((folder / f"demo-{CITY}.json").read_text("utf-8"))
    (phone, *_rest) = told["people"][0]
    elder = people.accounts_of_phone(phone)[0]
    users = {
        "overview": User.objects.get(login="city.official"),
        "county_overview": User.objects.get(login="county.official"),
        "list": User.objects.get(login="community.one"),
        "elder_home": User.objects.get(pk=elder),
    }
    found: dict[str, str] = {}
    for name, user in users.items():
        client = Client()
        signing_in.by_the_door()
        client.force_login(user)
        found[name] = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    return found


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The pages on a free port; the server is told to stop afterwards and waited for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [YIYANG, "serve", "--port", str(port)]
    serving = subprocess.Popen(words, env=environment(folder, "web"), stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        serving.terminate()
        serving.wait(PATIENCE)


def fetch(connection: http.client.HTTPConnection, path: str, cookie: str) -> float:
    """One page; milliseconds.

    Raises:
        RuntimeError: the answer is not the page.
    """
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path} answered {answer.status} {answer.headers.get('Location', '')}")
    return (time.perf_counter() - began) * 1000


def one_by_one(name: str, port: int, path: str, cookie: str) -> dict[str, float]:
    """One client, one page after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _ in range(ONE_BY_ONE // 10):
        fetch(connection, path, cookie)
    taken = [fetch(connection, path, cookie) for _ in range(ONE_BY_ONE)]
    connection.close()
    return {f"{name}_p50_ms": percentile(taken, 50), f"{name}_p95_ms": percentile(taken, 95)}


def many_at_once(name: str, port: int, path: str, cookie: str) -> dict[str, float]:
    """Some clients for some seconds: pages a second, and how long the slowest twentieth waited."""
    taken: list[float] = []
    faults: list[Exception] = []
    until = time.monotonic() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            while time.monotonic() < until:
                taken.append(fetch(connection, path, cookie))
        except (OSError, RuntimeError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return {f"{name}_per_s": len(taken) / SECONDS, f"{name}_busy_p95_ms": percentile(taken, 95)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
