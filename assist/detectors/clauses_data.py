"""The words by which clauses are told apart; plain data, one line of reason each."""

NOT = frozenset(
    (
        "n't", "never", "not", "nt",
    )
)  # fmt: skip
CAN = frozenset(
    (
        "ca", "can", "can't", "cant", "could",
    )
)  # fmt: skip
WILL = frozenset(
    (
        "'ll", "will", "wo", "won't", "wont", "would",
    )
)  # fmt: skip
DO = frozenset(
    (
        "do", "does",
    )
)  # fmt: skip
ABLE = frozenset(
    (
        "able", "accepted", "allowed", "authorised", "authorized", "available",
        "covered", "eligible", "entitled", "exchangeable", "exchanged", "extended",
        "feasible", "given", "granted", "honored", "honoured", "included", "issued",
        "negotiable", "offered", "permitted", "possible", "provided", "refundable",
        "refunded", "reimbursed", "reopened", "stocked", "supported", "transferable",
        "valid", "waived",
    )
)  # fmt: skip
"""What is denied by a refusal: "isn't possible", "not accepted"."""
UNABLE = frozenset(
    (
        "final", "impossible", "ineligible", "non-refundable", "nonrefundable",
        "powerless", "unable", "unavailable",
    )
)  # fmt: skip
"""What refuses by itself."""
NO_WAY = frozenset(
    (
        "authority", "chance", "choice", "control", "means", "option", "possibility",
        "provision", "way",
    )
)  # fmt: skip
""""There is no way", "we have no control"."""
SERVICES = frozenset(
    (
        "accept", "allow", "apply", "arrange", "backdate", "book", "carry", "cater", "combine",
        "come", "compensate", "cover", "deal", "deliver", "dispatch", "do", "exchange",
        "extend", "fix", "give", "go", "grant", "handle", "hold", "include", "install", "insure",
        "issue", "keep", "lend", "let", "negotiate", "offer", "operate", "pay", "permit", "post",
        "price", "process", "prorate", "provide", "refund", "reimburse", "rent", "repair",
        "replace", "reserve", "return", "see", "send", "serve", "ship", "stock", "store", "stretch",
        "support", "swap", "take", "treat", "upgrade", "waive",
    )
)  # fmt: skip
"""What a business does for people: "we don't ship to …"."""
IDLE = frozenset(
    (
        "afford", "agree", "apologise", "apologize", "argue", "be", "believe", "bill", "billed",
        "blame", "charge", "charged", "complain", "decide", "emphasise", "emphasize", "explain",
        "express", "fault", "find", "guarantee", "have", "hear", "help", "hurt", "imagine",
        "know", "locate", "lose", "miss", "overstate", "promise", "recommend", "remember",
        "reproduce", "say", "see", "speak", "spot", "stress", "tell", "thank", "think", "trace",
        "understand", "wait",
    )
)  # fmt: skip
""""I can't wait", "I can't find it": nothing is refused."""
SUPPOSING = frozenset(
    (
        "although", "if", "though", "unless", "when", "whenever", "whether",
    )
)  # fmt: skip
HAPPENS = frozenset(
    (
        "arrive", "be", "been", "deserve", "deserved", "end", "ended",
        "enjoyed", "expect", "expected", "experience", "experienced", "feel", "felt",
        "find", "found", "get", "got", "gotten", "had", "has", "have", "hear", "heard",
        "knew", "know", "enjoy",
        "like", "liked", "need", "needed", "receive", "received", "see", "seen", "sign", "want",
        "wanted", "was", "were",
    )
)  # fmt: skip
"""What happens to the reader and is nobody's fault of theirs."""
FAULTS = frozenset(
    (
        "broke", "broken", "caused", "damaged", "fail", "failed", "forget", "forgot", "forgotten",
        "ignore", "ignored", "mislaid",
        "mislay", "misplace", "misplaced", "misread", "miss", "missed", "misspell",
        "misspelled", "misspelt", "mistype", "mistyped", "misunderstand",
        "misunderstood", "neglect", "neglected", "omit", "omitted", "overlook",
        "overlooked", "refuse", "refused", "skip", "skipped",
    )
)  # fmt: skip
"""Verbs that blame by themselves."""
HARM = frozenset(
    (
        "break", "cause", "damage", "harm", "lose", "spoil",
    )
)  # fmt: skip
"""What the reader is cleared of where it is denied."""
WRONG = frozenset(
    (
        "false", "incomplete", "incorrect", "invalid", "outdated", "wrong",
    )
)  # fmt: skip
WRONGLY = frozenset(
    (
        "improperly", "incorrectly", "late", "wrong", "wrongly",
    )
)  # fmt: skip
CONDITIONS = frozenset(
    (
        "before", "till", "unless", "until", "without",
    )
)  # fmt: skip
HEDGES = frozenset(
    (
        "ca", "can", "could", "may", "might", "must", "would",
    )
)  # fmt: skip
SAYING = frozenset(
    (
        "asked", "mean", "meant", "mentioned", "said", "say", "says", "sorry", "tell", "think",
        "thought", "told", "understand", "write", "wrote",
    )
)  # fmt: skip
"""What the reader said or what is said of it is no refusal."""

OURS = frozenset(("i", "we", "system", "team", "company", "policy", "warehouse", "bank", "they"))
"""Subjects whose "won't" is a refusal."""
THINGS = frozenset(("something", "thing", "things", "feature", "service", "area"))
"""What "we don't do" may describe and still refuse."""
NO_OFFER = frozenset(
    (
        "responsible", "liable", "reasonable", "acceptable", "comfortable", "visible", "reliable",
        "stable", "noticeable", "reachable", "terrible", "horrible", "comparable", "capable",
    )
)  # fmt: skip
"""Words in -able that say nothing of what can be had."""
