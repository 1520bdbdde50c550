"""What an export gives: the conversations, in the order of their time, and a count of the rest.

The law: every item of an export is either said here or left here with a reason. A turn that comes
twice is one turn; the later copy of an edited one holds.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assist.core.hypertext import is_hypertext, words_of
from assist.core.turns import Role, Turn
from assist.replay.transcripts import LONGEST_NAME, Transcript

__all__ = ["Gathering", "Imported", "plain"]

_KIND = re.compile(r"[A-Za-z][A-Za-z_.:-]{0,40}")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An export as read.

    `left_out` counts what is no turn here by its reason, `remarks` what is one and yet not as the
    platform had it.
    """

    transcripts: tuple[Transcript, ...]
    left_out: Mapping[str, int]
    remarks: Mapping[str, int]


class Gathering:
    """Where a platform's module puts what it finds in one file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._number = 0
        self._unnamed: set[int] = set()
        self._turns: dict[str, dict[str, Turn]] = {}
        self._customers: dict[str, str] = {}
        self._left: Counter[str] = Counter()
        self._remarks: Counter[str] = Counter()

    def begin(self) -> None:
        """Go on with the next document of the file."""
        self._number += 1

    def unnamed(self) -> str:
        """Return the file's name, for a conversation that has none of its own."""
        self._unnamed.add(self._number)
        return self._name

    def say(self, conversation: str, turn: Turn, *, attachments: int = 0) -> None:
        """Add a turn; one without a word and without an attachment is left out."""
        text = _HALF.sub("\N{REPLACEMENT CHARACTER}", turn.text)
        if text != turn.text:
            self.remark("with half a character in it, shown as �")
        if attachments:
            self.remark("with attachments, which are not read")
        elif not text.strip():
            self.leave("without words")
            return
        known = self._turns.setdefault(conversation, {})
        author = None if turn.role is Role.CUSTOMER else turn.author
        told = replace(turn, text=text, author=author)
        if (before := known.get(turn.id)) is not None:
            self.leave("told twice" if before == told else "earlier words of edited messages")
        known[turn.id] = told
        if turn.private:
            self.remark("private, kept and not read")

    def leave(self, reason: str) -> None:
        """Count something that is no turn."""
        self._left[reason] += 1

    def leave_kind(self, what: str, kind: str) -> None:
        """Count an item of a kind that is no turn; the kind is named where it looks like a name."""
        self.leave(f"{what} ({kind})" if _KIND.fullmatch(kind) else what)

    def remark(self, what: str, count: int = 1) -> None:
        """Count something that is worth knowing of a turn or a conversation."""
        self._remarks[what] += count

    def call(self, conversation: str, customer: str | None) -> None:
        """Note the customer's name; the first one holds."""
        if customer and not _HALF.search(customer):
            self._customers.setdefault(conversation, customer[:LONGEST_NAME])

    def done(self) -> Imported:
        """Return all of it, each conversation in the order of its time."""
        if len(self._unnamed) > 1:
            self.remark("parts name no conversation and are read as one", len(self._unnamed))
        return Imported(
            transcripts=tuple(
                Transcript(
                    conversation=conversation,
                    turns=_ordered(tuple(turns.values())),
                    customer_name=self._customers.get(conversation),
                )
                for conversation, turns in self._turns.items()
            ),
            left_out=dict(sorted(self._left.items())),
            remarks=dict(sorted(self._remarks.items())),
        )


def plain(text: str) -> str:
    """Return the words of a body that may be HTML or plain text."""
    return words_of(text) if is_hypertext(text) else text


def _ordered(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Sort by time; of the same moment, as in the file, which may have the newest first."""
    if turns[0].at > turns[-1].at:
        turns = turns[::-1]
    return tuple(sorted(turns, key=lambda turn: turn.at))
