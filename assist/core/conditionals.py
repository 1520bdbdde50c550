"""Turning a condition round: "can't … until" to "can … as soon as", with nothing else changed.

The law: one sentence, one refusal, one condition. The refusal goes, the condition stays, and every
other word keeps its place. Whatever might change the meaning (a second negation, a question, a
quotation, a reason, a second condition, a word that lives only under a negation) means None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assist.core.links import turned_after_without, turned_link
from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["SIGH", "conditions_turned", "dropped", "raised"]

_LONGEST = 320
SIGH = r"(?:unfortunately|sadly|regrettably|regretfully|(?:i'?m|we're|i am|we are) afraid)"
"""What is sighed before bad news."""
_SAID_SORRY = r"(?:(?:i'?m|i am) )?(?:so |very |really )?sorry(?: to say)?"
_SORRY = rf"(?:(?:{SIGH}|{_SAID_SORRY})(?:(?<=afraid) that|(?<=say) that|,? but)?,? )"

# --- the refusal
_ADVERB = r"(?: (?:currently|actually|really|simply|just|unfortunately|sadly|presently))?"
_UNABLE = rf"{_ADVERB} (?:not able|unable|not going to be able) to"
_NO_NOUN = (
    r"(?!(?:i|we|they|he|she|it|you|currently|actually|really|simply|just|presently|unfortunately|"
    r"sadly)\b)"
)
_SUBJECT = (
    r"(?:i|we|they|he|she|it|you|u|this|that|these|those|"
    rf"(?:the|our|my|your|an?|this|that|these|those) {_NO_NOUN}[a-z-]+(?: {_NO_NOUN}[a-z-]+)?)"
)
_MODAL = (
    rf"{_ADVERB} (?:can't|cant|cannot|can not|"
    r"(?:won't|wont|will not) be able to|will be unable to|(?:isn't|isnt|aren't|arent) able to)"
    rf"{_ADVERB}| (?:am|are|is){_UNABLE}"
    rf"|(?:'m|'re|'s|(?<=\bi)m|(?<=\byou)re|(?<=\bthey)re){_UNABLE}"
    r"|'ll (?:not be able|be unable) to"
    r"|(?P<do> (?:don't|dont|do not))|(?P<does> (?:doesn't|doesnt|does not))"
)
_REFUSAL = re.compile(rf"\b(?P<subject>{_SUBJECT})(?P<modal>{_MODAL})(?= )")
_TITLE = r"(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r) )"
_PLACE = r"(?:team|office|shop|desk|store|department|support|billing|sales|bank|depot|warehouse)"
_NAME = (
    rf"{_TITLE}?[A-Z][\w-]*(?:'s [a-z-]+)?"
    rf"(?:(?: (?:and|from|in|of|at))?(?: the)? (?:[A-Z][\w-]*|{_PLACE})){{0,3}}"
    r"|[a-z]+"
)
_NAMED_REFUSAL = re.compile(rf"(?P<subject>{_NAME})(?i:(?P<modal>{_MODAL}))(?= )")
_NO_NAME = re.compile(
    r"(?:today|now|right|sometimes|maybe|perhaps|often|some|all|every\w*|any\w*|whoever|each|if|when|"
    r"until|till|please|why|how|what|who|which|word|but|and|so|or|as|then|there|here|both|most|many|"
    r"few|others|people|still|even|just|also|ever|one|yes|well|[a-z]+ly|hence|thus|therefore|"
    r"because|since|although|though|once|else|otherwise|that|apart|rest|only|doing)\b",
    re.IGNORECASE,
)
_BARE_REFUSAL = re.compile(
    r"(?P<subject>)(?P<modal>can't|cant|cannot|can not|(?:won't|wont|will not) be able to|"
    r"(?:unable|not able) to)"
    r"(?= (?!(?:i|you|u|we|they|he|she|it|the|a|an|this|that|your|our|my|someone|anyone)\b))"
)
_LINK = re.compile(r"\b(?:(?:untill?|till?) after|untill?|till?|before|unless|without)\b")

# --- what may stand before it
_OPENING = re.compile(
    r"(?:(?:hi|hello|hey|dear|thanks|thank you|ok|okay|sure|right|and|also|well)"
    r"(?: (?!(?:we|i|it|they|you|but|so|now)\b)[a-z]+)?,? |(?:thank you|thanks) for [^,]{2,60}, |"
    r"please note(?: that)? |just so you know,? |to be clear,? )?"
    rf"(?P<sorry>{_SORRY}+)?"
)
_CLAUSE_BEFORE = re.compile(r"[^,;:]{4,}?,? (?P<join>and|but) ")
_TELLING = re.compile(
    r"\b(?:says?|said|tells?|told|asks?|asked|thinks?|thought|knows?|hopes?|that|so|before|after|"
    r"wish|can|will|policy|rules?)\b"
)

# --- what casts doubt
_DOUBT = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|neither|nor|cannot|cant|wont|dont|isnt|hardly|either|"
    r"if|when|whenever|once|as soon as|while|because|since|due to|owing to|although|though|"
    r"whether|only|even|except|otherwise|at all|ever|anymore|any longer|in case|as long as|"
    r"still|could|might|may be)\b|n't\b|[?\"]|(?:^| )'|'(?: |$)"
)
_NEITHER = re.compile(r"\b(?:either|neither|nor)\b", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"(?:\.\.|…)\s*$")
_IDIOM = re.compile(
    r"(?:wait|g[uar]{2,5}nte\w*|promise|ensure|assure|commit|believe|imagine|thank|stress|afford|stand|"
    r"swear|vouch|pledge|undertake|warrant|expect|estimate|exclude|rule|waive|"
    r"write off|say|tell$|at (?:the|this|present)|now|right now|for now|today|"
    r"tell (?:you |them |him |her )?(?:if|whether|when|which|what|who|why|how|for|that|it)|"
    r"give (?:you )?(?:my|our) word|make (?:it|that|this)? ?(?:certain|sure)|"
    r"confirm(?! (?:the|your) (?!refund|replacement|claim|credit))|"
    r"see (?!you|him|her|them)|lose|miss|fail|avoid|prevent|refuse|deny|reject|"
    r"disagree|prohibit|forbid|ban|charge|possibly|normally|usually|always|ever|quite|exactly|"
    r"be (?:ruled|denied|refused|rejected|excluded|guaranteed|promised|confirmed|approved|waived|"
    r"charged|banned)|"
    r"(?:raise|increase|put up) (?:the|your|our) (?:prices?|fees?|rent|bill|rate)|"
    r"help but|help (?!you|with)[a-z]+ing|have|be (?!\w+ed\b|sent\b|made\b|done\b|paid\b|given\b|"
    r"shown\b|taken\b|put\b|set\b|ready\b|available\b))\b"
)
_ALONE = re.compile(r"(?:do|go|live|manage|be|get by|make do|cope|work)$")
# What is decided or awarded, and an inquiry still open: turned round, these promise an outcome.
_AWARD = re.compile(
    r"(?:approve|grant|award|compensate|authori[sz]e|decide|rule on)\b|"
    r"(?:get|receive|have|give|pay|offer|claim)\b.*"
    r"\b(?:compensation|damages|goodwill|a payout|credit)\b"
)
_INQUIRY = re.compile(
    r"\b(?:investigat\w+|assess\w*|appeal\w*|disput\w+|(?:credit|security|fraud|background) check|"
    r"(?:find|figure|found) out|establish\w*|determin\w+|review(?:ed|ing|s)?|decid\w+|looked into|"
    r"(?:have|has|'ve|'s) (?:seen|checked|looked))\b"
)
_LOOKING = re.compile(
    r"(?:see|find|confirm|accept|offer|locate|trace|remember|recall|intercept|catch|reach|warn|"
    r"finish|fix|get (?:there|it))\b"
)
_LASTING = re.compile(
    r"\b(?:hold|keep|reserve|extend|leave|stay|store|pause|delay|postpone|freeze|put|defer|suspend|"
    r"block|save|lend|open(?! (?:the|your|a|it)\b)|stop|remain|last|cover|continue|rent|"
    r"run|work|let|offer|accept|honou?r|guard|watch|fight|look after|carry|insure|protect|rely|"
    r"queue|support|sit|go on)\b"
)
_STATE = re.compile(
    r"(?:know|think|believe|have|need|want|see|expect|understand|like|mean|worry|mind|hear|feel|"
    r"recommend|charge|bill|get)\b"
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:will|would|should|must|is|are|was|were|has|had|does|did|can|which|what|who|how|why|"
    r"where|but|please|so|yet)\b|[:;(]|(?:,| and| or) (?:i|we|you|they|he|she|it)\b"
)
_PARTICIPLE = re.compile(r"\b(?:[a-z]{3,}ed|sent|made|bought|paid|sold|given|taken)$")
_ANY = re.compile(r"\bany (?=(?:[a-z]+ )?(?:[a-z]+[^s\W]s|information|progress)\b)")
_ANY_ELSE = re.compile(r"\bany\w*|\bmuch\b|\ba (?:thing|single)\b")
_TAIL = re.compile(r",(?! (?:so|and|please|which|then|thanks|thank|ok)\b| [a-z]+$)|[;(]|:(?!\d)")
_REASON = re.compile(r"\b(?:but|so that|as (?:we|it|i|they|the))\b")


# What happens by itself and is waited for; each with a plain form after "it".
_HAPPENS = frozenset(
    (
        "activate", "apply", "arrive", "begin", "change", "clear", "come", "count", "deliver",
        "dispatch", "drop", "go", "issue", "join", "land", "leave", "load", "open", "pay", "post",
        "process", "refund", "release", "renew", "replace", "reply", "reset", "send", "settle",
        "ship", "show", "start", "sync", "test", "transfer", "unlock", "update", "upgrade",
    )
)  # fmt: skip
_GOES_BAD = re.compile(r"(?:go|come|drop) (?:away|wrong|bad|off|down|back|through|without)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A sentence taken apart, each part a span of it.

    `states` is "do" or "does" where "don't" or "doesn't" is what refuses.
    """

    said: str = field(repr=False)
    low: str = field(repr=False)
    speaker: str = field(repr=False)
    before: Span
    modal: Span
    verb: Span
    link: Span
    rest: Span
    states: str

    def of(self, span: Span) -> str:
        return span.of(self.low)


