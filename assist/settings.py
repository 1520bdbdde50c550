"""What an operator may set: each setting once, with what it means and its default.

The law: a setting comes from the command line, else from `ASSIST_<NAME>` in the environment, else
from here. Secrets are named by file, never given as values.
"""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assist.errors import UsageError

__all__ = ["Settings", "load_settings"]

_Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """How the service runs."""

    model_config = SettingsConfigDict(
        env_prefix="ASSIST_", frozen=True, extra="ignore", hide_input_in_errors=True
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
    idle_s: float = Field(
        default=300.0, gt=0, description="Seconds after which a silent conversation leaves memory."
    )
    resume_window_s: float = Field(
        default=3600.0, ge=0, description="Seconds within which a listener may count on resuming."
    )

    @field_validator("rules", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part for part in value.split(os.pathsep) if part)

    @field_validator("origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())


def load_settings(**given: Any) -> Settings:
    """Return the settings, `given` above the environment; what is None there was not given."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = str(found["loc"][0])
    raise UsageError(
        f"setting {name} (ASSIST_{name.upper()}) cannot be used: {found['msg']}",
        code="settings.wrong",
    )
