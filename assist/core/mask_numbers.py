"""Numbers that prove themselves: payment cards (Luhn) and bank accounts (IBAN, modulo 97).

The law: what the check digits do not confirm is left alone, and so is a number that no issuer of
cards gives out: one in ten order numbers would pass for a card otherwise.
"""

import re
from collections.abc import Iterator

from assist.core.text import Span

__all__ = ["cards", "ibans"]

_BETWEEN = frozenset(" -.\u00a0\u2009\u202f")
_MOST_GROUPS = 6

_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30,
    "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
    "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip

# First digits, as numbers of that many digits from and to, and the lengths that such cards have.
_CARDS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({13, 16, 19})),
    (51, 55, frozenset({16})),
    (2221, 2720, frozenset({16})),
    (2200, 2204, frozenset(range(16, 20))),
    (34, 34, frozenset({15})),
    (37, 37, frozenset({15})),
    (300, 305, frozenset({14, 16, 17, 18, 19})),
    (36, 36, frozenset({14, 16, 17, 18, 19})),
    (38, 39, frozenset({14, 16, 17, 18, 19})),
    (3528, 3589, frozenset(range(16, 20))),
    (50, 50, frozenset(range(16, 20))),
    (56, 69, frozenset(range(16, 20))),
    (81, 81, frozenset(range(16, 20))),
)


_TWO_DIGITS = re.compile(r"\d\d")
"""Without these there is no number of an account: its third and fourth signs are digits."""
_DIGITS = re.compile(r"\d(?:\D?\d){11}")
"""Without a dozen with one sign between each two at most there is no number of a card."""


def cards(text: str) -> Iterator[Span]:
    """Yield where the numbers of payment cards stand."""
    if not _DIGITS.search(text):
        return
    for groups in _runs(text):
        first = 0
        while first < len(groups):
            length = _card_at(text, groups, first)
            if length:
                yield Span(groups[first].start, groups[first + length - 1].end)
            first += length or 1


def _card_at(text: str, groups: list[Span], first: int) -> int:
    """Return how many groups from `first` on are a card's number, 0 for none."""
    single = groups[first].end - groups[first].start == 1
    digits, best = "", 0
    lengths: frozenset[int] = frozenset()
    for count, group in enumerate(groups[first : first + (19 if single else _MOST_GROUPS)], 1):
        known = len(digits) >= 4
        digits += text[group.start : group.end]
        if len(digits) >= 4 and not known:
            lengths = _lengths(digits)
            if not lengths:
                return 0
        if len(digits) > 19:
            break
        if len(digits) in lengths and len(set(digits)) > 1 and _luhn(digits) % 10 == 0:
            best = count
    return best


def _lengths(digits: str) -> frozenset[int]:
    """Return how long the cards are that begin so, empty where none does."""
    begins = {size: int(digits[:size]) for size in (1, 2, 3, 4)}
    fits = (lengths for low, high, lengths in _CARDS if low <= begins[len(str(low))] <= high)
    return frozenset().union(*fits)


def _runs(text: str) -> Iterator[list[Span]]:
    """Yield runs of groups of digits with one separator between each two; none next to a letter."""
    groups: list[Span] = []
    place = 0
    while place < len(text):
        if not text[place].isdecimal():
            place += 1
            continue
        start = place
        while place < len(text) and text[place].isdecimal():
            place += 1
        joined = bool(groups) and start == groups[-1].end + 1 and text[start - 1] in _BETWEEN
        if groups and not joined:
            yield groups
            groups = []
        if _is_free(text, start, place):
            groups.append(Span(start, place))
        elif groups:
            yield groups
            groups = []
    if groups:
        yield groups


def _is_free(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before == "_" or behind.isalnum() or behind == "_")


def _luhn(digits: str) -> int:
    numbers = [int(digit) for digit in digits]
    doubled = (2 * number for number in numbers[-2::-2])
    return sum(numbers[-1::-2]) + sum(double - 9 * (double > 9) for double in doubled)


def ibans(text: str) -> Iterator[Span]:
    """Yield where the numbers of bank accounts stand."""
    place = 0
    if not _TWO_DIGITS.search(text):
        return
    while place + 4 <= len(text):
        length = _IBAN_LENGTHS.get(text[place : place + 2].upper(), 0)
        begins = length and text[place + 2 : place + 4].isdecimal() and _starts(text, place)
        end = _iban_end(text, place, length) if begins else 0
        if end:
            yield Span(place, end)
        place = end or place + 1


def _starts(text: str, place: int) -> bool:
    return not place or not text[place - 1].isalnum()


def _iban_end(text: str, start: int, length: int) -> int:
    """Return where the IBAN of that length ends that begins at `start`, 0 where it is none."""
    letters, place = "", start
    while place < len(text) and len(letters) < length:
        letter = text[place]
        if letter.isascii() and letter.isalnum():
            letters += letter.upper()
        elif letter not in _BETWEEN or text[place - 1] in _BETWEEN:
            return 0
        place += 1
    if len(letters) < length or text[place : place + 1].isalnum():
        return 0
    number = "".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])
    return place if int(number) % 97 == 1 else 0
