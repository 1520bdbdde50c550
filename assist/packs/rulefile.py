"""The shape of a rule file: one technique's rule, with the examples that prove it.

The law: a file's place is its id (`<pack>/<technique>/<rule>`), its keys are a closed set, and a
rule without enough texts that it must catch and must leave alone is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assist.core.phrasing import FACTS, OFFERED, slots_of
from assist.core.playbook import Playbook
from assist.core.rewording import REWORDINGS
from assist.core.rules import Mark, Rule, Swap, Watches
from assist.core.signals import AXES, Pull
from assist.core.suggestions import Kind
from assist.core.text import fold, lowered
from assist.packs.brackets import SLOTS, closed, slotted
from assist.packs.conditions import Conditions
from assist.packs.playbookfile import playbook
from assist.packs.yamlfile import Node

__all__ = ["FEWEST", "Example", "RuleFile", "example", "rule_file"]

FEWEST = 3

KEYS = frozenset(
    {
        "summary", "technique", "watches", "when", "unless", "needs", "say", "swap", "reword",
        "reads", "score", "reason", "cue", "pulls", "kind", "why", "source", "rest", "priority",
        "expires", "flags", "allows", "known-wrong", "within", "only-with-words",
        "second-opinion",
        "playbook",
    }
)  # fmt: skip
_REQUIRED = ("summary", "technique", "watches", "when", "why", "source", "flags", "allows")
_MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_TRY = frozenset({"text", "chat", "becomes", "because", "playbook"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text or a short chat, with the words a rule must find and the edit it must make.

    `chat` holds "Customer: …" and "Agent: …" lines said before `text`; `playbook` is the one that
    it is tried with, where it has its own.
    """

    text: str = field(repr=False)
    marked: tuple[str, ...] = field(default=(), repr=False)
    chat: tuple[str, ...] = field(default=(), repr=False)
    becomes: str | None = field(default=None, repr=False)
    playbook: Playbook | None = None
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """A rule with its proof, and the playbook that the proof is made with if it brings one.

    `cue` is where it names its family of cues, which then gives it its pulls.
    """

    rule: Rule
    file: str
    flags: tuple[Example, ...]
    allows: tuple[Example, ...]
    known_wrong: tuple[Example, ...] = ()
    playbook: Playbook | None = None
    cue: Node | None = None


def rule_file(node: Node, rule_id: str) -> RuleFile:
    """Return what the file says, or raise `PackError` at the place that is wrong."""
    keys = node.mapping("a rule file", KEYS)
    for key in _REQUIRED:
        if key not in keys:
            raise node.wrong(
                f"the key {key!r} is missing: write a line '{key}: …'", "pack.missing-key"
            )
    technique = keys["technique"].text("technique")
    if technique != rule_id.split("/")[-2]:
        raise keys["technique"].wrong(
            f"technique {technique!r} must be the name of the folder: "
            f"write {rule_id.split('/')[-2]!r}, or move the file",
            "pack.wrong-place",
        )
    watches = Watches(keys["watches"].one_of("watches", tuple(str(w) for w in Watches)))
    _one_job(node, watches)
    conditions = Conditions(rule_id)
    rule = Rule(
        id=rule_id,
        technique=technique,
        watches=watches,
        when=conditions.read(keys["when"]),
        unless=conditions.read(keys["unless"]) if "unless" in keys else None,
        summary=_sentence(keys["summary"], "summary"),
        why=_why(node),
        source=keys["source"].text("source"),
        mark=_mark(node) if "reads" in keys else None,
        kind=_kind(keys["kind"]) if "kind" in keys else Kind.REPLY,
        lines=_lines(node),
        needs=_slots(keys["needs"], "needs", (*FACTS, *OFFERED)) if "needs" in keys else (),
        swaps=_swaps(keys["swap"]) if "swap" in keys else (),
        rewordings=_rewordings(keys["reword"]) if "reword" in keys else (),
        rest=int(_number(node, "rest", 4, 1, 100)),
        priority=int(_number(node, "priority", 50, 0, 100)),
        expires=int(_number(node, "expires", 2, 1, 20)),
        by_sentence=_said_so(node, "within", "sentence"),
        only_with_words=_said_so(node, "only-with-words", "yes"),
        second_opinion=_said_so(node, "second-opinion", "yes"),
    )
    return RuleFile(
        rule=rule,
        file=node.file,
        flags=_examples(keys["flags"], "flags", marked=True),
        allows=_examples(keys["allows"], "allows", marked=False),
        known_wrong=_known(keys["known-wrong"]) if "known-wrong" in keys else (),
        playbook=playbook(keys["playbook"]) if "playbook" in keys else None,
        cue=_cue(keys),
    )


def _one_job(node: Node, watches: Watches) -> None:
    """Refuse a rule that does not do exactly the one thing its place in the line allows."""
    keys = node.mapping("a rule file")
    allowed = {
        Watches.CUSTOMER_TURN: {"reads", "say"},
        Watches.AGENT_TURN: {"reads"},
        Watches.CONVERSATION: {"say"},
        Watches.AGENT_DRAFT: {"swap", "reword"},
    }[watches]
    jobs = {key for key in ("reads", "say", "swap", "reword") if key in keys}
    wrong = jobs - allowed
    if wrong:
        key = min(wrong)
        raise keys[key].wrong(
            f"{key!r} does not go with watches: {watches}; that has {' or '.join(sorted(allowed))}",
            "pack.wrong-job",
        )
    prompts = {Watches.CUSTOMER_TURN, Watches.CONVERSATION}
    nudge = "kind" in keys and keys["kind"].value != Kind.REPLY and watches in prompts
    if not jobs and watches is not Watches.AGENT_DRAFT and not nudge:
        raise node.wrong(
            f"a rule that watches {watches} needs {' or '.join(sorted(allowed))}",
            "pack.missing-key",
        )
    if {"reads", "say"} <= jobs:
        raise keys["say"].wrong("a rule either reads or says, not both", "pack.wrong-job")


