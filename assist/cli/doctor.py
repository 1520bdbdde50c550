"""`assist doctor`: is everything there that the service needs, and what to do where not."""

import json
import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from assist.cli.options import ConfigOption
from assist.cli.screen import clean, console
from assist.errors import UsageError
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.service.checkup import Sign

__all__ = ["doctor"]

_STYLES = {"ok": "green", "warn": "yellow", "fail": "bold red"}
_PATIENCE_S = 5.0


def doctor(
    *,
    config: ConfigOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object with all that was found.")
    ] = False,
    running: Annotated[
        str | None,
        typer.Option(
            help="Ask the service that runs at this URL, such as http://127.0.0.1:8080, whether "
            "it is ready, and look at nothing else.",
            show_default=False,
        ),
    ] = None,
    healthy: Annotated[
        bool,
        typer.Option(
            help="Ask the service that runs here with these settings, as `--running` does; for a "
            "health check, with or without TLS."
        ),
    ] = False,
    store: Annotated[
        str | None, typer.Option(help="Look at this store in place of the one that is set.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address that would be listened on.")] = None,
    port: Annotated[int | None, typer.Option(help="WebSocket port.")] = None,
    http_port: Annotated[int | None, typer.Option(help="Port of pages and metrics.")] = None,
    token_secret_file: Annotated[
        Path | None, typer.Option(help="File with the secret that tokens are signed with.")
    ] = None,
    ports: Annotated[
        bool, typer.Option(help="Look whether the ports are free; not while the service runs.")
    ] = True,
) -> None:
    """Look at everything that the service needs, one line each; exit 1 where one is not well."""
    if running is not None:
        _ask(running, as_json=as_json)
        return
    loaded = read_settings(
        config,
        store=store,
        host=host,
        port=port,
        http_port=http_port,
        token_secret_file=token_secret_file,
    )
    if healthy:
        _ask(_own_address(loaded.settings), as_json=as_json)
        return
    from assist.connectors.checkup import connectors_examined
    from assist.service.checkup import examined

    signs = chain(examined(loaded, ports=ports), connectors_examined(loaded.settings, os.environ))
    failed = _print(signs, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def _print(signs: "Iterable[Sign]", *, as_json: bool) -> bool:
    """Print the signs as they come, and tell whether one is a failure."""
    seen: list[Sign] = []
    screen = console()
    for sign in signs:
        seen.append(sign)
        if not as_json:
            screen.print(_line(sign), soft_wrap=True)
    failed = any(sign.health == "fail" for sign in seen)
    if as_json:
        print(json.dumps({"well": not failed, "signs": [asdict(sign) for sign in seen]}, indent=2))
    return failed


def _line(sign: "Sign") -> Text:
    line = Text(f"{sign.health:<5}", style=_STYLES[sign.health])
    line.append(f"{sign.name:<10}", style="bold")
    line.append(clean(sign.told).replace("\n", " "))
    if sign.cure:
        line.append(f"\n{'':15}→ {clean(sign.cure)}", style="bold")
    return line


def _own_address(settings: Settings) -> str:
    """Return where the service with these settings has its pages, as seen from its machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104
    scheme = "http" if settings.tls_cert is None else "https"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.http_port}"


def _ask(url: str, *, as_json: bool) -> None:
    status, told = _answer(f"{url.rstrip('/')}/readyz")
    if as_json:
        print(json.dumps(told, indent=2))
    else:
        words = "ready" if told.get("ready") else "not ready"
        screen = console()
        screen.print(Text(words, style="green" if told.get("ready") else "bold red"))
        for part in told.get("degraded", ()):
            why = clean(str(told.get("trouble", {}).get(part, "")))
            screen.print(Text(f"  {clean(str(part))}: {why}"), soft_wrap=True)
        for warning in told.get("warnings", ()):
            screen.print(Text(f"  {clean(str(warning))}", style="yellow"), soft_wrap=True)
    if status != 200:
        raise typer.Exit(1)


def _answer(url: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON of `/readyz`; 0 where nobody answers."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url} is no address: give one such as http://127.0.0.1:8080")
    # On this machine the certificate's name need not fit: nothing secret is asked or told.
    context = ssl._create_unverified_context()  # noqa: S323, SLF001
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE_S, context=context) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            return error.code, json.load(error)
        except ValueError:
            return error.code, {"ready": False, "degraded": []}
    except (OSError, ValueError):
        return 0, {
            "ready": False,
            "degraded": ["service"],
            "trouble": {"service": "nobody answers there: is it running?"},
        }
