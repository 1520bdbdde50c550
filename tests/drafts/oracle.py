"""Whether a rewrite keeps the truth of a draft, told by other means than the product's own.

The law: it knows two texts and which words may be exchanged for which. Words come from a short list
and go from another; what is no such word stands, in its order. A refusal goes only where its
condition is told another way, and nothing is said more surely than it was.
"""

import re
from collections import Counter
from collections.abc import Iterator

FAULTS = ("invented promise", "lost fact", "lost condition", "bad grammar")

_QUOTES = str.maketrans("‘’´`“”–—\u00a0", "''''\"\"-- ")
_TOKEN = re.compile(r"\[[a-z ]+\]|[\w'@£$€#%+/:.,*~-]*[\w£$€#%]|[^\w\s.,;:!?'\"()\[\]-]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_REFUSING = _set(
    "can't cant cannot can not won't wont be able unable to am is are isn't isnt aren't arent i'm "
    "im we're you're they're he's she's it's they'll we'll i'll you'll will don't dont doesn't "
    "doesnt do does"
)
_SIGHS = _set(
    "unfortunately sadly regrettably regretfully sorry i'm im we're i we am are afraid so very "
    "that to say really but however just simply really actually currently presently though"
)
_LINKS = _set("until till untill til 'til before unless without after any no not yet")
_GONE = _REFUSING | _SIGHS | _LINKS
_COME = _set(
    "can as soon once after from with and if i we you they he she it have is am are what do "
    "don't see a payment for reply to yet the by about"
) | {"[next step]", "[time]", "[detail]"}
_LEFT_OUT = _set(
    "you didn't didnt haven't havent never forgot failed to send attach provide include us me sent "
    "attached provided included pay"
)
_NO = re.compile(
    r"\b(?:\w+n't|cannot|cant|cnt|wont|dont|doesnt|isnt|arent|unable|not|no|never|nobody|none|"
    r"nothing|neither|nor|impossible)\b"
)
_LINK = re.compile(r"\b(?:until|untill|till?|before|unless|without)\b")
_TURNED = re.compile(r"\b(?:as soon as|once|after|from|with|if)\b")
_SURE = re.compile(
    r"'ll\b|\b(?:will|shall|must|going to|promis\w*|guarantee\w*|definitely|certainly|surely|"
    r"always|ensure\w*|commit\w*|refund\w*|replac\w*|credit\w*|voucher|compensat\w*|free)\b"
)
_UNSURE = re.compile(
    r"\b(?:(?:may|might)(?! have caused)|could|maybe|perhaps|probably|usually|normally|"
    r"sometimes|often|think|believe|seems?|looks like|about|around|approx|at least|only|even|"
    r"fully|automatically)\b"
)
_NEAR = re.compile(
    r"\b(?:can't|cant|cannot|can not|able to|unable to) (?:promise|guarantee|commit|assure|ensure|"
    r"say|tell (?:you )?(?:when|which|if|what|how)|swear|be sure|wait|"
    r"approve|authori[sz]e|waive|expect|rule out)\b"
)
_LATE = re.compile(r"\b(?:until|till) after\b")
_SMELLS = (
    re.compile(r"\b(\w+) \1\b"),
    re.compile(r"\ba [aeio]\w"),
    re.compile(r"\ban [bcdfgjklmnpqrstvwxyz][a-z]"),
    re.compile(r"\bcan to\b|\bto can\b|\bcan (?:not )?able\b|\bcan (?:can|be able)\b"),
    re.compile(r"(?<!\.)\.\.(?!\.)"),
    re.compile(r"\S  +\S"),
    re.compile(r" [,.!;:](?!\w|[()])"),
    re.compile(r",,|,\.|;\.|!\.|\?\.|\.,"),
    re.compile(r"\b(?:as soon as|once|from|with|can|if)(?:[.,!?;]|$)"),
    re.compile(r"^\s|\s$"),
    re.compile(r"\b(?:can|could|will) (?:goes|has|is|does|\w+ly goes)\b"),
    re.compile(
        r"\b(?:as soon as|once|from|after|with|if) (?:as soon as|once|from|after|with|if)\b"
    ),
    re.compile(r"\bwith (?:i|you|we|they|he|she|it) \w"),
    re.compile(r"\bfrom (?:the \w+ (?:is|are|has)|you|we|they)\b"),
)
_LOWER_START = re.compile(r"(?:^|[.!?] )[a-z]")


