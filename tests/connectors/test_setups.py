"""What an operator says of a platform, and clear words where that will not do."""

import pytest

from assist.connectors.hall import Hall
from assist.connectors.port import Delivery, Unverified
from assist.connectors.setups import chosen, read_tables
from assist.connectors.verifiers import PathSecret
from assist.errors import UsageError


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("  the-secret-of-a-file\n", encoding="utf-8")
    return path


def test_a_secret_comes_from_a_file_without_the_blanks_around_it(secret_file):
    """And is not shown by anything that holds it."""
    made = chosen("generic", {"ASSIST_CONNECT_GENERIC_SECRET_FILE": str(secret_file)})
    assert made.guard.secret == b"the-secret-of-a-file"
    assert "the-secret-of-a-file" not in repr(made)


def test_the_environment_wins_over_the_file(tmp_path, secret_file):
    """A table of the file says everything; a variable says one thing otherwise."""
    setup = tmp_path / "connect.toml"
    setup.write_text(
        f'[generic]\nsecret_file = "{secret_file}"\nown = [7, "bot"]\nproof = "address"\n'
        'options = {locale = "de"}\n',
        encoding="utf-8",
    )
    made = chosen("generic", {"ASSIST_CONNECT_GENERIC_OWN": "9, ann"}, read_tables(setup))
    assert made.setup.own == {"9", "ann"}
    assert made.setup.options == {"locale": "de"}
    assert made.guard.verifier == PathSecret()


def test_options_may_be_written_in_the_environment():
    """As name=value, with commas between."""
    environ = {
        "ASSIST_CONNECT_GENERIC_SECRET": "a-secret-given-here",
        "ASSIST_CONNECT_GENERIC_OPTIONS": "a=1, b=2=3",
    }
    assert chosen("generic", environ).setup.options == {"a": "1", "b": "2=3"}


WRONG = [
    ({}, "needs its secret .* ASSIST_CONNECT_GENERIC_SECRET_FILE"),
    ({"SECRET": "short"}, "too short"),
    ({"SECRET_FILE": "/nowhere/at/all"}, "cannot be read"),
    ({"SECRET": "long-enough-secret", "PROOF": "trust"}, "platform, address, none"),
    ({"SECRET": "long-enough-secret", "OPTIONS": "a"}, "name=value"),
]


@pytest.mark.parametrize(("said", "match"), WRONG)
def test_what_will_not_do_is_refused_before_anything_opens(said, match):
    """In words that name what to write, and never the secret."""
    environ = {f"ASSIST_CONNECT_GENERIC_{key}": value for key, value in said.items()}
    with pytest.raises(UsageError, match=match) as caught:
        chosen("generic", environ)
    assert "long-enough-secret" not in str(caught.value)


def test_an_open_door_must_be_asked_for_in_so_many_words():
    """`proof` none is the only way to go without a secret."""
    assert chosen("generic", {"ASSIST_CONNECT_GENERIC_PROOF": "none"}).guard.secret is None


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("[generic]\nproof = x", "see line 2"),
        ("[generic", "see end of document"),
        ("own = 1", "outside a table"),
        ("[generic]\nsecrets = 1", "no `secrets`"),
        ('[generic]\nsecret = "in-the-open"', "a file of its own"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, text, match):
    """A secret in the file of settings is one."""
    path = tmp_path / "connect.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=match) as caught:
        read_tables(path)
    assert "in-the-open" not in str(caught.value)


def test_a_name_that_is_none_is_met_with_what_was_meant():
    """The known ones are listed."""
    with pytest.raises(UsageError, match=r"did you mean 'generic'.*chatwoot"):
        chosen("generik", {})


def test_several_webhooks_may_have_a_secret_each(tmp_path):
    """One a line; each is as good, and none else is."""
    path = tmp_path / "secrets"
    path.write_text("the-secret-of-one\nthe-secret-of-two\n", encoding="utf-8")
    guard = chosen("generic", {"ASSIST_CONNECT_GENERIC_SECRET_FILE": str(path)}).guard
    plain = Delivery(headers={}, body=b"{}", received_at=1e9)
    for secret in (b"the-secret-of-one", b"the-secret-of-two"):
        guard.check(guard.verifier.stamped(plain, secret))
    with pytest.raises(Unverified):
        guard.check(guard.verifier.stamped(plain, b"the-secret-of-three"))


def test_two_of_one_name_are_refused():
    """Both would be met at the same address."""
    one = chosen("generic", {"ASSIST_CONNECT_GENERIC_PROOF": "none"})
    with pytest.raises(UsageError, match="generic"):
        Hall([one, one], None, None)


def test_a_path_in_the_file_is_seen_from_the_file(tmp_path, secret_file, monkeypatch):
    """Wherever the command runs; one in the environment is seen from there."""
    setup = tmp_path / "connect.toml"
    setup.write_text('[generic]\nsecret_file = "secret"\n', encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert chosen("generic", {}, read_tables(setup)).guard.secret == b"the-secret-of-a-file"
    monkeypatch.chdir(secret_file.parent)
    environ = {"ASSIST_CONNECT_GENERIC_SECRET_FILE": "secret"}
    assert chosen("generic", environ).guard.secret == b"the-secret-of-a-file"
