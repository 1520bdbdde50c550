"""From the `when` and `unless` of a rule file to conditions.

The law: the set of conditions is closed, and unknown words are refused where they stand. A list
means "any of these"; a mapping with several keys means "all of these".
"""

import re
from collections.abc import Callable
from enum import StrEnum

from assist.core.conditions import (
    ActDone,
    AllOf,
    AnyOf,
    CauseIs,
    Condition,
    CueFound,
    LedgerHas,
    LevelIs,
    MoodIs,
    Pattern,
    PlaybookHas,
    SignalIs,
    SilentFor,
    StageIs,
    WasHere,
)
from assist.core.conversation import Stage
from assist.core.escalation import Level
from assist.core.ledger import EntryKind, EntryState, Owner
from assist.core.mood import Mood
from assist.core.offers import Has
from assist.core.techniques import TECHNIQUES
from assist.packs.yamlfile import Node

__all__ = ["KEYS", "Conditions"]

KEYS = frozenset(
    {
        "all", "any", "phrases", "tokens", "negated", "signal", "level", "cause", "stage", "act",
        "ledger", "silence", "playbook", "mood", "history",
    }
)  # fmt: skip
_CHOICE = re.compile(r"\{[^{}]*\}")
_CAUSES = ("*", "unnamed", *(name[6:] for name in TECHNIQUES if name.startswith("cause.")))


class Conditions:
    """Reads the conditions of one rule, numbering its patterns."""

    def __init__(self, rule: str) -> None:
        self._rule = rule
        self._count = 0
        self._readers: dict[str, Callable[[Node], Condition]] = {
            "all": lambda node: AllOf(parts=self._parts(node)),
            "any": lambda node: AnyOf(parts=self._parts(node)),
            "signal": _signals,
            "level": lambda node: LevelIs(levels=tuple(map(Level, _names(node, "level", Level)))),
            "cause": lambda node: CauseIs(
                causes=tuple(n.one_of("cause", _CAUSES) for n in _some(node, "cause"))
            ),
            "mood": lambda node: MoodIs(moods=tuple(map(Mood, _names(node, "mood", Mood)))),
            "stage": lambda node: StageIs(stages=tuple(map(Stage, _names(node, "stage", Stage)))),
            "ledger": _ledger,
            "playbook": lambda node: PlaybookHas(
                kinds=tuple(map(Has, _names(node, "playbook", Has)))
            ),
            "silence": lambda node: SilentFor(seconds=int(node.number("silence", 5, 86_400))),
            "history": lambda node: WasHere(days=int(node.number("history", 1, 365))),
            "act": _acts,
        }

    def read(self, node: Node) -> Condition:
        """Return the condition that `node` says."""
        if isinstance(node.value, tuple):
            return AnyOf(parts=self._parts(node))
        keys = node.mapping("a condition", KEYS)
        parts: list[Condition] = []
        if "phrases" in keys or "tokens" in keys:
            parts.append(self._words(node))
        elif "negated" in keys:
            raise keys["negated"].wrong("'negated' stands beside 'phrases' or 'tokens'")
        parts.extend(
            self._readers[key](child) for key, child in keys.items() if key in self._readers
        )
        if not parts:
            raise node.wrong("a condition must say something", "pack.empty")
        return parts[0] if len(parts) == 1 else AllOf(parts=tuple(parts))

    def _parts(self, node: Node) -> tuple[Condition, ...]:
        return tuple(self.read(child) for child in _some(node, "a list of conditions"))

    def _words(self, node: Node) -> CueFound:
        keys = node.mapping("a condition", KEYS)
        phrases = keys.get("phrases")
        tokens = keys.get("tokens")
        negated = "negated" in keys and keys["negated"].one_of("negated", ("yes", "no")) == "yes"
        self._count += 1
        return CueFound(
            pattern=Pattern(
                cue=f"{self._rule}#{self._count}",
                phrases=tuple(map(_phrase, _some(phrases, "phrases"))) if phrases else (),
                tokens=tuple(map(_tokens, _some(tokens, "tokens"))) if tokens else (),
            ),
            negated=negated,
        )


