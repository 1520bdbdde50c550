"""Active listening: the customer's own point told back, as in "So your parcel hasn't arrived".

The law: names and numbers stay as written, insults and shouting go, nothing is added; on any doubt
there is no paraphrase. Rules: active listening by pronoun flip, 16 words at most.
"""

import re
from itertools import pairwise

from assist.core.pronouns import (
    DAYS,
    MONTHS,
    SUBJECT,
    finite,
    is_statement,
    mended,
    turned,
    with_subject,
    word_set,
)
from assist.core.text import fold, lowered, sentences

__all__ = ["MAX_WORDS", "flipped", "paraphrase"]

MAX_WORDS = 16
# A clause that says one thing is never longer; what is gets no reading at all.
_LONGEST = 600


def _any(words: str) -> str:
    """Return the expression for any of these words, an underscore standing for a blank."""
    return "(?:" + "|".join(words.split()).replace("_", " ") + ")"


_FILLER = _any(
    "literally honestly basically actually frankly tbh to_be_honest you_know(?!_w) i_mean btw "
    "by_the_way obviously"
)
_GREETING = _any("hi hello hey hiya dear good_(?:morning|afternoon|evening|day)")
_EVERYONE = _any("there guys all team everyone sir madam sir/madam folks mate")
_OPENER = _any(
    "(?:as|like)_i_(?:said|mentioned|explained)(?:_before|_already)? "
    "(?:as|like)_i_(?:told|wrote)_you(?:_before|_already)? you_see in_fact "
    "no(?=,|_(?:i|we|you|it|my|the|this|that)_) so(?!_(?:i|we)_(?:can|could)_) "
    "and but well look listen ok okay because cos also plus now yes yeah anyway seriously like "
    "again sorry omg wtf ffs jesus christ god damn argh ugh hmm um uh er erm oh please pls fyi"
)
_LEAD = re.compile(rf"(?:{_GREETING}(?:[ ,]+{_EVERYONE})?|{_OPENER}|{_FILLER})(?:[ ,.!]+|$)")
_ASIDE = re.compile(
    rf", ?(?:{_FILLER}|like|seriously|again|please|sorry|however) ?,|\b{_FILLER}(?= )"
)
_TAIL = re.compile(
    r"[ ,]+(?:(?:(?:so|and|but) )?(?:please|pls|plz|kindly)\b.*|help(?: me)?[!.]*|"
    r"(?:thanks|thank you|thx|ty|cheers|ffs|wtf|omg|mate|sir|madam|honestly|seriously|though|tho|"
    r"tbh)[!.,]*)$"
)
_SWEARING = re.compile(
    r"f+[u*#@]*[c*#@]*[k*#@]*(?:ing|in|en)|(?:god)?damn(?:ed)?|bloody|freaking|frigging|flipping|"
    r"sodding|effing|fkn|fkin|friggin|shitty|crappy|blasted|goddam"
)
_SLUR = re.compile(r"stupid|useless|pathetic|idiotic|ridiculous|dumb|lousy|worthless|rubbish")
_POINTING = word_set("this that the your my our these those")
_CALLED = re.compile(
    r"\byou (?:guys|lot|people|folks|(?:bunch of )?(?:idiots?|morons?|clowns?|muppets?|crooks?|"
    r"thieves|scammers?|liars?|jokers?|bastards?|assholes?|arseholes?|losers?|fools?))\b"
)
_CALLED_LAST = re.compile(_CALLED.pattern + r"[!.]*$")

