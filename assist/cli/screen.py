"""What a person sees in the terminal.

The law: chat text is never markup; it reaches the screen as plain text without control characters.
"""

import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from assist.core.escalation import Escalation, Level, Reason
from assist.core.signals import Evidence, Reading
from assist.core.suggestions import Suggestion
from assist.core.text import Span, joined
from assist.core.turns import Role, Turn
from assist.errors import AssistError

__all__ = [
    "COLOURS",
    "MARGIN",
    "behind",
    "clean",
    "complain",
    "console",
    "err",
    "hung",
    "level_line",
    "quoted",
    "said",
    "shown",
]

COLOURS = {
    Level.CALM: "green",
    Level.WATCH: "yellow",
    Level.HIGH: "dark_orange",
    Level.CRITICAL: "red",
}
_SPEAKERS = {
    Role.CUSTOMER: ("Customer", "bold"),
    Role.AGENT: ("Agent", "cyan"),
    Role.BOT: ("Bot", "dim"),
    Role.SYSTEM: ("System", "dim"),
}
MARGIN = 19
"""Columns before the words: the time and the speaker."""
_ARROWS = {"rising": "↗", "steady": "→", "falling": "↘"}

err = Console(stderr=True, highlight=False)


def console() -> Console:
    """Return the standard output as a screen; wide enough where it is not a terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 100)


def complain(error: AssistError) -> None:
    """Say what went wrong, on standard error, with its code."""
    said_text = str(error) if error.code in str(error) else f"{error} [{error.code}]"
    err.print(Text(f"assist: {said_text}"), style="red", soft_wrap=True)


def clean(text: str) -> str:
    """Return `text` without control characters, which a terminal might obey."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)


def behind(words: str, margin: int = MARGIN) -> str:
    """Return `words` with the lines after the first behind a margin, for `hung`."""
    return words.replace("\n", f"\n{' ' * margin}")


def hung(screen: Console, line: Text, margin: int = MARGIN) -> None:
    """Print what has its words behind a margin, so that no further row stands in the margin."""
    rows = [
        row for part in line.split("\n", allow_blank=True) for row in _rows(screen, part, margin)
    ]
    screen.print(Text("\n").join(rows))


def _rows(screen: Console, line: Text, margin: int) -> list[Text]:
    head, *words = line.divide([margin])
    blank = Text(" " * margin)
    wrapped = [row for part in words for row in part.wrap(screen, max(screen.width - margin, 20))]
    for row in wrapped:
        row.rstrip()
    return [(blank if place else head) + row for place, row in enumerate(wrapped)] or [head]


def said(turn: Turn) -> Text:
    """Return a turn as a line of a chat, further lines of it behind the same margin."""
    name, style = _SPEAKERS[turn.role]
    line = Text(f"{turn.at:%H:%M:%S}  ", style="dim")
    line.append(f"{name:<9}", style=style)
    if turn.private:
        line.append("(private) ", style="dim")
    words = behind(clean(turn.text))
    line.append(words, style="" if turn.role is Role.CUSTOMER else style)
    return line


def level_line(escalation: Escalation, reading: Reading | None) -> Text:
    """Return where the conversation stands, in one line."""
    line = Text(" " * MARGIN)
    arrow = _ARROWS[escalation.trend]
    line.append(f"● {escalation.level}", style=COLOURS[escalation.level])
    line.append(f" {arrow} {escalation.score:.2f}", style="dim")
    if reading is not None:
        line.append(f"  feeling {reading.sentiment.score:+.2f}", style="dim")
    why = _reasons(escalation.reasons)
    if why:
        line.append(f"  {why}", style="dim")
    return line


def _reasons(reasons: Sequence[Reason]) -> str:
    strong = [reason for reason in reasons if reason.evidence and reason.weight > 0.01]
    return " · ".join(reason.text for reason in strong[:3])


def quoted(evidence: Sequence[Evidence], texts: Mapping[str, str]) -> list[str]:
    """Return the words that evidence points at, each place once, by turn and then in order."""
    places: dict[str, list[Span]] = {}
    for proof in evidence:
        places.setdefault(proof.turn, []).append(proof.span)
    words = (
        span.of(texts.get(turn, "")).replace("\n", " ")
        for turn, spans in places.items()
        for span in joined(spans)
    )
    return list(filter(None, dict.fromkeys(words)))


def shown(suggestion: Suggestion, name: str, words: Sequence[str]) -> Text:
    """Return a suggestion as a small card."""
    card = Text(" " * MARGIN)
    card.append(f"▸ {name}", style="bold magenta")
    for line in suggestion.lines:
        card.append(f"\n{' ' * 21}“{clean(line)}”", style="magenta")
    because = ", ".join(f"“{clean(word)}”" for word in words)
    card.append(f"\n{' ' * 21}{suggestion.why}", style="dim")
    if because:
        card.append(f" Because of {because}.", style="dim")
    return card
