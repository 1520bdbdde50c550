"""A real Synapse on loopback, its users, and what a Matrix client asks of it.

The law: nothing but the documented client API is used; one folder holds all that the server keeps.
"""

import contextlib
import json
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".cache" / "synapse" / "bin" / "python"
INSTALLED = ROOT / ".cache" / "synapse" / ".installed"
PATIENCE_S = 90.0
GUIDE = ROOT / "docs" / "howto" / "connect-matrix.md"
HS_TOKEN = "hs-token-of-the-tests-0123456789"
AS_TOKEN = "as-token-of-the-tests-0123456789"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
OFTEN = {"per_second": 1000, "burst_count": 1000}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def asked(url: str, body: Any = None, *, method: str = "", token: str = "") -> Any:
    """Return the JSON that is answered; `body` makes it a POST unless `method` says otherwise."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, data, headers, method=method or None)
    with OPENER.open(request, timeout=60) as answer:
        return json.loads(answer.read() or b"{}")


@dataclass
class User:
    """Somebody with a Matrix client."""

    base: str
    id: str
    token: str = field(repr=False)
    numbers: Iterator[int] = field(default_factory=count, repr=False)

    def ask(self, path: str, body: Any = None, method: str = "") -> Any:
        """Ask the client API."""
        url = f"{self.base}/_matrix/client/v3/{path}"
        return asked(url, body, method=method, token=self.token)

    def room(self, *invited: "User") -> str:
        """Return a new room, with all of `invited` in it."""
        room = self.ask("createRoom", {"preset": "public_chat", "room_version": "10"})["room_id"]
        for user in invited:
            user.ask(f"join/{quote(room)}", {})
        return room

    def send(self, room: str, content: Any, kind: str = "m.room.message", txn: str = "") -> str:
        """Send an event and return its id."""
        path = f"rooms/{quote(room)}/send/{kind}/{txn or f'{self.id}-{next(self.numbers)}'}"
        return self.ask(path, content, "PUT")["event_id"]

    def say(self, room: str, text: str) -> str:
        """Send words and return the event's id."""
        return self.send(room, {"msgtype": "m.text", "body": text})

    def edit(self, room: str, event: str, text: str) -> str:
        """Change the words of an event."""
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": event}
        return self.send(
            room, {**new, "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}
        )

    def redact(self, room: str, event: str) -> None:
        """Take an event back."""
        path = f"rooms/{quote(room)}/redact/{quote(event)}/r{next(self.numbers)}"
        self.ask(path, {}, "PUT")

    def typing(self, room: str, *, on: bool) -> None:
        """Begin or stop typing."""
        path = f"rooms/{quote(room)}/typing/{quote(self.id)}"
        self.ask(path, {"typing": on, **({"timeout": 30_000} if on else {})}, "PUT")

    def openid(self) -> dict[str, Any]:
        """Return an OpenID token."""
        return self.ask(f"user/{quote(self.id)}/openid/request_token", {})


@dataclass
class Homeserver:
    """A Synapse that was started."""

    base: str
    running: subprocess.Popen[bytes]
    log: Path

    def wait(self) -> None:
        """Return when it answers."""
        end = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(OSError, HTTPException):
                asked(f"{self.base}/_matrix/client/versions")
                return
            assert self.running.poll() is None, self.log.read_text(errors="replace")[-2000:]
            assert time.monotonic() < end, "Synapse did not start"
            time.sleep(0.1)

    def user(self, name: str) -> User:
        """Register a user."""
        body = {"username": name, "password": f"{name}-pass", "auth": {"type": "m.login.dummy"}}
        told = asked(f"{self.base}/_matrix/client/v3/register", body)
        return User(self.base, told["user_id"], told["access_token"])

    def ours(self) -> User:
        """Return the sender that is the application service itself."""
        return User(self.base, "@assist:localhost", AS_TOKEN)


def _config(folder: Path, port: int) -> dict[str, Any]:
    return {
        "server_name": "localhost",
        "listeners": [
            {
                "port": port,
                "type": "http",
                "bind_addresses": ["127.0.0.1"],
                "resources": [{"names": ["client", "openid"]}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "pid_file": str(folder / "pid"),
        "macaroon_secret_key": "a-macaroon-secret-of-the-tests",
        "form_secret": "a-form-secret-of-the-tests",
        "report_stats": False,
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "bcrypt_rounds": 4,
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "presence": {"enabled": False},
        "app_service_config_files": [str(folder / "as.yaml")],
        **{f"rc_{name}": OFTEN for name in ("message", "registration")},
        "rc_login": {"address": OFTEN, "account": OFTEN, "failed_attempts": OFTEN},
        "rc_joins": {"local": OFTEN, "remote": OFTEN},
        "rc_room_creation": OFTEN,
    }


def _service(url: str) -> str:
    """Return the registration of the guide, with this test's address and tokens."""
    (block,) = re.findall(r"```yaml\n(id: .*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    told = (("https://assist.example/in/matrix", url), ("FIRST-TOKEN", AS_TOKEN),
            ("SECOND-TOKEN", HS_TOKEN))  # fmt: skip
    for words, ours in told:
        assert words in block
        block = block.replace(words, ours)
    return block


@contextlib.contextmanager
def running(folder: Path, service_url: str) -> Iterator[Homeserver]:
    """Run a Synapse that tells `service_url` what happens; it needs a while. JSON is YAML."""
    port = free_port()
    (folder / "homeserver.yaml").write_text(json.dumps(_config(folder, port)))
    (folder / "as.yaml").write_text(_service(service_url))
    command = [PYTHON, "-m", "synapse.app.homeserver", "-c", folder / "homeserver.yaml"]
    log = folder / "synapse.log"
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd=folder, stdout=told, stderr=told) as synapse,
    ):
        try:
            yield Homeserver(f"http://127.0.0.1:{port}", synapse, log)
        finally:
            synapse.terminate()


def status(url: str, body: Any) -> tuple[int, str]:
    """Return the status that a POST of `body` is answered with, and what is said."""
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with OPENER.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers["X-Assist-Refused"] or ""
