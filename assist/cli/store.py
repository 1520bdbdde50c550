"""`assist erase`, `assist backup` and `assist restore`: what an operator does to a turn log."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from assist.cli.screen import err
from assist.core.counting import counted
from assist.errors import UsageError

__all__ = ["backup", "erase", "restore"]

_Store = Annotated[str, typer.Option("--store", help="The turn log, sqlite:PATH.")]


def erase(
    *,
    store: _Store,
    conversation: Annotated[
        str | None, typer.Option(help="The id of the conversation to erase.")
    ] = None,
    customer: Annotated[
        str | None,
        typer.Option(help="The customer to erase: the id that `open` gave, else the name."),
    ] = None,
    tenant: Annotated[str, typer.Option(help="Whose it is, where there are tenants.")] = "",
    journal: Annotated[
        Path | None,
        typer.Option(
            help="The journal of connectors that run by themselves; the one beside the log is"
            " always seen to."
        ),
    ] = None,
) -> None:
    """Leave no trace of a conversation, or of a customer's conversations, in a turn log."""
    import asyncio

    from assist.connectors.hall import journal_beside

    if (conversation is None) == (customer is None):
        raise UsageError("give either --conversation ID or --customer ID")
    path = _path(store)
    if not path.is_file():
        raise UsageError(f"there is no turn log {path}: name the file of `serve --store`")
    if journal is not None and not journal.is_file():
        raise UsageError(f"there is no journal {journal}: name the file of `connect --journal`")
    # The service's own connectors deliver for no tenant.
    beside = None if tenant else journal_beside(store)
    journals = tuple(one for one in (beside, journal) if one is not None and one.is_file())
    gone = asyncio.run(_erased(path, journals, conversation, customer, tenant))
    err.print(Text(f"{gone} erased from {path}"), soft_wrap=True)
    if not gone:
        raise typer.Exit(1)


def backup(
    out: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
    *,
    store: _Store,
) -> None:
    """Copy a turn log whole, also while the service runs."""
    from assist.service.backup import back_up

    conversations = back_up(_path(store), out)
    err.print(Text(f"wrote {out}: {counted(conversations, 'conversation')}"), soft_wrap=True)


def restore(
    copy: Annotated[Path, typer.Argument(help="A file that `assist backup` wrote.")],
    *,
    store: _Store,
    over: Annotated[bool, typer.Option("--over", help="Replace a log that is there.")] = False,
) -> None:
    """Put a copy back in the place of a turn log that no service has open."""
    from assist.service.backup import restore as put_back

    path = _path(store)
    conversations = put_back(copy, path, over=over)
    err.print(Text(f"wrote {path}: {counted(conversations, 'conversation')}"), soft_wrap=True)


async def _erased(
    path: Path,
    journals: tuple[Path, ...],
    conversation: str | None,
    customer: str | None,
    tenant: str,
) -> int:
    from assist.connectors.forgetting import erase_conversation, erase_customer
    from assist.service.store_sqlite import SqliteLog

    log = SqliteLog(path)
    try:
        if customer is not None:
            return await erase_customer(log, journals, customer, tenant)
        return await erase_conversation(log, journals, conversation or "", tenant)
    finally:
        await log.close()


def _path(store: str) -> Path:
    kind, _, place = store.partition(":")
    if kind != "sqlite" or not place:
        raise UsageError("only a log in a file can be worked on: write sqlite:PATH")
    return Path(place).expanduser()
