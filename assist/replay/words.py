"""The words of the replay report, each beside the same in every other language.

The law: every word that the report itself says stands here; the techniques' German names have one
home, the panel's table, and are read from it. What the rules say stays in English and is marked so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from assist.core.escalation import Level, Trend
from assist.core.suggestions import HeldReason, Kind
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role

__all__ = ["EN", "LANGUAGES", "Words", "language_of", "words_in"]

_PANEL = Path(__file__).parents[1] / "widget" / "panel" / "lang"
_NAME = re.compile(r'^    "?([\w.-]+)"?: "(.*)",$', re.MULTILINE)

_Key = TypeVar("_Key")


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


class _Said(NamedTuple):
    """The same in each language."""

    en: str
    de: str


LANGUAGES = tuple(sorted(_Said._fields))

_COUNTED = {
    "turn": (_Said("turn", "Beitrag"), _Said("turns", "Beiträge")),
    "suggestion": (_Said("suggestion", "Vorschlag"), _Said("suggestions", "Vorschläge")),
}
_LEVELS = {
    Level.CALM: _Said("calm", "ruhig"),
    Level.WATCH: _Said("watch", "erhöht"),
    Level.HIGH: _Said("high", "hoch"),
    Level.CRITICAL: _Said("critical", "kritisch"),
}
_TRENDS = {
    Trend.FALLING: _Said("easing", "lässt nach"),
    Trend.STEADY: _Said("steady", "gleich"),
    Trend.RISING: _Said("rising", "steigt"),
}
_ROLES = {
    Role.CUSTOMER: _Said("customer", "Kunde"),
    Role.AGENT: _Said("agent", "Support"),
    Role.BOT: _Said("bot", "Bot"),
    Role.SYSTEM: _Said("system", "System"),
}
_KINDS = {
    Kind.NUDGE: _Said("For the agent, nothing to send", "Für den Support, nicht zum Senden"),
    Kind.ALERT: _Said("The supervisor is told too", "Die Leitung erfährt es auch"),
}
_HELD = {
    HeldReason.RESTING: _Said("shown not long ago", "kürzlich gezeigt"),
    HeldReason.DONE: _Said("the agent had just done it", "der Support hatte es gerade getan"),
    HeldReason.BUDGET: _Said("something else came first", "anderes ging vor"),
    HeldReason.STANDING: _Said("one like it was still on the screen", "Ähnliches stand noch da"),
    HeldReason.SNOOZED: _Said("the agent had put it to rest", "der Support ließ es ruhen"),
    HeldReason.SPENT: _Said("every wording of it had been used", "alle Wendungen waren benutzt"),
    HeldReason.MUTED: _Said("the agent wants none of these", "der Support will davon nichts"),
    HeldReason.FEWER: _Said(
        "the agent asked for fewer of these", "der Support wollte weniger davon"
    ),
    HeldReason.UNSURE: _Said("not sure enough", "nicht sicher genug"),
    HeldReason.CALM: _Said("the chat was calm", "der Chat war ruhig"),
}
_FACTS = _Said(
    "{turns} · highest level {level} · {suggestions} · {held} held back",
    "{turns} · höchste Anspannung {level} · {suggestions} · {held} zurückgehalten",
)
_UNBIDDEN = _Said("Nobody had spoken for a while", "Eine Weile hatte niemand geschrieben")
_CALL = _Said("Supervisors are told ({level}): ", "Die Leitung wird verständigt ({level}): ")
_TENSION = _Said(
    "Tension at {count} customer turns, from 0 below to 1 above",
    "Anspannung bei {count} Beiträgen des Kunden, von 0 unten bis 1 oben",
)
_LEGEND = _Said(
    "Line: tension at each customer turn. Triangle: something was suggested.",
    "Linie: Anspannung bei jedem Beitrag des Kunden. Dreieck: Es wurde etwas vorgeschlagen.",
)


@cache
def words_in(language: str) -> Words:
    """Return the table for a language of `LANGUAGES`."""
    column = _Said._fields.index(language)

    def each(table: Mapping[_Key, _Said]) -> Mapping[_Key, str]:
        return {key: said[column] for key, said in table.items()}

    return Words(
        lang=language,
        theirs=None if language == "en" else "en",
        title=_Said("Replay: {names}", "Nachgespielt: {names}")[column],
        chats=_Said("{count} chats", "{count} Chats")[column],
        counted={what: (one[column], many[column]) for what, (one, many) in _COUNTED.items()},
        facts=_FACTS[column],
        levels=each(_LEVELS),
        trends=each(_TRENDS),
        roles=each(_ROLES),
        private=_Said("{role}, private", "{role}, intern")[column],
        feeling=_Said("feeling {score}", "Stimmung {score}")[column],
        kinds=each(_KINDS),
        unbidden=_UNBIDDEN[column],
        heard=_Said("Heard: ", "Gehört: ")[column],
        call=_CALL[column],
        held=each(_HELD),
        held_back=_Said("Held back", "Zurückgehalten")[column],
        record=_Said("The record", "Was festgehalten wurde")[column],
        turns=_Said("Turn by turn", "Beitrag für Beitrag")[column],
        tension=_TENSION[column],
        legend=_LEGEND[column],
        dot=_Said("Turn {number}: {level}, {score}", "Beitrag {number}: {level}, {score}")[column],
        techniques=TECHNIQUES if language == "en" else _names(language),
    )


def language_of(tag: str) -> str:
    """Return the language of a locale such as `de_AT.UTF-8`; English where there is no table."""
    primary = re.split(r"[^a-z]", tag.strip().lower(), maxsplit=1)[0]
    return primary if primary in LANGUAGES else "en"


def _names(language: str) -> Mapping[str, str]:
    """Return what the techniques are called in the panel's table, a technique a line there."""
    table = (_PANEL / f"{language}.js").read_text("utf-8")
    return dict(_NAME.findall(table.partition("techniques: {")[2]))


EN = words_in("en")
