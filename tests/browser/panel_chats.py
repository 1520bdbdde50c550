"""The chats of the panel's stand-in: what was said in them, and what the service has to say of it.

The law: data, and the few functions that count the places in it.
"""

from typing import Any

Json = dict[str, Any]

TURNS: dict[str, list[tuple[str, str]]] = {
    "late": [
        ("customer", "hi me again 👋 order 48213 was meant to be here THURSDAY"),
        ("agent", "Hi Hannah, you're through to Priya. Just opening your order now."),
        ("customer", "i spoke to someone on saturday and they said monday at the latest"),
        ("customer", "its for my sons party and thats tomorrow"),
        ("agent", "I'm ringing the depot now, I will tell you by 11:00."),
        ("customer", "thank you, that would be lovely"),
        ("customer", "so did anyone actually do anything since then or"),
    ],
    "angry": [
        ("customer", "THIRD time I write. You charged me twice and nobody answers!"),
        ("agent", "Let me look into both charges."),
        ("customer", "I want your manager. Now. Or my bank and my lawyer hear of it."),
    ],
    "fresh": [],
    "long": [],
}


def turns(name: str) -> list[Json]:
    """Return the turns of a chat, a minute apart."""
    return [
        {"id": f"{name}-{n}", "role": role, "text": text, "at": f"2026-03-02T10:{30 + n}:00Z"}
        for n, (role, text) in enumerate(TURNS.get(name, ()), 1)
    ]


def evidence(name: str, number: int, *quotes: str) -> list[Json]:
    """Return evidence for each quote in a chat's turn, counted in code points."""
    text = TURNS[name][number - 1][1]
    return [
        {
            "turn": f"{name}-{number}",
            "span": [text.index(quote), text.index(quote) + len(quote)],
            "cue": "late",
            "source": "rule:late",
        }
        for quote in quotes
    ]


def suggestion(name: str, technique: str, lines: list[str], why: str, **more: Any) -> Json:
    """Return a suggestion; a bracketed word in a line is an open slot."""
    slots = [
        {
            "name": line[line.index("[") + 1 : line.index("]")],
            "line": number,
            "span": [line.index("["), line.index("]") + 1],
        }
        for number, line in enumerate(lines)
        if "[" in line
    ]
    made = {
        "id": name,
        "technique": technique,
        "rule": f"{technique}/late",
        "kind": "reply",
        "slots": slots,
        "lines": lines,
        "why": why,
        "evidence": [],
        "priority": 50,
        "expires_after_turn": 9,
    }
    return {**made, **more}


SUGGESTIONS: dict[str, list[Json]] = {
    "late": [
        suggestion(
            "s1",
            "empathy",
            [
                "A costume that misses the party is no use. I will know more by [time] today.",
                "You were promised Monday, and nobody kept it. I will find out by [time].",
            ],
            "They have been let down once; naming it comes before any fix.",
            evidence=evidence("late", 1, "meant to be here THURSDAY")
            + evidence("late", 4, "sons party"),
            priority=90,
        ),
        suggestion(
            "s2",
            "offer-choice",
            ["Would you rather have it sent again today, or your money back?"],
            "Two ways on, and theirs to pick.",
            evidence=evidence("late", 4, "tomorrow"),
            priority=60,
        ),
        suggestion(
            "s3",
            "time-bound",
            ["Say when you will be back."],
            "A wait with an end is a shorter wait.",
            kind="nudge",
            priority=40,
        ),
    ],
    "angry": [
        suggestion(
            "a1",
            "escalate-up",
            ["I am asking my manager to join us here, within [minutes] minutes."],
            "They asked for a manager and named legal steps.",
            kind="reply",
            priority=95,
            evidence=evidence("angry", 3, "I want your manager"),
        ),
    ],
}


