"""`assist connect`: what is understood of a payload, a skeleton, the list; errors that help."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assist.cli.connect import app
from assist.errors import PackError, UsageError

ROOT = Path(__file__).parents[2]
PAYLOADS = ROOT / "tests/connectors/payloads"


def assist(*arguments):
    """Run the command; what it raises is raised here, and ends the program with 2 elsewhere."""
    done = CliRunner().invoke(app, [*map(str, arguments)])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_try_prints_what_would_be_understood():
    """One JSON object a line, as it would be on the wire; what is ignored says why."""
    out = assist("try", "generic", PAYLOADS / "generic/several.json")
    assert [json.loads(line)["type"] for line in out.splitlines()] == ["turn", "assign"]
    out = assist("try", "generic", PAYLOADS / "generic/own.json", "--own", "our-bot")
    assert json.loads(out) == {"ignored": "message.own"}


def test_a_skeleton_is_written_once(tmp_path):
    """A second one of the same name harms nothing that was written."""
    assist("new", "acme", "--into", tmp_path)
    module = tmp_path / "assist/connectors/acme.py"
    module.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        assist("new", "acme", "--into", tmp_path)
    assert module.read_text("utf-8") == "mine"


def test_the_list_says_what_proves_a_delivery():
    """One platform a line."""
    told = assist("list").splitlines()
    assert any(line.startswith("chatwoot") and "HMAC-SHA256" in line for line in told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("try", "generic", "no-such.json"), "cannot read"),
        (("try", "generic", PAYLOADS / "generic/unknown.json"), "payload.unknown-type"),
        (("try", "no-such.yaml", PAYLOADS / "generic/own.json"), "no-such.yaml:1:1"),
        (("chatwot",), "did you mean 'chatwoot'"),
        (("generic",), "ASSIST_CONNECT_GENERIC_SECRET_FILE"),
    ],
)
def test_wrong_use_says_what_to_do(arguments, told):
    """A name that is no command is a platform's."""
    with pytest.raises((UsageError, PackError)) as caught:
        assist(*arguments)
    assert told in f"{caught.value} {caught.value.code}"
