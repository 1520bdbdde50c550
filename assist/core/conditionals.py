"""Turning a condition round: "can't … until" to "can … as soon as", with nothing else changed.

The law: one sentence, one refusal, one condition. The refusal goes, the condition stays, and every
other word keeps its place. Whatever might change the meaning (a second negation, a question, a
quotation, a reason, a second condition, a word that lives only under a negation) means None.
"""

import re
from dataclasses import dataclass, field

from assist.core.links import is_time, turned_after_without, turned_link
from assist.core.openings import BEFORE, begins
from assist.core.refusing import Refused, refusals
from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["conditions_turned", "doubtful", "dropped", "plain_verb", "raised"]

_LONGEST = 320

_LINK = re.compile(
    r"\b(?:(?:untill?|till?) after|untill?|till?|before|earlier than|sooner than|unless|without)\b"
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
    r"see (?!you|him|her|them|patients|clients|customers)|lose|miss|fail|avoid|prevent|refuse|"
    r"deny|reject|"
    r"disagree|prohibit|forbid|ban|charge|possibly|normally|usually|always|ever|quite|exactly|"
    r"be (?:ruled|denied|refused|rejected|excluded|guaranteed|promised|confirmed|approved|waived|"
    r"charged|banned)|"
    r"(?:raise|increase|put up) (?:the|your|our) (?:prices?|fees?|rent|bill|rate)|"
    r"help but|help (?!you|with)[a-z]+ing|have|be (?!\w+ed\b|sent\b|made\b|done\b|paid\b|given\b|"
    r"shown\b|taken\b|put\b|(?:re)?set\b|ready\b|available\b))\b"
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
_AWARDED = re.compile(
    r"\b(?:loan|mortgage|credit|compensation|payout|approval|visa|damages|goodwill|waiver|"
    r"settlement|eviction)s?\b"
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
    r"(?:know|think|believe|have|need|want|"
    r"see(?! (?:you|patients|clients|customers|visitors|animals)\b)|"
    r"expect|understand|like|mean|worry|mind|hear|feel|recommend|charge|bill|get)\b"
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:will|would|should|must|is|are|was|were|has|had|does|did|can|which|what|who|how|why|"
    r"where|but|please|so|yet)\b|[:;(]|(?:,| and| or) (?:i|we|you|they|he|she|it)\b"
)
_PARTICIPLE = re.compile(r"\b(?:[a-z]{3,}ed|sent|made|bought|paid|sold|given|taken)$")
_ANY = re.compile(r"\bany (?=(?:[a-z]+ )?(?:[a-z]+[^s\W]s|information|progress)\b)")
_ANY_ELSE = re.compile(r"\bany\w*|\bmuch\b|\ba (?:thing|single)\b")
_TAIL = re.compile(
    r",(?! (?:so|and|please|which|then|thanks|thank|ok)\b| (?:(?:mr|mrs|ms|dr|miss) )?[a-z]+$)|"
    r"[;(]|:(?!\d)"
)
# A clause of its own behind the sentence; it stands as it is.
_BEHIND = re.compile(r";|, and (?=(?:the|our|your|we|i|it|they|you|he|she|that)\b)")
_REASON = re.compile(r"\b(?:but|so that|as (?:we|it|i|they|the))\b")


# What is done or happens, and is waited for; each with a plain form after "it".
_HAPPENS = frozenset(
    (
        "accept", "activate", "apply", "arrive", "begin", "book", "change", "clear", "close",
        "come", "count", "deliver", "dispatch", "drop", "go", "hand", "issue", "join", "land",
        "leave", "load", "open", "pay", "post", "process", "refund", "release", "renew", "replace",
        "reply", "reset", "see", "send", "settle", "ship", "show", "start", "sync", "test",
        "transfer", "treat", "unlock", "update", "upgrade",
    )
)  # fmt: skip
_GOES_BAD = re.compile(r"(?:go|come|drop) (?:away|wrong|bad|off|down|back|through|without)\b")
_DONE_WITH = re.compile(r"(?:accept|book|hand|issue|process|refund|release|see|treat)\b")
_THINGS = frozenset(("it", "this", "that", "these", "those"))
_STANDS = re.compile(
    r"(?:possible|[a-z]+ble|valid|active|effective|accepted|allowed|permitted|open)"
)
_SINCE_WHEN = re.compile(r"(?:valid|open|active|effective)\b")
_ANYBODY = re.compile(r"\bany(?=(?:body|one) else\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A sentence taken apart, each part a span of it."""

    said: str = field(repr=False)
    low: str = field(repr=False)
    refused: Refused
    before: Span
    verb: Span
    link: Span
    rest: Span

    @property
    def modal(self) -> Span:
        """Return the place of the words that refuse."""
        return self.refused.modal

    @property
    def kind(self) -> str:
        """Return which kind of words refuse."""
        return self.refused.kind

    @property
    def tells(self) -> bool:
        """Tell whether what refuses is a "don't" or a "doesn't"."""
        return self.kind in {"do", "does"}

    @property
    def speaker(self) -> str:
        """Return who refuses, as typed."""
        return self.refused.speaker.of(self.said)

    def of(self, span: Span) -> str:
        return span.of(self.low)


def conditions_turned(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Return the edits that turn the condition of the sentence at `found` round, or None."""
    sentence = sentence_at(text, found)
    parts = _parts(_proper(sentence.of(text)))
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


def _proper(said: str) -> str:
    """Return the sentence without a clause of its own that stands behind a time."""
    low = lowered(fold(said))
    for behind in _BEHIND.finditer(low):
        link = list(_LINK.finditer(low, 0, behind.start()))
        if not link or _DOUBT.search(low, behind.end()) or "(" in low[behind.end() :]:
            continue
        if is_time(low[link[-1].end() : behind.start()].strip()):
            return said[: behind.start()]
    return said


def _parts(said: str) -> _Parts | None:
    """Return the parts of a sentence with one refusal and one condition, or None."""
    if len(said) > _LONGEST:
        return None
    low = lowered(fold(said))
    links = list(_LINK.finditer(low))
    refused = list(refusals(fold(said), low, _edge(low)))
    if len(refused) != 1 or len(links) != 1:
        return None
    refusal, link = refused[0], Span(*links[0].span())
    modal, end = refusal.modal, len(low.rstrip(".! "))
    forward = link.start >= modal.end
    starts = min(refusal.speaker.start, modal.start)
    return _Parts(
        said=fold(said),
        low=low,
        refused=refusal,
        before=Span(0, starts if forward else link.start),
        verb=_bare(low, Span(modal.end, max(modal.end, link.start if forward else end))),
        link=link,
        rest=_bare(low, Span(link.end, end if forward else starts)),
    )


def _edge(low: str) -> int:
    """Return where the sentence proper begins: behind its opening and a condition put first."""
    edge = begins(low)
    return low.find(", ", edge) + 2 if _LINK.match(low, edge) and ", " in low[edge:] else edge


def _allowed(parts: _Parts) -> Substitution | None:
    """Return the edit of what refuses, or None where its verb has no plain other form."""
    if parts.kind != "does":
        return Substitution(span=parts.modal, text=parts.refused.allowed(parts.low))
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


def doubtful(low: str) -> bool:
    """Tell whether a word casts doubt on what a part of a sentence means."""
    return _DOUBT.search(low) is not None


def _certain(parts: _Parts) -> bool:
    """Tell whether nothing in the sentence casts doubt on what its parts mean."""
    others = f"{parts.low[: parts.modal.start]} ~{parts.low[parts.modal.end :]}"
    rest = parts.of(parts.rest)
    if doubtful(others) or _TAIL.search(rest) or _REASON.search(rest):
        return False
    if _INQUIRY.search(rest):
        return False
    verb, link = parts.of(parts.verb), _plain_link(parts)
    if parts.kind not in {"can", "do", "does"} and _AWARDED.search(parts.low):
        return False
    if parts.kind in {"halted", "nothing"}:
        return not verb
    if parts.kind == "stands":
        return _stands(parts, verb, link)
    if parts.kind == "none":
        return True
    if parts.tells and _STATE.match(verb):
        return False
    return plain_verb(_ANYBODY.sub("some", verb), link)


def _stands(parts: _Parts, verb: str, link: str) -> bool:
    """Tell whether "not possible until" says from when it is: "not valid until Friday" may not."""
    if "impossible" in parts.of(parts.modal):
        return verb.startswith("to ") and plain_verb(verb[3:], link)
    word = _STANDS.match(verb)
    more = verb[word.end() :] if word else verb
    timed = link in {"until", "till"} and _SINCE_WHEN.match(verb) and is_time(parts.of(parts.rest))
    if timed or _OTHER_CLAUSE.search(more) or _ANY_ELSE.search(more) or _LASTING.search(more):
        return False
    return not (to := more.partition(" to ")[2]) or plain_verb(to, link)


def _plain_link(parts: _Parts) -> str:
    link = parts.of(parts.link)
    return "before" if link.endswith("than") else link


def plain_verb(verb: str, link: str) -> bool:
    """Tell whether what can't be done (in lower case) can be said to be possible with `link`."""
    if not re.match(r"[a-z]+\b", verb) or len(verb.split()) > 12 or _IDIOM.match(verb):
        return False
    if _ANY_ELSE.search(_ANY.sub("", verb)) or _OTHER_CLAUSE.search(verb) or _AWARD.match(verb):
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
    link, rest = _plain_link(parts), parts.rest.of(parts.said)
    if link == "without":
        return _with(parts, rest)
    soon = "once" if parts.kind in {"do", "halted"} else "as soon as"
    return turned_link(link, rest, times=not parts.tells, soon=soon)


def _with(parts: _Parts, rest: str) -> str | None:
    verb = parts.of(parts.verb)
    if parts.kind == "does" and (parts.speaker.lower() in _THINGS or not _DONE_WITH.match(verb)):
        return None
    if parts.kind == "nothing":
        verb = "" if parts.link.start < parts.modal.start else "help"
    return turned_after_without(verb, rest, parts.speaker)


def _opening(parts: _Parts) -> tuple[Substitution, ...] | None:
    """Return the edits of what stands before the sentence proper, or None where it may matter."""
    before = parts.of(parts.before)
    edge = BEFORE.fullmatch(before)
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
    places.extend(
        Span(*m.span()).shifted(parts.verb.start) for m in _ANYBODY.finditer(parts.of(parts.verb))
    )
    if parts.of(parts.rest).startswith("any "):
        places.append(Span(parts.rest.start, parts.rest.start + 4))
    return [
        Substitution(span=place, text="some" if place.of(parts.low) == "any" else "")
        for place in places
    ]


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
