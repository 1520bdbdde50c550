"""English pronouns turned from the customer's side to the agent's, and the verbs that go with them.

The law: a word is turned only where its role is certain. The customer's I and we become you; their
you means the firm and becomes we or us. Where the role, the subject or the verb stays in doubt,
there is no answer. Rules by word form; no parser, no wording beyond the customer's own.
"""

import re

__all__ = ["finite", "is_statement", "mended", "turned"]

_FLIP = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
    "your": "our", "yours": "ours", "you're": "we're", "you've": "we've", "you'd": "we'd",
}  # fmt: skip
_OURS = frozenset("i we".split())
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
_ADVERBS = frozenset(
    "still just already really also never even only then always now again both all once finally "
    "recently nearly almost simply ever since therefore constantly repeatedly".split()
)
_AUX = frozenset(
    "am is are was were has have had do does did can could will would should might must may "
    "cannot it's that's there's".split()
)
_PAST = frozenset(
    "got came went paid sent said told bought broke spent left lost found made took gave kept put "
    "held heard saw wrote rang spoke became began fell felt let hit cut set cost forgot ate drank "
    "drove flew grew knew led lent meant met read rode ran sold shut slept stood stuck taught tore "
    "threw understood woke wore won blew bent built caught chose dealt drew fed fought froze hung "
    "hurt laid quit sank shook shrank sat split spilt spoilt swore swapped upgraded".split()
)
_THIRD = frozenset(
    "keeps says shows works crashes freezes leaks smells looks costs drops fails makes takes needs "
    "goes stops blinks disconnects asks refuses gives comes tastes feels rattles buzzes overheats "
    "loads responds answers picks replies knows cares seems appears expires ends runs gets lets "
    "tells sends remains contains lacks matches fits stays happens turns keep go come get "
    "look smell".split()
)
_ALONE = frozenset(
    "arrived came disappeared expired ended crashed failed stopped started leaked doubled tripled "
    "increased dropped died collapsed overheated vanished shrank melted exploded appeared happened "
    "changed closed opened cracked snapped broke fell went froze tore landed departed showed "
    "turned began".split()
)
_BASE = frozenset(
    "pay have keep get see use live work receive lose hear need want call log open try click press "
    "type enter spend go come buy order travel own owe feel understand find take make send do sign "
    "request read rent cancel".split()
)
_OBJECT = frozenset(
    "it my our me us the a an this that these those someone somebody nothing everything you your "
    "over out up off".split()
)
_SUBJECTS = frozenset("i we you it there".split())
_HELD = frozenset("i'm i've i'd i'll we're we've we'd we'll you're you've it's that's".split())
_LINKS = frozenset("that which".split())
_LATE = re.compile(
    r"not|still|been|never|gone|late|broken|missing|lost|stuck|down|dead|wrong|cracked|damaged"
)
_NOT_PAST = frozenset("need feed seed speed exceed proceed succeed indeed bed red shed".split())

# Before "you" these make it the one something is done to.
_TO_YOU = frozenset(
    "from to with by at of for on about through via behind against told tell called call emailed "
    "email paid pay gave give sent send contacted contact asked ask wrote messaged phoned rang "
    "texted chased reached showed shown reminded calling emailing telling asking phoning paying "
    "contacting visited informed notified given chasing".split()
)
_YOU_DO = frozenset(
    "have had are were was did didn't haven't hadn't aren't weren't keep kept couldn't".split()
)
_IT_IS = frozenset(
    "been not a an the still never now already just only always very really completely totally "
    "gone lost late broken damaged cracked missing wrong dead my getting going making leaking "
    "taking saying showing coming asking telling too".split()
)
_UNITS = frozenset("minutes hours days weeks months years day week month year".split())
_HAD = frozenset("been already just never had only".split())


def finite(word: str) -> bool:
    """Tell whether a word in lower case can be the verb of a clause after a pronoun."""
    return word in _AUX | _PAST | _THIRD | _HELD or word.endswith("n't") or _is_past(word)


def _is_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST


def mended(tokens: list[str]) -> list[str]:
    """Return the words with the apostrophes that are surely missing."""
    lows = [token.lower() for token in tokens]
    after = [*lows[1:], ""]
    return [
        _mend(token, low, lows[index + 1 : index + 3], after[index])
        for index, (token, low) in enumerate(zip(tokens, lows, strict=True))
    ]


def _mend(token: str, low: str, ahead: list[str], following: str) -> str:
    if low == "its" and (
        following in _IT_IS or (following.isdigit() and _UNITS.intersection(ahead))
    ):
        return "it's"
    if low == "id" and (following in _HAD or _is_past(following)):
        return "I'd"
    return _MENDED.get(low, token)


def is_statement(lows: list[str]) -> bool:
    """Tell whether words that start with a subject have a verb of their own for it."""
    first = lows[0]
    if first in _HELD or first == "there's":
        return len(lows) > 2
    if first in _SUBJECTS:
        verb = _past_adverbs(lows, 1)
        return finite(verb) or (first in _OURS and verb in _BASE)
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
        elif low in _SUBJECTS or low in _LINKS:
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
        return None if does else "us"
    return "we" if does else None


def _agreed(token: str, lows: list[str], at: int) -> str | None:
    """Return the verb as it agrees with the subject it has after turning, or the word as it is."""
    if lows[at] not in _AGREE:
        return token
    back = at - 1
    while back >= 0 and lows[back] in _ADVERBS:
        back -= 1
    subject = lows[back] if back >= 0 else ""
    if subject in {"i", "we", "you"}:
        return _AGREE[lows[at]]
    if subject in {"and", "but", "then"} and lows[0] in _OURS | _HELD - {"it's", "that's"}:
        return None if _another_subject(lows[1:back]) else _AGREE[lows[at]]
    if subject in {"and", "but", "then"} and _SUBJECTS.intersection(lows[:back]) - {"it", "there"}:
        return None
    return token


def _another_subject(lows: list[str]) -> bool:
    """Tell whether some other subject has come between the first one and a verb far from it."""
    others = {"it", "that", "which", "this", "there", "nobody", "it's", "that's", "you", "i", "we"}
    return any(
        low in others or (low in _AGREE and before not in _ADVERBS)
        for before, low in zip(["still", *lows], lows, strict=False)
    )
