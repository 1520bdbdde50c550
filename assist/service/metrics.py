"""What the service counts.

The law: numbers and names from closed sets of ours only; no id and no word of a chat is a label.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["Metrics"]

_SECONDS = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
)  # fmt: skip


class Metrics:
    """Counters of one service, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = self._counter("assist_turns", "Turns stored, by who spoke.", "role")
        self.events = self._counter("assist_events", "Events numbered, by type.", "type")
        self.suggestions = self._counter(
            "assist_suggestions", "Suggestions made, by technique.", "technique"
        )
        self.rewrites = self._counter(
            "assist_rewrites", "Rewrites of drafts, offered or dropped by a law.", "fate"
        )
        self.errors = self._counter("assist_errors", "Errors answered or met, by code.", "code")
        self.closings = self._counter("assist_closings", "Connections ended by us.", "code")
        self.connections = Gauge(
            "assist_connections",
            "Connections open now, by role.",
            ("role",),
            registry=self.registry,
        )
        self.rooms = Gauge(
            "assist_conversations", "Conversations in memory now.", registry=self.registry
        )
        self.append_seconds = self._seconds("append", "Until an input was durably stored.")
        self.analyse_seconds = self._seconds("analyse", "In the line, for one input.")
        self.turn_seconds = self._seconds(
            "turn", "From a turn's arrival to its last event's sending."
        )

    def exposition(self) -> bytes:
        """Return all of it in the text format of Prometheus."""
        return generate_latest(self.registry)

    def _counter(self, name: str, words: str, label: str) -> Counter:
        return Counter(name, words, (label,), registry=self.registry)

    def _seconds(self, name: str, words: str) -> Histogram:
        return Histogram(f"assist_{name}_seconds", words, buckets=_SECONDS, registry=self.registry)
