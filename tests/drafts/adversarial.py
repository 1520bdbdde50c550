"""Drafts that try to make a rewording lie, and an oracle that tells whether one did.

Run: `.venv/bin/python tests/drafts/adversarial.py` (`--failures` lists each fault, `--offers` each
rewrite offered). Ends with 1 where anything is wrong.
The drafts of `adversarial.jsonl` were written by hand, one by one; the others are put together here
from parts, always the same. The oracle (`oracle.py`) shares no code with the product's own laws.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path
from random import Random
from types import ModuleType

from assist.core.conversation import Conversation
from assist.core.rewrites import Review
from assist.core.turns import Draft
from assist.line import Line, load_line

HERE = Path(__file__)
COMBINED = 1200
FURTHER = 150
SEED = 20260301


def _beside(name: str) -> ModuleType:
    spec = spec_from_file_location(f"drafts_{name}", HERE.with_name(f"{name}.py"))
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ORACLE = _beside("oracle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A draft, what must stand in every rewrite of it, what must not, and what must be offered."""

    id: str
    draft: str
    keeps: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    becomes: str = ""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was offered, and what was wrong with it."""

    drafts: int = 0
    rewritten: int = 0
    rewrites: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)


def written() -> tuple[Item, ...]:
    """Return the drafts written by hand."""
    lines = HERE.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(
        Item(
            id=said["id"],
            draft=said["draft"],
            keeps=tuple(said["keeps"]),
            never=tuple(said["never"]),
            becomes=said.get("becomes", ""),
        )
        for said in map(json.loads, lines)
    )


# --- parts; `~` marks those after which the refusal has to stay
_BEFORE = (
    "", "", "", "Unfortunately, ", "Sadly ", "Hi Ana, ", "I understand, but ", "Sorry, but ",
    "Thanks for waiting. ", "Order 88213: ", "Please note that ", "Yes, but ",
    "~My manager says ", "~You said '", "~I think ", "~If ", "~It's not true that ",
)  # fmt: skip
_WHO = (
    ("we", "we", "are"), ("we", "we", "are"), ("I", "I", "am"), ("they", "they", "are"),
    ("Maria", "Maria", "is"), ("the warehouse team", "the warehouse team", "is"),
    ("our courier", "courier", "is"), ("Dr Lee", "Dr Lee", "is"), ("you", "you", "are"),
)  # fmt: skip
_NO = ("can't", "can’t", "cannot", "cant", "can not", "won't be able to", "{be} unable to",
       "{be} not able to", "currently can't")  # fmt: skip
_ACT = (
    "refund the £49.99", "send order #AB-1234", "change the booking to 14:30", "move it to 3 May",
    "open https://shop.example/r/7", "reset the login of ana@example.com", "ship 2 of the 5 lamps",
    "refund or replace it", "process any refunds", "exchange it", "help", "cancel an item",
    "activate the SIM", "send it and the cable", "issue credit note C-77", "deliver to Zürich",
    "~promise a refund", "~guarantee delivery", "hold seat 12A", "keep the table",
    "~commit to Friday", "~give medical advice", "~touch the live wire", "~refund anything",
    "~approve the claim", "~ship it even", "~say if it is covered", "~see a payment",
)  # fmt: skip
_WHEN = (
    "until the parcel is back", "until Friday", "until 14 May at 9:30", "till tomorrow",
    "before the payment clears", "before 5pm", "unless you confirm your email", "unless Ben agrees",
    "without your order number", "without a receipt", "until after the 5th",
    "until you've sent photo 3", "until the part arrives in Leeds", "unless it's sealed",
    "before seeing the invoice", "until the end of June",
    "~without losing your deposit", "~without charging you £20", "~without cancelling the rest",
    "~until you don't need it", "~until Friday even if you pay", "~unless you never opened it",
    "~until Friday unless you pay", "~after 30 days", "~whether or not you pay", "~as it is used",
    "~except on Mondays", "~until then", "~until further notice", "~as long as it is open",
)  # fmt: skip
_AFTER = (
    ".", ".", ".", "", "!", ", sorry.", ", I'm afraid.", " 😊", ". Your number is 88213.",
    ". Thank you, Ana!", "...", ". I'll get back to you.", "~?", "~ because of the strike.",
    "~, and never will.", ". Sorry for the inconvenience.",
)  # fmt: skip


def combined(most: int = COMBINED) -> tuple[Item, ...]:
    """Return so many of the drafts that the parts can make, spread over all of them."""
    pick = Random(SEED).choice
    items: dict[str, Item] = {}
    for number in range(6 * most):
        opening, who = pick(_BEFORE), pick(_WHO)
        rest = (pick(part) for part in (_NO, _ACT, _WHEN, _AFTER))
        item = _item(f"combined-{number:04d}", opening, who, *rest)
        items.setdefault(item.draft, item)
    # Half of them are drafts in which nothing keeps the refusal, so that enough is offered.
    free = [item for item in items.values() if not item.never]
    kept = [item for item in items.values() if item.never]
    half = min(len(free), most // 2)
    return (*free[:half], *kept[: most - half])


_OTHER = ("replace it", "send it to Leeds", "post it on Monday", "do it for £5", "credit £4.50")
_SINGULAR = ("the refund", "your plan", "the courier", "it", "Maria", "the next update", "our bank")
_HAPPENS = ("go out", "start", "ship", "reply", "process it", "apply", "arrive", "have it", "stop")


def further(most: int = FURTHER) -> tuple[Item, ...]:
    """Return drafts that name another way, and drafts that say what does not happen until when."""
    others = Random(SEED).sample(list(product(_BEFORE[3:8], _WHO, _NO, _ACT, _OTHER)), most)
    happens = Random(SEED).sample(list(product(_SINGULAR, _HAPPENS, _WHEN, _AFTER)), most)
    return (
        *(_other(f"other-{number:03d}", *parts) for number, parts in enumerate(others)),
        *(_happens(f"happens-{number:03d}", *parts) for number, parts in enumerate(happens)),
    )


def _other(name: str, opening: str, who: tuple[str, str, str], *rest: str) -> Item:
    no, act, other = rest
    refusal = f"{no.format(be=who[2])} {act.removeprefix('~')}"
    return Item(
        id=name,
        draft=f"{opening}{who[0]} {refusal} but can {other}.",
        keeps=(refusal, f"can {other}", who[1]),
        never=(f"can {act.removeprefix('~')}",),
    )


def _happens(name: str, who: str, verb: str, when: str, tail: str) -> Item:
    stays = any(part.startswith("~") for part in (when, tail))
    when, tail = when.removeprefix("~"), tail.removeprefix("~")
    held = (f"{who} doesn't {verb}",) if stays else ()
    condition = when.partition(" ")[2].removeprefix("after ")
    draft = f"Unfortunately {who} doesn't {verb} {when}{tail}"
    return Item(id=name, draft=draft, keeps=(who, condition, *held))


def _item(name: str, opening: str, who: tuple[str, str, str], *rest: str) -> Item:
    no, act, when, tail = rest
    refusal = no.format(be=who[2])
    parts = (opening, act, when, tail)
    lasts = act.startswith(("hold", "keep")) and when.startswith(("until ", "till ", "before "))
    stays = lasts or any(part.startswith("~") for part in parts)
    opening, act, when, tail = (part.removeprefix("~") for part in parts)
    begins = opening in {"", "Thanks for waiting. "}
    said = f"{who[0]} {refusal} {act} {when}"
    if begins:
        said = said[:1].upper() + said[1:]
    if opening.endswith("'"):
        tail = f"'{tail}"
    condition = when.partition(" ")[2].removeprefix("after ")
    facts = (act.partition("any ")[2] or act, condition, who[1])
    held = (f"{refusal} {act}", f"can {act}") if stays else ()
    return Item(
        id=name,
        draft=f"{opening}{said}{tail}",
        keeps=(*facts, *held[:1]),
        never=held[1:],
    )


def measured(line: Line, items: tuple[Item, ...]) -> Tally:
    """Return the tally of these drafts."""
    tally, plain = Tally(), _without_opinions(line)
    for item in items:
        review = line.review(Conversation(id="adversarial"), Draft(text=item.draft))
        offered = dict(_offers(review))
        tally.drafts += 1
        tally.rewritten += bool(offered)
        tally.rewrites += len(offered)
        if item.becomes and item.becomes not in offered:
            _book(tally, "not offered", item, f"{item.becomes} (offers {list(offered)})")
        for text, rules in offered.items():
            tally.offers.append(f"{item.id} [{'+'.join(rules)}]\n  {item.draft}\n  {text}")
            first = plain.review(Conversation(id="adversarial"), Draft(text=item.draft))
            for fault in (*_faults(line, item, text), *_repeats(plain, first, text, rules)):
                _book(tally, fault.partition(":")[0], item, f"{text} [{fault}]")
    return tally


def _without_opinions(line: Line) -> Line:
    """Return the line that rewrites are held to: what a model holds likely is asked of none."""
    return replace(line, guidance=replace(line.guidance, opinions=()))


def _offers(review: Review) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return each rewrite with the rules it is offered for; a combined one stands for several."""
    for finding in review.findings:
        for number, rewrite in enumerate(finding.rewrites):
            joined = tuple(
                other.rule
                for other in review.findings
                if other.rewrites and set(other.rewrites[0].edits) <= set(rewrite.edits)
            )
            yield rewrite.text, joined if number else (finding.rule,)


