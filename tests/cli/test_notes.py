"""`assist connect chatwoot-notes`: what is set wrong is said at once, and no secret is shown."""

import asyncio
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress

import pytest
import structlog
from websockets.asyncio.server import serve

from assist.cli import main
from assist.cli.notes import _run
from assist.connectors.pass_file import PassFile


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


async def test_a_token_that_ran_out_is_no_end(tmp_path):
    """The file is read anew, and the next try has the token that is good."""
    file, hellos = tmp_path / "token", []
    file.write_text("old", "utf-8")
    done = asyncio.Event()

    async def attend(socket):
        asked = json.loads(await socket.recv())
        hellos.append(asked["token"])
        if asked["token"] == "new":
            done.set()
            await socket.wait_closed()
            return
        file.write_text("new\n", "utf-8")
        refusal = {"type": "error", "re": asked["id"], "code": "session.bad-token"}
        await socket.send(json.dumps({**refusal, "message": "No.", "retry": False}))
        await socket.close(4101)

    async with serve(attend, "127.0.0.1", 0) as running:
        url = f"ws://127.0.0.1:{running.sockets[0].getsockname()[1]}/v1"
        following = asyncio.create_task(_run(url, PassFile(file), "1", None))
        async with asyncio.timeout(60):
            await done.wait()
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    assert hellos == ["old", "new"]
