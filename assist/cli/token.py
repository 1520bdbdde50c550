"""`assist token`: a signed token on standard output, and nothing else there."""

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from assist.cli.options import ConfigOption
from assist.errors import UsageError
from assist.settings import load_settings
from assist.wire.messages import ANY_CONVERSATION, Peer

__all__ = ["token"]

_TTL: Final = re.compile(r"(?P<number>\d+(\.\d+)?)(?P<unit>[smh]?)")
_SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600}
_TENANT: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


def token(
    *,
    role: Annotated[Peer, typer.Option(help="What the holder may do.")],
    agent: Annotated[
        str | None, typer.Option(help="Who it is for; agents need one.", show_default=False)
    ] = None,
    tenant: Annotated[
        str, typer.Option(help="Whose conversations; none where there is one tenant only.")
    ] = "",
    conversation: Annotated[
        list[str] | None,
        typer.Option(
            help="A conversation it is for; may be given several times. Without, all of the "
            "tenant's.",
            show_default=False,
        ),
    ] = None,
    ttl: Annotated[str, typer.Option(help="How long it is good: 90, 90s, 15m or 8h.")] = "15m",
    secret_file: Annotated[
        Path | None,
        typer.Option(
            help="The file of the service's --token-secret-file; its first line signs. "
            "[default: that of the settings]",
            show_default=False,
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Print a token, good once, that a client sends in `hello`."""
    from assist.service.tokens import read_secrets, signed

    settings = load_settings(config, token_secret_file=secret_file)
    if settings.token_secret_file is None:
        raise UsageError(
            "there is no secret to sign with: give --secret-file FILE, the same that"
            " `assist serve --token-secret-file` has, or --config FILE with the settings of both",
            code="token.no-secret",
        )
    secrets = read_secrets(settings.token_secret_file)
    seconds = _seconds(ttl, settings.token_longest_s)
    _check(role, agent, tenant, conversation)
    print(
        signed(
            secrets[0],
            role=role,
            ttl_s=seconds,
            agent=agent,
            tenant=tenant,
            conversations=conversation or None,
        )
    )


def _seconds(ttl: str, longest_s: float) -> float:
    found = _TTL.fullmatch(ttl)
    seconds = float(found["number"]) * _SECONDS[found["unit"]] if found else 0.0
    if not 0 < seconds <= longest_s:
        raise UsageError(
            f"--ttl: write seconds, or 15m or 8h, above 0 and up to {longest_s:.0f} seconds"
            " (setting token_longest_s)",
            code="token.ttl",
        )
    return seconds


def _check(role: Peer, agent: str | None, tenant: str, conversations: list[str] | None) -> None:
    if role is Peer.AGENT and agent is None:
        raise UsageError("--agent: say which agent the token is for", code="token.no-agent")
    if agent is not None and not 0 < len(agent) <= 200:
        raise UsageError("--agent: an id has 1 to 200 characters", code="token.agent")
    if tenant and not _TENANT.fullmatch(tenant):
        raise UsageError(
            "--tenant: up to 64 letters, digits, dots, dashes and underscores", code="token.tenant"
        )
    for name in conversations or ():
        if name == ANY_CONVERSATION or not 0 < len(name) <= 200:
            raise UsageError(
                "--conversation: name one of 1 to 200 characters; leave it out for all",
                code="token.conversation",
            )
