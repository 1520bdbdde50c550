"""Numbers with their words.

The law: pure; one is `1 turn`, any other number `2 turns`, thousands with a comma.
"""

__all__ = ["counted"]


def counted(count: int, what: str) -> str:
    """Return the number with its word, of which `what` is the singular: an `s` makes the plural."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
