"""Who will do it, and what will come: the words for parties and for things in promises.

The law: expressions over folded text in lower case; nothing here decides. Every repeat is bounded,
so no text makes them slow.
"""

import re

__all__ = [
    "ADVERB", "ARRANGED", "COMPANY", "DEED", "GOING", "NAMED", "NOBODY", "OTHER", "OUTSIDE",
    "THEY", "THING",
]  # fmt: skip

ADVERB = (
    r"(?:(?:also|personally|now|then|just|still|both|first|quickly|immediately|gladly|happily|"
    r"certainly|definitely|of course|of course also|go ahead and|go and|be sure to|make sure to|"
    r"right away|straight away|today|tomorrow|therefore|next|either|myself|of course then|"
    r"simply|gladly) ){0,3}"
)
# Any other act on somebody or something; what is only said, thought, felt or needed is no act.
_NO_DEED = (
    r"(?:need|want|require|have|had|admit|assume|guess|bet|agree|see|know|understand|love|like|"
    r"enjoy|miss|remember|think|hope|wait|stop|say|accept|appreciate|believe|trust|regret|wish|"
    r"expect|suppose|imagine|presume|apologi[sz]e|thank|mention|repeat|stress|warn|blame|lose|"
    r"take|look|leave|tell|give|get|make|come|keep|let|work|go|be|do|try|try to|feel|find|show|"
    r"call it|spare|save|bore|assure|remind|begin|start|end|also|just|then|now|not|never|always|"
    r"only|still|even|hear|meet|forgive|suggest|recommend|advise|deal)"
)
_WHAT = (
    r"(?:it|this|that|these|those|them|him|her|you|your|the|an?|my|our|another|some|one|two|both|"
    r"all|every|everything|someone|somebody|\d+)\b|[£$€]\d"
)
DEED = (
    rf"(?!{_NO_DEED}\b)[a-z]{{3,14}} "
    rf"(?:(?:(?:back |on |up )?(?:to|with|for|on|into|through|over|up|off|out) )?(?:{_WHAT}))"
)
_INSIDE = (
    r"team|department|colleagues?|manager|supervisor|engineers?|technician|fitter|support|billing|"
    r"accounts|finance|warehouse|kitchen|specialist|expert|desk|office|branch|store|shop|"
    r"back office|team lead|teamleader|boss|agent|adviser|advisor|someone|somebody|crew|reception|"
    r"nurse|doctor|consultant|handler|case ?worker|plumber|electrician|porter|housekeeping|"
    r"concierge|tutor|teacher|staff|operator|surveyor|mechanic|lead|director|officer|tech|"
    r"locksmith|representative|rep|"
    r"coordinator|dispatcher|dispatch|sales|devs?|developers?|security|maintenance"
)
_OUTSIDE = (
    r"couriers?|drivers?|rider|depot|carrier|bank|seller|manufacturer|supplier|airline|hotel|"
    r"restaurant|partner|landlord|insurer|garage|installer|post office|merchant|host|provider|"
    r"dhl|ups|fedex|dpd|evri|hermes|gls|usps|royal mail|paypal|visa|mastercard|van|taxi|cab|"
    r"network operator|housing association|council"
)
COMPANY = re.compile(rf"\b(?:{_INSIDE})\b")
OUTSIDE = re.compile(rf"\b(?:{_OUTSIDE}|(?:dr|mr|mrs|ms|prof)\.? [a-z]+)\b")
_ACT = (
    r"(?:call|ring|phone|contact|e-?mail|write|text|message|reach out|be (?:there|with you|in "
    r"touch|at your|round|over|along|on site|calling|ringing|contacting|visiting|coming)|get "
    r"(?:back|in (?:touch|contact)|it|this|the|your|you)|come|visit|arrive|deliver|bring|collect|"
    r"pick|send|"
    r"ship|post|dispatch|refund|credit|replace|repair|fix|look|check|confirm|review|release|return|"
    r"transfer|pay|cancel|install|take(?! (?:about|up to|around|\w+ (?:minutes|hours|days|weeks)))|"
    r"let you know|follow|answer|reply|process|book|investigate|remove|update|reset|unblock|pop|"
    r"drop|fit|chase|swing|try (?:again|to)|take over|give|see (?:you|him|her|them)|leave (?:it|"
    r"them|the|a)|handle|sort|inspect|assess|attend|meet|escort|prepare|make|swap|change|"
    r"mail|liaise|pass|speak|talk|go (?:through|over)|assist|help|reinstate|restore|reconnect|"
    r"adjust|correct|clean|measure|unlock|restart|advise)\b"
)
_WILL = (
    r"(?:'?ll| will| shall| is going to| are going to|'s going to|'?s gonna| is gonna| are gonna)"
)
_GADGET = (
    r"(?:app|website|site|system|page|form|bot|software|tool|e-?mails?|policy|prices?|terms|"
    r"sale|offer|lines|hours|chat|order|refund|delivery|parcel|money|server|machine)"
)
OTHER = re.compile(
    r"\b(?P<who>(?:(?:the|our|my|your|an?|another|one of (?:our|my|the)|a member of (?:our|the)) "
    rf"(?:[a-z-]+ ){{0,2}}?)?(?:{_INSIDE}|{_OUTSIDE})|"
    rf"(?:our|one of (?:our|the)|a member of (?:our|the)) (?:(?!{_GADGET}\b)[a-z-]+ ){{0,2}}?"
    rf"(?!{_GADGET}\b)[a-z-]{{3,20}}?|some(?:one|body) (?:from|in|at) (?:[a-z]+ ){{0,2}}?[a-z]+?)"
    rf"(?:, [a-z]+,)?{_WILL} {ADVERB}(?:{_ACT}|{DEED})"
)
# "They'll ring you": whoever was named before.
THEY = re.compile(
    rf"\b(?:he|she|they)(?:'ll| will) {ADVERB}(?:{_ACT}|{DEED})(?P<you>[^.;]{{0,40}}?\byou\b)?"
)
# A name, in the text as it was written.
NAMED = re.compile(
    rf"\b(?P<who>[A-Z][a-zà-ÿ]{{1,20}}(?: [A-Z][a-zà-ÿ]{{1,20}})?(?: (?:in|from|"
    rf"at) [a-z]{{3,15}})?)(?:'ll| will| is going to) "
    rf"{ADVERB}(?:{_ACT})"
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
_DONE_TO = (
    r"fixed|credited|refunded|sorted|delivered|reversed|replaced|repaired|sent|shipped|posted|"
    r"dispatched|processed|returned|done|resolved|paid|cancelled|canceled|reinstated|restored|"
    r"reconnected|unlocked|activated|removed|corrected|reviewed|investigated|waived|released|"
    r"collected|picked up|issued|transferred|updated|upgraded|installed|completed|finished|"
    r"switched|changed|moved|cleared|approved|answered|e-?mailed|mailed|booked|reimbursed|lifted|"
    r"deleted|cleaned|rebooked|reissued|redelivered|applied|added|put (?:back|right|through)"
)
_COMES = (
    r"(?:be (?:back|there|here|with you|in (?:your|the)|on (?:your|its|the|their) way|ready|live|"
    rf"online|up and running|working|all yours|(?:fully |all )?(?:{_DONE_TO}))|arrive|reach you|"
    r"come|go (?:out|back|live|into|through|off)|follow|leave|ship|show (?:up|in|on)|land|hit|"
    rf"appear|get (?:to you|there|{_DONE_TO}))"
)
_NOUN = r"(?!(?:says?|said|is|are|was|were|has|have|if|when|that|which|who|will)\b)[a-z0-9£$€.'-]"
_SUBJECT = (
    r"\b(?:it|that|this|they|everything|these|those|both|all of (?:it|this|that)|"
    r"(?:your|the|an?|this|that|our|these|those|my) "
    rf"(?:{_NOUN}+ ){{0,3}}?{_NOUN}{{2,20}}?|"
    r"and|which|[£$€][\d.,]+|[\d.,]+ ?(?:€|eur|euros?|pounds?|usd|dollars?))"
)
THING = re.compile(
    r"\b(?:your|the|a|an|this|our) (?:new |second |full |next |missing |other |whole |"
    r"rest of the )?"
    r"(?:refund|money|credit|replacement|parcel|package|order|delivery|label|invoice|voucher|"
    r"payment|letter|card|ticket|repair|amount|router|modem|lamp|kettle|charger|phone|laptop|"
    r"contract|confirmation|food|pizza|charge|fee|line|account|connection|new one|rest|code|"
    r"booking|seat|room|bag|case)(?: [a-z]+)? "
    r"will (?:also |then )?(?:be (?!closed|open)|arrive|reach|come|go out|leave|ship|show|land|"
    r"work|get)\b|"
    rf"{_SUBJECT}(?:'ll| will| is going to| are going to) (?:also |then |now |all ){{0,2}}"
    rf"{_COMES}\b"
)
# What is on its way already: "your router goes out tonight", "it is being sent today".
GOING = re.compile(
    r"\b(?!nothing|nobody|no)[a-z]+,? goes (?:out|back) (?=today|tonight|tomorrow|first|on |this |"
    r"by |in |now)|"
    rf"{_SUBJECT}(?:'s| is| are) (?:back )?with you\b|"
    r"\b(?:your|the|a) (?:[a-z]+ )?(?:refund|money|parcel|order|replacement|card|package|credit|"
    r"payment|delivery|letter|part) (?:posts to|lands|arrives|reaches you|comes)\b|"
    rf"{_SUBJECT} (?:(?:goes|go|is going|are going|is coming|are coming) (?:out|back|over|across|"
    rf"off|live|to your|into your|through)|(?:is|are) being (?:{_DONE_TO})|(?:ships|leaves (?:us|"
    rf"the "
    r"warehouse|here)|gets? (?:sent|shipped|delivered|fixed|paid|refunded|credited)))\b"
)
ARRANGED = re.compile(
    r"\b(?P<we>we)?(?(we)(?:'ve| have)|(?:i've|i have|ive)) (?:now |just |already |also ){0,2}"
    r"(?:arranged|scheduled|organi[sz]ed|lined up|booked) (?:for |with )?"
    r"(?:an?|the|our|one of our|someone|somebody|my|another) [^.;,]{0,40}? ?to "
    rf"{_ACT}"
)
