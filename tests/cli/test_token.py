"""`assist token`: what it prints is let in, and what it refuses it refuses clearly."""

import io
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

import pytest

from assist.cli import main
from assist.errors import ClientFault
from assist.service.tokens import LONGEST_S, claims_of

SECRET, OLDER = "n" * 64, "o" * 64


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n{OLDER}\n", encoding="utf-8")
    return path


def token(*arguments):
    """Run `assist token` and return its code, what it printed, and what it said."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.delenv("ASSIST_TOKEN_SECRET_FILE", raising=False)
        patch.setattr(sys, "argv", ["assist", "token", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), " ".join(err.getvalue().split())


def claims(printed, secret=SECRET):
    return claims_of(printed.strip(), (secret.encode(),), longest_s=LONGEST_S, now=time.time())


def test_the_token_says_what_was_asked_for(secret):
    """One line on standard output, signed by the first secret of the file."""
    code, printed, said = token(
        "--role", "agent", "--agent", "kim", "--tenant", "acme", "--conversation", "c1",
        "--conversation", "c2", "--ttl", "2m", "--secret-file", secret,
    )  # fmt: skip
    assert (code, said, printed.count("\n")) == (0, "", 1)
    told = claims(printed)
    assert (told.role, told.agent, told.tenant) == ("agent", "kim", "acme")
    assert told.conversations == {"c1", "c2"}
    assert told.expires - told.issued == pytest.approx(120, abs=0.01)
    with pytest.raises(ClientFault):
        claims(printed, OLDER)


def test_without_more_it_is_for_all_conversations_and_short(secret):
    """A platform needs no agent; the token is good for a quarter of an hour."""
    code, printed, _ = token("--role", "platform", "--secret-file", secret)
    told = claims(printed)
    assert (code, told.agent, told.tenant, told.conversations) == (0, None, "", None)
    assert told.expires - told.issued == pytest.approx(900, abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--role", "king"], "'supervisor'"),
        ([], "--role"),
        (["--role", "agent"], "--agent"),
        (["--role", "agent", "--agent", ""], "1 to 200"),
        (["--role", "platform", "--ttl", "0"], "above 0"),
        (["--role", "platform", "--ttl", "-5m"], "above 0"),
        (["--role", "platform", "--ttl", "2d"], "15m or 8h"),
        (["--role", "platform", "--ttl", "25h"], "token_longest_s"),
        (["--role", "platform", "--ttl", "soon"], "15m or 8h"),
        (["--role", "platform", "--tenant", "a/b"], "dots, dashes"),
        (["--role", "platform", "--conversation", "*"], "leave it out for all"),
        (["--role", "platform", "--conversation", ""], "1 to 200"),
    ],
)
def test_wrong_use_is_told_and_nothing_printed(secret, arguments, words):
    """Exit code 2, nothing on standard output, and what to write instead."""
    code, printed, said = token(*arguments, "--secret-file", secret)
    assert (code, printed) == (2, "")
    assert words in said
    assert SECRET not in said


def test_without_a_secret_there_is_no_token(tmp_path):
    """Neither without a file, nor with one that is missing or holds too little."""
    assert "--secret-file" in token("--role", "platform")[2]
    missing = tmp_path / "missing"
    code, printed, said = token("--role", "platform", "--secret-file", missing)
    assert (code, printed, str(missing) in said) == (2, "", True)
    missing.write_text("short-secret")
    code, printed, said = token("--role", "platform", "--secret-file", missing)
    assert (code, printed, "short-secret" in said) == (2, "", False)


def test_the_secret_is_found_where_the_service_finds_it(tmp_path, secret):
    """With the same settings file, seen from the folder that it lies in."""
    config = tmp_path / "assist.toml"
    config.write_text(f'token_secret_file = "{secret.name}"\n', encoding="utf-8")
    code, printed, _ = token("--role", "platform", "--config", config)
    assert (code, claims(printed).role) == (0, "platform")
