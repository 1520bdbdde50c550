"""A stand-in for the service, for the demo and the pages for helpdesks.

The law: it is the panel's stand-in with the platform's side of the wire added, the pages of `/demo`
and `/host`, and a second address on which helpdesks' pages are. Run by itself it shows the demo.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from websockets.sync.server import ServerConnection

from assist.service.framing import Framing

sys.path.insert(0, str(Path(__file__).parent))
import panel_service
from panel_service import Json, PanelService, found, suggestion

ASSIST = Path(__file__).parents[2] / "assist"
DESKS = Path(__file__).parent / "hosts"
HOSTILE = '<img src=x onerror="window.hurt=1">"><script>window.hurt=1</script>'

SAID: dict[str, tuple[tuple[str, str], ...]] = {
    "late": (
        ("bot", "Hi! I am the order robot."),
        ("customer", "😡😡 order 48213 was meant to be here THURSDAY"),
        ("agent", "Hi Hannah, just opening your order now."),
        ("customer", "its for my sons party and thats tomorrow"),
        ("system", "Hannah sent a photo."),
    ),
    "hostile": (("customer", HOSTILE), ("agent", HOSTILE), ("system", HOSTILE)),
}


def sample(name: str) -> list[Json]:
    """Return the turns of a sample, a second apart."""
    turns: list[Json] = [
        {"id": f"t{number}", "role": role, "text": text, "at": f"2026-03-02T10:31:{number:02}Z"}
        for number, (role, text) in enumerate(SAID[name], 1)
    ]
    turns[0]["customer_name"] = "Hannah" if name == "late" else HOSTILE
    return turns


def _words(turn: Json, quote: str) -> list[Json]:
    start = turn["text"].index(quote)
    span = [start, start + len(quote)]
    return [{"turn": turn["id"], "span": span, "cue": "late", "source": "rule:late"}]


def late_parcel(turn: Json) -> list[Json]:
    """Return what the service has to say about a turn of the first sample."""
    if "THURSDAY" in turn["text"]:
        reasons = [
            {
                "text": "a promised day has passed",
                "weight": 0.24,
                "evidence": _words(turn, "THURSDAY"),
            }
        ]
        level = {"level": "watch", "score": 0.42, "trend": "rising", "reasons": reasons}
        line = "A costume that misses the party is no use. I will know more by [time] today."
        card = suggestion("s1", "empathy", [line], "They have been let down.", priority=70)
        card["evidence"] = _words(turn, "meant to be here THURSDAY")
        return [{"type": "escalation", **level}, {"type": "suggestion", "suggestion": card}]
    if "tomorrow" in turn["text"]:
        line = "Would you rather have it sent again today, or your money back?"
        card = suggestion("s2", "offer-choice", [line], "Two ways on.", priority=50)
        return [{"type": "suggestion", "suggestion": card}]
    return []


def hostile(turn: Json) -> list[Json]:
    """Return events in which every text is an attack."""
    if turn["role"] != "customer":
        return []
    words = _words(turn, "<script>")
    reasons = [{"text": HOSTILE, "weight": 0.4, "evidence": words}]
    card = suggestion("s1", "empathy", [HOSTILE], HOSTILE, evidence=words)
    return [
        {
            "type": "escalation",
            "level": "high",
            "score": 0.6,
            "trend": "rising",
            "reasons": reasons,
        },
        {"type": "suggestion", "suggestion": card},
    ]


SCRIPTS = {"late": late_parcel, "hostile": hostile}
LISTED = [
    {"name": name, "title": name, "summary": f"About {name}.", "mood": "tense"} for name in SAID
]


@dataclass
class FakeService(PanelService):
    """One running stand-in; `desk` is the address of the helpdesks' pages, another origin."""

    desk: str = ""
    hosts: list[str] = field(default_factory=list)
    token_path: str | None = None
    silent: bool = False
    listed: list[Json] = field(default_factory=lambda: list(LISTED))

    def file(self, path: str) -> tuple[str, bytes | None]:
        """Return kind and content of what the pages may ask for."""
        framing = Framing(hosts=tuple(self.hosts), token_path=self.token_path)
        told: dict[str, Any] = {
            "/config.json": {"ws": self.ws},
            "/host/config.json": {"ws": self.ws, **framing.told()},
            "/samples": self.listed,
            **{f"/samples/{name}": sample(name) for name in SAID},
        }
        if path in told:
            return "application/json", json.dumps(told[path]).encode()
        if unquote(path.removeprefix("/samples/")) in {one["name"] for one in self.listed}:
            return "application/json", json.dumps(sample("late")).encode()
        if path == self.token_path:
            return "text/plain", b"a-token\n"
        for room in ("/demo/", "/host/"):
            if path.startswith(room):
                return found(ASSIST / "widget" / room.strip("/"), path.removeprefix(room))
        return found(ASSIST / "widget", "demo/index.html") if path == "/" else super().file(path)

    def policy(self, path: str) -> str:
        """Return a policy as strict as that of the real service, with what is framed as there."""
        place = self.ws.removesuffix("/v1").removeprefix("ws://")
        return Framing(hosts=tuple(self.hosts)).policy(path, _policy(place))

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers of the real service."""
        public = {"Access-Control-Allow-Origin": "*"} if path.startswith("/host/") else {}
        return {**super().headers(path), **public, "Referrer-Policy": "no-referrer"}

    def _answer(self, connection: ServerConnection, message: Json) -> None:
        kind, name = message["type"], message.get("conversation", "")
        if kind not in {"open", "turn", "close"}:
            super()._answer(connection, message)
            return
        position = {"epoch": self.epoch, "offset": self.offset}
        kept = {"re": message.get("id"), "conversation": name, "position": position}
        connection.send(json.dumps({"type": "ack", **kept}))
        if kind == "close":
            self.say(name, self.summary(name))
        if kind == "turn" and not self.silent:
            self._react(name, message["turn"])

    def _react(self, name: str, turn: Json) -> None:
        for event in SCRIPTS[name.split("-")[1]](turn):
            if event["type"] == "suggestion":
                self.suggestions.setdefault(name, []).append(event["suggestion"])
            self.say(name, {"turn": turn["id"], **event})


def _policy(place: str) -> str:
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' ws://{place}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types lit-html"
    )


@dataclass
class Desk(PanelService):
    """The address of the helpdesks' pages: another origin, with a policy of its own."""

    home: str = ""

    def file(self, path: str) -> tuple[str, bytes | None]:
        """Return kind and content of a helpdesk's page; in it, HOME is the service's address."""
        kind, body = found(DESKS, path[1:])
        return kind, body and body.replace(b"HOME/", self.home.encode())

    def policy(self, path: str) -> str:
        """Return what a helpdesk allows: its own scripts, and our pages."""
        return f"script-src 'self' {self.home}host/; connect-src {self.home}; frame-src {self.home}"


@contextmanager
def running() -> Iterator[FakeService]:
    """Run a stand-in until the block ends."""
    with panel_service.running(FakeService) as fake, panel_service.running(Desk) as desk:
        desk.home = fake.url
        fake.desk = desk.url
        fake.hosts = [desk.url.rstrip("/")]
        yield fake


if __name__ == "__main__":
    with running() as fake:
        print(fake.url)
        threading.Event().wait()
