"""The lists behind the lexicon: what customer service does to single words.

The law: data only, no text is read here. The valences come from VADER 3.3.2 (MIT, C.J. Hutto and
E.E. Gilbert, 2014); the lists below are our own, written from the repairs that its use on support
chat asks for, not from any labelled set. Words are lower case with straight apostrophes; the
spellings without an apostrophe are derived when the table is built.
"""

# Greetings, closings, asking and answering: formulas, no feeling.
POLITE = (
    "please", "pls", "plz", "kindly", "help", "helps", "helping", "hi", "hello", "hey", "dear",
    "regards", "sincerely", "faithfully", "truly", "support", "supports", "supporting",
    "supported", "care", "welcome", "sorry", "apology", "apologies", "apologise", "apologize",
    "apologised", "apologized", "apologising", "apologizing", "yes", "yeah", "yep", "yup", "ok",
    "okay", "alright", "okey", "sure", "surely", "certain", "certainly", "definitely", "well",
    "excuse", "pardon", "goodbye", "bye", "want", "wants", "wanted",
)  # fmt: skip

# Words of the trade that happen to stand in a list of feelings.
TRADE = (
    "issue", "issues", "problem", "problems", "error", "errors", "cancel", "cancels", "cancelled",
    "canceled", "cancelling", "canceling", "cancellation", "return", "returns", "returned",
    "refund", "refunds", "refunded", "claim", "claims", "claimed", "complaint", "complaints",
    "ticket", "tickets", "fault", "faults", "dispute", "disputes", "disputed", "disputing",
    "trouble", "troubles", "troubleshoot", "dead", "die", "died", "dies", "dying", "kill",
    "killed", "kills", "killing", "abort", "aborted", "aborts", "fatal", "terminate",
    "terminated", "terminates", "termination", "crash", "free", "freely", "charge", "charged",
    "charges", "charging", "pay", "pays", "debt", "debts", "owe", "owed", "credit", "credits",
    "credited", "interest", "interests", "interested", "value", "values", "valued", "number",
    "numbers", "matter", "matters", "block", "blocked", "blocks", "blocking", "freeze", "frozen",
    "ban", "drop", "drops", "cut", "cuts", "stop", "stops", "stopped", "leave", "leaves",
    "demand", "demands", "limit", "limits", "limited", "limitation", "secure", "secured",
    "security", "alert", "alerts", "warning", "warnings", "warned", "urgent", "urgently",
    "important", "importance", "critical", "emergency", "emergencies", "share", "shared",
    "shares", "sharing", "join", "joined", "joining", "gift", "gifts", "gifted", "reward",
    "rewards", "rewarded", "award", "awards", "prize", "bonus", "benefit", "benefits",
    "beneficiary", "profit", "save", "saved", "saves", "saving", "savings", "safe", "safely",
    "safety", "insurance", "accept", "accepted", "accepts", "accepting", "approve", "approved",
    "approval", "allow", "allowed", "create", "created", "creates", "reach", "reached",
    "reaches", "reaching", "active", "activate", "increase", "increased", "determined", "clear",
    "kidding", "kid", "kids", "joke", "jokes", "joking",
    "cleared", "clearly", "progress", "resolve", "solve", "solution", "solutions", "chance",
    "chances", "ready", "worth", "low", "lower", "lowest", "empty", "top", "tops", "hand",
    "hands", "play", "played", "plays", "playing", "party", "holiday", "holidays", "friend",
    "friends", "god", "fire", "fired", "natural", "original", "energy", "power", "powerful",
    "strong", "strongly", "attachment", "attachments", "grant", "granted", "suspicious",
    "fraudulent", "accident", "accidentally", "forget", "forgot", "forgotten", "miss", "unsure",
    "true", "giving", "fresh", "special", "swift", "united", "amazon", "visa", "kia", "mia",
    "fyi", "iou", "idk", "tender", "tenders", "execute", "executed", "execution", "hang",
    "strike", "gain", "growth", "popular", "commit", "committed", "fit", "chat", "challenge",
    "promise", "promised", "promises", "prevent", "avoid", "agree", "agreed", "agreement",
    "agreements", "hide", "ignore", "hard", "sunday", "like", "likes", "liked", "joke",
)  # fmt: skip

