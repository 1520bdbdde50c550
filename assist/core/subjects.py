"""What a sentence is about: the acts it names and the things it names.

The law: pure, over folded text in lower case. Everything that asks whether two sentences are about
one matter asks here: what keeps a promise, what breaks it, what was written about before.
"""

import re

__all__ = ["ACTS", "acts", "things", "verbs"]

_STEM = 5
_WORD = re.compile(r"[a-z][a-z'-]{3,}")
_ANY = re.compile(r"[a-z]{2,}")
# Words that say nothing about which thing a sentence is about.
_EMPTY = frozenset(
    (
        "that", "this", "then", "than", "them", "they", "there", "their", "these", "those", "with",
        "will", "have", "been", "your", "yours", "from", "what", "when", "where", "which", "here",
        "just", "also", "into", "over", "only", "need", "needs", "please", "thank", "thanks",
        "today", "tomorrow", "tonight", "morning", "afternoon", "evening", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday", "week", "weeks", "hour", "hours",
        "minute", "minutes", "days", "working", "soon", "back", "again", "know", "tell", "send",
        "sent", "call", "ring", "give", "make", "take", "took", "taken", "get", "gets", "going",
        "come", "comes", "would", "could", "should", "about", "before", "after", "until", "once",
        "some", "sure", "course", "very", "more", "much", "next", "good", "great", "fine", "well",
        "everything", "anything", "nothing", "problem", "sorry", "okay", "worry", "don't", "won't",
        "can't", "i'll", "we'll", "you'll", "i've", "it's", "that's", "either", "full", "first",
        "last", "number", "reference", "total", "date", "time", "told", "said", "note", "noted",
        "details", "myself", "yourself", "book", "booked", "booking", "reserved", "successfully",
        "january", "february", "march", "april", "june", "july", "august", "september", "october",
        "november", "december", "they'll", "we've", "you're", "we're", "there's", "what's",
        "anymore", "slot", "slots", "appointment", "visit", "window",
    )
)  # fmt: skip
ACTS = {
    "call": r"(?:call|ring|phon|rang|dial)\w*",
    "mail": r"e-?mail\w*",
    "answer": r"(?:answer|repl[yi])\w*|(?:get|come) back to you|decision|result",
    "ask": r"ask\w*|speak to|talk to|check with",
    "money": r"refund\w*|credit\w*|compensat\w+|reimburs\w*|money back|pay(?:ing)? (?:you )?back",
    "send": r"sen[dt]\w*|ship\w*|post(?:ed|ing)?|dispatch\w*|replac\w+|deliver\w*",
    "visit": r"visit\w*|engineer|technician|plumber|electrician|appointment|slot|"
    r"(?:re-?)?book(?:ed|ing)?|put you on",
    "change": r"(?:activat|unlock|extend|upgrad|remov|install|reset|restor|reinstat|exchang)\w*",
    "cancel": r"cancel\w*",
    "waive": r"waiv\w*|fee off|charge off|remove the (?:fee|charge)",
    "hold": r"hold(?:ing)?|held|reserv\w+",
    "through": r"put(?:ting)? you through|transfer you|supervisors?",
}
"""The words of each kind of act."""

_ACTS = {name: re.compile(rf"\b(?:{words})\b") for name, words in ACTS.items()}
# The same verb in its other shapes.
_SHAPES = {
    "sent": "send", "rang": "ring", "rung": "ring", "told": "tell", "wrote": "write",
    "written": "write", "writing": "write", "paid": "pay", "spoke": "speak", "spoken": "speak",
    "gave": "give", "given": "give", "giving": "give", "made": "make", "making": "make",
    "found": "find", "took": "take", "taken": "take", "taking": "take", "held": "hold",
    "left": "leave", "done": "do", "did": "do", "brought": "bring", "chased": "chase",
    "phoned": "call", "phone": "call", "phoning": "call", "ringing": "ring", "got": "get",
    "kept": "keep", "came": "come", "went": "go", "gone": "go", "issued": "issue",
    "reset": "reset", "put": "put", "let": "let", "mailed": "email", "mail": "email",
    "e-mail": "email", "dispatched": "send", "shipped": "send", "posted": "send", "ship": "send",
    "post": "send", "dispatch": "send", "credited": "refund", "credit": "refund",
    "reimburse": "refund", "reimbursed": "refund", "swap": "replace", "exchange": "replace",
}  # fmt: skip


def acts(text: str) -> frozenset[str]:
    """Return the kinds of act that are named."""
    return frozenset(name for name, words in _ACTS.items() if words.search(text))


def things(text: str) -> frozenset[str]:
    """Return the stems of the words that say what it is about."""
    found = (word.removesuffix("'s") for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in found if word not in _EMPTY)


def verbs(text: str) -> frozenset[str]:
    """Return the stems of all words, so that "sent" meets "send" and "rung" meets "ring"."""
    return frozenset(_stem(word) for word in _ANY.findall(text))


def _stem(word: str) -> str:
    word = _SHAPES.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) > 2:
            word = word.removesuffix(ending) + instead
            break
    if word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    whole = _SHAPES.get(word) or _SHAPES.get(f"{word}e")
    return (whole.removesuffix("e") if whole else word)[:_STEM]


_ENDINGS = (("ied", "y"), ("ies", "y"), ("ed", ""), ("ing", ""), ("es", ""), ("s", ""), ("e", ""))
