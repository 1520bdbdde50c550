"""Names of people: the one that the platform told, and those that people give themselves.

The law: linear in the text, as in `mask_words`. A told name is compared word by word, never made a
pattern. What people say of themselves counts as a name where the words around it say so and it is
written like one; when unsure it stays, for a sentence that nobody can read helps no customer.
A mark on a letter (an accent, a vowel sign) belongs to the word that the letter stands in.
"""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import category, combining, normalize
from unicodedata import name as called

from assist.core.mask_name_words import (
    BOTH,
    ENDINGS,
    FUNCTION,
    NAMES_ALL_THE_SAME,
    PLACES,
    THINGS,
    TITLES,
)
from assist.core.text import Span, fold, lowered

__all__ = ["is_name", "names", "told"]

_SHORTEST: Final = 3
_NO_NAMES: Final = THINGS - PLACES
_MOST_WORDS: Final = 8
_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "el", "ibn", "la", "le",
    "st", "van", "von", "y", "zu",
})  # fmt: skip
_ACCENT: Final = 200
"""From this combining class on a mark is an accent; of other marks a word is made."""
_MARK: Final = "ʼ"
"""A letter that is neither small nor large, in the place of a mark."""
_UNSPACED = frozenset({
    "BOPOMOFO", "CJK", "HALFWIDTH", "HANGUL", "HIRAGANA", "IDEOGRAPHIC", "KATAKANA",
    "KATAKANA-HIRAGANA", "KHMER", "LAO", "MYANMAR", "THAI",
})  # fmt: skip
"""Writing that sets no blanks between words, or none before what it hangs on to a name."""
_TOKEN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]{1,30}(?:['-][^\W\d_]{1,30}){0,3}")
_ENDS = re.compile(r"[.,;:!?)\n\"]|$| (?:and|but)\b", re.IGNORECASE)
_GOES_ON = re.compile(r" (?:from|here|speaking|calling|writing|again|with|at|of|on behalf)\b")
_LINE_ENDS = re.compile(
    r"[.!]? {0,3}(?:\n|$|[,(|/])|[.!] {1,3}(?:sent from|gesendet)\b", re.IGNORECASE
)
_SIGN_ENDS = re.compile(rf"{_LINE_ENDS.pattern}|[.!] ", re.IGNORECASE)
_AFTER_SHORT = re.compile(r"\. ?| ")

_GREETED = (
    r"(?:\b(?:hi|hello|hey|hallo|greetings|good (?:morning|afternoon|evening|day)|guten (?:tag|"
    r"morgen|abend)|moin)(?: there| all| everyone| team)?[ ,.!-]{1,3})"
)
_SELF = r"(?:i am|i'm|im|this is|it's|it is|hier spricht)"
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
    rf"\b(?:(?P<formal>{_FORMAL})(?:[,.!]? ?\n[\n ]{{0,3}}|[,:] |(?<!sincerely)(?<!respectfully) )"
    rf"|{_LIGHT}[,.!]{{0,2}} ?\n[\n ]{{0,3}})(?:[-~]{{1,2}} ?)?",
    re.IGNORECASE,
)


def names(text: str) -> Iterator[Span]:
    """Yield where people say how they are called, or sign; a title is part of the name."""
    text = _lettered(text)
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
        yield from _signing(text, led)


def is_name(name: str) -> bool:
    """Tell whether anything of `name` can be read; of a masked one nothing can."""
    return any(letter.isalnum() for letter in name)


def told(text: str, name: str) -> Iterator[Span]:
    """Yield where `name` stands in `text`, whole or a part of three letters or more, in any case.

    Accents make no difference. A part that is also a word, such as "will" or "guest", counts only
    with a capital inside a sentence, or in the whole name; so does a name of two letters, which
    has to be written as it was told. Writing without blanks holds the name anywhere, as it was
    told or without what stands between its parts.
    """
    folded, written = fold(text), _written(fold(name))
    low, plain = _plain(folded), _plain(written)
    wanted = [_bare(span.of(plain)) for span in _tokens(plain)][:_MOST_WORDS]
    if not wanted or all(map(_is_unspaced, filter(str.isalnum, name))):
        yield from _within(folded, written)
        return
    tokens = _tokens(low)
    spelled = [_bare(span.of(low)) for span in tokens]
    for number, span in enumerate(tokens):
        until = number + len(wanted)
        if spelled[number:until] == wanted:
            place = Span(span.start, tokens[until - 1].end)
            if _is_whole(folded, place, wanted, written):
                yield place
        if _is_part(folded, span, spelled[number], wanted):
            yield span


def _signing(text: str, led: re.Match[str]) -> Iterator[Span]:
    """Yield the name under a greeting; under a light one what ends in "ed" is a word as well."""
    if led["formal"]:
        yield from _found(text, led.end(), after=_SIGN_ENDS, small=True)
        return
    first = _WORD.match(text, led.end())
    if first is not None and not _ends_oddly(lowered(first.group()), ("ed",)):
        yield from _found(text, led.end(), after=_LINE_ENDS)


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
        end = _end(text, first)
    elif small and not _ends_oddly(plain, (*ENDINGS, "ed")):
        end = _small_end(text, first)
    else:
        return
    if after is None or after.match(text, end):
        yield Span(start, end)


def _ends_oddly(word: str, endings: tuple[str, ...]) -> bool:
    return word.endswith(endings) and word not in NAMES_ALL_THE_SAME


def _end(text: str, word: re.Match[str]) -> int:
    """Return where a name ends that begins with `word`: so many words written like one."""
    end = word.end()
    for _ in range(4):
        following = _next(text, word)
        if following is None:
            break
        word = following
        if word.group() in _PARTICLES:
            continue
        if lowered(word.group()) in FUNCTION or not _is_written_so(word.group()):
            break
        end = word.end()
    return end


def _small_end(text: str, word: re.Match[str]) -> int:
    """Return where a name in small letters ends: with its second word only if that ends all.

    Titles, so many as people have, come before its first.
    """
    for _ in range(3):
        following = _next(text, word)
        if following is None or lowered(following.group()) in FUNCTION | THINGS:
            break
        if lowered(word.group()) not in TITLES:
            return following.end() if _ENDS.match(text, following.end()) else word.end()
        word = following
    return word.end()


def _next(text: str, word: re.Match[str]) -> re.Match[str] | None:
    """Return the word behind a blank, or behind the full stop of an initial or a title.

    Any other full stop ends a sentence. So may that of an initial, where what follows is no name.
    """
    if len(word.group()) > 1 and lowered(word.group()) not in TITLES:
        return _WORD.match(text, word.end() + 1) if text.startswith(" ", word.end()) else None
    gap = _AFTER_SHORT.match(text, word.end())
    following = _WORD.match(text, gap.end()) if gap is not None else None
    if following is None or lowered(following.group()) in _NO_NAMES:
        return None
    return following


def _is_written_so(word: str) -> bool:
    """Tell whether `word` is written like a name: no small letter first, not all in capitals."""
    return not word[0].islower() and (len(word) == 1 or not word.isupper())


def _lettered(text: str) -> str:
    """Return `text` with a letter in the place of each mark that belongs to one."""
    if text.isascii():
        return text
    return "".join(_MARK if _is_mark(letter) else letter for letter in text)


def _is_mark(letter: str) -> bool:
    """Tell whether `letter` is an accent or a vowel sign, and not what chooses how a sign looks."""
    return category(letter) in {"Mn", "Mc"} and not "\ufe00" <= letter <= "\ufe0f"


def _plain(folded: str) -> str:
    """Return a text in small letters and without accents, each character in its place."""
    low = lowered(folded)
    return low if low.isascii() else "".join(map(_base, low))


def _base(letter: str) -> str:
    """Return the letter without its accents; a syllable or a vowel sign is no accented letter."""
    apart = normalize("NFD", letter)
    return apart[0] if all(combining(mark) >= _ACCENT for mark in apart[1:]) else letter


def _bare(word: str) -> str:
    """Return a plain word without the accents that stand in places of their own."""
    if word.isascii():
        return word
    return "".join(letter for letter in word if combining(letter) < _ACCENT)


def _tokens(plain: str) -> list[Span]:
    return [Span(*one.span()) for one in _TOKEN.finditer(_lettered(plain))]


def _written(name: str) -> str:
    """Return `name` from its first word to its last, each letter and its accents in one place."""
    whole = normalize("NFC", name)
    tokens = _tokens(whole)
    return whole[tokens[0].start : tokens[-1].end] if tokens else ""


def _is_unspaced(letter: str) -> bool:
    return called(letter, "").split(" ")[0] in _UNSPACED


def _within(folded: str, name: str) -> Iterator[Span]:
    """Yield where `name` stands in writing without blanks: as told, or its parts as one."""
    parts = "".join(span.of(name) for span in _tokens(name))
    ways = (normalize(form, one) for one in (name, parts) for form in ("NFC", "NFD"))
    for way in dict.fromkeys(ways):
        if sum(map(str.isalnum, way)) > 1:
            yield from _places(folded, way)


def _places(folded: str, name: str) -> Iterator[Span]:
    """Yield where `name` stands and no mark makes another letter of its last one."""
    start = folded.find(name)
    while start >= 0:
        end = start + len(name)
        if not _is_mark(folded[end : end + 1] or " "):
            yield Span(start, end)
        start = folded.find(name, end)


def _is_whole(folded: str, place: Span, wanted: list[str], name: str) -> bool:
    """Tell whether the whole name stands here, whose words do; a short one only as it was told."""
    letters = sum(map(len, wanted))
    if len(wanted) == 1 and letters >= _SHORTEST:
        return False  # that is a part
    if letters >= _SHORTEST and not FUNCTION.issuperset(wanted):
        return place.end - place.start <= 2 * letters + 4
    if normalize("NFC", place.of(folded)) != name:
        return False
    return len(wanted) > 1 or _stands_out(folded, place, lowered(name))


def _is_part(folded: str, span: Span, word: str, wanted: list[str]) -> bool:
    if word not in wanted or len(word) < _SHORTEST or word.isdigit():
        return False
    return _stands_out(folded, span, word)


def _stands_out(folded: str, span: Span, word: str) -> bool:
    """Tell whether `word` is no other word, or has a capital inside a sentence."""
    if word not in BOTH and word not in FUNCTION:
        return True
    before = folded[max(0, span.start - 4) : span.start].rstrip(" \"'")
    return folded[span.start].isupper() and bool(before) and before[-1] not in ".!?\n"
