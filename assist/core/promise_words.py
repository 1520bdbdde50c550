"""The words in which people promise, and those that only look like it.

The law: expressions over folded text in lower case; nothing here decides. Every repeat is bounded,
so no text makes them slow.
"""

import re

from assist.core.promise_parties import ADVERB, DEED

__all__ = [
    "ALWAYS",
    "ASKED",
    "CONDITION",
    "CONNECTOR",
    "CUSTOMER",
    "EMPTY",
    "FOLLOW_UP",
    "FROM",
    "HEDGED",
    "HINTS",
    "LEADING",
    "LEFT_OPEN",
    "LOOK_LATER",
    "NOW",
    "OWN",
    "PAUSE",
    "PLAN",
    "PROPOSED",
    "QUOTED",
    "REPORTED",
    "SECOND",
    "SET",
    "TAG",
    "TEMPLATE",
    "THREAT",
    "TIMED",
    "UNDER_WAY",
    "UNTIL",
    "WILL",
    "YOURS",
]  # fmt: skip

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
    r"open|order|organise|organize|pass (?:it|this|that|the|your|them|you|on|along)|pause|pay|"
    r"phone|"
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
_LASTING = (
    r"be (?:also |personally )?(?!(?:look|wait|work|go|leav|finish|clos|ask|need|see|be|hav|"
    r"charg|miss|tak|do|liv|stay|sitt|watch|open|runn)ing\b)[a-z]{2,12}ing\b(?! (?:here|there)\b)"
)
_ANY_ACT = rf"(?:{_VERB}|{_LASTING}|{DEED})"
# What every sentence has in which something "will" be done, or is under way.
WILL = re.compile(r"ll\b|\bwill\b|\bshall\b|going to|gonna")
UNDER_WAY = re.compile(
    r"\bgo(?:es|ing)?\b|\bcoming\b|\bbeing\b|\bships\b|\b(?:leaves|posts|arrives|lands|comes|"
    r"reaches)\b|\bgets?\b|\bwith you\b"
)
HINTS = (
    "ll ", "'ll", "will", "shall", "going to", "gonna", "promise", "expect", "back", "brb", "min",
    "reminder", "note", "i'm ", "im ", "i am ", "we're ", "we are ", "let me", "hour", "leave",
    "on it", "on this", "on that", "undertake", "commit", "guarantee", "swear", "pledge",
    "arranged", "scheduled", "organi", "booked", "lined up", "give me", "give us", " goes ",
    "ships", "posts", "arrives", "lands", " being ", "with you", "today", "tonight", "tomorrow",
    "by ", "at ", "gets ", "day",
)  # fmt: skip
"""One of these stands in every sentence in which a word is given."""
OWN = re.compile(
    rf"(?<![\w'])(?P<own>(?P<we>we)?(?(we)(?:'ll| will| shall|'re going to| are going to| gonna)|"
    r"(?:i(?:'ll| will| shall|'m going to| am going to|'m gonna| gonna)|ill|im going to|im gonna))"
    rf" {ADVERB}{_ANY_ACT})|"
    r"\b(?P<vow>(?P<we_vow>we)?(?(we_vow)|i) (?:promise|undertake|commit|pledge|guarantee|swear) "
    rf"(?:you )?to {_ANY_ACT})|"
    rf"^(?:ok(?:ay)?[,.! ]+|sure[,.! ]+|yes[,.! ]+|ye[ap]h?[,.! ]+|np[,.! ]+|cool[,.! ]+|"
    rf"great[,.! ]+|"
    rf"thanks[,.! ]+)?(?P<elided>(?:will|going to|gonna) {ADVERB}{_ANY_ACT})|"
    rf"\b(?P<let>let me {ADVERB}{_VERB}[^,.;]{{0,60}}? and (?:then )?"
    r"(?:(?:get|come|be) (?:straight |right )?back|write|call|ring|message|let you know|tell you|"
    r"return|answer|"
    r"e-?mail|update you)\b)"
)
SET = re.compile(
    r"\bleave (?:it|this|that|all of (?:it|this|that))(?: all)? (?:with|to) (?:me|us)\b|"
    r"(?:^|[,.] ?)(?:(?:i'm|im|i am|we're|we are) |(?<=^))on (?:it|this|that)\b(?! (?:call|line|"
    r"chat))|"
    r"^(?:i|we) will(?=[.!,]|$)|"
    r"^(?:(?:yes|sure|ok|okay|of course|absolutely|right|thanks)[,.! ]+)*will do\b(?! (?:my|our))"
)
_NEWS = (
    r"(?:call|e-?mail|mail|answer|reply|update|message|letter|text|visit|delivery|refund|parcel|"
    r"payment|decision|response|quote|report|news|confirmation|link|invite|receipt|notification|"
    r"sms|voucher|label|code|notice)"
)
_PERSONAL = r"(?:me|us)"
# "You'll hear from me", "you'll have the refund by Friday", "expect a call from me".
YOURS = re.compile(
    r"\b(?P<hear>you(?:'ll| will|ll) (?:also )?hear (?:back |again |more )?from "
    rf"(?:{_PERSONAL}|(?:our|my|the|one of our) [a-z]+|[a-z]+))\b|"
    r"(?:^|\b(?:you (?:can|may|should)|please) )(?P<soon>expect (?:an?|my|our|the|your|to have|to "
    rf"receive|to get|to hear) (?:[a-z-]+ ){{0,2}}?{_NEWS})\b|\b(?P<expect>(?:you can |"
    rf"please )?expect (?:a |an |my |to |our )?"
    rf"[a-z -]{{0,20}}?\bfrom {_PERSONAL})\b|"
    r"\b(?P<get>you get (?=[\d£$€]|your |the |an? )|you(?:'ll| will|ll) (?:also |then |"
    r"soon )?(?:get|receive|have|be (?:called|"
    r"contacted|refunded|credited|reimbursed|paid|moved|reconnected|collected|seen)|see (?=(?:it|"
    r"that|"
    r"this|the|your) )(?:[a-z]+ ){1,3}?(?:in|on|by|within|before|back|refund|money|credit|"
    r"change))\b"
    rf"(?! (?:to|used|no|any|nothing)\b)(?P<news> an? (?:[a-z-]+ )?{_NEWS}\b)?)"
)
# "I check tonight and ring you tomorrow": a plan, told as if it were done already.
PLAN = re.compile(
    r"(?:^|[,;:] |\b(?:and|then|so|what) )(?P<who>(?P<we>we)|i) "
    r"(?:(?:also|then|still|personally|just) )?"
    r"(?:(?:ring|call|phone|e-?mail|mail|write|text|message|send|refund|credit|check|speak|talk|"
    r"ask (?!for\b)|add|book|cancel|order|post|ship|transfer|chase|pass|escalate|"
    r"(?:come|get) back|let you know|bring|replace|swap|forward|release|upload|file|raise)\b)"
    r"(?(we)(?= (?:you|it|them|the|this)\b))"
)
# What is always done is nobody's word.
ALWAYS = re.compile(
    r"\b(?:usually|normally|always|every|each|generally|typically|on average|often|sometimes|"
    r"as a rule|in general)\b"
)
NOW = re.compile(r"\bnow\b|\b(?:right|straight) away\b|\bas we speak\b|\bthis (?:minute|second)\b")
UNTIL = re.compile(
    r"\bgive (?:me|us) (?:until|till|'til|to) (?P<by>(?:[\w:.]+ ?){1,4}?)(?= to | and | so |[,.;!]|"
    r"$)"
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
_NO_DOING = (
    r"(?:going|looking|hoping|asking|wondering|trying|thinking|saying|wanting|waiting|seeing|"
    r"reading|experiencing|checking (?!back)|being|working|"
    r"expecting|closing|running|talking|speaking|doing|telling|struggling|facing|missing|opening|"
    r"offering|leaving|finding|feeling|hearing|assuming|staying|sitting|suggesting|"
    r"(?:having|getting) (?!it|an? [a-z ]+(?:ed|ent|de|ught|put|set)\b|an? [a-z]+ (?:out|round|"
    r"over|in|to)\b|back|the|your|some|one|my|this)|planning|aiming|"
    r"launching|flying|travelling|attending|celebrating|calling (?:from|about)|writing (?:to "
    r"confirm|about)|moving (?:house|to)|only|not|confirming|advising|informing|reaching)"
)
_SENDING = (
    r"(?:sending|putting|refunding|crediting|e-?mailing|transferring|cancelling|canceling|issuing|"
    r"booking|posting|passing|escalating|adding|applying|raising|forwarding|waiving|placing|"
    r"ordering|replacing|resetting|releasing|upgrading)"
)
# "I'm calling you at 4": a promise where a time is told; and a note to oneself.
TIMED = re.compile(
    r"\b(?P<note>(?:i've|i have|i'm|i am|ive|im|i)(?: just| now)? "
    r"(?:set|setting|put|putting|made|making|added|adding)(?: myself| in)? (?:a |my )?"
    r"(?:reminder|note|diary|calendar|alarm|task))\b|"
    r"\b(?P<we>we)?(?(we)(?:'re| are)|(?:i'm|i am|im)) (?:also |now |just ){0,2}"
    rf"(?:(?P<send>{_SENDING})|(?!{_NO_DOING}\b)[a-z]{{2,13}}ing)\b"
)
FOLLOW_UP = re.compile(
    r"\bfollow(?:ing)?(?:[ -]| you | this | it | that )up\b|"
    r"\bcheck(?:ing)? (?:back|in)\b(?! (?:the|our|my|your|that|this|at)\b)|"
    r"\blook (?:at (?:this|it|that|your [a-z]+) )?again\b|\btouch base\b|\bcheck(?: on it)? again\b"
)
# With a time it is a look afterwards: "I'll ring you next week to make sure it works".
LOOK_LATER = re.compile(
    r"\b(?:call|ring|write|message|e-?mail|check|phone|text|contact|drop you|"
    r"give you)\b(?! with)[^.;]{0,60}?"
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
    r"\b(?:if|as long as|should) (?:(?:you|that|this|it)(?:'d|'s| would| is|'re| are)? "
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
    r"\b(?:no way|not a chance|doubtful|i'm (?:pretty |quite |fairly )?sure|i am sure|maybe|"
    r"perhaps|hopefully|probably|possibly|ideally|with (?:any )?luck|would|could|might)"
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
SECOND = re.compile(rf"[, ]+and (?:then )?(?={_ANY_ACT})")
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
    r"(?:(?<![\w'])(?P<own>(?:i(?:'ll| will| shall|'m going to| am going to|'m gonna)|ill|"
    r"im going to|im gonna|we'll|we will) )|"
    r"^(?:(?:ok|okay|sure|yes|yeah|yep|right|thanks|fine)[,.! ]+){0,2}(?:will|gonna|going to) )"
    r"(?:also |just |now |then |try to |quickly |both ){0,2}"
    r"(?:send|upload|e-?mail|forward|attach|bring|return|pay|drop|ship|post|scan|fill|sign|"
    r"confirm|provide|give you|get you|(?:call|ring|phone|contact|ask) (?:you|them|the|my|him|her)|"
    r"let you know|mail|transfer|pack|print|pick (?:it|them|the|up)|collect|"
    r"(?:get|come|write|report) back|check (?:my|the|with|it|that)|measure|test (?:it|the|that)|"
    r"look (?:for|it up|through)|pop (?:in|it|the|round)|be (?:at )?(?:home|in|there)|update|"
    r"sort (?:it|that|the)|message|text|take (?:a|some|the) (?:pictures?|photos?|videos?|"
    r"screenshots?))\b(?! to your comp)"
)
THREAT = re.compile(
    r"\b(?:reviews?|twitter|facebook|insta(?:gram)?|tiktok|reddit|lawyers?|solicitor|press|media|"
    r"newspaper|court|ombudsman|chargeback|trustpilot|google|competitors?|everyone|everybody|"
    r"friends|police|regulator|online|public|boss|ceo|bad|visit|someone else|elsewhere|"
    r"never|you (?:don't|dont|do not|won't|can't))\b"
)
