"""What may stand before the sentence proper and says nothing of the matter.

The law: a greeting, thanks, a word of regret, a look that was taken. Whoever says, thinks or wants
something is no opening: what follows such words is not the writer's own.
"""

import re

__all__ = ["BEFORE", "OPENING", "SIGH", "begins"]

SIGH = r"(?:unfortunately|sadly|regrettably|regretfully|(?:i'?m|we're|i am|we are) afraid)"
"""What is sighed before bad news."""
_SAID_SORRY = r"(?:(?:i'?m|i am) )?(?:so |very |really )?sorry(?: to say)?"
_SORRY = (
    rf"(?:(?:{SIGH}|{_SAID_SORRY}|currently|presently)"
    r"(?:(?<=afraid) that|(?<=say) that|,? but)?,? )"
)
_GREETED = r"(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|morning|evening)"
_LOOKED = (
    r"(?:(?:so|ok|okay|right|ah|well),? )*(?:(?:i|we)(?:'ve| have)? )?(?:just )?"
    r"(?:had a (?:quick |good )?look(?: (?:at|into) (?:it|this|that))?|"
    r"looked(?: (?:at|into) (?:it|this|that))?|"
    r"checked(?: (?:it|this|that))?(?: (?:with|w/) (?:the |our |my )?[a-z]+)?)"
    r"(?:,? and|,|:| -|(?<=\w)) "
)
OPENING = (
    rf"(?:(?:{_GREETED}|sorry)(?: [\w'.-]+){{1,3}}, |(?:ok|okay|right|ah|well),? so,? |"
    r"(?:hi|hello|hey|dear|thanks|thank you|ok|okay|sure|right|and|also|well)"
    r"(?: (?!(?:we|i|it|they|you|but|so|now)\b)[a-z]+)?,? |(?:thank you|thanks) for [^,]{2,60}, |"
    rf"{_LOOKED}|"
    r"(?:please note|just to let you know|just so you know|for your information|fyi|quick update|"
    r"as (?:mentioned|discussed))(?: that)?[,:]? |to be clear,? )?"
)
"""What may stand before the sentence proper and says nothing of the matter."""
BEFORE = re.compile(rf"{OPENING}(?P<sorry>{_SORRY}+)?")
"""An opening, with the words of regret in it as the group `sorry`."""


def begins(low: str) -> int:
    """Return where the sentence proper begins in a sentence in lower case."""
    opening = BEFORE.match(low)
    return opening.end() if opening else 0
