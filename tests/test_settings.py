"""Settings: defaults, environment, what is given, and clear words for what cannot be used."""

import os
from pathlib import Path

import pytest

from assist.errors import UsageError
from assist.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in tuple(os.environ):
        if name.startswith("ASSIST_"):
            monkeypatch.delenv(name)


def test_the_defaults_are_a_private_service():
    """Without any setting the service listens on this machine only and keeps nothing."""
    settings = load_settings()
    assert (settings.host, settings.port, settings.http_port) == ("127.0.0.1", 8765, 8080)
    assert (settings.store, settings.rules, settings.origins) == ("sqlite:assist.sqlite", (), None)
    assert (settings.frame_bytes, settings.queue) == (65_536, 256)


def test_every_setting_says_what_it_means():
    """Each field has a description that is a sentence."""
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_what_is_given_goes_above_the_environment(monkeypatch):
    """The command line wins over the environment; None means not given."""
    monkeypatch.setenv("ASSIST_PORT", "9000")
    monkeypatch.setenv("ASSIST_HTTP_PORT", "9001")
    settings = load_settings(port=1234, http_port=None, host=None)
    assert (settings.port, settings.http_port, settings.host) == (1234, 9001, "127.0.0.1")


def test_lists_in_the_environment(monkeypatch):
    """Folders are separated as in PATH, origins by commas."""
    monkeypatch.setenv("ASSIST_RULES", f"a{os.pathsep}b/c")
    monkeypatch.setenv("ASSIST_ORIGINS", "https://one.example/, https://two.example:8443")
    settings = load_settings()
    assert settings.rules == (Path("a"), Path("b/c"))
    assert settings.origins == ("https://one.example", "https://two.example:8443")


def test_lists_as_they_are_given():
    """A command gives tuples, and they are taken as they are."""
    settings = load_settings(rules=(Path("a"),), origins=("https://one.example",))
    assert (settings.rules, settings.origins) == ((Path("a"),), ("https://one.example",))


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "many"), ("port", 70_000), ("frame_bytes", 10), ("idle_s", 0), ("queue", 0)],
)
def test_what_cannot_be_used_is_named(name, value):
    """A wrong value is wrong use; the message names the setting and its variable, not the value."""
    with pytest.raises(UsageError) as told:
        load_settings(**{name: value})
    assert told.value.code == "settings.wrong"
    assert f"ASSIST_{name.upper()}" in told.value.message
    assert "many" not in told.value.message


def test_settings_cannot_be_changed():
    """Settings are a value."""
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1