_SMIRK = "🙄😂🤣👏🙃😏😆😹🤡"
_MARKED = re.compile(
    rf"[\"?<>|@{{}}\[\]{_SMIRK}]|https?\b|#[a-z]|&\w|www\.|(?:^| )'(?!cause|til)|"
    r"\b(?:\d{4}[ -]?){3}\d{1,7}\b|\b\d{4}[ -]?\d{6}[ -]?\d{5}\b|"
    r"\b(?:freak|flipp|frigg)ing out\b"
)
_BROKEN = re.compile(r"…|[.!]{2,}\w|[.!;,:()*] |(?<!\d) -+ |;")
_PRAISE = _any(
    "great lovely brilliant wonderful fantastic amazing excellent awesome marvellous delightful "
    "superb genius bravo congrat\\w* nice well_done good_job lol lmao rofl (?:ha){2,}h? hehe "
    "apparently supposedly allegedly so-called miracle magic\\w* as_always as_usual of_course "
    "yeah_right kidding joking thank\\w* love loved surprise"
)
_UNREAL = _any("if unless whether otherwise suppose imagine wish in_case had_i as_though")
_THINKING = _any(
    "think thinking thought guess guessing bet believe hope hoping hoped wonder wondering assume "
    "assumed reckon hate suspect demand i_request we_request i_expect we_expect i_require "
    "we_require i_know we_know rather maybe care clearly deliberately intentionally purposely"
)
_PEOPLE = (
    "he she they him her hers his their theirs they're they've they'd they'll he's she's theyre who"
)
_OTHERS = _any(
    f"{_PEOPLE} whom whose yourself yourselves ur yr ya r y'all gonna wanna gotta idk smh sorry "
    "please let's not_saying not_that not_because not_only no_way or_else or_i anyway and_me"
)
_ABUSE = _any(
    "fuck\\w* shit\\w* bullshit crap hell damn arse\\w* ass(?:hole)?s? idiots? morons? clowns? "
    "stupid useless pathetic ridiculous disgrac\\w* joke garbage shambles incompetent\\w* liars? "
    "l(?:ie|ied|ies|ying) st(?:ole|eal|ealing) thie\\w+ rob(?:bed|bing)? scam\\w* cheat\\w* conned "
    "crooks? ripp(?:ed|ing)_(?:me|us)_off fault blame\\w* responsible negligen\\w* furious livid "
    "fuming raging disgust\\w* pissed bastards? bloody \\S*\\*\\S*"
)
_LAW = _any(
    "lawyers? solicitors? attorneys? su(?:e|ed|ing) courts? legal\\w* illegal\\w* law lawful\\w* "
    "rights ombudsman tribunal regulators? police fraud\\w* chargeback trading_standards "
    "small_claims gdpr breach\\w* statutory liab(?:le|ility) theft crim(?:e|es|inal)"
)
_HARM = _any(
    "kill\\w* suicid\\w* hurt_myself harm\\w* die dying funeral deceased passed_away bereave\\w* "
    "cancer go_on_like late_(?:husband|wife|father|mother|mum|mom|dad|son|daughter)(?:'s)? "
    "(?:husband|wife|father|mother|mum|mom|dad|son|daughter|brother|sister|baby|dog|cat)_died"
)
_ASKING = (
    r"(?:is|was|were|does|can|could|will|would|should|are|am)(?:n't)? (?:i|you|we|it|there)|"
    r"(?:did|do|has|have|had)(?:n't)? (?:i|you|we)|(?:did|do|does|has)n't it|"
    r"(?:can|could|will|did|do|does) (?:my|your)"
)
_OUGHT = (
    r"you(?:'ll| (?:will|won't|should|shouldn't|must|need|have to|can|can't|cannot|could|may|might|"
    r"better|don't|do|would|wouldn't|going))|(?:i|we) (?:wouldn't|would|demand|insist)|would have|"
    r"(?:i'm|i am|we're|we are) (?:writing|asking|contacting|calling|messaging|reaching)|"
    r"you(?:'re| are| were)(?! (?:(?:still|now|also|already|just|only|not|even) )*"
    r"(?:\w+ing|\w+ed|sold|sent|put)\b)|could have|could've|"
    r"(?:and|but) (?:upon|when|after|while|since|as|once|before|for)|sick (?:and tired )?of|"
    r"never .* again|looks like (?:it(?:'s)?|you|we|i|my)|"
    r"we (?:all )?(?:agreed|spoke|talked|discussed|chatted|settled)"
)
_DOUBT = re.compile(
    rf"(?<![\w'-])(?:{_PRAISE}|{_UNREAL}|{_THINKING}|{_OTHERS}|{_ABUSE}|{_LAW}|{_HARM}|"
    rf"{_ASKING}|{_OUGHT})(?![\w'])"
)
_OF_OURS = re.compile(
    r"^(?=.*\byou(?:r|'re|'ve)?\b).*\b(?:terrible|awful|horrible|appalling|worst|rubbish|trash|"
    r"hopeless|nightmare|unacceptable|rude|lazy|lousy|poor|ruined|ignor\w+|shocking|refuse[ds]?|"
    r"customers)\b|"
    r"\byou (?:\w+ )?(?:failed|messed|screwed|botched|neglected)\b|\b(?:fault|mistake) is yours\b"
)
_SECRET = re.compile(
    r"\b(?:passwor[dt]|passcode|pin|cvv|cvc|security code) (?:is|was) "
    r"(?!wrong|blocked|locked|not|still|being|incorrect|rejected|invalid|never|expired|no longer)|"
    r"\b(?:account|card|phone|contact|mobile|sort code|security|ssn)(?: (?:number|code))? "
    r"(?:is|was) \S*\d|"
    r"\bdigits (?:are|is)\b|\bname is (?!wrong|not|missing|mis\w+|spel\w+|on|still|different)"
)
_INTENT = re.compile(
    r"\b(?:(?:i|we)(?:'ll| will| won't)|(?:i'm|we're|i am|we are) going to) "
    r"(?!(?:probably )?(?:miss|lose|have to|be (?:late|charged|stuck|without|unable|able))\b)"
)
_ORDER = re.compile(
    r"(?:^|(?<!to)(?<!not)(?<!can)(?<!n't)(?<!never)(?<!and)(?<!\bi)(?<!we)(?<!you)(?<!could)"
    r"(?<!cannot)(?<!will)(?<!people)(?<!still)(?<!even)(?<!the)(?<!my)(?<!your)(?<!a)(?<!only)) "
    r"(?:send|give|fix|refund|cancel|call|tell|help|explain|let|resolve|return|replace|sort) "
    r"(?:me|us|my|it|this|the|a)\b"
)
_WISH = re.compile(
    r"\b(?:i|we)(?: \w+ly| still| just| also| only| don't| do not)? (?:want|wanted|need|needed)\b"
)
_TOLD_IT = re.compile(r"\b(?:told|said|says|promised)\b")
_WHY = re.compile(
    r"(?<!know )(?<!knows )(?<!see )(?<!sure )(?<!explained )(?<!explain )(?<!say )(?<!said )"
    r"(?<!understand )(?<!told me )(?<!told us )\b(?:why|what|how|where|what's|how's|where's)\b|"
    r"\b(?:why|what|how|where|when)$"
)
_THEM = re.compile(r"(?<!of )\bthem\b")
_LIKE = re.compile(
    r"(?<!looks )(?<!look )(?<!looked )(?<!sounds )(?<!smells )(?<!smelled )(?<!tastes )"
    r"(?<!tasted )(?<!feels )(?<!felt )(?<!nothing )(?<!something )(?<!not )\blike\b"
)
_ABOUT = re.compile(
    r"\blike (?=\d|an? (?:hour|week|month|day)|two|three|four|five|six|ten|half)", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:driver|courier|rider|agent|manager|supervisor|engineer|technician|colleague|receptionist|"
    r"wife|husband|partner|son|daughter|mum|mom|dad|mother|father|brother|sister|neighbou?r|friend|"
    r"boss|nurse|doctor|landlord)s?\b(?!')"
)
_SURE_END = word_set("right correct ok okay yes no eh huh")

