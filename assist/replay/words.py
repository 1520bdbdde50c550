"""The words of the replay report, a table for each language.

The law: every word that the report itself says stands here; the techniques' German names have one
home, the panel's table, and are read from it. What the rules say stays in English and is marked so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assist.core.escalation import Level, Trend
from assist.core.suggestions import HeldReason, Kind
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role

__all__ = ["EN", "LANGUAGES", "Words", "language_of", "words_in"]

_PANEL = Path(__file__).parents[1] / "widget" / "panel" / "lang"
_NAME = re.compile(r'^    "?([\w.-]+)"?: "(.*)",$', re.MULTILINE)
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the report says in one language; `{gaps}` are filled by what the text names.

    `lang` is the page's language; `theirs` that of the rules' words and of the chats they read,
    None where it is the page's.
    """

    lang: str
    theirs: str | None
    title: str
    chats: str
    counted: Mapping[str, tuple[str, str]]
    facts: str
    levels: Mapping[Level, str]
    trends: Mapping[Trend, str]
    roles: Mapping[Role, str]
    private: str
    feeling: str
    kinds: Mapping[Kind, str]
    unbidden: str
    heard: str
    call: str
    held: Mapping[HeldReason, str]
    held_back: str
    record: str
    turns: str
    tension: str
    legend: str
    dot: str
    techniques: Mapping[str, str]

    def count(self, number: int, what: str) -> str:
        """Return a number of turns, suggestions and the like, in words."""
        one, many = self.counted[what]
        return f"{number} {one if number == 1 else many}"

    def name(self, technique: str) -> tuple[str, str | None]:
        """Return what a technique is called, and the language of that, None for the page's."""
        if technique in self.techniques:
            return self.techniques[technique], None
        return TECHNIQUES.get(technique, technique), self.theirs


EN = Words(
    lang="en",
    theirs=None,
    title="Replay: {names}",
    chats="{count} chats",
    counted={
        "turn": ("turn", "turns"),
        "suggestion": ("suggestion", "suggestions"),
    },
    facts="{turns} · highest level {level} · {suggestions} · {held} held back",
    levels={level: level.value for level in Level},
    trends={Trend.FALLING: "easing", Trend.STEADY: "steady", Trend.RISING: "rising"},
    roles={role: role.value for role in Role},
    private="{role}, private",
    feeling="feeling {score}",
    kinds={Kind.NUDGE: "For the agent, nothing to send", Kind.ALERT: "The supervisor is told too"},
    unbidden="Nobody had spoken for a while",
    heard="Heard: ",
    call="Supervisors are told ({level}): ",
    held={
        HeldReason.RESTING: "shown not long ago",
        HeldReason.DONE: "the agent had just done it",
        HeldReason.BUDGET: "something else came first",
        HeldReason.STANDING: "one like it was still on the screen",
        HeldReason.SNOOZED: "the agent had put it to rest",
        HeldReason.SPENT: "every wording of it had been used",
        HeldReason.MUTED: "the agent wants none of these",
        HeldReason.FEWER: "the agent asked for fewer of these",
        HeldReason.UNSURE: "not sure enough",
        HeldReason.CALM: "the chat was calm",
    },
    held_back="Held back",
    record="The record",
    turns="Turn by turn",
    tension="Tension at {count} customer turns, from 0 below to 1 above",
    legend="Line: tension at each customer turn. Triangle: something was suggested.",
    dot="Turn {number}: {level}, {score}",
    techniques=TECHNIQUES,
)


def words_in(language: str) -> Words:
    """Return the table for a language of `LANGUAGES`."""
    return _german() if language == "de" else EN


def language_of(tag: str) -> str:
    """Return the language of a locale such as `de_AT.UTF-8`; English where there is no table."""
    primary = re.split(r"[^a-z]", tag.strip().lower(), maxsplit=1)[0]
    return primary if primary in LANGUAGES else "en"


@cache
def _german() -> Words:
    return Words(
        lang="de",
        theirs="en",
        title="Nachgespielt: {names}",
        chats="{count} Chats",
        counted={
            "turn": ("Beitrag", "Beiträge"),
            "suggestion": ("Vorschlag", "Vorschläge"),
        },
        facts="{turns} · höchste Anspannung {level} · {suggestions} · {held} zurückgehalten",
        levels={
            Level.CALM: "ruhig",
            Level.WATCH: "erhöht",
            Level.HIGH: "hoch",
            Level.CRITICAL: "kritisch",
        },
        trends={
            Trend.FALLING: "lässt nach",
            Trend.STEADY: "gleich",
            Trend.RISING: "steigt",
        },
        roles={
            Role.CUSTOMER: "Kunde",
            Role.AGENT: "Support",
            Role.BOT: "Bot",
            Role.SYSTEM: "System",
        },
        private="{role}, intern",
        feeling="Stimmung {score}",
        kinds={
            Kind.NUDGE: "Für den Support, nicht zum Senden",
            Kind.ALERT: "Die Leitung erfährt es auch",
        },
        unbidden="Eine Weile hatte niemand geschrieben",
        heard="Gehört: ",
        call="Die Leitung wird verständigt ({level}): ",
        held={
            HeldReason.RESTING: "kürzlich gezeigt",
            HeldReason.DONE: "der Support hatte es gerade getan",
            HeldReason.BUDGET: "anderes ging vor",
            HeldReason.STANDING: "Ähnliches stand noch da",
            HeldReason.SNOOZED: "der Support ließ es ruhen",
            HeldReason.SPENT: "alle Wendungen waren benutzt",
            HeldReason.MUTED: "der Support will davon nichts",
            HeldReason.FEWER: "der Support wollte weniger davon",
            HeldReason.UNSURE: "nicht sicher genug",
            HeldReason.CALM: "der Chat war ruhig",
        },
        held_back="Zurückgehalten",
        record="Was festgehalten wurde",
        turns="Beitrag für Beitrag",
        tension="Anspannung bei {count} Beiträgen des Kunden, von 0 unten bis 1 oben",
        legend="Linie: Anspannung bei jedem Beitrag des Kunden. "
        "Dreieck: Es wurde etwas vorgeschlagen.",
        dot="Beitrag {number}: {level}, {score}",
        techniques=_names("de"),
    )


def _names(language: str) -> Mapping[str, str]:
    """Return what the techniques are called in the panel's table, a technique a line there."""
    table = (_PANEL / f"{language}.js").read_text("utf-8")
    return dict(_NAME.findall(table.partition("techniques: {")[2]))