def _some(node: Node, what: str) -> tuple[Node, ...]:
    items = node.items(what)
    if not items:
        raise node.wrong("the list is empty", "pack.empty")
    return items


def _phrase(item: Node) -> str:
    phrase = item.text("a phrase")
    if set(_CHOICE.sub("", phrase)) & set("{|}"):
        raise item.wrong("write alternatives as {a|b}, not one within another")
    if "[[" in phrase or "]]" in phrase:
        raise item.wrong("mark words in flags alone: write them without [[ ]]", "pack.bad-mark")
    return phrase


def _tokens(item: Node) -> str:
    line = item.text("a token pattern")
    elements = line.split()
    for element in elements:
        if set(element) & set("[]{}") and any(map(str.isalnum, element)):
            raise item.wrong("write the choices of a token as a|b, without brackets and braces")
        choices = element.removesuffix("?").split("|")
        if "" in choices or (len(choices) > 1 and {"*", "#"} & set(choices)):
            raise item.wrong("between | stand words; * and # stand alone")
    solid = [e for e in elements if e not in {"*", "#"} and not e.endswith("?")]
    if not solid:
        raise item.wrong("a token pattern needs at least one word that must be there")
    if "*" in {elements[0], elements[-1]}:
        raise item.wrong("a token pattern cannot begin or end with *")
    return line


def _signals(node: Node) -> Condition:
    found = tuple(
        _signal(item) for item in (_some(node, "signal") if not _is_map(node) else (node,))
    )
    return found[0] if len(found) == 1 else AnyOf(parts=found)


def _signal(node: Node) -> Condition:
    if not _is_map(node):
        return SignalIs(name=node.text("signal"))
    keys = node.mapping("a signal", frozenset({"name", "at-least", "at-most"}))
    if "name" not in keys:
        raise node.wrong("a signal needs a name", "pack.missing-key")
    return SignalIs(
        name=keys["name"].text("name"),
        at_least=keys["at-least"].number("at-least", -1, 1) if "at-least" in keys else None,
        at_most=keys["at-most"].number("at-most", -1, 1) if "at-most" in keys else None,
    )


def _ledger(node: Node) -> Condition:
    if not _is_map(node):
        return LedgerHas(states=tuple(map(EntryState, _names(node, "ledger", EntryState))))
    keys = node.mapping("the ledger", frozenset({"state", "kind", "owner", "due-within"}))
    if "state" not in keys:
        raise node.wrong("the ledger needs a state", "pack.missing-key")

    def named(key: str, known: type[StrEnum]) -> list[str]:
        return _names(keys[key], key, known) if key in keys else []

    return LedgerHas(
        states=tuple(map(EntryState, named("state", EntryState))),
        kinds=tuple(map(EntryKind, named("kind", EntryKind))),
        owners=tuple(map(Owner, named("owner", Owner))),
        soon=int(keys["due-within"].number("due-within", 30, 86_400))
        if "due-within" in keys
        else 0,
    )


def _acts(node: Node) -> Condition:
    found = tuple(_act(item) for item in (_some(node, "act") if not _is_map(node) else (node,)))
    return found[0] if len(found) == 1 else AnyOf(parts=found)


def _act(node: Node) -> Condition:
    if not _is_map(node):
        return ActDone(act=node.text("act"))
    keys = node.mapping("an act", frozenset({"name", "within"}))
    if "name" not in keys:
        raise node.wrong("an act needs a name", "pack.missing-key")
    within = int(keys["within"].number("within", 1, 100)) if "within" in keys else 0
    return ActDone(act=keys["name"].text("name"), within=within)


def _names(node: Node, what: str, known: type[StrEnum]) -> list[str]:
    return [item.one_of(what, tuple(str(member) for member in known)) for item in _some(node, what)]


def _is_map(node: Node) -> bool:
    return not isinstance(node.value, str | tuple)