THANKS = ("thank", "thanks", "thx", "thanx", "tnx", "tks", "ty", "thankyou", "thankful",
          "grateful", "appreciate", "appreciated", "cheers")  # fmt: skip
THANKS_WORTH = 1.9

# Plain judgements that VADER does not list, valued like their neighbours there.
UNLISTED = (
    ("unhelpful", -1.8), ("unreliable", -1.7), ("atrocious", -2.8), ("shambles", -2.0),
    ("nightmare", -2.2), ("disgraceful", -2.6), ("overpriced", -1.5), ("ripoff", -2.4),
    ("inexcusable", -2.3), ("disrespectful", -2.0), ("shoddy", -1.8), ("garbage", -1.9),
    ("rubbish", -1.9), ("unsatisfactory", -1.8), ("substandard", -1.7), ("abysmal", -2.8),
    ("misled", -1.8), ("deceptive", -2.0), ("condescending", -1.9), ("patronising", -1.9),
    ("patronizing", -1.9), ("dismissive", -1.6), ("underwhelmed", -1.3), ("hassle", -1.3),
    ("seamless", 1.8), ("speedy", 1.2), ("prompt", 1.2), ("polite", 1.7), ("knowledgeable", 1.7),
    ("stellar", 2.5), ("chuffed", 2.3), ("faultless", 2.3),
)  # fmt: skip

# A wish is no report: praise after these counts nothing up to the end of the clause.
WISHES = ("hope", "hoping", "hopefully", "wish", "wishing", "wishes")

NEGATORS = (
    "not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "without",
    "cannot", "can't", "couldn't", "won't", "wouldn't", "shouldn't", "don't", "doesn't",
    "didn't", "isn't", "aren't", "wasn't", "weren't", "haven't", "hasn't", "hadn't", "mustn't",
    "mightn't", "needn't", "ain't", "shan't", "oughtn't", "daren't", "nope", "hardly", "barely",
    "scarcely", "rarely", "seldom", "non",
)  # fmt: skip

# Negators that say something has not come about: with thanks in the same turn they leave it open.
FAILING = (
    "not", "never", "nothing", "nobody", "nowhere", "cannot", "can't", "couldn't", "won't",
    "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "haven't", "hasn't", "hadn't",
)  # fmt: skip

# Words that end the reach of a negation as a comma does.
SUBORDINATORS = (
    "because", "since", "when", "while", "if", "unless", "until", "whether", "why", "how", "what",
    "where", "which", "who", "whose", "therefore", "otherwise", "except",
)  # fmt: skip
CONTRASTS = ("but", "however", "though", "although", "yet")
CONCESSIVES = ("though", "although", "while", "whilst")
# "No choice but", "as though", "even though"; "but also", "however much", "yet again": no contrast.
NO_CONTRAST = (
    "choice but", "option but", "as though", "even though", "but also", "however much",
    "however many", "however long", "however far", "however often", "however hard", "yet again",
    "yet to", "yet another",
)  # fmt: skip

# What stands after these is taken as given: "not fixed the terrible mess" leaves it terrible.
GIVENS = ("the", "this", "these", "those", "your", "my", "our", "their", "his", "her")

# Adverbs that a negation passes without tiring, beside all that end in -ly.
ADVERBS = (
    "at", "all", "that", "too", "so", "very", "quite", "just", "even", "ever", "been", "be",
    "being", "a", "an", "any", "much", "more", "most", "particularly", "exactly", "yet", "still",
    "always", "as", "in", "least", "bit", "kind", "sort", "of",
)  # fmt: skip

# Degree words that VADER's table of feelings counts as praise of their own.
MORE_BOOSTERS = ("super", "pretty", "too")

REQUESTS = ("please", "pls", "plz", "kindly", "need", "asap")
MODALS = ("can", "could", "would", "will", "may", "might")
ASKED = ("you", "u", "ya", "i", "we", "someone", "somebody", "anyone", "anybody", "it", "this")
QUESTION_OPENERS = (
    "where", "when", "why", "how", "what", "which", "who", "is", "are", "do", "does", "did",
    "has", "have", "can", "could", "will", "would", "any", "anything", "anyone",
)  # fmt: skip