def _faults(line: Line, item: Item, text: str) -> Iterator[str]:
    said = ORACLE.plain(text).replace("what i can do is [next step]", "")
    yield from (f"lost fact: {fact}" for fact in item.keeps if ORACLE.plain(fact) not in said)
    draft = ORACLE.plain(item.draft)
    yield from (
        f"invented promise: {lie}"
        for lie in item.never
        if said.count(ORACLE.plain(lie)) > draft.count(ORACLE.plain(lie))
    )
    yield from ORACLE.faults(item.draft, text, _swaps(line))


def _swaps(line: Line) -> tuple[tuple[str, str], ...]:
    rules = line.guidance.pack.rules
    return tuple((swap.old, swap.new) for rule in rules for swap in rule.swaps)


def _slots_filled(text: str) -> str:
    """Return a rewrite as an agent would send it: an open slot left in a draft is a finding."""
    return text.replace("[time]", "5 pm").replace("[", "").replace("]", "")


def _repeats(line: Line, before: Review, text: str, rules: tuple[str, ...]) -> Iterator[str]:
    """Tell what a second review of the rewrite still finds, or finds anew."""
    after = line.review(Conversation(id="adversarial"), Draft(text=_slots_filled(text)))
    had, has = (Counter(f.technique for f in review.findings) for review in (before, after))
    yield from (f"not idempotent: finds {technique} anew" for technique in has - had)
    was, still = (
        Counter(f.rule for f in review.findings if f.rewrites) for review in (before, after)
    )
    yield from (
        f"not idempotent: {rule} again" for rule in rules if still[rule] >= max(1, was[rule])
    )


def _book(tally: Tally, fault: str, item: Item, told: str) -> None:
    tally.faults[fault] += 1
    tally.failures.append(f"{item.id} {fault}\n  {item.draft}\n  {told}")


def main() -> int:
    """Print what was measured, and tell whether all was well."""
    items = (*written(), *combined(), *further())
    tally = measured(load_line(), items)
    print(f"drafts: {tally.drafts} ({len(written())} by hand)")
    print(f"drafts with a rewrite: {tally.rewritten}")
    print(f"rewrites: {tally.rewrites}")
    for fault in (*ORACLE.FAULTS, "not idempotent", "not offered"):
        print(f"{fault}: {tally.faults[fault]}")
    if "--failures" in sys.argv:
        print(*tally.failures, sep="\n")
    if "--offers" in sys.argv:
        print(*tally.offers, sep="\n")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