_ACRONYMS = word_set(
    "dhl ups dpd bt ee usps klm tnt bbc ibm hp lg ikea hsbc asos sim pin atm tv uk usa eu iban nhs "
    "gp vat id pdf sms vpn hdmi led lcd pc usb api utc pac dvd cd ac gps url ip mot am pm gmt"
)
_LOUD = word_set(
    "not never still twice two three one four five six seven eight nine ten week weeks day days "
    "hour hours month months year years nothing nobody again every all no now always very so too "
    "only ever already yet wrong broken late lost missing same whole entire full empty is was are "
    "were have has had been my me i you your we our today yesterday really both more than for and "
    "but the this that on in at of to even just same since ago order parcel money refund"
)
_COMMON = word_set("home work stock time store bed full transit mistake a an my the your")
_PLACED = word_set("in at from to near via by")

_CUT = re.compile(
    rf"({_ASIDE.pattern})|,(?!\d)|(?<!\d),|[;()\n]|:(?!\d)|(?<!\d):| -+ (?!\d)|(?<!\d) -+ "
)
_JOIN = re.compile(
    rf"\b(?:and|but|so|because|then) (?!(?<=so )(?:i|we) (?:can|could) )(?={SUBJECT.pattern})"
)
_FRAME = re.compile(
    rf"(?<![\w'-])(?:{_PRAISE}|{_UNREAL}|according to|as far as)(?![\w'])|[\"{_SMIRK}]"
)
_REPORT = re.compile(
    r"\b(?:said|says?|told|told (?:me|us|you)|claim(?:s|ed)?|promised|promised (?:me|us)|insists?|"
    r"think|believe|thought|assumed|guess|hope|wrote|shows?)$"
)
_VERDICT = re.compile(
    r"or so\b|(?:not|right|correct|no|yes|eh|huh)[.!?]*$|"
    r"(?:is|are|was|were|did|do|does|has|have)n't (?:i|you|we|it|they)\b|"
    r"(?:you|he|she|they|i|it|(?:the|your|my) \w+) (?:said|says?|think|guess|believe|thought|told|"
    r"claim(?:s|ed)?|hope|suppose)\b"
)
_NAMED = re.compile(r"(?:problem|issue|update|complaint|reason|hi|hello|following|this)$")


