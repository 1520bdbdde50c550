"""A stand-in for the service, for the supervisors' wall: tense chats, alerts, and a record each.

The law: it speaks the wire as written in the protocol and decides nothing; what one supervisor
acknowledges every supervisor is told of. Run it by itself to look at the wall.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from assist.core.techniques import TECHNIQUES

__all__ = ["WallService", "alert", "chats", "running"]

Json = dict[str, Any]
WIDGET = Path(__file__).parents[2] / "assist" / "widget"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
REASONS = {
    "critical": (
        ("may take legal steps", 0.4),
        ("asks for a manager", 0.3),
        ("third contact", 0.2),
    ),
    "high": (("a promised day has passed", 0.35), ("writes in capitals", 0.2)),
    "watch": (("asks whether anything was done", 0.2), ("where any chat starts", 0.1)),
    "calm": (("where any chat starts", 0.06),),
}
TRENDS = {"critical": "rising", "high": "rising", "watch": "steady", "calm": "falling"}


def escalation(level: str) -> Json:
    """Return how a chat of that level stands."""
    reasons = [{"text": text, "weight": weight, "evidence": []} for text, weight in REASONS[level]]
    score = round(sum(reason["weight"] for reason in reasons), 2)
    return {"level": level, "score": score, "trend": TRENDS[level], "reasons": reasons}


def alert(name: str, level: str = "critical") -> Json:
    """Return an alert that nobody has acknowledged."""
    reasons = escalation(level)["reasons"]
    return {"id": f"alert-{name}", "level": level, "reasons": reasons, "turn": "t3"}


def chats(*, many: int = 0) -> dict[str, Json]:
    """Return chats by name: a few of each level, or `many` of them."""
    levels = ("watch", "high", "critical")
    few = {"order-48213": "high", "billing-7": "critical", "returns-19": "watch"}
    named = {f"chat-{n:03}": levels[n % 3] for n in range(many)} if many else few
    return {
        name: {"escalation": escalation(level), "alerts": [alert(name)] * (level == "critical")}
        for name, level in named.items()
    }


@dataclass
class WallService:
    """One running stand-in: what it heard, and a way to speak, break off and stay away."""

    http: ThreadingHTTPServer | None = None
    server: Server | None = None
    heard: list[Json] = field(default_factory=list)
    open: list[ServerConnection] = field(default_factory=list)
    following: list[ServerConnection] = field(default_factory=list)
    chats: dict[str, Json] = field(default_factory=chats)
    token: str = ""
    mute: bool = False
    away: bool = False
    refuse: int = 0
    offset: int = 5
    speaking: threading.RLock = field(default_factory=threading.RLock)

    @property
    def url(self) -> str:
        """Return the page's address."""
        assert self.http is not None
        return f"http://127.0.0.1:{self.http.server_port}/wall/"

    @property
    def ws(self) -> str:
        """Return the address of the wire."""
        assert self.server is not None
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/v1"

    def of(self, kind: str) -> list[Json]:
        """Return the messages of that type heard so far."""
        return [message for message in self.heard if message["type"] == kind]

    def say(self, conversation: str, event: Json) -> None:
        """Tell every supervisor an event with the next position."""
        with self.speaking:
            self.offset += 1
            position = {"epoch": "e1", "offset": self.offset}
            told = {"turn": None, **event, "conversation": conversation, "position": position}
            for supervisor in list(self.following):
                supervisor.send(json.dumps(told))

    def rise(self, conversation: str, level: str) -> None:
        """Let a chat's level change; with `critical` an alert is raised."""
        chat = self.chats.setdefault(conversation, {"alerts": []})
        chat["escalation"] = escalation(level)
        known = {key: chat[key] for key in ("customer",) if key in chat}
        self.say(conversation, {"type": "escalation", **escalation(level), **known})
        if level == "critical":
            raised = alert(conversation)
            chat["alerts"] = [raised]
            self.say(conversation, {"type": "alert", **raised, "alert": raised["id"]})

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
                if message["type"] == "hello" and (message.get("token") or "") != self.token:
                    connection.close(4101)
                elif not self.mute:
                    with self.speaking:
                        self._answer(connection, message)
        except ConnectionClosed:
            pass
        finally:
            self.open.remove(connection)
            if connection in self.following:
                self.following.remove(connection)

    def _answer(self, connection: ServerConnection, message: Json) -> None:
        name = message.get("conversation", "")
        position = {"epoch": "e1", "offset": self.offset}
        kept = {"re": message.get("id"), "conversation": name, "position": position, "turn": None}
        match message["type"]:
            case "hello":
                told = {"type": "welcome", "protocol": 1, "server": "0"}
                connection.send(json.dumps({**told, "techniques": TECHNIQUES}))
            case "subscribe":
                missed = {"recovered": False} if message.get("after") else {}
                connection.send(json.dumps({**_stands(name, kept, {}), **missed}))
                for chat, state in self.chats.items():
                    connection.send(json.dumps(_stands(chat, {**kept, "re": None}, state)))
                self.following.append(connection)
            case "summarise":
                connection.send(json.dumps({**kept, **_record(name)}))
            case "acknowledge":
                self._acknowledge(connection, message, kept)

    def _acknowledge(self, connection: ServerConnection, message: Json, kept: Json) -> None:
        chat = self.chats.get(kept["conversation"], {"alerts": []})
        left = [one for one in chat["alerts"] if one["id"] != message["alert"]]
        if len(left) == len(chat["alerts"]):
            told = {"type": "error", "code": "alert.unknown", "retry": False}
            words = "`alert`: this conversation has no such alert."
            connection.send(json.dumps({**told, "re": kept["re"], "message": words}))
            return
        chat["alerts"] = left
        connection.send(json.dumps({**kept, "type": "ack"}))
        self.say(kept["conversation"], {"type": "acknowledged", "alert": message["alert"]})