PROBLEMS = (
    "still", "again", "broken", "problem", "problems", "issue", "issues", "error", "errors",
    "fault", "faulty", "waiting", "late", "delayed", "delay", "delays", "lost", "missing",
    "wrong", "refused", "refuse", "failed", "failing", "fails", "stuck", "unable", "cancelled",
    "canceled", "damaged", "cracked", "crashing", "crashes", "ignored", "unresolved", "unanswered",
    "overcharged", "disconnected", "hold", "complaint", "trouble", "unfortunately",
)  # fmt: skip
RESOLVED = (
    "solved", "resolved", "fixed", "sorted", "works", "working", "worked", "arrived", "received",
    "refunded", "done", "found", "back", "corrected", "replaced", "reversed",
)  # fmt: skip
# Before a word of RESOLVED, these say that it is awaited, not reported.
AWAITING = ("still", "until", "if", "once", "when", "get", "getting", "be", "stopped", "stop",
            "unless", "yet", "please", "to", "never", "nothing")  # fmt: skip

# After "no" these make it an answer, not a lack.
ANSWERED = (
    "i", "i'm", "i've", "i'll", "it", "it's", "that", "that's", "this", "we", "you", "they",
    "he", "she", "no", "not", "need", "other", "more", "further", "nothing", "doubt", "matter",
    "its", "im", "there", "because", "don't", "just", "please", "thank", "thanks", "but",
    "sir", "maam",
)  # fmt: skip

# Said as one piece, worth this much as one piece. A value of 0 also keeps the words in it from
# negating, boosting or scoring by themselves.
FIXED = (
    ("not only", 0.0), ("no problem", 0.5), ("no problems", 0.5), ("no problem at all", 0.8),
    ("not a problem", 0.5), ("no issue", 0.5), ("no issues", 0.5), ("no worries", 0.5),
    ("not to worry", 0.3), ("don't worry", 0.3), ("no complaints", 1.2), ("can't complain", 1.2),
    ("no trouble", 0.5), ("no rush", 0.3), ("no hurry", 0.3), ("no doubt", 0.0),
    ("without doubt", 0.0), ("without a doubt", 0.0), ("no idea", 0.0), ("no matter", 0.0),
    ("no thanks", 0.0), ("no thank you", 0.0), ("not sure", 0.0), ("nothing else", 0.0),
    ("no other questions", 0.0), ("no more questions", 0.0), ("why not", 0.0),
    ("can't thank you enough", 3.0), ("can't thank you all enough", 3.0),
    ("can't praise", 2.0), ("can't recommend", 0.0), ("can't fault", 2.0),
    ("couldn't be happier", 3.0), ("couldn't be better", 2.7), ("couldn't be easier", 2.0),
    ("couldn't be simpler", 2.0), ("couldn't be prouder", 2.7), ("couldn't be worse", -2.7),
    ("couldn't be more", 0.0), ("couldn't have been more", 0.0), ("can't be more", 0.0),
    ("couldn't be any more", 0.0), ("couldn't ask for", 1.0), ("couldn't have asked for", 1.0),
    ("can't go wrong", 1.5),
    ("not bad", 1.2), ("not too bad", 1.0), ("not so bad", 1.0), ("not that bad", 0.8),
    ("not half bad", 1.2), ("not the worst", 0.3), ("not the best", -1.2),
    ("no longer works", -2.0), ("no longer work", -2.0), ("no longer working", -2.0),
    ("no longer responds", -1.8), ("no longer available", -0.8), ("stopped working", -1.8),
    ("stop working", -1.5), ("never again", -2.2), ("never had a problem", 1.2),
    ("never had any problems", 1.2), ("never had an issue", 1.2), ("never mind", 0.0),
    ("never been so", 0.0), ("never been this", 0.0), ("never been more", 0.0),
    ("never felt so", 0.0), ("never felt this", 0.0), ("never seen such", 0.0),
    ("never had such", 0.0), ("never seen so", 0.0), ("never so", 0.0),
    ("never been happier", 3.0), ("never been better", 2.7), ("never been worse", -2.7),
    ("can't believe how", 0.0), ("can't believe the", 0.0), ("can't believe this", 0.0),
    ("can't believe", 0.0), ("couldn't believe", 0.0), ("nothing but", 0.0),
    ("can't stand", -2.0), ("fed up", -1.8), ("screwed up", -1.5), ("had enough", -1.8),
    ("can't wait to", 0.5), ("don't hesitate", 0.0), ("can't help but", 0.0),
    ("was working", 0.0), ("nothing works", -2.0), ("expected better", -1.5),
    ("deserve better", -1.5), ("could be better", -0.8), ("had better", 0.0), ("you better", 0.0),
    ("you'd better", 0.0), ("calm down", 0.0),
    ("no help", -1.8), ("no use", -1.5), ("no support", -1.5), ("no good", -1.8),
    ("don't care", -2.0), ("doesn't care", -2.0), ("didn't care", -2.0),
    ("nobody cares", -2.0), ("nobody care", -2.0), ("no one cares", -2.0),
    ("couldn't care less", -2.2), ("your fault", -1.7), ("a joke", -2.0),
    ("as a joke", 0.0), ("for a joke", 0.0), ("for the love of", 0.0), ("fair use", 0.0),
    ("fucking joke", -3.0),
    ("yeah right", -2.0), ("not happy at all", -2.2), ("free of charge", 0.0),
    ("by mistake", 0.0), ("take care", 0.0), ("in advance", 0.0), ("happy to help", 0.0),
    ("good morning", 0.0), ("good afternoon", 0.0), ("good evening", 0.0), ("good day", 0.0),
    ("good night", 0.0), ("happy birthday", 0.0), ("happy new year", 0.0),
    ("merry christmas", 0.0), ("nice to meet you", 0.0), ("all the best", 0.0),
    ("kind regards", 0.0), ("kindest regards", 0.0), ("best regards", 0.0),
    ("warm regards", 0.0), ("warmest regards", 0.0), ("best wishes", 0.0),
    ("with best wishes", 0.0), ("thank god", 0.0), ("thank goodness", 0.0),
    ("thanks to", 0.0), ("good luck", 0.0), ("as good as", 0.0), ("the good news", 0.0),
    ("customer service", 0.0), ("customer care", 0.0), ("customer support", 0.0),
    ("best way", 0.0), ("best time", 0.0), ("best number", 0.0), ("best before", 0.0),
    ("great britain", 0.0), ("good faith", 0.0), ("dead wrong", -2.1),
    ("i like", 1.5), ("really like", 1.5), ("we like", 1.5), ("i liked", 1.5), ("we liked", 1.5),
    ("don't like", -1.1), ("didn't like", -1.1), ("doesn't like", -1.1),
)  # fmt: skip