def paraphrase(text: str, near: int) -> str | None:
    """Return the clause of `text` around offset `near`, told back in the second person, or None."""
    plain = fold(text)
    for span in sentences(plain):
        if span.start <= near < span.end:
            quoted = plain.count('"', 0, span.start) % 2
            return None if quoted else _within(span.of(plain), near - span.start)
    return None


def _within(sentence: str, near: int) -> str | None:
    low = lowered(sentence)
    if _FRAME.search(low):
        return None
    cuts = [match for match in _CUT.finditer(low) if not match[1]]
    before = next((cut for cut in reversed(cuts) if cut.start() <= near), None)
    after = next((cut for cut in cuts if cut.start() > near), None)
    start, end = before.end() if before else 0, after.start() if after else len(sentence)
    if before and _comes_after_report(low[: before.start()], before.group()):
        return None
    if after and _VERDICT.match(low[after.end() :].lstrip()):
        return None
    clause = sentence[start:end]
    return _part(clause, near - start) if len(clause.split()) > MAX_WORDS else flipped(clause)


def _comes_after_report(head: str, mark: str) -> bool:
    head = head.rstrip()[-40:]
    return _REPORT.search(head) is not None or (mark == ":" and not _NAMED.search(head))


def _part(clause: str, near: int) -> str | None:
    """Return what one part of a clause too long says, where each part stands by itself."""
    low = lowered(clause)
    if len(clause) > _LONGEST or _TOLD_IT.search(low):
        return flipped(clause)
    places = [match.start() for match in _JOIN.finditer(low)]
    start = max((place for place in places if place <= near), default=0)
    end = min((place for place in places if place > near), default=len(clause))
    return flipped(clause[start:end])