def _stands(name: str, kept: Json, state: Json) -> Json:
    calm = escalation("calm")
    told = {"escalation": calm, "suggestions": [], "ledger": [], "turns": 3, "alerts": [], **state}
    return {**kept, "type": "snapshot", "coverage": [], **told, "conversation": name}


def _record(name: str) -> Json:
    return {
        "type": "summary",
        "problem": f"The costume of {name} is late for tomorrow’s party.",
        "causes": ["cause.delay", "cause.unmet-promise"],
        "feeling": [{"turn": "t1", "score": 0.3}, {"turn": "t3", "score": -0.8}],
        "offered": ["a second one by bike, before 7 tonight"],
        "agreed": ["delivery today, 2.30 to 4"],
        "open": ["check at 4.15 and write either way"],
        "coverage": [],
    }


def _policy(ws: str) -> str:
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; connect-src 'self' {ws.removesuffix('/v1')}; "
        "require-trusted-types-for 'script'; trusted-types lit-html; frame-ancestors 'none'"
    )


def _handler(fake: WallService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = _file(fake, self.path.partition("?")[0])
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", _policy(fake.ws))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _file(fake: WallService, path: str) -> tuple[str, bytes | None]:
    if path == "/config.json":
        return "application/json", json.dumps({"ws": fake.ws}).encode()
    file = WIDGET / path.removeprefix("/")
    file = file / "index.html" if file.is_dir() else file
    if file.suffix not in KINDS or not file.is_file():
        return "text/plain", None
    return KINDS[file.suffix], file.read_bytes()


class _Files(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


@contextmanager
def running(**given: Any) -> Iterator[WallService]:
    """Run a stand-in on two free ports until the block ends."""
    fake = WallService(**given)
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
    with running(chats=chats(many=int((sys.argv[1:] or ["0"])[0]))) as service:
        print(service.url)
        threading.Event().wait()
