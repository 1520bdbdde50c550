"""`assist serve` and `assist demo`."""

import contextlib
import os
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from assist.cli.options import ConfigOption, FittedOption, PlaybookOption, RulesOption, line_from
from assist.cli.screen import err
from assist.line import renew
from assist.packs.bundled import bundled
from assist.settings import Settings, load_settings

if TYPE_CHECKING:
    from assist.service.hub import Hub
    from assist.service.server import Attach, Service

__all__ = ["demo", "serve"]

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_OPEN_DOOR = (
    "Anybody who can reach {host} may read every chat: no token is asked for. "
    "Set --token-secret-file, or listen on 127.0.0.1."
)
_Host = Annotated[str | None, typer.Option(help="Address to listen on. [default: 127.0.0.1]")]
_Port = Annotated[
    int | None, typer.Option(help="WebSocket port, 0 for a free one. [default: 8765]")
]
_HttpPort = Annotated[
    int | None, typer.Option(help="Port of the pages and metrics. [default: 8080]")
]


def serve(
    *,
    config: ConfigOption = None,
    host: _Host = None,
    port: _Port = None,
    http_port: _HttpPort = None,
    store: Annotated[
        str | None, typer.Option(help="memory: or sqlite:PATH. [default: sqlite:assist.sqlite]")
    ] = None,
    rules: RulesOption = None,
    playbook: PlaybookOption = None,
    fitted: FittedOption = None,
    token_secret_file: Annotated[
        Path | None, typer.Option(help="File with the secret that tokens are signed with.")
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(help="How long silent conversations stay, such as 30d. [default: for ever]"),
    ] = None,
    mask: Annotated[
        str | None,
        typer.Option(help="Secrets to mask, with commas; '' for none. See `assist settings`."),
    ] = None,
    connect: Annotated[
        str | None,
        typer.Option(help="Helpdesks or mapping files that may deliver at /in/NAME, with commas."),
    ] = None,
    connect_setup: Annotated[
        Path | None, typer.Option(help="TOML file with a table for each of them.")
    ] = None,
) -> None:
    """Run the service until it is stopped."""
    _run(
        keep=keep,
        mask=mask,
        connect=connect,
        connect_setup=connect_setup,
        config=config,
        host=host,
        port=port,
        http_port=http_port,
        store=store,
        rules=tuple(rules) if rules else None,
        playbook=playbook,
        fitted=fitted,
        token_secret_file=token_secret_file,
    )


def demo(
    *,
    port: _Port = None,
    http_port: _HttpPort = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    rules: RulesOption = None,
    playbook: PlaybookOption = None,
) -> None:
    """Run the service with the demo page: a sample chat plays, and the sidebar answers."""

    def shown(service: "Service") -> None:
        err.print(Text(f"\nThe demo plays at {service.http_url}  (Ctrl+C ends it)\n", style="bold"))
        if browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(service.http_url)

    chosen = {"port": port, "http_port": http_port, "rules": tuple(rules) if rules else None}
    _run(ready=shown, store="memory:", playbook=playbook, **chosen)


def _run(*, ready: "Callable[[Service], object] | None" = None, **chosen: Any) -> None:
    from assist.service import heap
    from assist.service.reload import Source
    from assist.service.server import run

    settings = load_settings(**{name: value for name, value in chosen.items() if value is not None})
    if err.is_terminal and settings.host not in _LOOPBACK and settings.token_secret_file is None:
        err.print(Text(_OPEN_DOOR.format(host=settings.host), style="bold red"))
    places = (bundled("rules"), *settings.rules, *filter(None, (settings.playbook,)))
    heap.settle()  # the C library keeps to what is asked for before there are many threads
    line = line_from(list(settings.rules), settings.playbook, settings.fitted)
    source = Source(places=places, read=lambda: renew(line, settings.rules, settings.playbook))
    run(settings, line, ready=ready, source=source, attach=_doors(settings))


def _doors(settings: Settings) -> "Attach | None":
    """Return how the ways in of the wanted helpdesks are opened, None where none is wanted."""
    if not settings.connect:
        return None
    from assist.connectors.hall import Hall, journal_beside
    from assist.connectors.ingest import HubIngest
    from assist.connectors.matrix_identity import identity_routes
    from assist.connectors.setups import wanted_by

    wanted = wanted_by(settings, os.environ)
    journal = journal_beside(settings.store)
    known_by = identity_routes(wanted, settings)

    def opened(hub: "Hub") -> Hall:
        ingest = HubIngest(hub, settings.text_chars)
        registry, masks = hub.parts.metrics.registry, hub.parts.masks
        hall = Hall(wanted, ingest, journal, registry=registry, masks=masks)
        hub.also_forget.append(hall.forget)
        hub.also_known.append(hall.known_of)
        hall.routes += known_by
        return hall

    return opened
