"""Who may show the sidebar in a frame, and what the pages made for that may load.

The law: a helpdesk's page may frame only the pages under `/host`, and only where an operator named
it. A page that needs a helpdesk's own script may load that one; the page with the chat in it never.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from assist.settings import Settings

__all__ = ["Framing", "framing_of"]

_FILES = Path(__file__).parents[1] / "widget" / "host"
_ROOM = "/host/"
_SCRIPTS = {
    "zendesk.html": "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js",
}


class _Open(StaticFiles):
    """Files that another origin's page may load as modules: they are public, and say nothing."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        answer = super().file_response(*given, **named)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """The pages that may hold the sidebar: origins, and the path on which tokens are to be had."""

    hosts: tuple[str, ...] = ()
    token_path: str | None = None

    def told(self) -> dict[str, Any]:
        """Return what the pages themselves must know."""
        return {"hosts": list(self.hosts), "token": self.token_path}

    def routes(self) -> list[BaseRoute]:
        """Return where the files are."""
        return [Mount(_ROOM.rstrip("/"), _Open(directory=_FILES, check_dir=False))]

    def policy(self, path: str, policy: str) -> str:
        """Return the content security policy of the page at `path`, given that of all others."""
        if not path.startswith(_ROOM):
            return policy
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        rules["frame-ancestors"] = " ".join(("'self'", *self.hosts))
        page = path.removeprefix(_ROOM)
        if page != "frame.html":
            rules["frame-src"] = "'self'"
        if script := _SCRIPTS.get(page):
            rules["script-src"] = f"'self' {script}"
        return "; ".join(f"{name} {value}" for name, value in rules.items())


def framing_of(settings: Settings) -> Framing:
    """Return what the settings say."""
    return Framing(hosts=settings.framed_by, token_path=settings.token_path)
