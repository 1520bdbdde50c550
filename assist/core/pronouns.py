"""English pronouns turned from the customer's side to the agent's, and the verbs that go with them.

The law: a word is turned only where its role is certain. The customer's I and we become you; their
you means the firm and becomes we or us. Where the role, the subject or the verb stays in doubt,
there is no answer. Rules by word form; no parser, no wording beyond the customer's own.
"""

import re
from itertools import pairwise

__all__ = [
    "DAYS",
    "MONTHS",
    "SUBJECT",
    "finite",
    "is_statement",
    "mended",
    "turned",
    "with_subject",
    "word_set",
]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(words.split())


_FLIP = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
    "your": "our", "yours": "ours", "you're": "we're", "you've": "we've", "you'd": "we'd",
}  # fmt: skip
_OURS = word_set("i we")
_AGREE = {
    "am": "are", "is": "are", "was": "were", "has": "have", "does": "do",
    "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_BARE = (
    "dont doesnt didnt hasnt havent hadnt isnt wasnt werent arent wont cant couldnt wouldnt "
    "shouldnt aint"
)
_MENDED = {word: f"{word[:-1]}'t" for word in _BARE.split()} | {
    f"{word[:-2]}'nt": f"{word[:-1]}'t" for word in _BARE.split() if word.endswith("nt")
}
_MENDED |= {
    "im": "I'm", "ive": "I've", "weve": "we've", "youve": "you've", "youre": "you're",
    "thats": "that's", "theres": "there's", "u": "you", "cannot": "cannot", "havn't": "haven't",
    "havnt": "haven't", "dosen't": "doesn't", "dosent": "doesn't", "nooone": "no one",
}  # fmt: skip

# Words that may stand between a subject and its verb.
_ADVERBS = word_set(
    "still just already really also never even only then always now again both all once finally "
    "recently nearly almost simply ever since therefore constantly repeatedly"
)
_AUX = word_set(
    "am is are was were has have had do does did can could will would should might must "
    "cannot it's that's there's"
)
_PAST = word_set(
    "got came went paid sent said told bought broke spent left lost found made took gave kept put "
    "held heard saw wrote rang spoke became began fell felt let hit cut set cost forgot ate drank "
    "drove flew grew knew led lent meant met read rode ran sold shut slept stood stuck taught tore "
    "threw understood woke wore won blew bent built caught chose dealt drew fed fought froze hung "
    "hurt laid quit sank shook shrank sat split spilt spoilt swore swapped upgraded"
)
_THIRD = word_set(
    "keeps says shows works crashes freezes leaks smells looks costs drops fails makes takes needs "
    "goes stops blinks disconnects asks refuses gives comes tastes feels rattles buzzes overheats "
    "loads responds answers picks replies knows cares seems appears expires ends runs gets lets "
    "tells sends remains contains lacks matches fits stays happens turns keep go come get "
    "look smell"
)
_ALONE = word_set(
    "arrived came disappeared expired ended crashed failed stopped started leaked doubled tripled "
    "increased dropped died collapsed overheated vanished shrank melted exploded appeared happened "
    "changed closed opened cracked snapped broke fell went froze tore landed departed showed "
    "turned began"
)
_BASE = word_set(
    "pay have keep get see use live work receive lose hear need want call log open try click press "
    "type enter spend go come buy order travel own owe feel understand find take make send do sign "
    "request read rent cancel"
)
_OBJECT = word_set(
    "it my our me us the a an this that these those someone somebody nothing everything you your "
    "over out up off"
)
_SUBJECTS = word_set("i we you it there")
_HELD = word_set("i'm i've i'd i'll we're we've we'd we'll you're you've it's that's")
_LINKS = word_set("that which")
_LATE = re.compile(
    r"not|still|been|never|gone|late|broken|missing|lost|stuck|down|dead|wrong|cracked|damaged"
)
_FINITE = _AUX | _PAST | _THIRD | _HELD
_NOT_PAST = word_set("need feed seed speed exceed proceed succeed indeed bed red shed")

# Before "you" these make it the one something is done to.
_TO_YOU = word_set(
    "from to with by at of for on about through via behind against told tell called call emailed "
    "email paid pay gave give sent send contacted contact asked ask wrote messaged phoned rang "
    "texted chased reached showed shown reminded calling emailing telling asking phoning paying "
    "contacting visited informed notified given chasing"
)
_YOU_DO = word_set(
    "have had are were was did didn't haven't hadn't aren't weren't keep kept couldn't"
)
_IT_IS = word_set(
    "been not a an the still never now already just only always very really completely totally "
    "gone lost late broken damaged cracked missing wrong dead my getting going making leaking "
    "taking saying showing coming asking telling too"
)
_UNITS = word_set("minutes hours days weeks months years day week month year")
_BREAKS = word_set("and but that because when after") | {""}
_HAD = word_set("been already just never had only")

DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set(
    "january february march april june july august september october november december"
)
_NUMBER = "(?:\\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = "(?:minute|min|hour|hr|day|week|month|year)s?"
_WHEN = f"(?:{'|'.join(sorted(DAYS | MONTHS))}|may|yesterday|week|month|year|night|\\d{{4}})"
SUBJECT = re.compile(
    r"(?:(?:i|we|you|my|our|your|the|it|this|that|these|those|there|nobody|no one|nothing|someone|"
    r"somebody|everything|half|one|two|three|both|all|some|most|a|an|another|only|none|"
    r"no(?! (?:i|you|we|it|my|the)\b)|\d+)(?= )|"
    r"(?:i|we|you)'(?:m|ve|d|ll|re) |it's |that's |there's )"
)
_FRONT = re.compile(
    rf"(?:yesterday(?: morning| afternoon| evening)?|today|tonight|"
    rf"(?:this|last) (?:morning|afternoon|evening|{_WHEN})|"
    rf"(?:on|since|by|in|until) (?:last )?{_WHEN}|"
    rf"(?:for|since) (?:the (?:last|past) )?{_NUMBER} {_UNIT}|{_NUMBER} {_UNIT} ago|"
    rf"every time(?= (?:i|we) ))[ ]"
)
_AGAIN = re.compile(r"every time (?:i|we) .*\b(?:it|(?:the|my|your) \w+) (\S+)")
# A point told without its subject, and the subject that it surely has.
_DROPPED = (
    (re.compile(r"(?:still )?waiting (?:for|on|since|\d)"), "I'm"),
    (
        re.compile(
            r"(?:still )?been (?:waiting|on hold|charged|billed|without|told|promised|transferred|"
            r"trying|stuck)\b"
        ),
        "I've",
    ),
    (
        re.compile(
            r"(?:never|haven't|didn't|don't|still (?:haven't|don't)) (?:rec\w+|got|get|had)\b"
        ),
        "I",
    ),
    (re.compile(r"got (?:charged|billed|told|sent)\b|was (?:told|promised)\b"), "I"),
)  # fmt: skip

_OPEN_END = word_set(
    "my your our the a an and but or of because to than with from at is are was were am has have "
    "had do does did mr mrs ms dr st approx vs prof very told said promised asked if that which no "
    "nr be been not by e.g i.e"
)
_TOLD_TWICE = word_set("had got went came paid sent said told bought gave took made saw found")
_TO_END = word_set("agree agreed subscribe subscribed consent reply replied spoken")


def finite(word: str) -> bool:
    """Tell whether a word in lower case can be the verb of a clause after a pronoun."""
    return word in _FINITE or word.endswith("n't") or _is_past(word)


def _is_past(word: str) -> bool:
    return len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST


def mended(tokens: list[str]) -> list[str]:
    """Return the words with the apostrophes that are surely missing."""
    lows = [token.lower() for token in tokens]
    return [_mend(token, lows, at) for at, token in enumerate(tokens)]


def _mend(token: str, lows: list[str], at: int) -> str:
    low, before, following = lows[at], ["", *lows][at], [*lows, ""][at + 1]
    ahead = lows[at + 1 : at + 3]
    if low == "its" and (
        following in _IT_IS or (following.isdigit() and _UNITS.intersection(ahead))
    ):
        return "it's"
    if low == "id" and before in _BREAKS and (following in _HAD | _PAST or _is_past(following)):
        return "I'd"
    return _MENDED.get(low, token)


def with_subject(words: list[str]) -> list[str]:
    """Return the words, led by their subject where it was left out and is sure."""
    low = " ".join(words).lower()
    told = [words[0].lower(), *words[1:]]
    return next(([subject, *told] for form, subject in _DROPPED if form.match(low)), words)


def is_statement(low: str) -> bool:
    """Tell whether the words are a whole statement with a subject and its verb."""
    front = _FRONT.match(low)
    again = _AGAIN.match(low)
    if low.startswith("every time") and not (again and finite(again[1])):
        return False
    rest = low[front.end() :] if front and SUBJECT.match(low[front.end() :]) else low
    words = rest.split()
    if not SUBJECT.match(rest) or _is_cut_off(words):
        return False
    for at, (word, following) in enumerate(pairwise(words)):
        if word == "and" and following in {"i", "we", "me"} and not _has_one(words[:at]):
            return False
        if word in {"did", "didn't"} and (_is_past(following) or following in _TOLD_TWICE):
            return False
    return _has_verb(words)