def level(name: str) -> Json:
    """Return how a chat stands."""
    if name == "late":
        return {
            "level": "watch",
            "score": 0.42,
            "trend": "rising",
            "reasons": [
                {
                    "text": "a promised day has passed",
                    "weight": 0.24,
                    "evidence": evidence("late", 1, "meant to be here THURSDAY"),
                },
                {
                    "text": "asks whether anything was done",
                    "weight": 0.1,
                    "evidence": evidence("late", 7, "did anyone actually do anything"),
                },
                {
                    "text": "writes in capitals",
                    "weight": 0.06,
                    "evidence": evidence("late", 1, "THURSDAY"),
                },
                {"text": "the agent answered at once", "weight": -0.04, "evidence": []},
                {"text": "where any chat starts", "weight": 0.06, "evidence": []},
            ],
        }
    if name == "angry":
        return {
            "level": "critical",
            "score": 0.91,
            "trend": "rising",
            "reasons": [
                {
                    "text": "may take legal steps",
                    "weight": 0.4,
                    "evidence": evidence("angry", 3, "my lawyer"),
                },
                {
                    "text": "asks for a manager",
                    "weight": 0.3,
                    "evidence": evidence("angry", 3, "I want your manager"),
                },
            ],
        }
    return {"level": "calm", "score": 0.06, "trend": "steady", "reasons": []}


FEELINGS = {
    "late": [(1, -0.6), (3, -0.35), (4, -0.55), (6, 0.5), (7, -0.3)],
    "angry": [(1, -0.7), (3, -0.95)],
}
LEDGER: dict[str, list[Json]] = {
    "late": [
        {
            "id": "l1",
            "kind": "promise",
            "owner": "agent",
            "what": "tell Hannah what the depot says",
            "due": "2026-03-02T11:00:00Z",
            "state": "open",
            "evidence": evidence("late", 5, "I will tell you by 11:00"),
        },
        {
            "id": "l2",
            "kind": "promise",
            "owner": "company",
            "what": "deliver on Monday morning",
            "due": "2026-03-01T11:00:00Z",
            "state": "overdue",
            "evidence": evidence("late", 3, "monday"),
        },
        {
            "id": "l3",
            "kind": "agreement",
            "owner": "agent",
            "what": "ring the depot",
            "state": "kept",
            "evidence": [],
        },
    ],
}
RECORD: list[Json] = [
    {
        "part": "problem",
        "text": "The customer wrote: “order 48213 was meant to be here THURSDAY”",
        "evidence": evidence("late", 1, "meant to be here THURSDAY"),
    },
    {"part": "cause", "text": "Cause: Late."},
    {"part": "feeling", "text": "Sounded unhappy throughout."},
    {"part": "offered", "text": "Offered: “a second one by bike, before 7 tonight”"},
    {
        "part": "open",
        "text": "Promised: “tell Hannah what the depot says” (the agent; open)",
        "evidence": evidence("late", 5, "I will tell you by 11:00"),
    },
]
MOMENTS: dict[str, list[Json]] = {
    "late": [
        {
            "turn": "late-1",
            "shown": "s1",
            "held": [
                {"technique": "calm", "rule": "x/calm", "turn": "late-1", "reason": "budget"},
                {"technique": "thank", "rule": "x/thank", "turn": "late-1", "reason": "unsure"},
            ],
        },
        {
            "turn": "late-3",
            "held": [
                {"technique": "calm", "rule": "x/calm", "turn": "late-3", "reason": "resting"}
            ],
        },
    ],
}
COVERAGE = {
    "late": [
        {"technique": "first-response", "turns": ["late-2"]},
        {"technique": "personalise", "turns": ["late-2"]},
        {"technique": "inform-progress", "turns": ["late-5"]},
        {"technique": "warm-close", "turns": []},
    ],
}
REMARKS = {
    "Unfortunately": (
        "positive-language",
        "[time] is when I can",
        "Starts with what can’t be done.",
        "People hear the no and stop reading.",
    ),
    "calm down": (
        "calm-tone",
        "take a moment",
        "Tells them how to feel.",
        "Nobody has ever calmed down by being told to.",
    ),
}


def review(draft: str) -> Json:
    """Return the check of a draft: it dislikes two wordings."""
    findings = []
    for words, (technique, better, message, why) in REMARKS.items():
        if words not in draft:
            continue
        start = draft.index(words)
        swapped = f"{words} we can't" if f"{words} we can't" in draft else words
        text = draft.replace(swapped, better)
        fills = [{"name": "time", "span": [start, start + 6]}] if better.startswith("[") else []
        edits = [{"span": [start, start + len(swapped)], "text": better}]
        findings.append(
            {
                "technique": technique,
                "rule": f"{technique}/x",
                "span": [start, start + len(words)],
                "message": message,
                "why": why,
                "rewrites": [{"text": text, "edits": edits, "fills": fills}],
            }
        )
    after = 0.55 if findings else 0.36
    return {"findings": findings, "tension": {"before": 0.42, "after": after}}
