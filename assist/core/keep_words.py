"""The words in which people say that a promise was kept, or is off.

The law: expressions over folded text in lower case; nothing here decides. Every repeat is bounded,
so no text makes them slow.
"""

import re

__all__ = [
    "ALL_DONE",
    "ARRIVED",
    "AS_PROMISED",
    "BACK",
    "BARE",
    "DENIED",
    "DOING",
    "DONE",
    "DONE_FIRST",
    "EACH_SIDE",
    "HANDED",
    "HEADED",
    "MOVED",
    "NEVER_MIND",
    "NOT_YET",
    "NO_NEED",
    "OFF",
    "OPENLY",
    "PAUSED",
    "PRONOUN",
    "RECAP",
    "RECEIVED",
    "REPORTS",
    "SAID_BACK",
    "SAYS_YES",
    "TRIVIAL",
]  # fmt: skip

_SOON = (
    r"(?:(?:now|just|already|also|since|personally|gone ahead and|meanwhile|then|all|both) ){0,3}"
)
_IRREGULAR = (
    r"sent|rung|rang|told|written|wrote|paid|spoken|spoke|given|gave|made|found|taken|took|held|"
    r"left|done|did|brought|put|reset|set|got|gotten|been through|gone through|let|had|kept|come"
)
_PARTICIPLE = rf"(?:{_IRREGULAR}|[a-z]{{2,14}}ed)"
_SUBJECT = (
    r"(?:it|that|this|they|both|everything|(?:the|your|a|an|my|our) (?:[a-z-]+ ){0,2}?[a-z-]{3,20})"
)
# The act, done: "I've now refunded it", "it's been sent", "Refunded!"
DONE = re.compile(
    rf"(?<!\bif )(?<!\bonce )(?<!\bwhen )(?<!\bafter )(?<!\buntil )"
    rf"(?:\b(?:i|we)(?:'ve| have|ve)? {_SOON}{_PARTICIPLE}\b|"
    rf"\b(?:he|she|they|(?:the|our|my|your) [a-z]+|billing)(?:'s|'ve| has| have)? {_SOON}"
    rf"{_PARTICIPLE}\b|"
    rf"\b{_SUBJECT}(?:'s|'ve| is| are| has| have| was| were) (?:been )?{_SOON}(?:been )?"
    rf"{_PARTICIPLE}\b|"
    rf"\byou(?:'re| are) (?:now |all |already ){{0,2}}{_PARTICIPLE}\b|"
    rf"(?:^|(?<=[,:] ))(?:your |the )?(?!you|they|who|what|not)[a-z]{{3,15}} {_PARTICIPLE}"
    r"(?= now|[.!,]|$)|"
    rf"^(?:ok|okay|right|great|good news|hi|hello|there|so|and|update)?[,.!: -]*{_SOON}"
    rf"{_PARTICIPLE}\b)"
)
DOING = re.compile(
    r"\b(?:i'm|i am|im|we're|we are) (?:just |also )?(?P<act>calling|ringing|phoning|e-?mailing|"
    r"sending|refunding|cancelling|canceling|putting|transferring|booking|crediting|waiving|"
    r"changing|placing|issuing|replacing|returning)\b(?=.{0,40}\b(?:now|right away|as we speak|"
    r"this (?:minute|moment|very)|straight away)\b)"
)
# It is where it was to go, whatever was done for it.
ARRIVED = re.compile(
    r"\b(?:that's|there's|here's|here is|here are) (?:the|your) (?:[a-z0-9£$€.]+ ){1,4}?(?:back|in|"
    r"on|done|sorted|through)\b|"
    r"\b[a-z0-9£$€.]{2,20}(?:'s|s'| is| are|s are)(?: now| already| all)* (?:on (?:its|their|the) "
    r"way|with you|in your (?:inbox|account|mail|portal|basket)|back (?:on|in)|live|up and running|"
    r"work(?:s|ing) again|attached|below)\b|"
    r"\byou(?:'ll| should)?(?: now)? (?:have|see|find) (?:the|your|it|"
    r"an?) (?:[a-z-]+ ){0,3}?(?:now|"
    r"in your (?:inbox|account|mail))\b|"
    r"\b(?:has|have|'ve got) (?:it|this|that|them|your (?:case|details|request)) now\b"
)
# A time that was told is no longer so.
MOVED = re.compile(
    r"\b(?:said|told you|promised|was (?:meant|due|going)|meant)\b.{0,60}\bbut\b|"
    r"\b(?:instead|rather than|after all|no longer|delayed|postponed|pushed back|put back|"
    r"later than|"
    r"not before|won't be (?:there |ready |with you |done )?(?:until|till|before)|will now be|"
    r"is now (?:coming|arriving|expected)|slipped|has to wait|have to wait)\b"
)
# No word is kept by these.
NOT_YET = re.compile(
    r"\b(?:still (?:waiting|checking|looking|on|working|trying|no|nothing|haven't|have not|open|"
    r"on hold)|not yet|no (?:news|answer|reply|word) (?:yet|so far)|another \w+ (?:min|minute|"
    r"hour)|"
    r"(?:a few|a couple|\w+) more (?:min|minute|moment|second|hour)|bear with me|hold on|"
    r"haven't (?:heard|had|got|been|managed)|one (?:more )?(?:moment|sec|second)|almost there|"
    r"nearly there|being|going to be|not quite)"
)
DENIED = re.compile(r"n't\b|\b(?:not|never|no one|nobody|cannot|cant|wont|dont|unable|failed)\b")
AS_PROMISED = re.compile(
    r"\bas (?:promised|agreed|i (?:said|promised)|we (?:said|agreed|promised)|discussed)\b|"
    r"\bkept my (?:word|promise)\b"
)
ALL_DONE = re.compile(
    r"(?:(?:ok|okay|right|all|and|there|great|perfect|now|yes|so|good news)[,.! ]+){0,3}"
    r"(?:(?:that's|it's|that is|it is|everything's|everything is|this is)(?: (?:all|now))* )?"
    r"(?:done|sorted|finished|all set|taken care of|in place|fixed|through)(?: (?:now|"
    r"for you))*[.! ]*"
)
DONE_FIRST = re.compile(
    r"(?:(?:ok|okay|right|yes|so|good news|and)[,.! ]+){0,2}"
    r"(?:(?:that's|it's|that is|it is)(?: all| now)? )?(?:done|sorted|booked|arranged)(?:[:,.!]| -)"
)
# Somebody is back, with something to say.
BACK = re.compile(
    r"\b(?:i'm|im|i am) back\b|^(?:ok[, ]+|right[, ]+|hi[, ]+|and )?back(?: now| again|"
    r" with you)?\b|"
    r"\bthank(?:s| you)(?: so much| very much| again)? for (?:waiting|holding|your patience|"
    r"bearing|"
    r"hanging|staying|the wait)\b|\b(?:sorry|apologies|apologise) (?:for|about) (?:the|keeping you|"
    r"your|making you) wait|\b(?:good|bad|some) news\b|\ban? (?:quick |short )?update\b|^update\b|"
    r"^(?:quick |short |brief |small )?update\b|\bhere(?:'s| is| are) (?:the|what|your|my)\b|"
    r"\bturns? out\b|\bthe (?:answer|result) is\b"
)
REPORTS = re.compile(
    r"^[a-z]{3,12} (?:found|finds|thinks|knows) (?:it|out|the|that)\b|"
    r"^(?:(?:yes|no|so|ok|okay|right|good news)[,.: ]+)?there(?:'s| is| are) "
    r"(?!one more|something|a few things|anything)|"
    r"\b(?:they|he|she|the [a-z]+|our [a-z]+|my [a-z]+|billing|[a-z]{3,12}) (?:say|says|said|"
    r"told me|"
    r"tells me|tell me|confirms?|confirmed|(?:have|has)(?: just| now)? (?:confirmed|answered|"
    r"replied|"
    r"agreed|found|said|told|seen))\b|\b(?:i|we)(?:'ve| have)?(?: now| just| also)* (?:checked|"
    r"looked|"
    r"found|heard|spoken|spoke|asked|been through|gone through|talked|had (?:a|an) (?:answer|reply|"
    r"look|word)|got (?:a|an|the|hold|through))\b"
)
# What is kept by being back: with an answer, or only from a pause.
HANDED = re.compile(
    r"\b(?:(?:get|come|be|report|write|check) back|be in touch|let you know|tell you|"
    r"keep (?:you|your)|give you (?:an? |some )?(?:[a-z]+ )?(?:update|answer|news)|"
    r"(?:bring|get|have)(?: for)? you (?:an?|the|his|her|their|some) (?:answer|news|reply|update)|"
    r"message you|"
    r"write (?:to |again)?|update you|hear (?:back |again |"
    r"more )?from|"
    r"have (?:an?|the|your|some|news)|answer you|text you|follow up|be with you|"
    r"(?:'ll|will|ill|me) (?:just |also |now |quickly |personally ){0,2}(?:check|look|find|see|"
    r"test|"
    r"verify|review|ask|go through|go over|investigate|pull|take a look|double-check))\b"
)
PAUSED = re.compile(
    r"\b(?:back in|be (?:right )?back|give me|bear with|hold on|hang on|brb|stay with me|allow me|"
    r"need (?:about |around |just |another )*[a-z0-9-]+ ?(?:min|hour)|"
    r"take (?:about |a )?[a-z0-9-]+ ?(?:min|hour)|take a (?:short )?break|stepping away)"
)
# Right here in the chat something else must not be asked for: phone and mail are not seen from it.
BARE = re.compile(r"[a-z]+[!. ]*")
HEADED = re.compile(r"[a-z]+(?:ed|nt|id)\b ?[:,!.-]")
PRONOUN = re.compile(r"\b(?:it|that|this|them|these|those|one|both|so|everything|all)\b")
OPENLY = re.compile(
    r"\b(?:sorry|apolog\w+|my (?:mistake|fault|error)|our (?:mistake|fault|error)|i was wrong|"
    r"(?:i|we) (?:know i |know we )?(?:said|promised|told you)|had to (?:move|change)|"
    r"have to correct|correction)\b"
)
OFF = re.compile(
    r"\b(?:i|we)(?: am|'m| are|'re)? ?(?:can't|cannot|cant|won't|wont|will not|can not|not able|"
    r"unable|couldn't|not going)\b|\bit(?:'s| is)? (?:won't|will not|can't|not going to|"
    r"not possible)\b"
)
# The customer wants it no longer.
NO_NEED = re.compile(
    r"\b(?:no need(?: to| for)?|never ?mind|nvm|forget (?:about )?|don't bother|dont bother|"
    r"(?:you|u) (?:don't|dont|needn't) (?:have to|need to)?|(?:please )?(?:don't|dont|do not) |"
    r"(?:i|we) (?:don't|dont|no longer) (?:need|want)|cancel (?:the|that)|scrap (?:the|that)|"
    r"leave (?:it|that)|not necessary)\b"
)
NEVER_MIND = re.compile(r"\b(?:never ?mind|nvm|forget it|no need|not necessary)\b")
SAYS_YES = re.compile(
    r"(?:(?:hi|oh|ah|ok|okay|well|hm+|great|thanks|thank you)[,.! ]+){0,2}"
    r"(?:yes|yeah|yep|yup|ya|ok|okay|okey|k|kk|sure|please do|go ahead|go for it|go on(?: then)?|"
    r"do (?:it|that|so)|fine|perfect|great|sounds? (?:good|great|fine|perfect)|deal|agreed|"
    r"all ?right|alright|correct|absolutely|definitely|of course|that(?:'s| is| would be|'d be|"
    r" sounds)? (?:fine|great|ok|okay|good|perfect|works|lovely|brilliant)|works for me|"
    r"(?:yes )?please|lovely|brilliant|cool|happy with that|i agree|i accept|let's do (?:that|"
    r"it))\b"
    r"(?!.{0,80}(?:\?|\b(?:but|however|if|only|unless|not|no|don't|dont|what|why|when|how|first|"
    r"instead|actually|wait|rather)\b))",
    re.DOTALL,
)
# What the customer has sent or has got.
RECEIVED = re.compile(
    r"\b(?:got|received|arrived|came|has come|here now|is here|are here|went through|came through|"
    r"showed up|turned up|landed|picked (?:it )?up|collected|delivered|called me|rang me|"
    r"emailed me|(?:they|he|she|someone|somebody|you) (?:just )?(?:rang|called|phoned|came|"
    r"emailed)|"
    r"thanks for the|(?:can |do )?see (?:the|it|my) |(?:is|are|'s) (?:there|in|showing|"
    r"working|back)(?: now| again)?|works (?:now|again)|(?:it |that )worked)(?:\b|(?<= ))"
)
RECAP = re.compile(
    r"\b(?:agreed|deal|(?:what )?we(?:'ve| have) agreed(?: on| that| is)?|as (?:we )?agreed|"
    r"that's (?:settled|agreed)|to (?:confirm|recap|sum up|summarise|summarize))"
    r"(?: then)?\b(?: ?[:,.-]+| that\b)"
)
# Said back, or asked for: by itself no sign that anything was agreed.
SAID_BACK = re.compile(r"\bto (?:confirm|recap|sum up|summarise|summarize)\b")
# Said back with a part for each side, it is.
EACH_SIDE = re.compile(
    r"\byou(?:'re| are|'ll| will)? (?!said|told|want|asked|mentioned|ordered|have|need|called|"
    r"paid|wrote|see|can|may|were|did|had)(?:[a-z]+ )[^.;]{0,80}?\band (?:i|we)(?:'re|'m| are| am|"
    r"'ll| will)? (?!said|told|want|have|need|were|did|had|can)[a-z]+|"
    r"\b(?:i|we)(?:'re|'m| are| am|'ll| will)? (?!said|told|want|have|need|were|did|had|can)[a-z]+ "
    r"[^.;]{0,80}?(?:,|\band) you(?:'re| are|'ll| will)? (?!said|told|want|asked|have|see|can|may|"
    r"were|did|had)[a-z]+"
)
# Leave that is asked for as a matter of course is no matter of agreement.
TRIVIAL = re.compile(
    r"\b(?:can|may|could) i (?:just |please |also |quickly )?(?:have|get|take|ask|see|help|check|"
    r"confirm|call you)\b|\bclose (?:the|this) (?:chat|conversation|ticket)\b|\bhelp you\b|"
    r"\banything else\b|\b(?:i|we) (?:can|could|may) (?:help|do for)\b"
)