def plain(text: str) -> str:
    """Return the text in lower case, with plain quotes, and with one blank between words."""
    return " ".join(text.translate(_QUOTES).lower().split())


def faults(draft: str, rewrite: str, swaps: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Return what is wrong with the rewrite, each with the name of its kind before a colon."""
    old, new = (_LATE.sub("until", plain(text)) for text in (draft, rewrite))
    used = [swap for swap in swaps if swap[0] in old and old.count(swap[0]) > new.count(swap[0])]
    yield from _words(old, new, used)
    yield from _surer(old, new)
    yield from _conditions(old, new)
    yield from _smells(draft, rewrite)


def _words(old: str, new: str, used: list[tuple[str, str]]) -> Iterator[str]:
    """Words that went or came and should not have."""
    before, after = Counter(_tokens(old)), Counter(_tokens(new))
    may_go = {word for swap in used for word in _tokens(swap[0])}
    may_come = {
        word for swap in used for word in _tokens(swap[1].replace("{", "[").replace("}", "]"))
    }
    gone, come = before - after, after - before
    for word in list(gone):
        third = next((form for form in _thirds(word) if come[form]), None)
        if third is not None:
            del gone[word], come[third]
    if re.search(
        r"\byou\b.*\b(?:send|sen[dt]|attach|provide|include|forgot|failed|pa(?:y|id))", old
    ):
        may_go |= _LEFT_OUT
    yield from (f"lost fact: {word}" for word in gone if word not in _GONE | may_go)
    yield from (f"invented promise: {word}" for word in come if word not in _COME | may_come)


def _thirds(word: str) -> tuple[str, ...]:
    stem = word[:-1] + "ies" if word.endswith("y") else word + "es"
    return (word + "s", stem, "has" if word == "have" else stem)


def _tokens(text: str) -> list[str]:
    return [word.strip("'.,:~*-") or word for word in _TOKEN.findall(text)]


def _surer(old: str, new: str) -> Iterator[str]:
    yield from (f"invented promise: {word}" for word in _more(_SURE, old, new))
    yield from (f"invented promise: no {word}" for word in _more(_UNSURE, new, old))
    yield from (f"invented promise: not {word}" for word in _more(_NEAR, new, old))


def _more(pattern: re.Pattern[str], old: str, new: str) -> Counter[str]:
    return Counter(pattern.findall(new)) - Counter(pattern.findall(old))


def _conditions(old: str, new: str) -> Iterator[str]:
    """A "no" may go for each condition that is told the other way round, and only for that."""
    told = re.compile(r"you (?:do not|don't|didn't|dont) understand|you (?:never|failed|forgot)")
    refused = len(_NO.findall(told.sub("", old))) - len(_NO.findall(told.sub("", new)))
    links = len(_LINK.findall(old)) - len(_LINK.findall(new))
    turned = _more(_TURNED, old, new).total()
    if refused > links:
        yield "invented promise: a refusal without a condition is gone"
    if links > turned:
        yield "lost condition: a condition is gone"
    if links > max(refused, 0):
        yield "lost condition: a condition is turned and the refusal is still there"


def _smells(draft: str, rewrite: str) -> Iterator[str]:
    for smell in _SMELLS:
        if len(smell.findall(rewrite.lower())) > len(smell.findall(draft.lower())):
            yield f"bad grammar: {smell.pattern}"
    if len(_LOWER_START.findall(rewrite)) > len(_LOWER_START.findall(draft)):
        first = draft.strip()[:1]
        if first.isupper():
            yield "bad grammar: a sentence starts in lower case"
