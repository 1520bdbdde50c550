"""What an operator may set: each setting once, with what it means and its default.

The law: a setting comes from the command line, else from `ASSIST_<NAME>` in the environment, else
from the file that is named, else from here. Secrets are named by file, never given as values. A
relative path in the file is seen from the file's folder, elsewhere from the working folder.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assist.core.masking import DEFAULT, KINDS, Secret
from assist.errors import UsageError
from assist.settings_file import settings_of

__all__ = ["CONFIG", "PREFIX", "LoadedSettings", "Settings", "load_settings", "read_settings"]

CONFIG = "ASSIST_CONFIG"
"""The variable that names the file with settings."""

PREFIX = "ASSIST_"
_CONNECT = "ASSIST_CONNECT_"  # what is said of single helpdesks is read by whoever connects them
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?")
_SECONDS = {"m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def _between_commas(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


_Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """How the service runs."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    host: str = Field(default="127.0.0.1", description="Address that both ports listen on.")
    port: _Port = Field(default=8765, description="Port of the WebSocket endpoint; 0 picks one.")
    http_port: _Port = Field(
        default=8080, description="Port of the pages, samples and metrics; 0 picks one."
    )
    store: str = Field(
        default="sqlite:assist.sqlite",
        description="Where turns are kept: `memory:` (until the end) or `sqlite:PATH`.",
    )
    rules: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Folders of rule packs; in the environment, separated as in PATH.",
    )
    playbook: Path | None = Field(default=None, description="File that says what agents may offer.")
    fitted: Path | None = Field(
        default=None,
        description="Folder that `assist fit` wrote; it takes the place of the shipped numbers.",
    )
    token_secret_file: Path | None = Field(
        default=None,
        description="File that holds the secret of the tokens; without it no token is asked for.",
    )
    origins: Annotated[tuple[str, ...] | None, NoDecode] = Field(
        default=None,
        description="Web origins that may connect, such as `https://desk.example`, separated by "
        "commas; without it, pages of this machine and clients that are no web page.",
    )
    framed_by: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Web origins whose pages may show the sidebar in a frame, such as "
        "`https://desk.example` or `https://*.zendesk.com`, separated by commas.",
    )
    token_path: str | None = Field(
        default=None,
        pattern=r"^/([A-Za-z0-9._~-][A-Za-z0-9/._~-]*)?$",
        description="Path on this service's own address, answered by your proxy with a token for "
        "whoever is signed in; the framed pages for helpdesks ask there.",
    )
    share_coverage: bool = Field(
        default=False,
        description="Show the coverage of a conversation to everybody who follows it; without it, "
        "only to the agent who has it.",
    )
    frame_bytes: int = Field(
        default=65_536, ge=1024, le=16_777_216, description="Largest frame a client may send."
    )
    text_chars: int = Field(
        default=10_000, ge=1, description="Longest text of one turn or draft, in characters."
    )
    turns_per_second: float = Field(
        default=500.0, gt=0, description="Turns that one connection may send in a second."
    )
    queue: int = Field(
        default=256,
        ge=1,
        description="Messages that may wait for one listener before it is closed as slow, and "
        "messages that may wait in one conversation before its senders are held back.",
    )
    queue_bytes: int = Field(
        default=1_048_576,
        ge=1024,
        description="Bytes that may wait for one listener before it is closed as slow.",
    )
    messages_per_second: float = Field(
        default=100.0,
        gt=0,
        description="Messages a second from one agent or supervisor, over all their connections.",
    )
    tenant_turns_per_second: float = Field(
        default=2_000.0, gt=0, description="Turns that one tenant may send in a second."
    )
    address_messages_per_second: float = Field(
        default=5_000.0,
        gt=0,
        description="Messages and new connections that may come from one address in a second.",
    )
    address_connections: int = Field(
        default=10_000, ge=1, description="Connections that one address may have at once."
    )
    http_connections: int = Field(
        default=512, ge=8, description="Connections that the HTTP port may have at once."
    )
    http_address_connections: int = Field(
        default=256, ge=1, description="The same of one address that is none of `proxies`."
    )
    proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses of reverse proxies, separated by commas; of theirs, "
        "`X-Forwarded-For` says who counts as the address.",
    )
    backlog: int = Field(
        default=512,
        ge=1,
        description="Messages that may be worked on, or wait for that, in all conversations; "
        "what comes above that is held back, then refused with a wait.",
    )
    hold_s: float = Field(
        default=2.0,
        ge=0,
        le=60,
        description="Seconds that messages are held back for a free seat before they are refused.",
    )
    ahead_s: float = Field(
        default=3600.0,
        ge=0,
        description="Seconds that the time of a turn may lie ahead of this machine's clock.",
    )
    token_longest_s: float = Field(
        default=86_400.0,
        gt=0,
        description="Seconds that a token may be good for at most; longer ones are refused.",
    )
    idle_s: float = Field(
        default=300.0, gt=0, description="Seconds after which a silent conversation leaves memory."
    )
    resume_window_s: float = Field(
        default=3600.0, ge=0, description="Seconds within which a listener may count on resuming."
    )

    analysis_budget_s: float = Field(
        default=5.0,
        gt=0,
        le=600,
        description="Seconds that reading one input may take. What takes longer is read without "
        "the trained models, then without its words, and others go on meanwhile.",
    )
    analysis_grace_s: float = Field(
        default=10.0,
        ge=0,
        le=600,
        description="Seconds more that reading a turn or an edit may go on then. What comes of it "
        "within them is told as later events of that turn, where nothing has happened since.",
    )
    drain_s: float = Field(
        default=5.0,
        ge=0,
        le=600,
        description="Seconds within which a service that is stopped does what it has taken in.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^wss?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9/._~-]*)?$",
        description="Where clients reach the WebSocket endpoint, such as "
        "`wss://assist.example/v1`, told to our pages; without it, `port` on the host of the page.",
    )
    tls_cert: Path | None = Field(
        default=None,
        description="File with the certificate chain (PEM) for both ports; without it they speak "
        "plain WebSocket and HTTP, as behind a proxy.",
    )
    tls_key: Path | None = Field(
        default=None, description="File with the key (PEM) of `tls_cert`, without a passphrase."
    )
    keep: str | None = Field(
        default=None,
        description="How long a conversation stays stored after it was last talked in, such as "
        "`30d` or `12h`; without it, for ever.",
    )
    mask: Annotated[tuple[Secret, ...], NoDecode] = Field(
        default=DEFAULT,
        description="Secrets that are made unreadable before a turn is stored or read, separated "
        f"by commas: {', '.join(f'`{kind}`' for kind in KINDS)}; empty for none. `names` are the "
        "customer's as `open` tells it and what people call themselves; suggestions leave it open.",
    )
    mask_tenants: dict[str, Annotated[tuple[Secret, ...], BeforeValidator(_between_commas)]] = (
        Field(
            default={},
            description="The same for single tenants, in place of `mask`: a table in the file, "
            "a JSON object in the environment.",
        )
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto",
        description="How the log is written: `json` is one object a line, `auto` means text on a "
        "terminal and JSON elsewhere.",
    )

    connect: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Helpdesks, or mapping files, that may deliver what is said at `/in/NAME` on "
        "the HTTP port, separated by commas.",
    )
    connect_setup: Path | None = Field(
        default=None,
        description="TOML file with a table for each of these: `secret_file`, `own`, `proof`, "
        "`options`. In the environment: `ASSIST_CONNECT_<NAME>_SECRET_FILE` and so on.",
    )

    @property
    def keep_s(self) -> float | None:
        """Return `keep` in seconds."""
        return None if self.keep is None else int(self.keep[:-1]) * _SECONDS[self.keep[-1]]

    @field_validator("keep")
    @classmethod
    def _span(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[1-9][0-9]{0,5}[mhdw]", value):
            raise ValueError("write a number and m, h, d or w, such as `12h` or `30d`")
        return value

    @field_validator("mask", "connect", mode="before")
    @classmethod
    def _between(cls, value: object) -> object:
        return _between_commas(value)

    @field_validator("rules", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part for part in value.split(os.pathsep) if part)

    @field_validator("origins", "proxies", "framed_by", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())

    @field_validator("framed_by")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for place, origin in enumerate(value, 1):
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"number {place} is no origin; write https://name or https://*.name"
                )
        return value

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("give both `tls_cert` and `tls_key`, or neither")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """The settings, where each that is not a default comes from, and names that are none of ours.

    A place is `command line`, the name of a variable, or `FILE:LINE`.
    """

    settings: Settings
    places: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()


