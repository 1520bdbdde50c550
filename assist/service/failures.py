"""What may be logged of a failure.

The law: its kind and its place. An exception's own words may quote a chat, so they are never kept.
"""

from pathlib import Path
from traceback import walk_tb

from assist.errors import AssistError

__all__ = ["told_of"]


def told_of(error: BaseException) -> dict[str, str]:
    """Return the fields to log: kind, code, and the places it came through."""
    places = [
        f"{Path(frame.f_code.co_filename).name}:{line}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    code = error.code if isinstance(error, AssistError) else "server.fault"
    return {"error": type(error).__name__, "code": code, "through": " ".join(places)}