def _is_cut_off(words: list[str]) -> bool:
    """Tell whether the last word asks for more to come."""
    *_, before, last = words
    ends = (last == "to" and before in _TO_END) or (
        last in {"is", "are", "was"} and "where" in words
    )
    return not ends and (last in _OPEN_END or last.endswith("n't"))


def _has_one(words: list[str]) -> bool:
    return any(map(finite, words)) or _has_verb(words)


def _has_verb(lows: list[str]) -> bool:
    """Tell whether words that start with a subject have a verb of their own for it."""
    first = lows[0]
    if first in _HELD or first == "there's":
        return len(lows) > 2
    if first in _SUBJECTS:
        verb = _past_adverbs(lows, 1)
        return finite(verb) or (first in _OURS and (verb in _BASE or verb[3:].endswith("d")))
    return _has_main_verb(lows)


def _past_adverbs(lows: list[str], at: int) -> str:
    """Return the first word from `at` on that is no adverb; nothing where none is left."""
    return next((low for low in lows[at:] if low not in _ADVERBS), "")


def _has_main_verb(lows: list[str]) -> bool:
    """Tell whether a verb is left for the noun once a clause about it, as in "I got", has its."""
    about_it = False
    for at, low in enumerate(lows[1:], start=1):
        if low in _HELD:
            about_it = False
        elif low in _LINKS or (low in _SUBJECTS and lows[at - 1] not in _TO_YOU):
            about_it = True
        elif about_it:
            about_it = not (finite(low) or low in _BASE)
        elif _surely_verb(lows, at):
            return True
    return False


def _surely_verb(lows: list[str], at: int) -> bool:
    low, following = lows[at], [*lows, ""][at + 1]
    if low in _AUX | _THIRD | _ALONE or low.endswith("n't") or low in {"have", "do"}:
        return True
    if low.endswith("'s"):
        return _LATE.fullmatch(following) is not None
    if low == "left" and following == "at":
        return lows[at + 2][:1].isdigit()
    takes = following in _OBJECT or following[:1].isdigit()
    return takes and (low in _PAST or _is_past(low))


def turned(tokens: list[str]) -> list[str] | None:
    """Return the words with the pronouns turned and their verbs agreeing; None where in doubt."""
    lows = [token.lower() for token in tokens]
    told: list[str] = []
    for at, (token, low) in enumerate(zip(tokens, lows, strict=True)):
        new = _turn(tokens, lows, at) if low in _FLIP or low == "you" else _agreed(token, lows, at)
        if new is None:
            return None
        told.append(new)
    return told


def _turn(tokens: list[str], lows: list[str], at: int) -> str | None:
    low, before, following = lows[at], ["", *lows][at], [*lows, ""][at + 1]
    if low == "us" and (tokens[at] == "US" or before == "the"):
        return tokens[at]
    if low in {"i'd", "we'd", "you'd"} and not (
        following in _HAD | _PAST or _is_past(following) or "told" in lows[:at]
    ):
        return None
    if low == "you":
        return _firm(lows, at, before)
    return _FLIP[low]


def _firm(lows: list[str], at: int, before: str) -> str | None:
    """Return we or us for a "you" that means the firm."""
    verb = _past_adverbs(lows, at + 1)
    does = verb in _YOU_DO | _PAST or _is_past(verb)
    if before in _TO_YOU:
        return None if does and verb != "was" else "us"
    return "we" if does else None


def _agreed(token: str, lows: list[str], at: int) -> str | None:
    """Return the verb as it agrees with the subject it has after turning, or the word as it is."""
    if lows[at] not in _AGREE:
        return token
    back = at - 1
    while back >= 0 and lows[back] in _ADVERBS:
        back -= 1
    subject = lows[back] if back >= 0 else ""
    if subject == "you" and back and lows[back - 1] in _TO_YOU:
        return token
    if subject in {"i", "we", "you"}:
        return _AGREE[lows[at]]
    if subject in {"and", "but", "then"} and lows[0] in _OURS | _HELD - {"it's", "that's"}:
        return None if _another_subject(lows[1:back]) else _AGREE[lows[at]]
    if subject in {"and", "but", "then"} and {"i", "we", "you"}.intersection(lows[:back]):
        return None
    return token


def _another_subject(lows: list[str]) -> bool:
    """Tell whether some other subject has come between the first one and a verb far from it."""
    others = {"it", "that", "which", "this", "there", "nobody", "it's", "that's", "you", "i", "we"}
    return any(
        low in others or (low in _AGREE and before not in _ADVERBS)
        for before, low in pairwise(["still", *lows])
    )
