"""Active listening: the customer's own point told back, as in "So your parcel hasn't arrived".

The law: names and numbers stay as written, insults and shouting go, nothing is added; on any doubt
there is no paraphrase. Rules: active listening by pronoun flip, 16 words at most.
"""

import re

from assist.core.text import clauses, fold, lowered

__all__ = ["MAX_WORDS", "flipped", "paraphrase"]

MAX_WORDS = 16

_FLIP = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "im": "you're", "i've": "you've", "ive": "you've", "i'd": "you'd",
    "i'll": "you'll", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "we're": "you're", "we've": "you've",
}  # fmt: skip
_AGREE = {"am": "are", "was": "were"}
_MENDED = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "hasnt": "hasn't",
    "havent": "haven't", "isnt": "isn't", "wasnt": "wasn't", "wont": "won't", "cant": "can't",
    "couldnt": "couldn't", "arent": "aren't",
}  # fmt: skip
# A clause says something only with a verb in it; these are the ones that can be trusted by form.
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|hasn't|haven't|isn't|wasn't|didn't|don't|doesn't|can't|"
    r"couldn't|won't|keeps?|got|came|arrived|paid|ordered|sent|said|told|promised|bought|waited|"
    r"received|broke|stopped|spent|tried|asked|cancelled|returned|it's|he's|she's|\w+'ve|i'm|"
    r"hasnt|havent|isnt|wasnt|didnt|dont|doesnt|cant|couldnt|wont|arent|aren't|ive|im)\b"
)
_START = re.compile(
    r"(?:(?:i|we|my|our|the|it|it's|there|nobody|no one|this|that)\b|i'|we'|im\b|ive\b)"
)
_DOUBT = re.compile(
    r"[\"?]|https?:|@|\b(?:you|your|you're|u|ur|ya|yours|lol|hell|damn|fuck\w*|shit\w*|crap|"
    r"bloody|bastards?|idiots?|stupid|useless|liars?|lawyer|sue|court|he|she|they|wife|husband|"
    r"colleague|joke|lovely|brilliant|great|wonderful|if|when|because|so|what|why|how|who|think|"
    r"thought|guess|want|wanted|need|please|thanks?|thank|sorry|hello|hi|"
    r"kidding|serious|seriously|omg|wtf|anyway|ok|okay|yes|no|yeah)\b"
)
_LEAD = re.compile(
    r"^(?:and|but|well|look|listen|ok|okay|so|because|also|plus|hi|hello|hey|now|yes|no|anyway)"
    r"[\s,]+"
)


def paraphrase(text: str, near: int) -> str | None:
    """Return the clause of `text` around offset `near`, told back in the second person, or None."""
    for span in clauses(text):
        if span.start <= near < span.end:
            return flipped(span.of(text))
    return None


def flipped(clause: str) -> str | None:
    """Return `clause` with the pronouns turned, without a full stop, or None on any doubt."""
    plain = fold(clause).strip()
    while match := _LEAD.match(lowered(plain)):
        plain = plain[match.end() :]
    low = lowered(plain)
    tokens = plain.split()
    if not 3 <= len(tokens) <= MAX_WORDS or _DOUBT.search(low):
        return None
    if not _START.match(low) or not _VERB.search(low):
        return None
    return _turned(tokens)


def _turned(tokens: list[str]) -> str:
    shouting = sum(len(t) > 3 and t.isalpha() and t.isupper() for t in tokens) * 2 >= len(tokens)
    told: list[str] = []
    mine = False
    for index, token in enumerate(tokens):
        low = token.lower().rstrip("!.")
        word = token.rstrip("!.")
        if low in _FLIP:
            new = _FLIP[low]
        elif mine and low in _AGREE:
            new = _AGREE[low]
        elif low in _MENDED:
            new = _MENDED[low]
        else:
            loud = word.isalpha() and word.isupper() and len(word) > 3
            lower = shouting or loud or (index == 0 and word.istitle())
            new = word.lower() if lower else word
        mine = low in {"i", "we"} or (mine and low in {"still", "just", "already", "really"})
        told.append(new)
    return " ".join(told)
