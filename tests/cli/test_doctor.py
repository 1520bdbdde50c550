"""`assist doctor` and `assist settings`, as they are typed."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assist.cli.app import app
from assist.cli.settings import reference
from assist.service import checkup
from assist.service.checkup import Health, Sign
from assist.service.tls import tls_context
from assist.settings import Settings

CERTIFICATES = Path(__file__).parents[1] / "service" / "certificates"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Return a way to run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, words)


@pytest.fixture
def found(monkeypatch):
    """Return a list of signs that the doctor finds, and the settings it was asked with."""
    signs, asked = [], []

    def examined(loaded, *, ports):
        asked.append((loaded, ports))
        yield from signs

    monkeypatch.setattr(checkup, "examined", examined)
    return signs, asked


OK = Sign(name="rules", health=Health.OK, told="266 rules")
BAD = Sign(name="disk", health=Health.FAIL, told="none left", cure="make room")


def test_all_well_ends_with_zero(run, found):
    """One line each, and what to do only where something is not well."""
    signs, _ = found
    signs.append(OK)
    done = run("doctor")
    assert (done.exit_code, done.stdout) == (0, "ok   rules     266 rules\n")


def test_a_failure_ends_with_one_and_a_cure(run, found):
    """The arrow says what to do."""
    signs, _ = found
    signs += [OK, BAD]
    done = run("doctor")
    assert done.exit_code == 1
    assert "fail disk      none left\n               → make room\n" in done.stdout


def test_json_has_all_of_it(run, found):
    """One object, for programs."""
    signs, _ = found
    signs += [OK, BAD]
    done = run("doctor", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["well"]) == (1, False)
    assert told["signs"][1] == {
        "name": "disk", "health": "fail", "told": "none left", "cure": "make room",
    }  # fmt: skip


def test_the_options_reach_the_doctor(run, found, tmp_path):
    """The file, the store and whether to look at ports."""
    (tmp_path / "a.toml").write_text("port = 7\n", encoding="utf-8")
    assert run("doctor", "--config", "a.toml", "--store", "memory:", "--no-ports").exit_code == 0
    ((loaded, ports),) = found[1]
    assert (loaded.settings.port, loaded.settings.store, ports) == (7, "memory:", False)


@contextmanager
def serving(status, told, tls=None):
    """Answer every request so, with `tls` where there is one, and yield the address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            assert self.path == "/readyz"
            self.send_response(status)
            self.end_headers()
            self.wfile.write(told.encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "told", "code", "words"),
    [
        (200, '{"ready": true, "degraded": []}', 0, "ready\n"),
        (503, '{"degraded": ["store"], "trouble": {"store": "full"}}', 1, "  store: full\n"),
        (200, '{"ready": true, "warnings": ["no-token"]}', 0, "ready\n  no-token\n"),
        (502, "<html>", 1, "not ready\n"),
    ],
)
def test_a_running_service_is_asked(run, status, told, code, words):
    """Ready is 0, anything else 1, with the reasons it gives."""
    with serving(status, told) as url:
        done = run("doctor", "--running", url)
    assert done.exit_code == code
    assert words in done.stdout


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("ready", [True, False])
def test_a_health_check_finds_its_own_service(run, monkeypatch, host, secure, ready):
    """By its settings: the port, the address it listens on, and TLS, whosever name it bears."""
    files = {"TLS_CERT": CERTIFICATES / "one.pem", "TLS_KEY": CERTIFICATES / "one.key"}
    tls = tls_context(*files.values()) if secure else None
    with serving(200 if ready else 503, json.dumps({"ready": ready}), tls) as url:
        given = {"HOST": host, "HTTP_PORT": url.strip("/").rpartition(":")[2]}
        for name, value in {**given, **(files if secure else {})}.items():
            monkeypatch.setenv(f"ASSIST_{name}", str(value))
        assert run("doctor", "--healthy").exit_code == (0 if ready else 1)


def test_nobody_who_answers_is_not_ready(run):
    """A service that does not run, or an address that is none."""
    with serving(200, "{}") as url:
        pass
    done = run("doctor", "--running", url, "--json")
    assert (done.exit_code, json.loads(done.stdout)["degraded"]) == (1, ["service"])
    assert run("doctor", "--running", "file:///etc/passwd").exit_code != 0


def test_settings_are_shown_with_their_places(run, tmp_path, monkeypatch):
    """Each setting, its value and where it comes from; strange variables on standard error."""
    monkeypatch.setenv("ASSIST_PROT", "1")
    (tmp_path / "a.toml").write_text("port = 7\n", encoding="utf-8")
    done = run("settings", "--config", "a.toml")
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()[1:]}
    assert set(rows) == set(Settings.model_fields)
    assert rows["port"] == ["7", "a.toml:1"]
    assert rows["host"] == ["127.0.0.1", "default"]
    assert "ASSIST_PROT" in done.stderr


def test_the_page_is_written_whole(run, tmp_path):
    """--out writes the reference."""
    assert run("settings", "--out", "page.md").exit_code == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == reference()
