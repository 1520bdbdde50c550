"""What the doors count, for whoever collects metrics.

The law: labels are names of platforms and words of ours only; nothing of a delivery is one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

__all__ = ["Tallies"]


class Tallies(Collector):
    """The counts of all doors and of the pump behind them, as they stand when asked for."""

    def __init__(
        self,
        doors: Mapping[str, Counter[str]],
        passed_on: Counter[str],
        waiting: Callable[[], int],
    ) -> None:
        self._doors = doors
        self._passed_on = passed_on
        self._waiting = waiting

    def collect(self) -> Iterable[Metric]:
        """Yield the metrics."""
        deliveries = CounterMetricFamily(
            "assist_deliveries", "What became of deliveries.", labels=("platform", "what")
        )
        for platform, counts in self._doors.items():
            for what, count in sorted(counts.items()):
                deliveries.add_metric((platform, what), count)
        yield deliveries
        passed_on = CounterMetricFamily(
            "assist_passed_on", "What became of what was taken in.", labels=("what",)
        )
        for what, count in sorted(self._passed_on.items()):
            passed_on.add_metric((what,), count)
        yield passed_on
        yield GaugeMetricFamily(
            "assist_deliveries_waiting", "What is not passed on yet.", self._waiting()
        )
