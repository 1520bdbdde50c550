"""Settings: defaults, environment, what is given, and clear words for what cannot be used."""

import os
from pathlib import Path

import pytest

from assist.cli.settings import reference
from assist.errors import UsageError
from assist.settings import Settings, load_settings, read_settings


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


@pytest.fixture
def file(tmp_path):
    """Return a way to write a file with settings."""

    def write(text):
        place = tmp_path / "assist.toml"
        place.write_text(text, encoding="utf-8")
        return place

    return write


def test_the_file_is_below_the_environment_and_the_command_line(file, monkeypatch):
    """Command line, environment, file, default: the first that has it is taken, and told."""
    place = file('port = 1\nhttp_port = 2\nqueue = 3\nrules = ["a", "b/c"]\n')
    monkeypatch.setenv("assist_http_port", "20")
    monkeypatch.setenv("ASSIST_QUEUE", "30")
    loaded = read_settings(place, queue=300)
    settings = loaded.settings
    assert (settings.port, settings.http_port, settings.queue) == (1, 20, 300)
    assert settings.rules == (place.parent / "a", place.parent / "b/c")
    assert settings.host == "127.0.0.1"
    assert loaded.places == {
        "port": f"{place}:1",
        "http_port": "ASSIST_HTTP_PORT",
        "queue": "command line",
        "rules": f"{place}:4",
    }


def test_the_environment_may_name_the_file(file, monkeypatch):
    """ASSIST_CONFIG is where the file is, unless the command names one."""
    monkeypatch.setenv("ASSIST_CONFIG", str(file("port = 1\n")))
    assert load_settings().port == 1
    assert read_settings().strange == ()


def test_a_variable_that_is_no_setting_is_told(monkeypatch):
    """It has no effect, so somebody must be told; those of others are left alone."""
    monkeypatch.setenv("ASSIST_PROT", "1")
    monkeypatch.setenv("OTHER_PORT", "1")
    assert read_settings().strange == ("ASSIST_PROT",)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('port = 1\n"prot" = 2\n', "settings.unknown", ":2:1: there is no setting `prot`; did"),
        ("# x\n\nhttp-port = 2\n", "settings.unknown", ":3:1:"),
        ("[server]\nport = 2\n", "settings.unknown", ":1:1: there is no setting `server`"),
        ("zzz = 2\n", "settings.unknown", ":1:1: there is no setting `zzz`; all"),
        ("port = 1\nport = \n", "settings.not-toml", ":2:8:"),
        ('host = "MARKER\n', "settings.not-toml", ":1:"),
        ('host = """MARKER\n\n', "settings.not-toml", ":3:1:"),
        ('\nport = "MARKER"\n', "settings.wrong", ":2: setting port (ASSIST_PORT) cannot be used"),
        ("tls_cert = 'a'\n", "settings.wrong", "give both `tls_cert` and `tls_key`"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(file, text, code, words):
    """File and line, what to do, and never the value itself."""
    place = file(text)
    with pytest.raises(UsageError) as told:
        load_settings(place)
    assert told.value.code == code
    assert words in told.value.message
    assert str(place) in told.value.message or code == "settings.wrong"
    assert "MARKER" not in told.value.message


def test_a_near_miss_is_recognised(file):
    """The setting that was probably meant is named."""
    for wrong, meant in (("prot", "port"), ("http-port", "http_port"), ("Store", "store")):
        with pytest.raises(UsageError, match=f"did you mean `{meant}`"):
            load_settings(file(f"{wrong} = 1\n"))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Not there, a folder, or no text."""
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    for place in (tmp_path / "no.toml", tmp_path, tmp_path / "bytes.toml"):
        with pytest.raises(UsageError, match=str(place)) as told:
            load_settings(place)
        assert told.value.code == "settings.unreadable"


def test_the_page_names_every_setting():
    """Name, variable, default and meaning, one line each, in order."""
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == sorted(Settings.model_fields)
    assert "| `port` | `ASSIST_PORT` | `8765` | Port of the WebSocket endpoint" in reference()
    assert "| `share_coverage` | `ASSIST_SHARE_COVERAGE` | `false` |" in reference()


def test_the_page_in_the_docs_is_this_one():
    """docs/reference/settings.md is what `make reference` writes."""
    page = Path(__file__).parents[1] / "docs" / "reference" / "settings.md"
    assert page.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize(
    ("keep", "seconds"), [(None, None), ("90m", 5400.0), ("12h", 43_200.0), ("30d", 2_592_000.0)]
)
def test_how_long_conversations_stay_is_a_number_and_a_unit(keep, seconds):
    """Minutes, hours, days or weeks; without it, for ever."""
    assert load_settings(keep=keep).keep_s == seconds


@pytest.mark.parametrize("keep", ["30", "d", "0d", "-1d", "1.5h", "30 d", "1y"])
def test_another_time_is_refused_with_what_to_write(keep):
    """The error shows the form."""
    with pytest.raises(UsageError, match="such as `12h` or `30d`"):
        load_settings(keep=keep)


def test_what_is_masked_is_a_list_of_known_kinds(monkeypatch):
    """From the command line or the environment, for all and for single tenants."""
    assert "cards" in load_settings().mask
    assert load_settings(mask="").mask == ()
    monkeypatch.setenv("ASSIST_MASK", "phones, emails")
    monkeypatch.setenv("ASSIST_MASK_TENANTS", '{"acme": "cards,codes", "other": ""}')
    found = load_settings()
    assert found.mask == ("phones", "emails")
    assert found.mask_tenants == {"acme": ("cards", "codes"), "other": ()}
    with pytest.raises(UsageError, match="mask"):
        load_settings(mask="cats")


def test_paths_in_the_file_are_seen_from_the_file(file, monkeypatch):
    """Relative ones, of every setting that is a path; whole ones and names are as written."""
    of_paths = [
        name
        for name, info in Settings.model_fields.items()
        if info.annotation in {Path, Path | None}
    ]
    place = file(
        "\n".join(f'{name} = "in/{name}"' for name in of_paths)
        + '\nstore = "sqlite:chats.sqlite"\nrules = "mine:/whole"\n'
        + 'connect = ["chatwoot", "own.yaml", "/whole.yml"]\n'
    )
    here = place.parent
    settings = load_settings(place)
    assert {name: getattr(settings, name) for name in of_paths} == {
        name: here / "in" / name for name in of_paths
    }
    assert settings.store == f"sqlite:{here}/chats.sqlite"
    assert settings.rules == (here / "mine", Path("/whole"))
    assert settings.connect == ("chatwoot", f"{here}/own.yaml", "/whole.yml")
    for store in ("memory:", "sqlite:/whole", "sqlite:~/home", "sqlite:"):
        assert load_settings(file(f'store = "{store}"\n')).store == store
    monkeypatch.setenv("ASSIST_PLAYBOOK", "there.yaml")
    assert load_settings(place).playbook == Path("there.yaml")