# The reach of a wish or of a negation opened by more than one word.
FIXED_WISHES = ("would be", "would have been", "it'd be", "that'd be", "should be")
# "Have a great day"; "it was a great day" is a report.
GOOD_WORDS = ("good", "great", "nice", "lovely", "wonderful", "fantastic", "blessed", "beautiful")
GOOD_TIMES = ("day", "evening", "night", "weekend", "week", "morning", "afternoon", "one", "rest")
FIXED_DAMPENERS = ("kind of", "sort of", "just enough")
FIXED_NEGATORS = ("no longer", "far from", "anything but", "not exactly", "not all that",
                  "lack of", "instead of", "no one", "none of")  # fmt: skip

# A thing one loses oneself is a service request: "lost card", "I lost my phone".
OWN_THINGS = ("card", "cards", "phone", "password", "pin", "key", "keys", "wallet", "passport")

# Emoji whose names hold no word of feeling, or a misleading one. 👏 and 🙄 say too little alone.
EMOJI = (
    ("😡", -2.7), ("🤬", -3.2), ("😤", -1.6), ("😒", -1.5), ("👎", -2.0), ("🤦", -1.5),
    ("😑", -1.0), ("😐", -0.5), ("☹", -1.8), ("🙁", -1.5), ("😩", -1.6), ("😫", -1.6),
    ("😞", -1.9), ("😔", -1.5), ("😭", -1.8), ("💔", -2.0), ("🤮", -2.5), ("👍", 1.4),
    ("🙌", 1.6), ("👌", 1.2), ("❤", 2.5), ("🎉", 2.0), ("🙏", 0.0), ("👏", 0.0), ("🙄", 0.0),
    ("🙃", 0.0), ("🔥", 0.0), ("💀", 0.0), ("😂", 0.5), ("🤣", 0.5),
)  # fmt: skip
EMOJI_MOST = 2.5
