"""A stand-in for the service: the page's files, two short samples and scripted events.

The law: it speaks the wire as written in the protocol and decides nothing. Run it by itself
(`python tests/browser/fake_service.py`) to look at the page without the real service.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

ASSIST = Path(__file__).parents[2] / "assist"
PAGE = ASSIST / "widget" / "demo"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
HOSTILE = '<img src=x onerror="window.hurt=1">"><script>window.hurt=1</script>'

Json = dict[str, Any]

TURNS: dict[str, tuple[tuple[str, str], ...]] = {
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
    turns = [
        {"id": f"t{number}", "role": role, "text": text, "at": f"2026-03-02T10:31:{number:02}Z"}
        for number, (role, text) in enumerate(TURNS[name], 1)
    ]
    turns[0]["customer_name"] = "Hannah" if name == "late" else HOSTILE
    return turns


def evidence(turn: str, text: str, *quotes: str) -> list[Json]:
    """Return evidence for each quote, counted in code points."""
    return [
        {
            "turn": turn,
            "span": [text.index(quote), text.index(quote) + len(quote)],
            "cue": "late",
            "source": "rule:late",
        }
        for quote in quotes
    ]


def late_parcel(turn: Json) -> list[Json]:
    """Return what the service has to say about a turn of the first sample."""
    text, at = turn["text"], turn["id"]
    if "THURSDAY" in text:
        return [_reading(at, -0.6, "negative"), _escalation(at, text), _empathy(at, text), LEDGER]
    if "tomorrow" in text:
        return [_reading(at, -0.2, "neutral"), _choice(at, text)]
    return []


def hostile(turn: Json) -> list[Json]:
    """Return events in which every text is an attack."""
    if turn["role"] != "customer":
        return []
    words = evidence(turn["id"], turn["text"], "<script>")
    reasons = [{"text": HOSTILE, "weight": 0.4, "evidence": words}]
    suggestion = {
        **_suggestion("s1", HOSTILE, "empathy", [HOSTILE], words),
        "slots": [{"name": HOSTILE, "line": 0, "span": [0, 4]}],
        "why": HOSTILE,
    }
    entry = {"id": "l1", "kind": "promise", "owner": "agent", "what": HOSTILE, "state": "open"}
    return [
        {"type": "escalation", **_level("high", 0.6, "rising"), "reasons": reasons},
        {"type": "suggestion", "suggestion": suggestion},
        {"type": "ledger", "entries": [{**entry, "evidence": words}]},
    ]


def review(draft: str) -> Json:
    """Return the check of a draft: it dislikes one word."""
    word = "Unfortunately"
    if word not in draft:
        return {"findings": [], "tension": {"before": 0.42, "after": 0.36}}
    start = draft.index(word)
    better = draft.replace(f"{word} we can't", "[time] is when I can")
    finding = {
        "technique": "positive-language",
        "rule": "positive-language/unfortunately",
        "span": [start, start + len(word)],
        "message": "Starts with what can’t be done.",
        "why": "People hear the no and stop reading.",
        "rewrites": [
            {
                "text": better,
                "edits": [{"span": [start, start + len(word) + 9], "text": "[time] is when I can"}],
                "fills": [{"name": "time", "span": [start, start + 6]}],
            }
        ],
    }
    return {"findings": [finding], "tension": {"before": 0.42, "after": 0.55}}


def _reading(turn: str, score: float, label: str) -> Json:
    empty: Json = {"emotions": [], "causes": [], "risks": [], "needs": []}
    return {
        "type": "reading",
        "turn": turn,
        "sentiment": {"score": score, "label": label},
        **empty,
    }


def _level(level: str, score: float, trend: str) -> Json:
    return {"level": level, "score": score, "trend": trend}


def _escalation(turn: str, text: str) -> Json:
    due, loud = evidence(turn, text, "meant to be here", "THURSDAY")
    reasons = [
        {"text": "a promised day has passed", "weight": 0.24, "evidence": [due]},
        {"text": "writes in capitals", "weight": 0.12, "evidence": [loud]},
        {"text": "the agent answered at once", "weight": -0.04, "evidence": []},
        {"text": "where any chat starts", "weight": 0.1, "evidence": []},
    ]
    return {"type": "escalation", **_level("watch", 0.42, "rising"), "reasons": reasons}


def _suggestion(name: str, why: str, technique: str, lines: list[str], words: list[Json]) -> Json:
    return {
        "id": name,
        "technique": technique,
        "rule": f"{technique}/late",
        "kind": "reply",
        "lines": lines,
        "slots": [],
        "why": why,
        "evidence": words,
        "priority": 70,
        "expires_after_turn": 2,
    }


def _empathy(turn: str, text: str) -> Json:
    line = "A costume that misses the party is no use. I will know more by [time] today."
    span = [line.index("[time]"), line.index("[time]") + 6]
    why = "They have been let down once; naming it comes before any fix."
    words = evidence(turn, text, "meant to be here THURSDAY")
    made = _suggestion("s1", why, "empathy", [line], words)
    return {
        "type": "suggestion",
        "suggestion": {**made, "slots": [{"name": "time", "line": 0, "span": span}]},
    }


def _choice(turn: str, text: str) -> Json:
    line = "Would you rather have it sent again today, or your money back?"
    made = _suggestion(
        "s2", "Two ways on, and theirs to pick.", "offer-choice", [line],
        evidence(turn, text, "tomorrow"),
    )  # fmt: skip
    return {"type": "suggestion", "suggestion": {**made, "priority": 50}}


LEDGER: Json = {
    "type": "ledger",
    "entries": [
        {
            "id": "l1",
            "kind": "promise",
            "owner": "agent",
            "what": "ring the depot",
            "due": "2026-03-02T11:00:00Z",
            "state": "open",
            "evidence": [],
        }
    ],
}

SCRIPTS = {"late": late_parcel, "hostile": hostile}


@dataclass
class FakeService:
    """One running stand-in: what it heard, and a way to speak, break off and stay away."""

    http: ThreadingHTTPServer | None = None
    server: Server | None = None
    heard: list[Json] = field(default_factory=list)
    agents: list[ServerConnection] = field(default_factory=list)
    open: list[ServerConnection] = field(default_factory=list)
    away: bool = False
    silent: bool = False
    offset: int = 0

    @property
    def url(self) -> str:
        """Return the page's address."""
        assert self.http is not None
        return f"http://127.0.0.1:{self.http.server_port}/"

    @property
    def ws(self) -> str:
        """Return the address of the wire."""
        assert self.server is not None
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/v1"

    def of(self, kind: str) -> list[Json]:
        """Return the messages of that type heard so far."""
        return [message for message in self.heard if message["type"] == kind]

    def say(self, conversation: str, event: Json) -> None:
        """Tell the agents an event with the next position."""
        self.offset += 1
        position = {"epoch": "e", "offset": self.offset}
        for agent in list(self.agents):
            agent.send(json.dumps({**event, "conversation": conversation, "position": position}))

    def drop(self) -> None:
        """Break every connection and answer none until `away` is False."""
        self.away = True
        for connection in list(self.open):
            connection.close(1012)

    def converse(self, connection: ServerConnection) -> None:
        """Answer one connection until it ends."""
        if self.away:
            connection.close(1013)
            return
        self.open.append(connection)
        try:
            for frame in connection:
                self._answer(connection, json.loads(frame))
        except ConnectionClosed:
            pass
        finally:
            self.open.remove(connection)
            self.agents = [agent for agent in self.agents if agent is not connection]

    def _answer(self, connection: ServerConnection, message: Json) -> None:
        self.heard.append(message)
        answers = {
            "hello": self._hello, "open": self._ack, "close": self._ack, "turn": self._turn,
            "subscribe": self._subscribe, "draft": self._draft,
        }  # fmt: skip
        if answer := answers.get(message["type"]):
            answer(connection, message)

    def _hello(self, connection: ServerConnection, message: Json) -> None:
        limits = {"frame_bytes": 65536, "text_chars": 8000, "turns_per_second": 50}
        pack = {"name": "core", "version": "1"}
        welcome = {"type": "welcome", "protocol": 1, "server": "0", "pack": pack, "limits": limits}
        connection.send(json.dumps({**welcome, "resume_window_s": 60}))

    def _ack(self, connection: ServerConnection, message: Json) -> None:
        position = {"epoch": "e", "offset": self.offset}
        kept = {"re": message.get("id"), "conversation": message["conversation"]}
        connection.send(json.dumps({"type": "ack", **kept, "position": position}))

    def _turn(self, connection: ServerConnection, message: Json) -> None:
        self._ack(connection, message)
        script = SCRIPTS[message["conversation"].split("-")[1]]
        for event in [] if self.silent else script(message["turn"]):
            self.say(message["conversation"], event)

    def _subscribe(self, connection: ServerConnection, message: Json) -> None:
        snapshot = {
            "type": "snapshot",
            "conversation": message["conversation"],
            "position": {"epoch": "e", "offset": self.offset},
            "escalation": {**_level("calm", 0.1, "steady"), "reasons": []},
            "sentiment": None,
            "suggestions": [],
            "ledger": [],
            "turns": 0,
            "coverage": [],
        }
        connection.send(json.dumps(snapshot))
        self.agents.append(connection)

    def _draft(self, connection: ServerConnection, message: Json) -> None:
        kept = {"conversation": message["conversation"], "revision": message["revision"]}
        connection.send(json.dumps({"type": "review", **kept, **review(message["text"])}))


