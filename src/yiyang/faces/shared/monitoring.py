"""Each request gets a number, one line in the log and a place in the figures: view, status, time."""

from __future__ import annotations

import logging
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

log = logging.getLogger("yiyang.requests")
HEADER = "X-Request-ID"
SLOW = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SHARED = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")

REQUESTS = Counter(
    "yiyang_requests", "requests answered", ["face", "view", "method", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "yiyang_request_seconds", "how long they took", ["face", "view"], buckets=SLOW, registry=REGISTRY
)


class Monitoring:
    """Stands outside almost everything, so that refusals, faults and static files are seen as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = uuid.uuid4()
        request.request_id = number  # type: ignore[attr-defined]  # Django's place for per-request facts
        began = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - began
        response[HEADER] = str(number)
        face, view = _place(request)
        method = request.method if request.method in ("GET", "POST", "HEAD", "PUT", "DELETE") else "OTHER"
        REQUESTS.labels(face, view, method, str(response.status_code)).inc()
        SECONDS.labels(face, view).observe(took)
        actor = getattr(request, "actor", None)
        log.info(
            "request",
            extra={
                "request_id": str(number),
                "actor": actor.label if actor is not None else "",
                "view": view,
                "method": method,
                "status": response.status_code,
                "ms": round(took * 1000, 1),
            },
        )
        return response


def _place(request: HttpRequest) -> tuple[str, str]:
    """Face and view by name: an address would carry the code of a person."""
    match = request.resolver_match
    if match is None:
        return "", "static" if request.path.startswith("/static/") else "nothing"
    return match.namespace or "", match.view_name or "unnamed"


def of_all_processes() -> CollectorRegistry:
    """The figures of requests: of every process of pages where they share a folder, else of this one."""
    if not _SHARED:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


def forget_earlier(folder: Path) -> None:
    """Before pages start: figures of processes that ended with the last run."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in folder.glob("*.db"):
        path.unlink(missing_ok=True)
