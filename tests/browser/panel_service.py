"""A stand-in for the service, for the panel: two chats, scripted, and a page that holds it.

The law: it speaks the wire as written in the protocol and decides nothing. The page is served with
the strictest policy the panel is promised to live under. Run it by itself to look at the panel.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from assist.core.techniques import TECHNIQUES

sys.path.insert(0, str(Path(__file__).parent))
from panel_chats import (
    COVERAGE,
    FEELINGS,
    LEDGER,
    MOMENTS,
    RECORD,
    SUGGESTIONS,
    TURNS,
    Json,
    level,
    review,
    suggestion,
    turns,
)

__all__ = ["TURNS", "Json", "PanelService", "found", "level", "running", "suggestion"]

Kind = TypeVar("Kind", bound="PanelService")

HERE = Path(__file__).parent
PANEL = HERE.parents[1] / "assist" / "widget" / "panel"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


@dataclass
class PanelService:
    """One running stand-in: what it heard, and a way to speak, break off and stay away."""

    http: ThreadingHTTPServer | None = None
    server: Server | None = None
    heard: list[Json] = field(default_factory=list)
    following: dict[str, set[ServerConnection]] = field(default_factory=dict)
    open: list[ServerConnection] = field(default_factory=list)
    away: bool = False
    mute: bool = False
    refuse: int = 0
    epoch: str = "e1"
    offset: int = 5
    levels: dict[str, Json] = field(default_factory=dict)
    speaking: threading.RLock = field(default_factory=threading.RLock)
    suggestions: dict[str, list[Json]] = field(
        default_factory=lambda: {name: list(cards) for name, cards in SUGGESTIONS.items()}
    )

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

    def acted(self) -> list[Json]:
        """Return the feedback other than that something was shown."""
        return [one for one in self.of("feedback") if one["action"] != "shown"]

    def say(self, conversation: str, event: Json) -> None:
        """Tell the followers an event with the next position."""
        with self.speaking:
            self.offset += 1
            position = {"epoch": self.epoch, "offset": self.offset}
            told = {"turn": None, **event, "conversation": conversation, "position": position}
            if event["type"] == "escalation":
                self.levels[conversation] = {key: event[key] for key in level(conversation)}
            for agent in list(self.following.get(conversation, ())):
                agent.send(json.dumps(told))

    def suggest(self, conversation: str, card: Json) -> None:
        """Offer a card."""
        self.suggestions.setdefault(conversation, []).append(card)
        self.say(conversation, {"type": "suggestion", "suggestion": card})

    def retract(self, conversation: str, card: str, reason: str) -> None:
        """Take a card back, where it stands."""
        standing = self.suggestions.get(conversation, [])
        if any(one["id"] == card for one in standing):
            self.suggestions[conversation] = [one for one in standing if one["id"] != card]
            self.say(conversation, {"type": "retract", "suggestion": card, "reason": reason})

    def drop(self, code: int = 1012) -> None:
        """Break every connection and answer none until `away` is False."""
        self.away = True
        for connection in list(self.open):
            connection.close(code)

    def converse(self, connection: ServerConnection) -> None:
        """Answer one connection until it ends."""
        if self.away or self.refuse:
            connection.close(self.refuse or 1013)
            return
        self.open.append(connection)
        try:
            for frame in connection:
                message = json.loads(frame)
                self.heard.append(message)
                if not self.mute:
                    with self.speaking:
                        self._answer(connection, message)
        except ConnectionClosed:
            pass
        finally:
            self.open.remove(connection)
            for followers in self.following.values():
                followers.discard(connection)

    def file(self, path: str) -> tuple[str, bytes | None]:
        """Return kind and content of what the page may ask for, None where there is nothing."""
        if path == "/config.json":
            told = {"ws": self.ws, "turns": {name: turns(name) for name in TURNS}}
            return "application/json", json.dumps(told).encode()
        if path == "/favicon.ico":
            return "image/x-icon", b""
        if path.startswith("/panel/"):
            return found(PANEL, path[7:])
        return found(HERE, path[1:] or "panel_page.html")

    def policy(self, path: str) -> str:
        """Return the content security policy of what is at `path`."""
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; "
            "form-action 'none'; "
            f"connect-src 'self' {self.ws.removesuffix('/v1')}; "
            "require-trusted-types-for 'script'; trusted-types lit-html; frame-ancestors 'none'"
        )

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers of what is at `path`."""
        return {"Content-Security-Policy": self.policy(path)}

    def _answer(self, connection: ServerConnection, message: Json) -> None:
        name = message.get("conversation", "")
        position = {"epoch": self.epoch, "offset": self.offset}
        kept = {"re": message.get("id"), "conversation": name, "position": position, "turn": None}
        match message["type"]:
            case "hello":
                limits = {"frame_bytes": 65536, "text_chars": 8000, "turns_per_second": 50}
                pack = {"name": "core", "version": "1"}
                told = {
                    "type": "welcome",
                    "protocol": 1,
                    "server": "0",
                    "pack": pack,
                    "limits": limits,
                    "techniques": TECHNIQUES,
                }
                connection.send(json.dumps({**told, "resume_window_s": 60}))
            case "subscribe":
                connection.send(json.dumps({**kept, **self._snapshot(name, message)}))
                self.following.setdefault(name, set()).add(connection)
            case "summarise":
                connection.send(json.dumps({**kept, **self.summary(name)}))
            case "draft":
                told = {"type": "review", "conversation": name, "revision": message["revision"]}
                connection.send(json.dumps({**told, **review(message["text"])}))
            case "feedback":
                connection.send(json.dumps({**kept, "type": "ack"}))
                reasons = {
                    "inserted": "used",
                    "edited": "used",
                    "copied": "used",
                    "dismissed": "moved-on",
                    "snoozed": "snoozed",
                }
                if reason := reasons.get(message["action"]):
                    self.retract(name, message["suggestion"], reason)
            case "snooze":
                connection.send(json.dumps({**kept, "type": "ack"}))
            case "held":
                told = {"type": "held-back", "moments": MOMENTS.get(name, []), "snoozed": []}
                connection.send(json.dumps({**kept, **told}))

    def _snapshot(self, name: str, message: Json) -> Json:
        after = message.get("after")
        recovered = {"recovered": after["epoch"] == self.epoch} if after else {}
        return {
            "type": "snapshot",
            "escalation": self.levels.get(name) or level(name),
            "sentiment": {"score": 0, "label": "neutral"},
            "suggestions": self.suggestions.get(name, []),
            "ledger": LEDGER.get(name, []),
            "turns": len(TURNS.get(name, ())),
            "coverage": COVERAGE.get(name, []),
            **recovered,
        }

    def summary(self, name: str) -> Json:
        """Return the record of a chat so far."""
        feeling = [{"turn": f"{name}-{n}", "score": score} for n, score in FEELINGS.get(name, ())]
        return {
            "type": "summary",
            "problem": "The dinosaur costume is late for tomorrow’s party.",
            "causes": ["cause.delay", "cause.unmet-promise"],
            "feeling": feeling,
            "offered": ["a second one by bike, before 7 tonight"],
            "agreed": ["delivery today, 2.30 to 4"],
            "open": ["check at 4.15 and write either way"],
            "coverage": COVERAGE.get(name, []),
            "record": RECORD,
        }


def found(folder: Path, place: str) -> tuple[str, bytes | None]:
    """Return kind and content of a file that a page may have, None for any other."""
    file = folder / place
    if file.suffix not in KINDS or not file.is_file():
        return "text/plain", None
    return KINDS[file.suffix], file.read_bytes()


def _handler(fake: PanelService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            kind, body = fake.file(path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            for name, value in fake.headers(path).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


class _Files(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


@contextmanager
def running(kind: type[Kind] = PanelService) -> Iterator[Kind]:  # type: ignore[assignment]
    """Run a stand-in of that kind on two free ports until the block ends."""
    fake = kind()
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
            thread.join(timeout=60)


if __name__ == "__main__":
    with running() as fake:
        print(f"{fake.url}?conversation=late&chats")
        threading.Event().wait()