def flipped(clause: str) -> str | None:
    """Return `clause` with the pronouns turned, without a full stop, or None on any doubt."""
    plain = " ".join(fold(clause).split())
    if len(plain) > _LONGEST or _MARKED.search(lowered(plain)):
        return None
    words = _civil(_bare(plain))
    if words is None or not 3 <= len(words) <= MAX_WORDS:
        return None
    words = with_subject(mended(words))
    low = " ".join(words).lower()
    if _in_doubt(low) or not is_statement(low):
        return None
    told = turned(words)
    if told is None or not 3 <= len(told) <= MAX_WORDS:
        return None
    return " ".join([told[0][:1].lower() + told[0][1:], *told[1:]])


def _bare(plain: str) -> str:
    """Return the clause without greetings, fillers, thanks and cries."""
    plain = _ABOUT.sub("", plain)
    while match := _LEAD.match(lowered(plain)):
        plain = plain[match.end() :]
    while match := _ASIDE.search(lowered(plain)):
        plain = " ".join((plain[: match.start()] + " " + plain[match.end() :]).split())
    plain = re.sub(r"[^\w\"?%)]+$", "", plain)
    while match := _CALLED_LAST.search(lowered(plain)) or _TAIL.search(lowered(plain)):
        plain = plain[: match.start()].rstrip(" ,!.")
    return plain


def _civil(plain: str) -> list[str] | None:
    """Return the words without insults, swearing and shouting; None where something stands out."""
    kept: list[str] = []
    tokens = [said for said in plain.split() if any(map(str.isalnum, said)) or said in "&+/-;*"]
    for at, token in enumerate(tokens):
        low, before = token.lower(), kept[-1].lower() if kept else ""
        last = at == len(tokens) - 1
        swears = _SWEARING.fullmatch(low) or (before in _POINTING and _SLUR.fullmatch(low))
        if not swears or last:
            kept.append(token)
        elif before in {"a", "an"}:
            return None
    joined = " ".join(kept)
    while match := _CALLED.search(lowered(joined)):
        joined = joined[: match.start() + 3] + joined[match.end() :]
    return None if _BROKEN.search(lowered(joined)) else _calm(joined.split())


def _calm(tokens: list[str]) -> list[str] | None:
    spoken = [token for token in tokens if sum(map(str.isalpha, token)) > 1]
    loud = [token for token in spoken if token.isupper()]
    if len(loud) * 10 < len(spoken) * 6 or len(loud) < 2:
        return [token.lower() if token.isupper() and _is_loud(token) else token for token in tokens]
    lows = [token.lower() for token in tokens]
    for before, low in pairwise(lows):
        named = low.isalpha() and low not in _COMMON and low not in DAYS | MONTHS
        if before in _PLACED and named:
            return None
    return [_quiet(token) for token in tokens]


def _is_loud(token: str) -> bool:
    low = token.lower()
    return low in _LOUD or low.endswith(("n't", "ly", "ing")) or finite(low)


def _quiet(token: str) -> str:
    low = token.lower()
    if any(map(str.isdigit, token)) or low in _ACRONYMS:
        return token
    return low.capitalize() if low in DAYS | MONTHS else low


def _in_doubt(low: str) -> bool:
    """Tell whether anything in the words makes telling them back unsafe."""
    if any(p.search(low) for p in (_DOUBT, _OF_OURS, _SECRET, _INTENT, _ORDER, _WHY, _THEM, _LIKE)):
        return True
    if len(_PERSON.findall(low)) > 1 or (re.search(r"\bwould\b", low) and not _TOLD_IT.search(low)):
        return True
    words = low.split()
    if words[-1] in _SURE_END and not words[-2].endswith(("n't", "not", "quite")):
        return True
    wish = _WISH.search(low)
    if wish is None:
        return False
    said = any(map(finite, low[: wish.start()].split()))
    return said or (wish.start() == 0 and " but " not in low)
