"""Fields that a payload may lack, on top of those of `payloads`.

The law: what is absent is None or empty; what is there and of another kind is Unread.
"""

from assist.connectors.payloads import found, name_of, text_of
from assist.core.hypertext import is_hypertext, words_of

__all__ = ["flag", "kind_of", "label", "maybe_name", "words_at"]

# Reading HTML takes its time, about 2 µs a character, and others wait meanwhile.
_LONGEST_HTML = 65_536


def maybe_name(payload: object, path: str) -> str | None:
    """Return the id at `path`, or None where there is none."""
    return None if found(payload, path) in (None, "") else name_of(payload, path)


def label(payload: object, path: str) -> str | None:
    """Return the name at `path` as people read it, or None; of another kind is as absent."""
    value = found(payload, path)
    return value[:200] if isinstance(value, str) and value else None


def kind_of(payload: object, path: str) -> str:
    """Return the word at `path` that says of which kind something is; empty where there is none."""
    return text_of(payload, path)


def words_at(payload: object, path: str) -> str:
    """Return the words at `path`, which may be HTML or plain text; empty where there are none."""
    body = text_of(payload, path)
    return words_of(body[:_LONGEST_HTML]) if is_hypertext(body) else body


def flag(payload: object, path: str) -> bool:
    """Tell whether `path` is true."""
    return found(payload, path) is True
