"""Names of people: the one that the platform told, and those that people give themselves.

The law: linear in the text, as in `mask_words`. A told name is compared word by word, never made a
pattern. What people say of themselves counts as a name where the words around it say so and it is
written like one; when unsure it stays, for a sentence that nobody can read helps no customer.
"""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from assist.core.mask_name_words import BOTH, ENDINGS, FUNCTION, NAMES_ALL_THE_SAME, PLACES, THINGS
from assist.core.text import Span, fold, lowered

__all__ = ["is_name", "names", "told"]

_SHORTEST: Final = 3
_NO_NAMES: Final = THINGS - PLACES
_MOST_WORDS: Final = 8
_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "el", "ibn", "la", "le",
    "st", "van", "von", "y", "zu",
})  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]{1,30}(?:['-][^\W\d_]{1,30}){0,3}")
_ENDS = re.compile(r"[.,;:!?)\n\"]|$| (?:and|but)\b", re.IGNORECASE)
_GOES_ON = re.compile(r" (?:from|here|speaking|calling|writing|again|with|at|of|on behalf)\b")
_LINE_ENDS = re.compile(r"[.!]? {0,3}(?:\n|$|[,(|/])")

_GREETED = (
    r"(?:\b(?:hi|hello|hey|hallo|greetings|good (?:morning|afternoon|evening|day)|guten (?:tag|"
    r"morgen|abend)|moin)(?: there| all| everyone| team)?[ ,.!-]{1,3})"
)
_SELF = r"(?:i am|i'm|im|this is|it's|it is|ich bin|hier ist|hier spricht)"
_SURE = re.compile(
    r"\b(?:my (?:(?:full|first|last|real|legal|given|family|middle) ?|sur)?name(?:'s| is)(?: just)?"
    r"|mein (?:voller |ganzer )?(?:vor|nach)?name ist|ich hei(?:ß|ss)e) ",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:\bcall me |\bi(?: am|'m) called |(?:^|\n)(?:full )?name ?: ?|\bthe name(?:'s| is) )",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(rf"(?P<greeted>{_GREETED})?\b{_SELF} ", re.IGNORECASE)
_HERE = re.compile(r"(?:^|\n)(?=[^\W\d_]{1,30}(?: [^\W\d_]{1,30})? here[,.!])")
_FORMAL = (
    r"(?:(?:with )?(?:kind|kindest|best|warm|warmest|many) regards|regards|(?:yours )?sincerely|"
    r"sincerely yours|yours (?:truly|faithfully)|best wishes|respectfully|"
    r"mit freundlichen grüßen|(?:freundliche|viele|liebe|beste|schöne) grüße|mfg)"
)
_LIGHT = (
    r"(?:(?:many )?thanks(?: again| so much| a lot| in advance)?|thank you(?: again| so much|"
    r" very much| in advance)?|cheers|best|love|bye|take care|all the best|danke|"
    r"have a (?:nice|good|great|lovely) (?:day|evening|weekend|one))"
)
_SIGNED = re.compile(
    rf"\b(?:(?P<formal>{_FORMAL})(?:[,.!]? ?\n[\n ]{{0,3}}|[,:]? )|{_LIGHT}[,.!]{{0,2}} ?"
    r"\n[\n ]{0,3})(?:[-~]{1,2} ?)?",
    re.IGNORECASE,
)


def names(text: str) -> Iterator[Span]:
    """Yield where people say how they are called, or sign; a title is part of the name."""
    for led in _SURE.finditer(text):
        yield from _found(text, led.end(), small=True, sure=True)
    for led in _CALLED.finditer(text):
        yield from _found(text, led.end(), after=_ENDS)
    for led in _INTRODUCED.finditer(text):
        greeted = led["greeted"] is not None
        yield from _found(text, led.end(), after=_GOES_ON, small=greeted)
        if greeted:
            yield from _found(text, led.end(), after=_ENDS)
    for led in _HERE.finditer(text):
        yield from _found(text, led.end(), after=_GOES_ON)
    for led in _SIGNED.finditer(text):
        yield from _found(text, led.end(), after=_LINE_ENDS, small=bool(led["formal"]))


def is_name(name: str) -> bool:
    """Tell whether anything of `name` can be read; of a masked one nothing can."""
    return any(letter.isalnum() for letter in name)


def told(text: str, name: str) -> Iterator[Span]:
    """Yield where `name` stands in `text`, whole or a part of three letters or more, in any case.

    Accents make no difference. A part that is also a word, such as "will" or "guest", counts only
    with a capital inside a sentence, or in the whole name.
    """
    low = _plain(text)
    wanted = [one.group() for one in _TOKEN.finditer(_plain(name))][:_MOST_WORDS]
    if not wanted or not _is_cased(name):
        yield from _within(low, "".join(wanted))
        return
    tokens = [Span(*one.span()) for one in _TOKEN.finditer(low)]
    for number, span in enumerate(tokens):
        if len(wanted) > 1 or len(wanted[0]) < _SHORTEST:
            yield from _whole(text, name, low, tokens[number : number + len(wanted)], wanted)
        if _is_part(text, span, span.of(low), wanted):
            yield span


def _found(
    text: str,
    start: int,
    *,
    after: re.Pattern[str] | None = None,
    small: bool = False,
    sure: bool = False,
) -> Iterator[Span]:
    """Yield the name that begins at `start`, where one does and `after` follows it.

    One in small letters only counts where it may be `small`; where it is `sure` that a name comes,
    it may be that of a month or a people too.
    """
    first = _WORD.match(text, start)
    if first is None:
        return
    plain = lowered(first.group())
    if plain in FUNCTION or plain in (_NO_NAMES if sure else THINGS):
        return
    if _is_written_so(first.group()) and (sure or not _ends_oddly(plain, ENDINGS)):
        end = _end(text, first.end())
    elif small and not _ends_oddly(plain, (*ENDINGS, "ed")):
        end = _small_end(text, first.end())
    else:
        return
    if after is None or after.match(text, end):
        yield Span(start, end)


def _ends_oddly(word: str, endings: tuple[str, ...]) -> bool:
    return word.endswith(endings) and word not in NAMES_ALL_THE_SAME


def _end(text: str, end: int) -> int:
    """Return where a name ends whose first word does at `end`: so many words written like one."""
    place = end
    for _ in range(4):
        word = _next(text, place)
        if word is None:
            break
        place = word.end()
        if word.group() in _PARTICLES:
            continue
        if lowered(word.group()) in FUNCTION or not _is_written_so(word.group()):
            break
        end = place
    return end


def _small_end(text: str, end: int) -> int:
    """Return where a name in small letters ends: with its second word only if that ends all."""
    word = _next(text, end)
    if word is None or lowered(word.group()) in FUNCTION | THINGS:
        return end
    return word.end() if _ENDS.match(text, word.end()) else end


def _next(text: str, place: int) -> re.Match[str] | None:
    """Return the word behind a blank, or behind the full stop of an initial or a title."""
    dotted = text.startswith(". ", place)
    return _WORD.match(text, place + 1 + dotted) if text.startswith((" ", ". "), place) else None


def _is_written_so(word: str) -> bool:
    """Tell whether `word` is written like a name: no small letter first, not all in capitals."""
    return not word[0].islower() and (len(word) == 1 or not word.isupper())


def _plain(text: str) -> str:
    """Return `text` folded, in small letters and without accents, each character in its place."""
    return "".join(normalize("NFD", letter)[0] for letter in lowered(fold(text)))


def _is_cased(name: str) -> bool:
    return any(letter.islower() or letter.isupper() or letter.isdigit() for letter in name)


def _within(low: str, name: str) -> Iterator[Span]:
    """Yield where `name` stands in writing that sets no blanks between words."""
    start = low.find(name) if len(name) > 1 else -1
    while start >= 0:
        yield Span(start, start + len(name))
        start = low.find(name, start + len(name))


def _whole(text: str, name: str, low: str, tokens: list[Span], wanted: list[str]) -> Iterator[Span]:
    """Yield the place of the whole name, where these are its words; a short one, as written."""
    if [span.of(low) for span in tokens] != wanted:
        return
    place = Span(tokens[0].start, tokens[-1].end)
    if len(place.of(text)) > 2 * sum(map(len, wanted)) + 4:
        return
    if sum(map(len, wanted)) >= _SHORTEST or place.of(fold(text)) == fold(name).strip():
        yield place


def _is_part(text: str, span: Span, word: str, wanted: list[str]) -> bool:
    if word not in wanted or len(word) < _SHORTEST or word.isdigit():
        return False
    if word not in BOTH and word not in FUNCTION:
        return True
    before = text[max(0, span.start - 4) : span.start].rstrip(" \"'")
    return text[span.start].isupper() and bool(before) and before[-1] not in ".!?\n"
