"""`assist connect chatwoot-notes`: alerts as private notes in Chatwoot."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.errors import UsageError

if TYPE_CHECKING:
    from assist.connectors.chatwoot_notes import Post
    from assist.connectors.pass_file import PassFile

__all__ = ["chatwoot_notes"]


def chatwoot_notes(
    *,
    chatwoot: Annotated[
        str, typer.Option("--chatwoot", help="The installation, such as https://chat.example.")
    ],
    account: Annotated[str, typer.Option("--account", help="The account's number.")],
    note_token: Annotated[
        Path,
        typer.Option("--note-token", help="File with the API access token of a bot or an agent."),
    ],
    to: Annotated[str, typer.Option("--to", help="Where the service is.")] = (
        "ws://127.0.0.1:8765/v1"
    ),
    token_file: Annotated[
        Path | None,
        typer.Option(help="File with a supervisor's token for the service; read anew each time."),
    ] = None,
) -> None:
    """Write a private note into a chat when it becomes tense. Customers never see it."""
    from assist.connectors.chatwoot_notes import posting
    from assist.connectors.pass_file import PassFile
    from assist.service.logs import configure_logs

    configure_logs()
    post = posting(chatwoot, account, _held(note_token))
    token = None if token_file is None else PassFile(token_file)
    try:
        asyncio.run(_run(to, token, account, post))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


async def _run(to: str, token: "PassFile | None", account: str, post: "Post") -> None:
    from assist.client import lasting
    from assist.connectors.chatwoot_notes import Notes
    from assist.connectors.pass_file import told_of

    sleep = asyncio.sleep if token is None else token.wait
    async with lasting(to, role="supervisor", token=token, sleep=sleep, told=told_of) as client:
        await Notes(client, account, post).run()


def _held(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        pass
    raise UsageError(f"the token cannot be read from {path}")
