"""What `assist doctor` finds of helpdesks: whatever would keep a service from starting."""

import pytest

from assist.connectors.checkup import connectors_examined
from assist.settings import Settings


@pytest.fixture
def signs(tmp_path):
    """Return a way to have the signs, with a good secret of the name `secret` in the folder."""
    (tmp_path / "secret").write_text("long-enough-secret", encoding="utf-8")

    def look(connect, tables=""):
        setup = tmp_path / "connect.toml"
        setup.write_text(tables, encoding="utf-8")
        settings = Settings(
            connect=connect, connect_setup=setup, store=f"sqlite:{tmp_path}/chats.sqlite"
        )
        return [
            (str(sign.health), f"{sign.told} {sign.cure}")
            for sign in connectors_examined(settings, {})
        ]

    return look


GOOD = '[generic]\nsecret_file = "secret"\n'


def test_a_helpdesk_that_can_be_met_is_well(signs):
    """Where it delivers and what proves it; nothing at all without helpdesks."""
    ((health, told),) = signs("generic", GOOD)
    assert health == "ok"
    assert "/in/generic" in told
    assert signs("") == []


@pytest.mark.parametrize(
    ("connect", "tables", "words"),
    [
        ("generic", '[generic]\nsecret_file = "none"\n', "cannot be read from"),
        ("generic", "", "needs its secret"),
        ("chatwot", "", "did you mean 'chatwoot'"),
        ("none.yaml", "", "none.yaml:1:1"),
        ("generic", "[generic\n", "is not TOML"),
        ("generic,generic", GOOD, "asked for twice"),
        (
            "matrix",
            '[matrix]\nsecret_file = "secret"\noptions = {homeserver = "x"}\n',
            "homeserver",
        ),
    ],
)
def test_what_would_keep_the_service_from_starting_fails(signs, connect, tables, words):
    """In the words of `assist serve`, and with the others told of too."""
    failed = [told for health, told in signs(connect, tables) if health == "fail"]
    assert len(failed) == 1
    assert words in failed[0]


def test_what_is_well_beside_a_fault_is_told_too(signs):
    """Each helpdesk has its line."""
    assert [health for health, _ in signs("chatwot,generic", GOOD)] == ["fail", "ok"]


def test_an_open_door_and_a_table_for_nobody_are_warnings(signs):
    """They work, but perhaps not as meant."""
    (health, told), (other, table) = signs("generic", '[generic]\nproof = "none"\n[zendsk]\n')
    assert (health, other) == ("warn", "warn")
    assert "anybody" in told
    assert "[zendsk]" in table


def test_a_journal_that_others_may_read_is_a_warning(signs, tmp_path):
    """It holds what customers wrote, as the log does."""
    journal = tmp_path / "chats.connect.sqlite"
    journal.touch(0o644)
    journal.chmod(0o644)
    ((health, told),) = signs("")
    assert health == "warn"
    assert f"chmod 600 {journal}" in told
