"""The figures of this installation as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from yiyang.base import pulse
from yiyang.entitlements.selectors import pulse as entitlements
from yiyang.faces.shared import monitoring

HELP = {
    "outbox_waiting": "events that somebody has still to hear",
    "outbox_failed": "of these, tried at least once",
    "outbox_oldest_seconds": "age of the oldest of them",
    "nightly_ok": "the last run of a step of the night ended well",
    "nightly_age_seconds": "how long ago it began",
    "database_connections": "connections to the database",
    "database_bytes": "its size",
    "sweeps": "sweeps by state",
    "last_sweep_age_seconds": "how long ago the last one ended",
    "last_sweep_people": "people judged by it",
    "last_sweep_refused": "people it had to refuse",
    "last_sweep_seconds": "how long it took",
}


class FromTheDatabase(Collector):
    """Asked at the scrape, so that every process would answer the same."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for figure in [*pulse.figures(), *entitlements.figures()]:
            if figure.name not in families:
                labels = ["of"] if figure.label else []
                says = HELP.get(figure.name, figure.name.replace("_", " "))
                families[figure.name] = GaugeMetricFamily(f"yiyang_{figure.name}", says, labels=labels)
            families[figure.name].add_metric([figure.label] if figure.label else [], figure.value)
        yield from families.values()


def text() -> bytes:
    """Everything, in Prometheus' text form."""
    registry = CollectorRegistry()
    registry.register(FromTheDatabase())
    return generate_latest(registry) + generate_latest(monitoring.of_all_processes())
