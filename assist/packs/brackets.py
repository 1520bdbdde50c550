"""Brackets and braces that mean nothing where they stand: they are refused, not read as words.

The law: a bracket or brace of its own loads as a word that nobody writes, so that a slot goes to
the customer unfilled and a mark proves nothing. Only what is closed passes, and faces such as `:]`.
"""

import re

from assist.core.phrasing import FACTS, OFFERED, OPEN, slots_of, without_slots
from assist.packs.yamlfile import Node

__all__ = ["SLOTS", "closed", "slotted"]

SLOTS = (*FACTS, *OFFERED, *OPEN)
_FACE = re.compile(r"[:;=8]['-]?[\[\]]+")
_PAIR = re.compile(r"\[[^\[\]]*\]")
_SHOWN = frozenset(slot.replace("-", " ") for slot in SLOTS)


def closed(node: Node, text: str) -> str:
    """Return `text`, or raise `PackError` at `node` where a square bracket has no other one."""
    left = text
    while (shorter := _PAIR.sub("", left)) != left:
        left = shorter
    left = _FACE.sub("", left)
    if not set(left) & set("[]"):
        return text
    opened = "[" in left and "]" not in left
    told = "is opened and not closed" if opened else "has no other one that belongs to it"
    raise node.wrong(
        f"a square bracket {told}: add the missing one, or take it out", "pack.open-bracket"
    )


def slotted(node: Node, line: str) -> str:
    """Return a line to be sent, or raise `PackError` where what should be a slot is none."""
    known = ", ".join(SLOTS)
    for slot in slots_of(line):
        if slot not in SLOTS:
            raise node.wrong(f"unknown slot {{{slot}}}; write one of: {known}", "pack.unknown-slot")
    if set(without_slots(line)) & set("{}"):
        raise node.wrong(
            "a brace that makes no slot: write {name}, closed, in small letters and without "
            f"blanks; known: {known}",
            "pack.bad-slot",
        )
    for pair in _PAIR.findall(closed(node, line)):
        words = pair[1:-1].replace("-", " ")
        if words in _SHOWN:
            slot = words.replace(" ", "-")
            raise node.wrong(
                f"write {{{slot}}} for the slot: the brackets are put there for the agent to fill",
                "pack.bad-slot",
            )
    return line
