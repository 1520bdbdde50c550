"""The words in which people promise, and those that only look like it.

The law: expressions over folded text in lower case; nothing here decides. Every repeat is bounded,
so no text makes them slow.
"""

import re

__all__ = [
    "ASKED",
    "COMPANY",
    "CONDITION",
    "CONNECTOR",
    "CUSTOMER",
    "EMPTY",
    "FOLLOW_UP",
    "FROM",
    "HEDGED",
    "HINT",
    "LEADING",
    "LEFT_OPEN",
    "LOOK_LATER",
    "NAMED",
    "NOBODY",
    "OTHER",
    "OWN",
    "PAUSE",
    "PROPOSED",
    "QUOTED",
    "REPORTED",
    "SECOND",
    "TAG",
    "TEMPLATE",
    "THING",
    "THREAT",
    "TIMED",
    "YOURS",
]  # fmt: skip

_ADVERB = (
    r"(?:(?:also|personally|now|then|just|still|both|first|quickly|immediately|gladly|happily|"
    r"certainly|definitely|of course|of course also|go ahead and|go and|be sure to|make sure to|"
    r"right away|straight away|today|tomorrow|therefore|next|either|myself|of course then|"
    r"simply|gladly) ){0,3}"
)
_VERB = (
    r"(?:add|adjust|answer|apply|arrange|ask|assign|attach|be (?:(?:right )?back|in touch|"
    r"with you|there|on "
    r"(?:it|the phone|this))|block|book|bring|call|cancel|change|chase|check|clear|close|collect|"
    r"come (?:back|to you|round|over)|compensate|confirm|contact|correct|cover|credit|delete|"
    r"deliver|dispatch|do (?:it|that|this|so|the|a|your|both|all)\b(?! (?:my best|i can|we can))|"
    r"double-check|drop|e-?mail|enter|escalate|exchange|extend|file|fill|find|finish|fix|"
    r"follow|forward|get (?:it|this|that|these|them|you|your|the|a|an|back|in touch|my|on|hold|"
    r"everything|somebody|someone|both)|give (?:you|it|them|the|billing)|go (?:through|over|back)|"
    r"hand|have (?:it|this|that|the|an? |your|my|them|someone|somebody|everything|news|one)|"
    r"hold|hurry|inform|install|investigate|issue|join|keep (?:you|it|the|this|an eye|your|them)|"
    r"leave (?:it|the|this|a|you|your|them) (?!there\b|at that\b)|"
    r"let (?:you|them|the|him|her|everyone) know|"
    r"look(?! forward)|mail|make (?:sure|it|a|an|the|that|this|your)|mark|message|move|note|notify|"
    r"open|order|organise|organize|pass (?:it|this|that|the|your|them|you)|pause|pay|phone|"
    r"pick|place|post|prepare|press|process|pull|push|put|raise|reach|rebook|reconnect|record|"
    r"redeliver|refer|refund|register|reimburse|reinstate|release|remind|remove|renew|reopen|"
    r"reorder|repair|replace|reply|report|request|resend|reserve|reset|restart|restore|return|"
    r"reverse|review|ring|rush|run|schedule|see (?:to (?:it|this|that)|that)|send|set|share|ship|"
    r"show|sort|speak|start|stay|stop|submit|swap|switch|"
    r"take(?! (?:it|that|this) as\b| part| place| a seat| your word| that\b)|"
    r"talk|tell (?:you|them|him|her|the)(?! (?:what|why|that it)\b)|test|text|"
    r"touch base|track|transfer|turn|unblock|unlock|update|upgrade|"
    r"verify|visit|waive|walk|watch|withdraw|work (?:on|with)|write)\b"
)
HINT = re.compile(
    r"ll\b|\bwill\b|\bshall\b|going to|gonna|promise|\bexpect\b|\bback\b|\bbrb\b|\bminutes?\b|"
    r"\bmins?\b|\b(?:reminder|note)\b|ing (?:you|it|them|the|back)|\blet me\b|\bhours?\b"
)
OWN = re.compile(
    rf"(?<![\w'])(?P<own>(?P<we>we)?(?(we)(?:'ll| will| shall|'re going to| are going to| gonna)|"
    r"(?:i(?:'ll| will| shall|'m going to| am going to|'m gonna| gonna)|ill|im going to|im gonna))"
    rf" {_ADVERB}{_VERB})|"
    rf"\b(?P<vow>(?P<we_vow>we)?(?(we_vow)|i) promise (?:you )?to {_VERB})|"
    rf"^(?:ok(?:ay)?[,.! ]+|sure[,.! ]+|yes[,.! ]+|"
    rf"thanks[,.! ]+)?(?P<elided>will {_ADVERB}{_VERB})|"
    rf"\b(?P<let>let me {_ADVERB}{_VERB}[^,.;]{{0,60}}? and (?:then )?"
    r"(?:get back|come back|be back|write|call|ring|message|let you know|tell you|return|answer|"
    r"e-?mail|update you)\b)"
)
_PERSONAL = r"(?:me|us)"
# "You'll hear from me", "you'll have the refund by Friday", "expect a call from me".
YOURS = re.compile(
    r"\b(?P<hear>you(?:'ll| will|ll) (?:also )?hear (?:back |again |more )?from "
    rf"{_PERSONAL})\b|\b(?P<expect>(?:you can |please )?expect (?:a |an |my |to |our )?"
    rf"[a-z -]{{0,20}}?\bfrom {_PERSONAL})\b|"
    r"\b(?P<get>you(?:'ll| will|ll) (?:also |then |soon )?(?:get|receive|have|be (?:called|"
    r"contacted|refunded|credited|reimbursed))\b(?! (?:to|used|no|any|nothing)\b))"
)
_INSIDE = (
    r"team|department|colleagues?|manager|supervisor|engineer|technician|fitter|support|billing|"
    r"accounts|finance|warehouse|kitchen|specialist|expert|desk|office|branch|store|shop|"
    r"back office|team lead|teamleader|boss|agent|adviser|advisor|someone|somebody|crew|reception"
)
_OUTSIDE = (
    r"courier|driver|rider|depot|carrier|bank|seller|manufacturer|supplier|airline|hotel|"
    r"restaurant|partner|landlord|insurer|garage|installer|post office|merchant|host|provider|"
    r"dhl|ups|fedex|dpd|evri|hermes|gls|usps|royal mail|paypal|visa|mastercard"
)
COMPANY = re.compile(rf"\b(?:{_INSIDE})\b")
_ACT = (
    r"(?:call|ring|phone|contact|e-?mail|write|text|message|reach out|be in touch|get (?:back|in "
    r"touch|it|this)|come|visit|arrive|be (?:there|with you|in touch|at your)|deliver|bring|"
    r"collect|pick|send|ship|post|dispatch|refund|credit|replace|repair|fix|look|check|confirm|"
    r"review|release|return|transfer|pay|cancel|install|take|let you know|follow|answer|reply|"
    r"process|book|investigate|remove|update|reset|unblock)\b"
)
OTHER = re.compile(
    r"\b(?P<who>(?:(?:the|our|my|your|an?|another|one of (?:our|my)|a member of (?:our|the)) "
    rf"(?:[a-z-]+ ){{0,2}}?)?(?:{_INSIDE}|{_OUTSIDE}))(?:'ll| will| is going to| are going to) "
    rf"{_ADVERB}(?:{_ACT})"
)
# A name, in the text as it was written.
NAMED = re.compile(
    rf"\b(?P<who>[A-Z][a-zà-ÿ]{{1,20}}(?: [A-Z][a-zà-ÿ]{{1,20}})?)(?:'ll| will| is going to) "
    rf"{_ADVERB}(?:{_ACT})"
)
NOBODY = frozenset(
    (
        "i", "we", "you", "he", "she", "it", "they", "this", "that", "these", "those", "there",
        "nobody", "nothing", "everything", "which", "what", "who", "when", "where", "how",
        "delivery",
        "refund", "refunds", "shipping", "payment", "everyone", "all", "both", "one", "then", "so",
        "and", "but", "orders", "parcels", "money", "maybe", "hopefully", "the", "your", "our",
        "my",
    )
)  # fmt: skip
THING = re.compile(
    r"\b(?:your|the|a|an|this|our) (?:new |second |full |next |missing |other |whole |"
    r"rest of the )?"
    r"(?:refund|money|credit|replacement|parcel|package|order|delivery|label|invoice|voucher|"
    r"payment|letter|card|ticket|repair|amount|router|modem|lamp|kettle|charger|phone|laptop|"
    r"contract|confirmation|food|pizza|charge|fee|line|account|connection|new one|rest|code|"
    r"booking|seat|room|bag|case)(?: [a-z]+)? "
    r"will (?:also |then )?(?:be (?!closed|open)|arrive|reach|come|go out|leave|ship|show|land|"
    r"work|get)\b"
)
_SPAN_OF_TIME = (
    r"(?:\d{1,3}|a few|an?|a couple of|half an|two|three|five|ten|fifteen|twenty|thirty)"
    r"(?:(?:-| to | or )\d{1,3})? ?(?:min(?:ute)?s?|hours?|hrs?)"
)
# A break with a time to come back.
PAUSE = re.compile(
    r"\b(?:(?:please |could you |can you )?give me|i(?:'ll| will)? need|i(?:'d|"
    r" would) like to take|"
    r"i'm (?:going to|gonna) take|let me take|let me have|i'll take|bear with me(?: for)?|"
    r"hold on(?: for)?|hang on(?: for)?|stay with me(?: for)?|allow me|brb,?|"
    r"(?:be |right |i'm )?back (?:with you |here |to you )?in|"
    r"i(?:'ll| will| am|'m)(?: be)? (?:away|gone|stepping away|off)(?: for)?|"
    r"(?:let's|let us) (?:take|pause)(?: for)?|take a break of|pause of) "
    r"(?:about |around |just |another |up to |roughly |maybe |a short |a break of |the next ){0,2}"
    rf"(?P<time>{_SPAN_OF_TIME})\b"
)
_DOING = (
    r"calling|ringing|phoning|e-?mailing|writing|messaging|texting|coming back|getting back|"
    r"sending|posting|visiting|refunding|delivering|returning|checking back"
)
# "I'm calling you at 4": a promise where a time is told; and a note to oneself.
TIMED = re.compile(
    rf"\b(?P<we>we)?(?(we)(?:'re| are)|(?:i'm|i am|im)) (?:also )?(?:{_DOING})\b|"
    r"\b(?P<note>(?:i've|i have|i'm|i am|ive|im|i)(?: just| now)? "
    r"(?:set|setting|put|putting|made|making|added|adding)(?: myself| in)? (?:a |my )?"
    r"(?:reminder|note|diary|calendar|alarm|task))\b"
)
FOLLOW_UP = re.compile(
    r"\bfollow(?:ing)?(?:[ -]| you | this | it | that )up\b|"
    r"\bcheck(?:ing)? (?:back|in)\b(?! (?:the|our|my|your|that|this|at)\b)|"
    r"\blook (?:at (?:this|it|that|your [a-z]+) )?again\b|\btouch base\b|\bcheck(?: on it)? again\b"
)
# With a time it is a look afterwards: "I'll ring you next week to make sure it works".
LOOK_LATER = re.compile(
    r"\b(?:call|ring|write|message|e-?mail|check|phone|text|contact)\b(?! with)[^.;]{0,60}?"
    r"\b(?:to (?:make sure|see|check|ask (?:how|if|whether|that))|and (?:make sure|see (?:if|how))|"
    r"whether|how it)\b"
)
_BODY = (
    r"(?:the|your|you|it|i|we|they|he|she|that|this|there|everything|my|our|an?|payment|nothing|"
    r"nobody|somebody|someone|both|i'm|it's|you've|you're|they've|we've|i've|that's|all)\b"
)
CONDITION = re.compile(
    r"(?<!\bsee )(?<!\bcheck )(?<!\bout )(?<!\bask )(?<!\bask them )(?<!\bconfirm )"
    r"\b(?:once|as soon as(?! possible)|if|when|after|in case|unless|the moment|provided(?: that)?|"
    rf"whenever|depending on|as long as) {_BODY}"
)
LEADING = re.compile(
    r"\s*(?:(?:ok|okay|sure|and|so|but|then|well|sam|thanks)[,. ]+){0,2}"
    r"(?P<if>(?:once|as soon as|if|when|after|in case|unless|the moment|provided(?: that)?|"
    r"whenever|"
    rf"should|as long as) (?:{_BODY}|[a-z]+ ).*)"
)
# An offer in the form of a condition: the customer has not said yes yet.
LEFT_OPEN = re.compile(
    r"\b(?:if|as long as|unless|should) (?:(?:you|that|this|it)(?:'d|'s| would| is|'re| are)? "
    r"(?:like|want|wish|prefer|agree|ok|okay|fine|good|alright|all right|happy|works?|suits?|help|"
    r"rather|not too|mind|object)|so\b|needed|necessary|possible|i can|we can|you wish)"
)
REPORTED = re.compile(
    r"\b(?:said|says|saying|told|tells|tell|promised|promises|claims?|claimed|wrote|writes|thought|"
    r"thinks?|believes?|mentioned|assured|heard|hopes?|doubt|doubts|guess|suppose|expect|"
    r"(?:not|can't|don't|doesn't|didn't|won't|isn't|cannot) (?:sure|know|certain|say|mean|promise|"
    r"guarantee|see|remember|believe|think)|"
    r"cant promise|dont think|wonder|asked|stated|states|reads|means?|sounds like|looks like|as if|"
    r"pretend|whether|imagine)(?: (?:me|us|you|him|her|them|if))?(?: that)?(?: the page)?\s*$|"
    r"\baccording to [^,.;]{0,40}$|\b(?:how|what|why|where|which|whether|when) $"
)
HEDGED = re.compile(
    r"\b(?:maybe|perhaps|hopefully|probably|possibly|ideally|with (?:any )?luck|would|could|might)"
    r"[, ]+$"
)
EMPTY = re.compile(
    r"\b(?:do (?:my|our) best|everything (?:i|we) can|all (?:i|we) can|what (?:i|we) can|"
    r"see what|wait and see|take (?:that|it|this) as|leave it (?:at that|there)|let you go|"
    r"get used|get the hang|get over|have a (?:sale|look at you|nice|good|great)|tell you what|"
    r"keep (?:it|this) (?:short|brief|in mind)|put it (?:this|another) way|"
    r"call it a day|give you that|do you good|be there for you)\b"
)
CONNECTOR = re.compile(r"[\s,;:-]*(?:\b(?:and|then|but|so|or|also|first|plus|next)\b[\s,]*){0,3}$")
SECOND = re.compile(rf"[, ]+and (?:then )?(?={_VERB})")
FROM = re.compile(r"\bfrom (?P<who>me|us)\b|\b(?P<mine>my) (?:call|mail|e-?mail|answer|message)\b")
TEMPLATE = re.compile(r"\[[a-z][a-z _/-]{0,30}\]|\{\{?|\}|<[a-z_ -]{2,30}>|_{3,}|\bxx+\b|%[a-z]+%")
QUOTED = re.compile(r'"[^"\n]{0,400}"')
ASKED = re.compile(
    r"(?:(?:and|so|but|ok|okay)[, ]+)?(?:(?:shall|should|will|would|can|could|do|does|did|is|are|"
    r"may) (?:i|you|we|it|they|he|she|the|that|this)|(?:when|what|why|how|where|who|which|whose)"
    r"(?: [a-z]+)? (?:will|would|can|could|do|does|did|is|are|was|shall|should|have|has|may))\b"
)
# A sentence that makes a question of the one before: "I'll take half of it off. OK?"
TAG = re.compile(
    r"(?:(?:is|would|does) (?:that|this|it) (?:be )?|that )?(?:ok|okay|right|alright|all right|"
    r"deal|"
    r"agreed|fine|good|yes|work|works|suit you|acceptable|sounds? good|cool)"
    r"(?: (?:with|for|by) you| to you|, sam)?\?"
)
PROPOSED = re.compile(
    r"\b(?:shall|should|can|may|could) (?:i|we)\b|\b(?:do you|would you)?(?: want| like) (?:me|us) "
    r"to\b|\bhow about (?:i|we|if i|if we)\b|\b(?:ok|okay|fine|alright) (?:with you |for you )?if "
    r"(?:i|we)\b|\b(?:i|we)(?:'ll| will| can| could)\b|\bill\b|\bwould it help if i\b"
)
CUSTOMER = re.compile(
    r"(?<![\w'])(?P<own>(?:i(?:'ll| will| shall|'m going to| am going to|'m gonna)|ill|"
    r"im going to|im gonna|we'll|we will) "
    r"(?:also |just |now |then |try to |quickly |both ){0,2}"
    r"(?:send|upload|e-?mail|forward|attach|bring|return|pay|drop|ship|post|scan|fill|sign|"
    r"confirm|provide|give you|get you|call you|ring you|let you know|mail|transfer|pack|print)\b"
    r"(?! to your comp))"
)
THREAT = re.compile(
    r"\b(?:reviews?|twitter|facebook|insta(?:gram)?|tiktok|reddit|lawyers?|solicitor|press|media|"
    r"newspaper|court|ombudsman|chargeback|trustpilot|google|competitors?|everyone|everybody|"
    r"friends|police|regulator|online|public|boss|ceo|bad|visit|someone else|elsewhere|"
    r"never|you (?:don't|dont|do not|won't|can't))\b"
)
