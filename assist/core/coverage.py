"""Which techniques an agent used in a conversation, and which moments for one went by.

The law: it counts and names, and judges nobody. A moment went by where a card for a technique was
shown and the agent's next answers did something else; whether that was right is not said here, and
a technique whose use cannot be read in an answer has no moments.
"""

from assist.core.conversation import Conversation, Coverage, Shown
from assist.core.techniques import TECHNIQUES

__all__ = ["READABLE", "coverage"]

READABLE = frozenset(
    {
        "acknowledge-feelings", "active-listening", "apologise", "boundary", "break-and-return",
        "check-in", "confirm-agreement", "empathy", "escalate-up", "first-response", "goodwill",
        "inform-progress", "offer-choice", "offer-solutions", "own-it", "personalise",
        "root-cause", "seek-feedback", "thank", "warm-close",
    }
)  # fmt: skip
"""The techniques whose use is read in what an agent says."""

_ANSWERS = 2


def coverage(conversation: Conversation) -> tuple[Coverage, ...]:
    """Return what the agent used, and what went by, each with its turns and a neutral sentence."""
    used: dict[str, dict[str, None]] = {}
    for act in conversation.acts:
        if not act.technique or act.technique in READABLE:
            used.setdefault(act.technique or act.name, {})[act.turn] = None
    passed: dict[str, dict[str, None]] = {}
    for shown in conversation.shown:
        if _went_by(shown, conversation):
            passed.setdefault(shown.technique, {})[shown.turn] = None
    names = dict.fromkeys((*used, *passed))
    return tuple(_told(name, (*used.get(name, ()),), (*passed.get(name, ()),)) for name in names)


def _went_by(shown: Shown, conversation: Conversation) -> bool:
    if shown.technique not in READABLE or shown.technique in conversation.snoozed:
        return False
    answers = conversation.agent_turns[shown.agent_turns :][:_ANSWERS]
    done = {act.turn for act in conversation.acts if act.technique == shown.technique}
    return bool(answers) and not any(turn.id in done for turn in answers)


def _told(name: str, turns: tuple[str, ...], passed: tuple[str, ...]) -> Coverage:
    parts = []
    if turns:
        parts.append(f"used in {_counted(len(turns), 'answer')}")
    if passed:
        parts.append(f"{_counted(len(passed), 'moment')} went by")
    text = f"{TECHNIQUES.get(name, name.capitalize())}: {', '.join(parts)}."
    return Coverage(technique=name, turns=turns, passed=passed, text=text)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
