"""Everything that runs for the Matrix tests, and what can be looked at in it.

The law: the service is started as an operator starts it, from its command; what it keeps is read
from its own file.
"""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from matrix_between import Between, open_way  # noqa: E402  a neighbour, not a package
from matrix_homeserver import HS_TOKEN, Homeserver, running  # noqa: E402  as above


@dataclass
class Desk:
    """All that runs: the homeserver, the way to the service, the service itself."""

    homeserver: Homeserver
    way: Between
    folder: Path
    client: str
    http: str
    ws: str

    @property
    def counts(self) -> dict[str, int]:
        """What became of deliveries, by code."""
        with urlopen(f"{self.http}/metrics") as answer:
            lines = answer.read().decode().splitlines()
        found = (re.fullmatch(r'assist_deliveries_total{.*what="(.*)"} (.*)', one) for one in lines)
        return {match[1]: int(float(match[2])) for match in found if match}

    def stored(self, room: str) -> list[dict[str, Any]]:
        """Return what the service keeps of a room, in order."""
        with contextlib.closing(sqlite3.connect(self.folder / "assist.sqlite")) as log:
            rows = log.execute(
                "SELECT payload FROM inputs WHERE conversation = ? ORDER BY seq",
                (f"matrix:homeserver:{room}",),
            ).fetchall()
        return [json.loads(row[0]) for row in rows]


def until(found: Callable[[], Any], wait: float = 60.0) -> Any:
    """Return what `found` gives once it gives something."""
    end = time.monotonic() + wait
    while not (value := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return value


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def _client() -> Iterator[str]:
    """Serve the Matrix client's page, at an origin of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=HERE)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextlib.contextmanager
def _service(folder: Path, homeserver: str, framed_by: str) -> Iterator[tuple[str, str]]:
    """Run `assist serve --connect matrix` and return the addresses of its two ports."""
    (folder / "hs.token").write_text(HS_TOKEN)
    (folder / "tokens.secret").write_text("a-secret-of-the-tests-that-is-long-enough")
    (folder / "connect.toml").write_text(
        f'[matrix]\nsecret_file = "{folder / "hs.token"}"\nown = ["@assist:localhost"]\n'
        f'options = {{ agents = "@agent-*:localhost", homeserver = "{homeserver}" }}\n'
    )
    command = [
        *(sys.executable, "-m", "assist", "serve", "--port", "0", "--http-port", "0"),
        *("--connect", "matrix", "--connect-setup", folder / "connect.toml"),
        *("--store", f"sqlite:{folder / 'assist.sqlite'}"),
        *("--token-secret-file", folder / "tokens.secret"),
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSIST_")}
    with (
        (folder / "assist.log").open("w+") as log,
        subprocess.Popen(
            command, cwd=folder, stderr=log, env={**clean, "ASSIST_FRAMED_BY": framed_by}
        ) as service,
    ):
        try:
            ready = until(
                lambda: re.search(
                    r"(ws://\S+) (http://[\w.:]+)", (folder / "assist.log").read_text()
                ),
                40,
            )
            yield ready[1], ready[2]
        finally:
            service.terminate()


@contextlib.contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    """Run everything; what it keeps lies in `folder`."""
    with contextlib.ExitStack() as running_now:
        enter = running_now.enter_context
        way, client = enter(open_way()), enter(_client())
        homeserver = enter(running(folder, f"{way.url}/in/matrix"))
        ws, way.to = enter(_service(folder, homeserver.base, client))
        homeserver.wait()
        yield Desk(homeserver=homeserver, way=way, folder=folder, client=client, http=way.to, ws=ws)
