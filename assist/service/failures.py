"""What may be told and logged of a failure.

The law: its kind and its place. An exception's own words may quote a chat, so they are never kept.
"""

from hashlib import blake2s
from pathlib import Path
from traceback import walk_tb

from assist.errors import AssistError, ClientFault

__all__ = ["erased_meanwhile", "mark_of", "told_of"]


def mark_of(name: str) -> str:
    """Return what stands for a conversation in the log: the same each time, and none of its words.

    An id is given by whoever opened it, and may be an address.
    """
    return blake2s(name.encode(), digest_size=5).hexdigest()


def erased_meanwhile() -> ClientFault:
    """Return what a sender is told whose conversation is no longer in the log."""
    return ClientFault(
        "This conversation was erased meanwhile; send again what it is to begin anew with.",
        code="conversation.erased",
        retry=True,
    )


def told_of(error: BaseException) -> dict[str, str]:
    """Return the fields to log: kind, code, and the places it came through."""
    places = [
        f"{Path(frame.f_code.co_filename).name}:{line}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    code = error.code if isinstance(error, AssistError) else "server.fault"
    return {"error": type(error).__name__, "code": code, "through": " ".join(places)}
