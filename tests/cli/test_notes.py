"""`assist connect chatwoot-notes`: what is set wrong is said at once, and no secret is shown."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
import structlog

from assist.cli import main


def assist(*arguments):
    """Run `assist` in this process; return exit code and complaints."""
    err, code, logs = io.StringIO(), 0, structlog.get_config()
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(io.StringIO()),
        redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        finally:
            structlog.configure(**logs)
    return code, err.getvalue()


@pytest.mark.parametrize(
    ("base", "account", "token", "told"),
    [
        ("chat.example", "1", "a-token", "address such as https://"),
        ("https://chat.example", "shop", "a-token", "the number in the dashboard's address"),
        ("https://chat.example", "1", "qqq\nqqq", "the token and nothing else"),
        ("https://chat.example", "1", None, "the token cannot be read"),
    ],
)
def test_what_is_set_wrong_is_said_at_once(base, account, token, told, tmp_path):
    """A wrong address, account or token file ends with 2 before anything is sent."""
    place = tmp_path / "note.token"
    if token is not None:
        place.write_text(token, encoding="utf-8")
    asked = ("--chatwoot", base, "--account", account, "--note-token", place)
    code, err = assist("connect", "chatwoot-notes", *asked)
    assert code == 2
    assert told in " ".join(err.split())
    assert "qqq" not in err
