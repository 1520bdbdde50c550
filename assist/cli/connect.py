"""`assist connect`: a connector by itself, and what is needed to write one."""

import asyncio
import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text
from typer.core import TyperGroup

from assist.cli.files import write_whole
from assist.cli.options import ConfigOption
from assist.cli.screen import err
from assist.errors import UsageError

if TYPE_CHECKING:
    from assist.connectors.port import Happening, Ignored

__all__ = ["app"]


class _Names(TyperGroup):
    """Takes what is no command for the name of a platform."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that `args` mean."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["run", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Names,
    help="Connect a helpdesk: `assist connect NAME --to ws://HOST:8765/v1`.",
    no_args_is_help=True,
)
_ConnectFile = Annotated[
    Path | None,
    typer.Option("--setup", help="TOML file with a table for each platform."),
]


@app.command("run")
def run(
    names: Annotated[str, typer.Argument(help="Platforms or mapping files, with commas between.")],
    *,
    to: Annotated[str, typer.Option("--to", help="Where the service is.")] = (
        "ws://127.0.0.1:8765/v1"
    ),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on, 0 for a free one.")] = 8090,
    journal: Annotated[
        Path, typer.Option(help="File that keeps what is not passed on yet.")
    ] = Path("assist.connect.sqlite"),
    token_file: Annotated[
        Path | None, typer.Option(help="File with the token for the service; read anew each time.")
    ] = None,
    setup: _ConnectFile = None,
    config: ConfigOption = None,
    mask: Annotated[
        str | None,
        typer.Option(help="Secrets to mask, with commas; '' for none. See `assist settings`."),
    ] = None,
) -> None:
    """Take deliveries in at /in/NAME and pass them on to a service. `assist connect NAME` is it."""
    from assist.connectors.alone import Alone
    from assist.connectors.setups import chosen, read_tables
    from assist.service.logs import configure_logs, keep_crashes_wordless
    from assist.service.masks import Masks
    from assist.settings import load_settings

    settings = load_settings(config, mask=mask)
    masks = Masks(kinds=settings.mask, tenants=settings.mask_tenants)
    tables = read_tables(setup)
    wanted = [chosen(name, os.environ, tables) for name in names.split(",") if name]
    alone = Alone(
        wanted, to=to, host=host, port=port, journal=journal, token_file=token_file, masks=masks
    )
    configure_logs(settings.log_level, settings.log_format)
    keep_crashes_wordless()
    with asyncio.Runner() as runner:
        runner.run(_until_stopped(alone))


@app.command("list")
def show() -> None:
    """Print the platforms, and what proves a delivery of each."""
    from assist.connectors.registry import platforms

    for platform in platforms().values():
        print(f"{platform.name:12} {platform.title:28} {platform.verifier.scheme}")


@app.command("try")
def try_(
    name: Annotated[str, typer.Argument(help="A platform or a mapping file.")],
    payload: Annotated[Path, typer.Argument(help="A file with the JSON that is delivered.")],
    *,
    own: Annotated[str, typer.Option(help="Ids of our own senders, with commas between.")] = "",
) -> None:
    """Print what would be understood of a payload, one JSON object a line. Nothing is sent."""
    from assist.connectors.port import Setup
    from assist.connectors.registry import platform_named
    from assist.connectors.trying import tried

    platform = platform_named(name)
    try:
        body = payload.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {payload}: {error.strerror}") from None
    senders = frozenset(part for part in own.split(",") if part)
    for one in tried(platform, body, Setup(own=senders), str(payload)):
        print(json.dumps(_shown(one), ensure_ascii=False))


@app.command("table")
def table(
    payloads: Annotated[Path, typer.Argument(help="A folder with a folder for each platform.")],
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Write the page to this file.")] = None,
) -> None:
    """Deliver every kind of payload to every platform's door, and print what became of it."""
    from assist.connectors.registry import platforms
    from assist.connectors.trials import page

    text = asyncio.run(page(payloads, platforms()))
    if out is None:
        print(text, end="")
    else:
        write_whole(out, text)


@app.command("load")
def load(
    *,
    rate: Annotated[float, typer.Option(min=1, help="Webhooks a second.")] = 1000.0,
    seconds: Annotated[float, typer.Option(min=0.1, help="For how long.")] = 10.0,
    conversations: Annotated[int, typer.Option(min=1, help="Over how many chats.")] = 500,
    apart: Annotated[bool, typer.Option(help="Take them in in a process of its own.")] = False,
) -> None:
    """Send signed webhooks to a service of its own, and print how fast they were answered."""
    import tempfile

    from assist.connectors.load import Load, loaded

    wanted = Load(rate=rate, seconds=seconds, conversations=conversations, apart=apart)
    with tempfile.TemporaryDirectory() as folder:
        took = asyncio.run(loaded(wanted, Path(folder)))
    print(
        json.dumps(
            {
                "sent": wanted.count,
                "rate": round(wanted.count / took.sending, 1),
                "statuses": took.statuses,
                "p50_ms": round(took.percentile(0.5) * 1000, 1),
                "p99_ms": round(took.percentile(0.99) * 1000, 1),
                "max_ms": round(max(took.answers) * 1000, 1),
                "stored": took.stored,
                "lost": took.lost,
                "drained_s": round(took.draining, 1),
            }
        )
    )


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of what may be delivered to /in/generic."""
    from assist.connectors.generic import schema as generic_schema

    print(json.dumps(generic_schema(), indent=2, ensure_ascii=False))


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="The platform's name, such as `tiledesk`.")],
    *,
    into: Annotated[Path, typer.Option(help="Where the project is.")] = Path(),
) -> None:
    """Write the skeleton of a connector: its module, its payloads, and their contract test."""
    from assist.connectors.skeleton import skeleton

    files = skeleton(name)
    for place in files:
        if (into / place).exists():
            raise UsageError(f"{into / place} exists already: choose another name")
    for place, text in files.items():
        (into / place).parent.mkdir(parents=True, exist_ok=True)
        write_whole(into / place, text)


async def _until_stopped(alone: Any) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stopping.set)
    running = asyncio.create_task(alone.run(stopping))
    await running
    err.print(Text("stopped"))


def _shown(one: "Happening | Ignored") -> dict[str, Any]:
    from assist.connectors.port import Ignored
    from assist.connectors.written import message_of

    if isinstance(one, Ignored):
        return {"ignored": one.reason}
    told = json.loads(message_of(one.place.name, one.what).model_dump_json())
    return {**told, **({"revision": one.revision} if one.revision else {})}
