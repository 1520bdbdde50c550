"""Text as the pieces that the encoder knows.

The law: the published WordPiece of BERT, uncased, piece for piece (proved against it where the
encoder is trained); the turn has precedence over what went before it, of which the end is read,
and neither may be longer than the encoder reads. No library does this without a client for a
model hub in its train.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Pieces", "WordPiece"]

_LONGEST_WORD = 100
_EARLIER = 18
"""As many pieces of what went before are read, its last: more told nothing more."""
_UNKNOWN, _FIRST, _LAST = "[UNK]", "[CLS]", "[SEP]"
_ODD = re.compile(r"[^ -~\n]")
_PLAIN = re.compile(r"[a-z0-9]+|[!-~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The numbers of the pieces; `kinds` is 0 for the turn and 1 for what went before."""

    ids: tuple[int, ...]
    kinds: tuple[int, ...]


class WordPiece:
    """The vocabulary, and texts cut by it. `longest` counts pieces, marks included."""

    def __init__(self, vocabulary: Path, longest: int, own: int) -> None:
        lines = vocabulary.read_text(encoding="utf-8").splitlines()
        self._known: Mapping[str, int] = {piece: number for number, piece in enumerate(lines)}
        self._longest, self._own = longest, own

    def __len__(self) -> int:
        """Return how many pieces are known."""
        return len(self._known)

    def cut(self, text: str, before: str = "") -> Pieces:
        """Return the pieces of a turn, and after them those of what went before."""
        room = self._longest - (3 if before else 2)
        turn = self.pieces(text)[: min(room, self._own) if before else room]
        left = min(room - len(turn), _EARLIER)
        earlier = self.pieces(before)[-left:] if before and left else []
        first, last = self._known[_FIRST], self._known[_LAST]
        ids = [first, *turn, last]
        kinds = [0] * len(ids)
        if earlier:
            ids += [*earlier, last]
            kinds += [1] * (len(earlier) + 1)
        return Pieces(ids=tuple(ids), kinds=tuple(kinds))

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, without marks at its ends."""
        found: list[int] = []
        for word in _words(text):
            number = self._known.get(word)
            if number is not None and len(word) <= _LONGEST_WORD:
                found.append(number)
            else:
                found.extend(self._of_word(word))
        return found

    def _of_word(self, word: str) -> Sequence[int]:
        if len(word) > _LONGEST_WORD:
            return (self._known[_UNKNOWN],)
        found, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = word[start:end] if start == 0 else f"##{word[start:end]}"
                if piece in self._known:
                    break
                end -= 1
            if end == start:
                return (self._known[_UNKNOWN],)
            found.append(self._known[piece])
            start = end
        return found


def _words(text: str) -> list[str]:
    """Return words and single marks, in lower case and without accents."""
    if _ODD.search(text) is None:
        return _PLAIN.findall(text.lower())
    spaced: list[str] = []
    for char in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(char)
        if char.isspace() or kind == "Zs":
            spaced.append(" ")
        elif kind == "Mn" or kind[0] == "C" or char == "\ufffd":
            continue
        elif _is_mark(char, kind) or _is_ideograph(char):
            spaced.append(f" {char} ")
        else:
            spaced.append(char)
    return "".join(spaced).split()


def _is_mark(char: str, kind: str) -> bool:
    return kind[0] == "P" or (char.isascii() and not char.isalnum() and char > " ")


def _is_ideograph(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\uf900" <= char <= "\ufaff"
    )