def _kind(node: Node) -> Kind:
    return Kind(node.one_of("kind", tuple(map(str, Kind))))


def _mark(node: Node) -> Mark:
    keys = node.mapping("a rule file")
    if "reason" not in keys:
        raise node.wrong(
            "a reading rule needs 'reason', the words shown to the agent", "pack.missing-key"
        )
    pulls = keys["pulls"].mapping("pulls", frozenset(AXES)) if "pulls" in keys else {}
    return Mark(
        name=keys["reads"].text("reads"),
        score=_number(node, "score", 0.9, 0, 1),
        reason=keys["reason"].text("reason"),
        pulls=tuple(
            Pull(axis=axis, amount=amount.number(axis, -3, 3)) for axis, amount in pulls.items()
        ),
    )


def _cue(keys: Mapping[str, Node]) -> Node | None:
    """Return where the rule names its family of cues, whose weights leave it none of its own."""
    if "cue" not in keys:
        return None
    keys["cue"].text("cue")
    if "reads" not in keys:
        raise keys["cue"].wrong("'cue' goes with 'reads' alone", "pack.wrong-job")
    if "pulls" in keys:
        raise keys["pulls"].wrong(
            "a rule that names its 'cue' takes its pulls from cues.yaml: leave one of the two out",
            "pack.two-weights",
        )
    return keys["cue"]


def _said_so(node: Node, key: str, word: str) -> bool:
    """Tell whether the key is there; the only thing it may say is `word`."""
    keys = node.mapping("a rule file")
    return key in keys and keys[key].one_of(key, (word,)) == word


def _why(node: Node) -> str:
    """Return the sentence of why; a slot in it must be one that the rule needs."""
    keys = node.mapping("a rule file")
    why = _sentence(keys["why"], "why")
    needed = _slots(keys["needs"], "needs", SLOTS) if "needs" in keys else ()
    for slot in slots_of(why):
        if slot not in needed:
            raise keys["why"].wrong(f"name {slot!r} in 'needs', or take it out", "pack.bad-slot")
    return slotted(keys["why"], why)


def _lines(node: Node) -> tuple[str, ...]:
    keys = node.mapping("a rule file")
    if "say" not in keys:
        return ()
    items = keys["say"].items("say")
    lines = tuple(slotted(item, item.text("a line")) for item in items)
    if len(lines) < 2:
        raise keys["say"].wrong("offer at least two lines", "pack.too-few")
    return lines


def _slots(node: Node, what: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.one_of(what, known) for item in node.items(what))


def _swaps(node: Node) -> tuple[Swap, ...]:
    swaps = []
    for item in node.items("swap"):
        keys = item.mapping("a swap", frozenset({"from", "to"}))
        if set(keys) != {"from", "to"}:
            raise item.wrong("a swap has 'from' and 'to'", "pack.missing-key")
        old = lowered(fold(keys["from"].text("from")))
        new = slotted(keys["to"], " ".join(keys["to"].verbatim("to").split()))
        swaps.append(Swap(old=old, new=new))
    return tuple(sorted(swaps, key=lambda swap: -len(swap.old)))


def _rewordings(node: Node) -> tuple[str, ...]:
    return tuple(item.one_of("reword", tuple(REWORDINGS)) for item in node.items("reword"))


def _sentence(node: Node, what: str) -> str:
    text = node.text(what)
    if not text.endswith((".", "?", "!")):
        raise node.wrong(f"{what} must be a sentence with its full stop", "pack.not-a-sentence")
    return text


def _number(node: Node, key: str, default: float, low: float, high: float) -> float:
    keys = node.mapping("a rule file")
    return keys[key].number(key, low, high) if key in keys else default


def _examples(node: Node, what: str, *, marked: bool) -> tuple[Example, ...]:
    items = node.items(what)
    if len(items) < FEWEST:
        raise node.wrong(
            f"{what} needs at least {FEWEST} examples, this has {len(items)}", "pack.too-few"
        )
    return tuple(example(item, marked=marked) for item in items)


def _known(node: Node) -> tuple[Example, ...]:
    return tuple(example(item, marked=False) for item in node.items("known-wrong"))


def example(node: Node, *, marked: bool) -> Example:
    """Return an example; the words in `[[ ]]` are its marks, where it may be `marked`."""
    becomes: str | None = None
    chat: tuple[str, ...] = ()
    book: Playbook | None = None
    said = node
    if not isinstance(node.value, str):
        keys = node.mapping("an example (words that hold a colon go in quotes)", _TRY)
        if "text" not in keys:
            raise node.wrong("an example needs 'text'", "pack.missing-key")
        said = keys["text"]
        becomes = _verbatim(keys["becomes"], "becomes") if "becomes" in keys else None
        chat = (
            tuple(_verbatim(n, "a line of chat") for n in keys["chat"].items("chat"))
            if "chat" in keys
            else ()
        )
        book = playbook(keys["playbook"]) if "playbook" in keys else None
    text = said.verbatim("text")
    marks, bare = tuple(_MARKED.findall(text)), _MARKED.sub(r"\1", text)
    if "[[" in bare or "]]" in bare or (marks and not marked):
        raise said.wrong("mark words as [[words]], and only in flags", "pack.bad-mark")
    return Example(
        text=closed(said, bare),
        marked=marks,
        chat=chat,
        becomes=becomes,
        playbook=book,
        line=said.line,
        column=said.column,
    )


def _verbatim(node: Node, what: str) -> str:
    return closed(node, node.verbatim(what))
