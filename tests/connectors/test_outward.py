"""A request goes where it was sent and nowhere else; what goes wrong is a number."""

import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from assist.connectors.outward import UNREACHED, answer_of, is_address


class _Server(BaseHTTPRequestHandler):
    """Answers with the status that the path names, and a redirect to where all is well."""

    def do_GET(self):
        """Answer."""
        self.send_response(int(self.path[1:]))
        self.send_header("location", "/200")
        self.end_headers()
        self.wfile.write(b"told and more")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def address():
    with HTTPServer(("127.0.0.1", 0), _Server) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "answer"), [("/200", (200, b"told")), ("/302", (302, b"")), ("/403", (403, b""))]
)
def test_the_answer_is_a_status_and_the_beginning_of_its_body(address, path, answer):
    """A redirect is a status like any other, and of a bad answer no body is read."""
    assert answer_of(address + path, 4) == answer


def test_where_nobody_listens_there_is_no_status():
    """A port that is closed is no error, and nothing tells which it was."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{free.getsockname()[1]}/?access_token=swordfish"
        assert answer_of(place) == (UNREACHED, b"")


@pytest.mark.parametrize(
    ("known", "base"),
    [
        (True, "https://chat.example"), (True, "http://localhost:3000/desk/"),
        (False, "chat.example"), (False, "ftp://chat.example"), (False, "https://"),
        (False, "https://chat.example/?a=b"), (False, "https://chat.example/#top"), (False, ""),
    ],
)  # fmt: skip
def test_an_address_is_one_to_which_paths_may_be_added(known, base):
    """With its scheme and host, and neither a query nor a place in a page."""
    assert is_address(base) is known