def conditions_turned(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Return the edits that turn the condition of the sentence at `found` round, or None."""
    sentence = sentence_at(text, found)
    parts = _parts(sentence.of(text))
    if parts is None or not _certain(parts) or _NEITHER.search(text, sentence.end):
        return None
    if _BROKEN_OFF.search(text, 0, sentence.start):
        return None
    link, opening, modal = _turned(parts), _opening(parts), _allowed(parts)
    if link is None or opening is None or modal is None:
        return None
    edits = sorted((*opening, modal, _linked(parts, link), *_any_dropped(parts)), key=_place)
    return _placed(text, sentence, edits)


def raised(text: str) -> str:
    """Return `text` with its first letter a capital."""
    return text[:1].upper() + text[1:]


def dropped(text: str, span: Span) -> Substitution:
    """Return the edit that leaves `span` out, the next word taking over its capital."""
    if text[span.start : span.start + 1].isupper():
        return Substitution(
            span=Span(span.start, span.end + 1), text=text[span.end : span.end + 1].upper()
        )
    return Substitution(span=span, text="")


def _place(edit: Substitution) -> Span:
    return edit.span


def _parts(said: str) -> _Parts | None:
    """Return the parts of a sentence with one refusal and one condition, or None."""
    if len(said) > _LONGEST:
        return None
    low = lowered(fold(said))
    refusals, links = list(_refusals(fold(said), low)), list(_LINK.finditer(low))
    if len(refusals) != 1 or len(links) != 1:
        return None
    refusal, link = refusals[0], Span(*links[0].span())
    modal, end = Span(*refusal.span("modal")), len(low.rstrip(".! "))
    forward = link.start > modal.end
    verb = Span(modal.end, link.start if forward else end)
    rest = Span(link.end, end if forward else refusal.start())
    return _Parts(
        said=fold(said),
        low=low,
        speaker=Span(*refusal.span("subject")).of(said),
        before=Span(0, refusal.start() if forward else link.start),
        modal=modal,
        verb=_bare(low, verb),
        link=link,
        rest=_bare(low, rest),
        states=_states(refusal),
    )


def _refusals(said: str, low: str) -> Iterator[re.Match[str]]:
    """Yield the refusals; without a plain subject, one of a named subject or of none."""
    found = list(_REFUSAL.finditer(low))
    edge = _OPENING.match(low)
    if found or edge is None:
        yield from found
        return
    named = _NAMED_REFUSAL.match(said, edge.end())
    bare = _BARE_REFUSAL.match(low, edge.end())
    if bare is not None:
        yield bare
    elif named is not None and not _NO_NAME.match(named["subject"]):
        yield named


def _states(refusal: re.Match[str]) -> str:
    groups = refusal.groupdict()
    return "do" if groups.get("do") else "does" if groups.get("does") else ""


def _allowed(parts: _Parts) -> Substitution | None:
    """Return the edit of what refuses, or None where its verb has no plain other form."""
    if parts.states != "does":
        blank = " " if parts.speaker else ""
        text = "" if parts.states else f"{blank}can"
        return Substitution(span=parts.modal, text=text)
    verb = parts.of(parts.verb)
    word = verb.partition(" ")[0]
    if word not in _HAPPENS or _GOES_BAD.match(verb):
        return None
    end = parts.verb.start + len(word)
    return Substitution(span=Span(parts.modal.start, end), text=f" {_third(word)}")


def _third(verb: str) -> str:
    """Return the form after "it": replies, goes, ships."""
    if verb.endswith("ly"):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("o", "ch", "ss")) else f"{verb}s"


def _bare(low: str, span: Span) -> Span:
    """Return the span without the blanks and commas at its ends."""
    said = span.of(low)
    start = span.start + len(said) - len(said.lstrip(" ,"))
    return Span(start, max(start, span.end - (len(said) - len(said.rstrip(" ,")))))


def _certain(parts: _Parts) -> bool:
    """Tell whether nothing in the sentence casts doubt on what its parts mean."""
    others = f"{parts.low[: parts.modal.start]} ~{parts.low[parts.modal.end :]}"
    rest = parts.of(parts.rest)
    if _DOUBT.search(others) or _TAIL.search(rest) or _REASON.search(rest):
        return False
    return _plain_verb(parts)


def _plain_verb(parts: _Parts) -> bool:
    verb, link = parts.of(parts.verb), parts.of(parts.link)
    if not re.match(r"[a-z]+\b", verb) or len(verb.split()) > 12 or _IDIOM.match(verb):
        return False
    if _ANY_ELSE.search(_ANY.sub("", verb)) or _OTHER_CLAUSE.search(verb):
        return False
    if parts.states and _STATE.match(verb):
        return False
    if _AWARD.match(verb) or _INQUIRY.search(parts.of(parts.rest)):
        return False
    if link == "without":
        return not _ALONE.match(verb)
    if link == "unless":
        return True
    if (_LOOKING.match if link == "before" else _LASTING.search)(verb):
        return False
    return not _PARTICIPLE.search(verb) or bool(re.match(r"(?:get|be) ", verb))


def _turned(parts: _Parts) -> str | None:
    """Return the word that turns the condition round without changing it, or None."""
    link, rest = parts.of(parts.link), parts.rest.of(parts.said)
    if link == "without":
        if parts.states == "does":
            return None
        return turned_after_without(parts.of(parts.verb), rest, parts.speaker)
    soon = "once" if parts.states == "do" else "as soon as"
    return turned_link(link, rest, times=not parts.states, soon=soon)


def _opening(parts: _Parts) -> tuple[Substitution, ...] | None:
    """Return the edits of what stands before the sentence proper, or None where it may matter."""
    before = parts.of(parts.before)
    edge = _OPENING.fullmatch(before)
    if edge is not None:
        sorry = Span(*edge.span("sorry"))
        return (Substitution(span=sorry, text=""),) if edge["sorry"] else ()
    clause = _CLAUSE_BEFORE.fullmatch(before)
    if clause is None or parts.link.start < parts.modal.start or _TELLING.search(before):
        return None
    join = Span(*clause.span("join"))
    return (Substitution(span=join, text="and"),) if clause["join"] == "but" else ()


def _linked(parts: _Parts, link: str) -> Substitution:
    """Return the edit of the linking word; a comma before it goes."""
    start = min(parts.verb.end, parts.link.start)
    if parts.low[start : parts.link.start].strip():
        return Substitution(span=Span(start, parts.link.end), text=f" {link}")
    return Substitution(span=parts.link, text=link)


def _any_dropped(parts: _Parts) -> list[Substitution]:
    places = [
        Span(*m.span()).shifted(parts.verb.start) for m in _ANY.finditer(parts.of(parts.verb))
    ]
    if parts.of(parts.rest).startswith("any "):
        places.append(Span(parts.rest.start, parts.rest.start + 4))
    return [Substitution(span=place, text="") for place in places]


def _placed(text: str, sentence: Span, edits: list[Substitution]) -> tuple[Substitution, ...]:
    """Return the edits at their places in `text`, with the sentence's own capital kept."""
    moved = [Substitution(span=e.span.shifted(sentence.start), text=e.text) for e in edits]
    first, *more = moved
    capital = text[sentence.start].isupper()
    if not first.text and more[0].span.start == first.span.end:
        first, *more = (
            Substitution(span=Span(first.span.start, more[0].span.end), text=more[0].text),
            *more[1:],
        )
    elif not first.text and first.span.start == sentence.start:
        first = dropped(text, first.span)
    if capital and first.span.start == sentence.start:
        first = Substitution(span=first.span, text=raised(first.text))
    return (first, *more)
