"""What the service counts.

The law: numbers and names from closed sets of ours only; no id and no word of a chat is a label.
What stands (queues, levels, threads) is asked for when somebody looks, and kept nowhere.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assist.__about__ import __version__
from assist.core.conversation import Conversation
from assist.wire.messages import (
    AlertMessage,
    EscalationMessage,
    Feedback,
    Retract,
    ServerEvent,
    SuggestionMessage,
    TurnMessage,
)

__all__ = ["STAGES", "Metrics", "Readout"]

STAGES: Final = ("parse", "wait", "store", "queue", "analyse", "send")
"""Of a turn: read its frame, wait for the turns before it, store it durably, wait for a thread,
think, and hand what came of it to the socket."""

_SECONDS = (
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """How things stand right now.

    `queues` are messages waiting, by place; `levels` conversations in memory, by level;
    `degraded` what does not work, each from a closed set.
    """

    queues: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    degraded: Iterable[str] = ()
    sockets: int = 0
    abandoned: int = 0


# When a counter was first seen says nothing to an operator, and doubles every line.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """Counters of one service, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = self._counter("turns", "Turns stored, by who spoke.", "role")
        self.events = self._counter("events", "Events numbered, by type.", "type")
        self.suggestions = self._counter(
            "suggestions", "Suggestions made, by technique.", "technique"
        )
        self.feedback = self._counter(
            "feedback",
            "What agents said of suggestions, by technique: shown, inserted, dismissed and so on.",
            "technique",
            "action",
        )
        self.retracted = self._counter("retracted", "Suggestions taken away, by reason.", "reason")
        self.escalations = self._counter("escalations", "Changes of the level, by level.", "level")
        self.alerts = self._counter("alerts", "Alerts to supervisors, by level.", "level")
        self.rewrites = self._counter(
            "rewrites", "Rewrites of drafts, offered or dropped by a law.", "fate"
        )
        self.errors = self._counter("errors", "Errors answered or met, by code.", "code")
        self.closings = self._counter("closings", "Connections ended by us, by code.", "code")
        self.overruns = self._counter(
            "overruns", "Inputs over the analysis budget, by how they were read.", "manner"
        )
        self.late = self._counter(
            "late",
            "Readings over the budget, by fate: told, dropped as the chat went on, or too late.",
            "fate",
        )
        self.connections = self._gauge("connections", "Connections open now, by role.", "role")
        self.rooms = self._gauge("conversations", "Conversations in memory now.")
        self.loop_lag = self._gauge("loop_lag_seconds", "How late the loop woke up, last time.")
        self._gauge("build_info", "1, for the version that runs.", "version").labels(
            __version__
        ).set(1)
        self.stages = Histogram(
            "assist_stage_seconds",
            "Time in each stage of a turn.",
            ("stage",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        for stage in STAGES:
            self.stages.labels(stage)
        self.turn_seconds = Histogram(
            "assist_turn_seconds",
            "From a turn's arrival to its last event's sending.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)

    def told(self, event: ServerEvent) -> None:
        """Count an event that a conversation told."""
        self.events.labels(event.type).inc()
        match event:
            case SuggestionMessage():
                self.suggestions.labels(event.suggestion.technique).inc()
            case Retract():
                self.retracted.labels(event.reason).inc()
            case EscalationMessage():
                self.escalations.labels(event.level).inc()
            case AlertMessage():
                self.alerts.labels(event.level).inc()
            case _:
                pass

    def heard(self, entry: object, conversation: Conversation) -> None:
        """Count an input that was stored, before it takes effect on `conversation`."""
        match entry:
            case TurnMessage():
                self.turns.labels(entry.turn.role).inc()
            case Feedback():
                for card in conversation.standing:
                    if card.id == entry.suggestion:
                        self.feedback.labels(card.technique, entry.action).inc()
            case _:
                pass

    def watch(self, ask: Callable[[], Readout]) -> None:
        """Tell how things stand, by asking whenever somebody looks."""
        self.registry.register(_Stands(ask))

    def exposition(self) -> bytes:
        """Return all of it in the text format of Prometheus."""
        return generate_latest(self.registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"assist_{name}", words, labels, registry=self.registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"assist_{name}", words, labels, registry=self.registry)


class _Stands(Collector):
    """Turns a `Readout` into gauges."""

    def __init__(self, ask: Callable[[], Readout]) -> None:
        self._ask = ask

    def collect(self) -> Iterable[Metric]:
        """Ask, and return the gauges."""
        now = self._ask()
        yield _labelled("queued", "Messages that wait, by place.", "queue", now.queues)
        yield _labelled("levels", "Conversations in memory, by level.", "level", now.levels)
        yield _labelled(
            "degraded",
            "1 for each part that does not work.",
            "part",
            dict.fromkeys(now.degraded, 1),
        )
        yield GaugeMetricFamily("assist_sockets", "Sockets open now.", now.sockets)
        yield GaugeMetricFamily(
            "assist_abandoned", "Threads given up that have not ended.", now.abandoned
        )


def _labelled(name: str, words: str, label: str, values: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"assist_{name}", words, labels=(label,))
    for value, number in values.items():
        family.add_metric((value,), number)
    return family