class _Files(ThreadingHTTPServer):
    request_queue_size = 64  # a page asks for all its modules at once
    daemon_threads = True


def _policy(ws: str) -> str:
    origin = ws.removesuffix("/v1")
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"connect-src 'self' {origin}; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )


def _handler(fake: FakeService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = _page(fake, self.path.partition("?")[0])
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", _policy(fake.ws))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _page(fake: FakeService, path: str) -> tuple[str, bytes | None]:
    served = {
        "/config.json": {"ws": fake.ws, "version": "0"},
        "/samples": [
            {"name": name, "title": f"The {name} one", "summary": f"About {name}.", "mood": "tense"}
            for name in TURNS
        ],
        **{f"/samples/{name}": sample(name) for name in TURNS},
    }
    if path in served:
        return "application/json", json.dumps(served[path]).encode()
    file = PAGE / ("index.html" if path == "/" else Path(path).name)
    if not file.is_file():
        return "text/plain", None
    return KINDS[file.suffix], file.read_bytes()


@contextmanager
def running() -> Iterator[FakeService]:
    """Run a stand-in on two free ports until the block ends."""
    fake = FakeService()
    with (
        serve(fake.converse, "127.0.0.1", 0, subprotocols=["assist.v1"]) as server,  # type: ignore[list-item]
        _Files(("127.0.0.1", 0), _handler(fake)) as http,
    ):
        fake.server, fake.http = server, http
        threads = [
            threading.Thread(target=server.serve_forever, daemon=True),
            threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True),
        ]
        for thread in threads:
            thread.start()
        yield fake
        fake.drop()
        http.shutdown()
        server.shutdown()
        for thread in threads:
            thread.join(timeout=5)


if __name__ == "__main__":
    with running() as fake:
        print(fake.url)
        threading.Event().wait()
