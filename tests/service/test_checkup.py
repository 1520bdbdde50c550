"""What `assist doctor` looks at, each well and not well."""

import shutil
import socket
from pathlib import Path

import pytest

from assist.line import load_line
from assist.service import checkup
from assist.service.checkup import Health, clock, examined
from assist.service.store_schema import opened
from assist.settings import LoadedSettings, Settings

CERTIFICATES = Path(__file__).with_name("certificates")
LINE = load_line()


@pytest.fixture
def signs(monkeypatch, tmp_path):
    """Return a way to have signs by name; the line is loaded once, and no time passes."""
    monkeypatch.setattr(checkup, "load_line", lambda *_, **__: LINE)
    monkeypatch.setattr(checkup, "_WATCHED_S", 0.0)

    def look(*, strange=(), ports=True, **settings):
        given = {"store": f"sqlite:{tmp_path}/x.sqlite", "port": 0, "http_port": 0, **settings}
        loaded = LoadedSettings(settings=Settings(**given), strange=strange)
        return {sign.name: sign for sign in examined(loaded, ports=ports)}

    return look


def told(sign):
    return sign.health, f"{sign.told} {sign.cure}"


def test_everything_is_looked_at_and_well(signs):
    """Each thing has one sign, and none has anything to be done."""
    found = signs()
    assert " ".join(found) == "settings rules models store disk sockets port http-port tokens clock"
    assert {sign.health for sign in found.values()} == {Health.OK}
    assert not any(sign.cure for sign in found.values())
    assert "port" not in signs(ports=False)


def test_a_taken_port_fails_and_says_what_to_do(signs):
    """The option to choose another with is named."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        health, words = told(signs(http_port=taken.getsockname()[1])["http-port"])
    assert health is Health.FAIL
    assert "in use" in words
    assert "--http-port" in words


def test_rules_that_cannot_be_read_fail_with_their_place(signs, monkeypatch, tmp_path):
    """File, line and column; the models cannot be tried then."""
    monkeypatch.setattr(checkup, "load_line", load_line)
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: pack\nnonsense: 1\n", encoding="utf-8")
    found = signs(rules=(pack,))
    health, words = told(found["rules"])
    assert health is Health.FAIL
    assert f"{pack / 'pack.yaml'}:" in words
    assert "models" not in found


def test_models_that_are_missing_are_a_warning(signs, monkeypatch):
    """The service runs without them, less sure."""
    monkeypatch.setattr(checkup, "load_line", lambda *_, **__: LINE.plain())
    health, words = told(signs()["models"])
    assert health is Health.WARN
    assert "without models" in words


def test_a_slow_machine_is_a_warning(signs, monkeypatch):
    """Where reading one turn takes longer than anybody would wait."""
    monkeypatch.setattr(checkup, "_SLOW_S", 0.0)
    assert signs()["models"].health is Health.WARN


@pytest.mark.parametrize(
    ("store", "health", "words"),
    [
        ("memory:", Health.WARN, "--store sqlite:PATH"),
        ("redis:x", Health.FAIL, "write memory: or sqlite:PATH"),
        ("sqlite:/nowhere/at/all.sqlite", Health.FAIL, "make it"),
    ],
)
def test_stores_that_keep_nothing(signs, store, health, words):
    """In memory is a choice to be aware of; others cannot be used."""
    found = told(signs(store=store)["store"])
    assert found[0] is health
    assert words in found[1]


def test_little_room_is_a_warning(signs, monkeypatch):
    """Less than a gigabyte where the log is."""
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: usage._replace(free=1024**2))
    assert signs()["disk"].health is Health.WARN


@pytest.mark.parametrize(
    ("most", "health"),
    [(1024, Health.OK), (832, Health.OK), (831, Health.WARN), (-1, Health.OK)],
)
def test_too_few_files_for_the_settings_are_a_warning(signs, monkeypatch, most, health):
    """It is said how many agents there is room for, and what to do."""
    monkeypatch.setattr(checkup.resource, "getrlimit", lambda _: (most, most))
    found, words = told(signs(http_connections=512)["sockets"])
    assert found is health
    assert ("255 for agents" in words and "ulimit" in words) is (health is Health.WARN)


def test_an_open_door_fails(signs):
    """Beyond this machine, without tokens, everybody may read everything."""
    health, words = told(signs(host="0.0.0.0")["tokens"])
    assert health is Health.FAIL
    assert "--token-secret-file" in words


@pytest.mark.parametrize(
    ("content", "mode", "expected"),
    [
        ("x" * 40, 0o600, (Health.OK, "1 secret,")),
        ("x" * 40, 0o640, (Health.WARN, "chmod 600")),
        ("MARKER", 0o600, (Health.FAIL, "too short")),
        (None, 0o600, (Health.FAIL, "cannot be read")),
    ],
)
def test_the_secret_is_looked_at_from_outside(signs, tmp_path, content, mode, expected):
    """Who may read it, whether it is one; never what it is."""
    file = tmp_path / "secret"
    if content is not None:
        file.write_text(content, encoding="utf-8")
        file.chmod(mode)
    found = told(signs(token_secret_file=file)["tokens"])
    assert found[0] is expected[0]
    assert expected[1] in found[1]
    assert "MARKER" not in found[1]
    assert "xxx" not in found[1]


def test_the_certificate_is_tried(signs, tmp_path):
    """A pair that fits, one that others may read, and one that does not fit."""
    key = tmp_path / "tls.key"
    shutil.copyfile(CERTIFICATES / "one.key", key)
    key.chmod(0o600)
    pairs = {"one.pem": Health.OK, "two.pem": Health.FAIL}
    for name, health in pairs.items():
        assert signs(tls_cert=CERTIFICATES / name, tls_key=key)["tls"].health is health
    key.chmod(0o644)
    assert signs(tls_cert=CERTIFICATES / "one.pem", tls_key=key)["tls"].health is Health.WARN


def test_variables_that_are_no_settings_are_a_warning(signs):
    """They are named, as they have no effect."""
    health, words = told(signs(strange=("ASSIST_PROT",))["settings"])
    assert health is Health.WARN
    assert "ASSIST_PROT" in words


@pytest.mark.parametrize(
    ("year", "drift", "health"),
    [(2027, 0.0, Health.OK), (2027, 0.2, Health.WARN), (2027, -0.2, Health.WARN),
     (1970, 0.0, Health.FAIL)],
)  # fmt: skip
def test_the_clock_is_of_this_time_and_steady(year, drift, health):
    """A clock long ago breaks tokens; one that leaps, silences."""
    now = {"wall": (year - 1970) * 365.25 * 86400, "steady": 5.0}

    def wait(seconds):
        now["wall"] += seconds + drift
        now["steady"] += seconds

    sign = clock(lambda: now["wall"], lambda: now["steady"], wait)
    assert sign.health is health
    assert bool(sign.cure) is (health is not Health.OK)


def test_a_log_that_others_may_read_is_a_warning(signs, tmp_path):
    """The log, or what SQLite lays beside it; the cure names each file."""
    opened(tmp_path / "x.sqlite").close()
    assert "files" not in signs()
    wal = tmp_path / "x.sqlite-wal"
    for file in (tmp_path / "x.sqlite", wal):
        file.touch()
        file.chmod(0o644)
    health, words = told(signs()["files"])
    assert health is Health.WARN
    assert f"chmod 600 {tmp_path / 'x.sqlite'}" in words
