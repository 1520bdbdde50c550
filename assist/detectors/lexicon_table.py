"""One look-up for everything that a word can do to the feeling of a turn.

The law: a word has one entry, built once at load. VADER's two data files are read as data; its
analyser, which prints and gives no places, is never called.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from vaderSentiment.vaderSentiment import B_DECR, B_INCR, BOOSTER_DICT

from assist.detectors import lexicon_data as data
from assist.errors import ModelError

__all__ = ["Entry", "Phrase", "Role", "Table", "table"]


class Role(Enum):
    """What a word does besides having a value."""

    PLAIN = "plain"
    STOP = "stop"
    NEGATOR = "negator"
    BOOSTER = "booster"
    THANKS = "thanks"
    WISH = "wish"
    GIVEN = "given"
    CONTRAST = "contrast"
    SIGN = "sign"


class Phrase(NamedTuple):
    """Words said as one piece: what follows the first, its value, and what it opens."""

    rest: tuple[str, ...]
    value: float
    role: Role


class Entry(NamedTuple):
    """What one word does."""

    value: float = 0.0
    role: Role = Role.PLAIN
    request: bool = False
    problem: bool = False
    resolved: bool = False
    phrases: Mapping[str, tuple[Phrase, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All entries by word, punctuation mark, emoticon and emoji."""

    entries: Mapping[str, Entry]
    emoticons: frozenset[str]


STOPS = (".", "!", "?", "…", "\n", ",", "#")
_LETTERS = re.compile(r"[^\W\d_]{3,}(?:'[^\W\d_]+)*|no|fu")
_EMOTICON = re.compile(r"(?=\S*[:;=3])[^\w\s.,!?$&%@*#+-]\S*")


def table() -> Table:
    """Return the table, from VADER's files and the lists of this package."""
    rated = _rated("vader_lexicon.txt")
    values = {word: float(value) for word, value in rated if _LETTERS.fullmatch(word)}
    for word in (*data.POLITE, *data.TRADE, *data.WISHES, *data.MORE_BOOSTERS, *BOOSTER_DICT):
        values.pop(word, None)
    values |= {**dict(data.UNLISTED), **dict.fromkeys(data.THANKS, data.THANKS_WORTH)}
    smileys = {mark.lower(): float(value) for mark, value in rated if _EMOTICON.fullmatch(mark)}
    emoji = _emoji(values)
    entries = _entries(values)
    entries |= {
        mark: Entry(value=value, role=Role.SIGN) for mark, value in (smileys | emoji).items()
    }
    return Table(entries=entries, emoticons=frozenset(smileys))


def _rated(name: str) -> list[tuple[str, str]]:
    try:
        text = files("vaderSentiment").joinpath(name).read_text(encoding="utf-8")
        lines = [line.split("\t") for line in text.splitlines() if line.strip()]
        return [(line[0], line[1]) for line in lines]
    except (OSError, IndexError, UnicodeDecodeError) as fault:
        raise ModelError(f"{name} of vaderSentiment cannot be read; install it again") from fault


def _emoji(values: Mapping[str, float]) -> dict[str, float]:
    most = data.EMOJI_MOST
    named = {
        sign: max(-most, min(most, sum(values.get(word, 0.0) for word in name.split())))
        for sign, name in _rated("emoji_utf8_lexicon.txt")
        if len(sign) == 1
    }
    return named | dict(data.EMOJI)


def _entries(values: Mapping[str, float]) -> dict[str, Entry]:
    roles = dict(_roles())
    phrases = _phrases()
    known = {*values, *roles, *phrases, *_spelt(data.REQUESTS), *data.PROBLEMS, *data.RESOLVED}
    known |= {*_spelt(data.FAILING), *data.MODALS, "i'd", "id"}
    failing = {*_spelt((*data.PROBLEMS, *data.FAILING))}
    boosts = {**BOOSTER_DICT, **dict.fromkeys(data.MORE_BOOSTERS, B_INCR)}
    return {
        word: Entry(
            value=boosts[word] if roles.get(word) is Role.BOOSTER else values.get(word, 0.0),
            role=roles.get(word, Role.PLAIN),
            request=word in data.REQUESTS,
            problem=word in failing,
            resolved=word in data.RESOLVED,
            phrases=phrases.get(word, {}),
        )
        for word in known
    }


def _roles() -> Iterable[tuple[str, Role]]:
    """Give every word its role; a later one wins."""
    yield from ((word, Role.GIVEN) for word in data.GIVENS)
    yield from ((word, Role.BOOSTER) for word in (*BOOSTER_DICT, *data.MORE_BOOSTERS))
    yield from ((word, Role.WISH) for word in data.WISHES)
    yield from ((word, Role.THANKS) for word in data.THANKS)
    yield from ((word, Role.STOP) for word in (*STOPS, *data.SUBORDINATORS))
    yield from ((word, Role.CONTRAST) for word in data.CONTRASTS)
    yield from ((word, Role.NEGATOR) for word in _spelt(data.NEGATORS))


def _spelt(words: Iterable[str]) -> list[str]:
    """Return the words with their spellings without an apostrophe, and "can not" as one word."""
    found = list(words)
    found += [word.replace("n't", "nt") for word in found if "n't" in word]
    return found + [word.replace("can't", "cannot") for word in found if "can't" in word]


def _phrases() -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Return the fixed items by their first word and their second, the longest first."""
    fixed = [(words, value, Role.PLAIN) for words, value in data.FIXED]
    fixed += [(words, 0.0, Role.WISH) for words in data.FIXED_WISHES]
    fixed += [(words, B_DECR, Role.BOOSTER) for words in data.FIXED_DAMPENERS]
    fixed += [(words, 0.0, Role.NEGATOR) for words in data.FIXED_NEGATORS]
    for good, time in product(data.GOOD_WORDS, data.GOOD_TIMES):
        fixed += [(f"{have} {good} {time}", 0.0, Role.PLAIN) for have in ("have a", "enjoy your")]
    for thing in data.OWN_THINGS:
        fixed += [(f"lost {of}{thing}", 0.0, Role.PLAIN) for of in ("", "my ", "the ", "a ")]
    found: dict[str, dict[str, tuple[Phrase, ...]]] = {}
    for words, value, role in sorted(fixed, key=lambda item: -len(item[0].split())):
        for spelling in _spelt((words,)):
            first, second, *rest = spelling.split()
            after = found.setdefault(first, {})
            after[second] = (*after.get(second, ()), Phrase((second, *rest), value, role))
    return found
