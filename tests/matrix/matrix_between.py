"""What stands between the homeserver and us, and fails when it is told to.

The law: a delivery that fails `before` never reaches us; one that fails `after` was taken by us,
and the homeserver does not learn of it. Both are answered 500.
"""

import contextlib
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError


@dataclass
class Between:
    """The way; `to` is where it leads, `failing` what becomes of the next deliveries."""

    to: str = ""
    url: str = ""
    failing: list[str] = field(default_factory=list)
    answers: list[tuple[str, int]] = field(default_factory=list)

    def carry(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Return the status that the homeserver is told."""
        fate = self.failing.pop(0) if self.failing else ""
        status = 500 if fate == "before" else self._passed(path, headers, body)
        status = 500 if fate == "after" else status
        self.answers.append((path.rpartition("/")[2], status))
        return status

    def _passed(self, path: str, headers: dict[str, str], body: bytes) -> int:
        request = urllib.request.Request(self.to + path, body, headers, method="PUT")
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                request, timeout=60
            ) as answer:
                return answer.status
        except HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 502


@contextlib.contextmanager
def open_way() -> Iterator[Between]:
    """Run the way on a port of its own."""
    between = Between()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            named = ("authorization", "content-type")
            status = between.carry(self.path, {name: self.headers[name] for name in named}, body)
            self.send_response(status)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        between.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield between
        server.shutdown()
