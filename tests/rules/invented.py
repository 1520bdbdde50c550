"""Nothing invented: over generated chats and playbooks, suggestions name only what is known.

No option, sum, hours or date is shown that is in neither the chat nor the playbook for its cause.
`python tests/rules/invented.py --chats 1000` prints the counts and ends with 1 where one is found.
What is checked is the shown text alone, by words; how it was made is not asked.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assist.core.offers import known_causes
from assist.core.playbook import (
    Authority,
    Hours,
    Offer,
    OfferKind,
    Opening,
    Playbook,
    Route,
    Sum,
    Tone,
)
from assist.core.suggestions import Suggestion
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Opened, Role, Tick, Turn
from assist.line import Line, load_line

CAUSES = tuple(name[6:] for name in TECHNIQUES if name.startswith("cause."))
SAID = (
    "hi, my parcel still hasn't arrived", "the lamp arrived broken and I'm annoyed",
    "you charged me twice, 24.90 €, I'm so angry", "I got the wrong item", "so what now",
    "the dress is not as described", "it says delivered but my parcel is not here",
    "I want my money back", "can I get a replacement", "what are my options", "this is ridiculous",
    "that's unfair", "I've been waiting 3 weeks for it", "nobody answers my emails",
    "your returns policy is unfair", "it's only 4.99 EUR and I'm furious", "order 3321",
    "get me your manager", "then who can?", "I insist", "yes please do that", "ok thanks",
    "this is UNACCEPTABLE!!! I'm furious", "I've been passed around four departments",
    "third time I write about this", "they both blame each other",
    "I'm worried it is lost", "I'll post this everywhere", "you idiot",
    "the app is unclear, nobody explains it", "any news?", "I'm cancelling everything",
    "great, that solved it", "my internet keeps dropping, still not fixed as you promised",
    "I'll sue you", "when will it come then", "my brother is ill and now this",
    "Friday is too late", "give me 15 % off then", "perfect, thank you so much",
)  # fmt: skip
ANSWERED = (
    "Hi, which order is it?", "We can't refund sale items.", "That's on us, it was never packed.",
    "I can send a new one. Shall I?", "I'm checking with the depot now.",
    "I'd have to ask my manager.",
    "I'm sorry that it never came.", "You're waiting for the parcel, is that right?",
    "I'll call you back at 5 pm.", "That must be frustrating.", "It should be there on Tuesday.",
    "Please stop insulting me.", "I still have to say no to that.", "Thanks for the photo.",
)  # fmt: skip
# Words that no company uses, so that a line that has one can only have it from this playbook.
WORDS = (
    "blorvit", "quandle", "fripsen", "mozzick", "tavelor", "snurble", "dreckle", "pontivar",
    "glimsey", "wochter", "yandrop", "kelvitz",
)  # fmt: skip
OPTIONS = re.compile(
    r"\b(refund\w*|money back|replac\w*|voucher\w*|discount\w*|% off|store credit|gift cards?|"
    r"compensat\w*|free of charge|for free|free (?:delivery|shipping|months?|returns?)|waiv\w*|"
    r"exchang\w*|upgrad\w*|rebat\w*|half off)\b",
    re.IGNORECASE,
)
DATES = re.compile(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|"
    r"august|september|october|november|december|tomorrow|tonight|today|next (?:week|month)|noon|"
    r"midnight|this (?:afternoon|evening|morning|week)|end of (?:the )?(?:day|week))\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|an?)"
    r"(?= (?:minutes|hours?|days?|weeks?|months?|euros?|pounds?|dollars?)\b)",
    re.IGNORECASE,
)
FIGURES = re.compile(r"\d+(?:[.,:]\d+)*")
OPEN = re.compile(r"\[[a-z ]+\]")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Invented:
    """A word that nobody said: which, and which rule shows it."""

    word: str
    rule: str


def a_playbook(chance: random.Random) -> Playbook:
    """Return a playbook of invented words, each key there or not."""
    words = list(WORDS)
    chance.shuffle(words)
    sum_ = Sum(amount=Decimal(chance.randint(6, 60)), unit="EUR", text="")
    sum_ = replace(sum_, text=f"{sum_.amount} EUR")
    offers = tuple(_offer(chance, word, sum_) for word in words[: chance.randint(0, 5)])
    middle = tuple(
        replace(_offer(chance, word, sum_), instead_of=chance.choice([None, OfferKind.REFUND]))
        for word in words[5 : 5 + chance.randint(0, 2)]
    )
    hours = Hours(
        text=f"Mon-Fri {chance.randint(6, 8)}:35-18:05",
        openings=(Opening(days=frozenset(range(5)), start=400, end=1085),),
    )
    routes = tuple(
        Route(name=f"the {word} desk", causes=_causes(chance), hours=chance.choice([None, hours]))
        for word in words[8 : 8 + chance.randint(0, 2)]
    )
    return Playbook(
        name="made up",
        offers=offers,
        middle_grounds=middle,
        routes=routes,
        call_back=chance.choice([None, hours]),
        tone=chance.choice(list(Tone)),
        banned=tuple(chance.sample(["shall", "right away", "promise"], chance.randint(0, 2))),
        authority=chance.choice([None, Authority(kinds=tuple(OfferKind), up_to=sum_)]),
    )


def _offer(chance: random.Random, word: str, sum_: Sum) -> Offer:
    kind = chance.choice(list(OfferKind))
    up_to = None if kind is OfferKind.HELP else chance.choice([None, sum_])
    text = f"{word} it" + (" for {sum}" if up_to else "")
    return Offer(text=text, kind=kind, causes=_causes(chance), up_to=up_to)


def _causes(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.sample(CAUSES, chance.randint(0, 3)))


def a_chat(chance: random.Random) -> Iterator[Turn | Tick]:
    """Yield the events of a chat: mostly customer and agent in turn, now and then silence."""
    at, asked = AT, True
    for number in range(chance.randint(3, 12)):
        at += timedelta(seconds=chance.choice([5, 30, 90]))
        if chance.random() < 0.05:
            at += timedelta(seconds=600)
            yield Tick(at=at)
        said = chance.choice(SAID if asked else ANSWERED)
        role = Role.CUSTOMER if asked else Role.AGENT
        yield Turn(id=f"t{number}", role=role, text=said, at=at)
        asked = chance.random() < 0.2 if asked else True


def invented(
    suggestion: Suggestion, said: str, playbook: Playbook, causes: tuple[str, ...]
) -> list[Invented]:
    """Return what a suggestion names that neither the chat nor the playbook has for its causes."""
    shown = OPEN.sub(" ", " ".join((*suggestion.lines, suggestion.why)))
    between = replace(playbook, offers=playbook.middle_grounds)
    offers = (*playbook.for_causes(causes), *between.for_causes(causes))
    routes = [r for r in playbook.routes if not r.causes or set(r.causes) & set(causes)]
    known = [offer.words for offer in offers]
    known += [text for route in routes for text in (route.name, route.hours and route.hours.text)]
    known += [playbook.call_back.text] if playbook.call_back else []
    source = f"{said} {' '.join(filter(None, known))}".lower()
    named = {
        match.group().lower()
        for kind in (OPTIONS, DATES, COUNTED, FIGURES)
        for match in kind.finditer(shown)
    }
    named |= {word for word in WORDS if word in shown.lower()}
    return [Invented(word, suggestion.rule) for word in sorted(named) if not _in(word, source)]


def _in(word: str, source: str) -> bool:
    return re.search(rf"(?<![\w.,:]){re.escape(word)}(?![\w])", source) is not None


def played(line: Line, chance: random.Random) -> tuple[int, list[Invented]]:
    """Return how many suggestions a generated chat got, and what in them was invented."""
    playbook = a_playbook(chance)
    line = replace(line, guidance=replace(line.guidance, playbook=playbook))
    name = chance.choice([None, "Sam Jones"])
    conversation = line.begin(f"c{chance.random()}")
    conversation = line.step(conversation, Opened(customer_name=name)).conversation
    said, count, found = name or "", 0, []
    for event in a_chat(chance):
        if isinstance(event, Turn):
            said += f" {event.text}"
        before = {card.id for card in conversation.standing}
        conversation = line.step(conversation, event).conversation
        for card in conversation.standing:
            if card.id not in before:
                count += 1
                found += invented(card, said, playbook, known_causes(conversation))
    return count, found


def main() -> int:
    """Print how many suggestions were looked at and what was invented; 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    chosen = parser.parse_args()
    line, chance = load_line(), random.Random(chosen.seed)
    shown, found = 0, []
    for _ in range(chosen.chats):
        count, more = played(line, chance)
        shown, found = shown + count, found + more
    for one in sorted(set(found), key=lambda one: (one.rule, one.word)):
        print(f"{one.rule}: {one.word!r}")
    print(f"{chosen.chats} chats, {shown} suggestions, {len(found)} inventions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