def load_settings(config: Path | None = None, **given: Any) -> Settings:
    """Return the settings, `given` first; what is None there was not given.

    Raises UsageError with the place where something cannot be used.
    """
    return read_settings(config, **given).settings


def read_settings(config: Path | None = None, **given: Any) -> LoadedSettings:
    """Return the settings and where they come from; `config`, else ASSIST_CONFIG, is the file."""
    variables = {name.upper(): name for name in os.environ if name.upper().startswith(PREFIX)}
    named = config or (Path(os.environ[CONFIG]) if os.environ.get(CONFIG) else None)
    known = Settings.model_fields
    written, lines = settings_of(named, known) if named is not None else ({}, {})
    places = {name: f"{named}:{line}" for name, line in lines.items()}
    ours = {name: f"{PREFIX}{name.upper()}" for name in known}
    places |= {name: variable for name, variable in ours.items() if variable in variables}
    below = {name: value for name, value in written.items() if ours[name] not in variables}
    above = {name: value for name, value in given.items() if value is not None}
    places |= dict.fromkeys(above, "command line")
    try:
        settings = Settings(**{**below, **above})
    except ValidationError as error:
        raise _unusable(error, places) from None
    strange = sorted(
        name
        for name in variables.keys() - set(ours.values()) - {CONFIG}
        if not name.startswith(_CONNECT)
    )
    return LoadedSettings(settings=settings, places=places, strange=tuple(strange))


def _unusable(error: ValidationError, places: Mapping[str, str]) -> UsageError:
    found = error.errors(include_url=False, include_input=False, include_context=False)[0]
    words = found["msg"].removeprefix("Value error, ")
    if not found["loc"]:
        return UsageError(f"settings cannot be used: {words}", code="settings.wrong")
    name = str(found["loc"][0])
    place = places.get(name, "")
    told = f"{place}: setting {name}" if ":" in place else f"setting {name}"
    return UsageError(
        f"{told} ({PREFIX}{name.upper()}) cannot be used: {words}", code="settings.wrong"
    )
