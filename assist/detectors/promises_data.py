"""The words that promises are made of, and those that break them.

The law: expressions over folded text in lower case, and nothing that decides. Every repeat is
bounded, so no text makes them slow.
"""

import re

__all__ = [
    "AGAIN", "AMOUNT", "ASSURED", "CHARGED", "CLOCK", "CLOSES", "CONDITION", "DAY", "DENIED",
    "FEE", "FIXED", "FREE", "FUTURE", "HANDED", "IN_CHAT", "MONTHS", "NEGATED", "NOT_CHARGED",
    "NOT_DO", "NOT_TO", "NO_NEED", "NO_REPEAT", "OPEN", "OPPOSITES", "OWN", "OWNED", "PRICE",
    "PRICED", "RANKS", "RESTART", "SAME", "SLOT", "SOFT", "WINDOW",
]  # fmt: skip

# What binds without being a promise: something done, free, certain, or never to be done.
ASSURED = re.compile(
    r"\b(?:i|we|they|nobody|no one) (?:won't|will not)\b|\byou (?:can|don't|needn't)\b|"
    r"\b(?:they|nobody|no one) will\b|\b(?:no need|stays?|approved)\b|"
    r"\b(?:i|we)(?:'ve| have)\b|\b(?:ive|my word)\b|\byou(?:'ll| will| won't)\b|\bthere(?:'s|"
    r" is) no\b|"
    r"\b(?:free|no (?:charge|fee|cost)|nothing (?:to pay|will)|won't (?:be|cost|pay)|on us)\b|"
    r"\b(?:it|that|he|she|they|[a-z]+ (?:engineer|technician|driver)|the [a-z]+)(?:'ll| will)\b"
)
SOFT = re.compile(r"\b(?:if|would you|shall i|do you|might|perhaps|maybe|hope to)\b|\?$")
NEGATED = (
    r"(?:n't|\b(?:cannot|cant|wont|dont|doesnt|not|never|no|unable to|isnt|arent|wasnt))"
    r"(?: (?:[a-z']+ ){0,3}?| )(?:%s)\b(?!.*\b(?:before|until|till|unless|without|yet)\b)"
)
DENIED = re.compile(
    r"\b(?:nobody|no one|no-one)(?: here| ever)? (?:promised|said|told you|agreed|offered)\b|"
    r"\b(?:i|we) (?:never|didn't|didnt|did not)(?: ever| actually)? (?:promised?|sa(?:id|y)|"
    r"agreed?|offer(?:ed)?|told you|tell you|guaranteed?|mention(?:ed)?)\b|"
    r"\bthat (?:wasn't|wasnt|was not|was never) (?:promised|agreed|what i said)\b|"
    r"\bthere (?:was|were|is) (?:never )?(?:no |any )?(?:such )?(?:promise|agreement)\b|"
    r"\b(?:don't|dont|do not|can't|cannot)(?: really)? (?:remember|recall) (?:promising|saying|"
    r"telling|agreeing|a promise|that promise|any promise)\b|"
    r"\b(?:what|which) promise\b|\bwho (?:promised|told) you (?:that|so|this)\b|"
    r"\bi must have forgotten\b|\bwhat did you want me to\b|"
    r"\bdon'?t know (?:anything )?about (?:an?|any|the|that|your|this) (?:call|refund|promise|"
    r"replacement|visit|appointment|email|technician|engineer|voucher|discount)"
)
OWNED = re.compile(
    r"\b(?:sorry|apolog\w+|my (?:mistake|fault|error)|our (?:mistake|fault|error)|i was wrong|"
    r"as (?:promised|agreed|i said|i told you)|(?:i|we) (?:know i |know we )?(?:said|promised|told "
    r"you)|earlier than|sooner than|had to (?:move|change)|correct(?:ion|ing)|kept my word|"
    r"instead of the)\b"
)
FREE = re.compile(
    r"\b(?:free(?: of charge)?|no (?:extra )?(?:charges?|fees?|costs?)|nothing to pay|on the house|"
    r"on us|without (?:any )?(?:charge|cost|fee)|(?:won't|not|nothing will) (?:be charged|cost|pay|"
    r"have to pay)|waiv\w+|fee off|charge off)\b"
)
CHARGED = re.compile(
    r"\b(?:fees?|charged?|charges|deposit|costs?|surcharge|payable|to pay|pay|renewed|invoiced?|"
    r"billed|on the bill)\b"
)
NOT_CHARGED = re.compile(
    r"\b(?:no|not|without|free|nothing|waived|refund(?:ed)? (?:the|your)|removed|never|zero|taken "
    r"off|took)\b|n't\b"
)
AMOUNT = re.compile(
    r"(?P<sign>[£$€])? ?(?P<number>\d{1,6}(?:[.,]\d{1,2})?) ?(?P<unit>%|percent|euros?|dollars?|"
    r"pounds?|usd|eur|rupees)?(?![\d:.]*\d)"
)
MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY = re.compile(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)(?=days?\b)|\d{1,2}(?:st|nd|rd|th)\b|"
    rf"\d{{1,2}}(?= (?:of )?{MONTHS}\b)|(?<=may )\d{{1,2}}\b)"
)
CLOCK = re.compile(
    r"\b(?:by|before|at|until) (\d{1,2})(?:[:.](\d\d))?(?! ?%| ?(?:euro|dollar|day))"
)
RANKS = (
    (0, re.compile(r"\b(?:right now|now|straight away|right away|immediately)\b")),
    (1, re.compile(r"\b(?:minutes?|mins?)\b")),
    (2, re.compile(r"\b(?:hours?|hrs?)\b(?! slot)")),
    (3, re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b")),
    (4, re.compile(r"\btomorrow\b")),
    (6, re.compile(r"\b(?:[2-9]|\d\d|two|three|four|five|six|seven|ten)[a-z -]* days\b")),
    (
        9,
        re.compile(r"\bnext (?:week|mon|tues|wednes|thurs|fri)|\b(?:a|one|\d+|two|three) weeks?\b"),
    ),
    (12, re.compile(r"\bnext month\b|\b(?:months)\b")),
)
FUTURE = re.compile(r"\b(?:will|shall|going to|is|are|be|can|comes?|arrives?)\b|'ll\b")
CONDITION = re.compile(r"\b(?:once|after|until|as soon as|only when|only if|depends on)\b")
HANDED = re.compile(
    r"\b(?:you(?:'ll| will)?(?: can| could| should| must| may)?(?: also)?(?: need to| have to)?|"
    r"please|pls|kindly|i'd|best to)(?: just| then)? (?:give|%s)\b"
)
RESTART = re.compile(
    r"\b(?:start (?:over|again|from the (?:start|beginning|top))|tell me (?:again|once more|the "
    r"whole)|explain (?:it |that |everything |the problem )?(?:again|once more|from)|(?:what|how) "
    r"(?:can|may) i (?:help|assist|do for) you|what can i help you with|what was (?:it|this) about|"
    r"(?:what is|what's) (?:the|your) (?:problem|issue)|remind me what)\b"
)
NO_REPEAT = re.compile(
    r"\b(?:won't|will not|don't|never) (?:have to|need to) (?:repeat|explain|say|tell|give)\b|"
    r"\b(?:have|got) (?:it all|everything|all your details)(?: here)?\b"
)
AGAIN = re.compile(
    r"\bneed (?:your|the name)\b|\b(?:give|send|tell) me your\b|\bwhat(?:'s| is) your\b"
)
NOT_TO = re.compile(
    r"\b(?:not|nothing|never|no)\b[^,.;]{0,25}?\bto (?:the |your |his |her )?"
    r"(?P<what>[a-z]{4,}(?: (?:road|street|avenue|lane|office|team|desk))?)"
)
# "I won't share it", "no need to return it": the act, to be found in the draft after all.
NOT_DO = re.compile(
    r"\b(?:won't|will not|never|nobody will|no one will|not going to)(?: be)? "
    r"(?P<verb>share|give|tell|pass|contact|cancel|charge|close|delete|disconnect|cut|block|expire)"
)
NO_NEED = re.compile(
    r"\b(?:no need to|needn't|(?:don't|do not|won't|will not) (?:have|need) to) (?P<verb>[a-z]{3,})"
)
FEE = re.compile(r"\b(?:fee|deposit|surcharge)\b")
PRICE = re.compile(r"\b(?:price|rate|quote|fare|tariff|(?:a|per) month|premium|rent)\b")
FIXED = re.compile(r"\b(?:stays?|fixed|keep|locked|guarantee\w*|promise|won't (?:go up|change))\b")
OPPOSITES = (
    (r"\bstay (?:with|on|here)\b|\bhere until\b|\bwon't (?:leave|go)\b",
     (r"\b(?:have|need) to (?:go|leave|close)\b|\bclosing (?:this|the) chat\b|\bshift ends\b|"
     r"\blog(?:ging)? off\b|\bother customers\b")),
    (r"\bkeep\b.*\bopen\b|\bstays open\b|\bleave\b.*\bopen\b", r"\bclos(?:ed|ing|e)\b"),
    (r"\b(?:you can|can) keep\b", r"\b(?:return|send|post|bring)\b.*\b(?:it|the|them|back)\b"),
    (r"\b(?:reserv|held|hold|set aside|put (?:it|one) aside|saved)",
     r"\b(?:sold|no longer available|out of stock|given to|someone else|given away)\b"),
    (r"\b(?:collect|pick (?:it|them|the [a-z]+) up|come to you)\b",
     r"\b(?:drop (?:it|them|the [a-z]+) off|bring|take (?:it|them) to|at the post office)\b"),
    (r"\breplac|\b(?:brand )?new (?:one|[a-z]+)\b", r"\b(?:repair(?:ed)?|refurbished|used one)\b"),
    (r"\b(?:refund|money back|to your card|in cash|cash)\b",
     r"\b(?:vouchers?|store credit|credit note|gift card|points)\b"),
    (r"\b(?:myself|personally|same person|only me)\b",
     (r"\b(?:pass(?:ed|ing)? (?:you|it|this)|hand(?:ed|ing)? over|(?:a|another|my) colleague|"
     r"another (?:department|team)|transferr?(?:ed|ing)?)\b")),
    (r"\b(?:express|next[- ]day|overnight|courier)\b",
     r"\b(?:standard|economy|regular post|second class)\b"),
    (r"\bcancel any ?time\b|\bno (?:contract|minimum|notice)\b",
     r"\b(?:minimum term|notice period|locked in|cancellation fee|months' notice)\b"),
    (r"\b(?:discount|voucher|code|upgrade|refund|credit|compensation|exception|offer|waive)\b",
     (r"(?:n't|\bnot|\bno longer) (?:be )?(?:eligible|appl(?:y|ied|icable)|qualif\w+|entitled|"
     r"valid|possible|available|offered)\b|\bexpired\b|\bno exceptions?\b")),
    (r"\bapproved\b|\baccepted\b", r"\b(?:declined|rejected|denied|refused|turned down)\b"),
    (r"\bpaused?\b|\bstopped\b|\bfrozen\b|\bon hold\b", r"\b(?:suspended|disconnected|cut off)\b"),
    (r"\bcancel\w*\b.*\brenew|\bwon't renew\b", r"\brenew(?:ed|s)\b"),
    (r"\bhold\b.*\ball (?:night|day|week)\b|\bany (?:hour|time)\b", r"\bholding\b.*\buntil\b"),
    (r"\bdirect\b", r"\b(?:via|stopover|layover|connecting|change at)\b"),
    (r"\baccept\b.*\binstead\b", r"\b(?:is|are) missing\b|\bwasn'?t (?:sent|accepted)\b"),
    (r"\bput you through\b|\btransfer you\b", r"\b(?:same (?:thing|answer)|no supervisor)\b"),
    (r"\bpriority\b|\burgent\b", r"\bnot urgent\b|\bno priority\b"),
)  # fmt: skip
SAME = re.compile(r"\b(?:also|as well|in case|meanwhile|in the meantime|or|if)\b")
SLOT = re.compile(r"\b(one|two|three|[1-3])-hour (?:slot|window)\b")
WINDOW = re.compile(r"\bbetween (\d{1,2})(?:[:.]\d\d)? ?(?:am|pm)? and (\d{1,2})")
IN_CHAT = re.compile(
    r"\b(?:now|then|here|this chat|and (?:tell|come back|let|get back)|in (?:\w+ )?minutes?)\b"
)
OWN = re.compile(r"\b(?:i|we)(?:'ll| will)\b|\bill\b")
OPEN = re.compile(r"\?$|\b(?:another|also|other|or|confirm)\b")
PRICED = re.compile(r"\b(?:charges|costs|the rest)\b")
CLOSES = re.compile(
    r"\banything else(?: (?:i|we) (?:can|could|may)\b| on\b| for you|\?)|"
    r"\bhave a (?:good|nice|great|lovely|pleasant)\b|\btake care\b|\bgoodbye\b"
)
