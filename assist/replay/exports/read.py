"""Which platforms' exports can be read, and the reading of one file.

The law: the platform is named by the person, never guessed; a file of another one is refused, with
the name that it looks like.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from assist.errors import TranscriptError, UsageError
from assist.replay.exports import chatwoot, front, intercom, livechat, zendesk
from assist.replay.exports.gathering import Gathering, Imported
from assist.replay.exports.nodes import Node, documents
from assist.replay.transcripts import text_of

__all__ = ["EXPORTS", "Export", "parse_export", "read_export"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """How the exports of one platform are read."""

    looks_like: Callable[[Node], bool]
    gather: Callable[[Node, Gathering], None]


EXPORTS: Mapping[str, Export] = MappingProxyType({
    "chatwoot": Export(looks_like=chatwoot.looks_like, gather=chatwoot.gather),
    "front": Export(looks_like=front.looks_like, gather=front.gather),
    "intercom": Export(looks_like=intercom.looks_like, gather=intercom.gather),
    "livechat": Export(looks_like=livechat.looks_like, gather=livechat.gather),
    "zendesk": Export(looks_like=zendesk.looks_like, gather=zendesk.gather),
})  # fmt: skip


def read_export(platform: str, path: Path) -> Imported:
    """Return the conversations of a file that `platform` exported."""
    _known(platform)
    return parse_export(platform, text_of(path), file=str(path), name=path.stem)


def parse_export(platform: str, text: str, *, file: str = "<text>", name: str = "chat") -> Imported:
    """Return the conversations in `text`; `name` is for one that has none of its own.

    Raises TranscriptError where the text cannot be read, UsageError for an unknown platform.
    """
    export = _known(platform)
    gathering = Gathering(name)
    for document in documents(text, file):
        gathering.begin()
        if not export.looks_like(document):
            raise document.wrong(_stranger(platform, document))
        export.gather(document, gathering)
    imported = gathering.done()
    if not imported.transcripts:
        left = ", ".join(f"{count} {what}" for what, count in imported.left_out.items())
        counted = f" ({left})" if left else ""
        raise TranscriptError(f"there are no turns in this export{counted}", file=file, line=1)
    return imported


def _known(platform: str) -> Export:
    export = EXPORTS.get(platform)
    if export is None:
        raise UsageError(f"--from knows {', '.join(EXPORTS)}; other chats go through JSONL or CSV")
    return export


def _stranger(platform: str, document: Node) -> str:
    others = [name for name, export in EXPORTS.items() if export.looks_like(document)]
    hint = f"; it looks like --from {others[0]}" if others else ""
    return f"this is not as {platform} exports it{hint}: see docs/howto/import-history.md"
