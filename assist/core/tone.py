"""How the house speaks: a line in the tone that the playbook asks for.

The law: the tone never changes what a line says, nor its slots; only short forms that can mean one
thing alone are written out.
"""

import re

from assist.core.playbook import Tone

__all__ = ["spoken"]

_SHORT = re.compile(
    r"\b(?P<whole>can't|won't|let's)\b|(?P<head>\b[A-Za-z]+)(?P<tail>n't|'ll|'re|'m|'ve)\b",
    re.IGNORECASE,
)
_WHOLE = {"can't": "cannot", "won't": "will not", "let's": "let us"}
_TAILS = {"n't": " not", "'ll": " will", "'re": " are", "'m": " am", "'ve": " have"}


def spoken(line: str, tone: Tone) -> str:
    """Return the line in that tone; formal is without short forms."""
    return _SHORT.sub(_written_out, line) if tone is Tone.FORMAL else line


def _written_out(match: re.Match[str]) -> str:
    if match["whole"]:
        long = _WHOLE[match["whole"].lower()]
        return long[0].upper() + long[1:] if match["whole"][0].isupper() else long
    return match["head"] + _TAILS[match["tail"].lower()]
