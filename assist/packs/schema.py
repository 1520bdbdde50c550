"""What a rule file and a pack's manifest may say, as JSON Schema for editors.

The law: the loader decides; this is the same told beforehand. Tests hold the two together: every
shipped file passes, the keys are the loader's, and what it refuses for its shape is refused here.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from assist.core.phrasing import FACTS, OFFERED, OPEN
from assist.core.rewording import REWORDINGS
from assist.core.rules import Watches
from assist.core.signals import AXES
from assist.core.suggestions import Kind
from assist.core.techniques import TECHNIQUES
from assist.packs.condition_schema import condition_schema
from assist.packs.playbook_schema import playbook_keys, playbook_schema
from assist.packs.rulefile import FEWEST
from assist.packs.schema_parts import (
    DIALECT,
    Schema,
    choice,
    listed,
    mapping,
    number,
    sentence,
    text,
)

__all__ = ["FILES", "pack_schema", "rule_schema", "write"]

_REQUIRED = ("summary", "technique", "watches", "when", "why", "source", "flags", "allows")
_KNOWN_SLOTS = rf"^(?![\s\S]*\{{(?!(?:{'|'.join((*FACTS, *OFFERED, *OPEN))})\}})[a-z-]+\}})"
_UNMARKED = r"^(?![\s\S]*\[\[)"
_LINE = text(pattern=_KNOWN_SLOTS)


def rule_schema() -> Schema:
    """Return the schema of a rule file."""
    return {
        "$schema": DIALECT,
        "$id": "urn:assist:rule",
        "title": "Assist rule",
        **mapping(
            _head() | _does() | _shown() | _proof(),
            _REQUIRED,
            "One rule of a pack: when this, offer, read or find that; with its own proof.",
        ),
        "allOf": _jobs(),
        "$defs": {"condition": condition_schema()},
    }


def pack_schema() -> Schema:
    """Return the schema of `pack.yaml`."""
    keys = {
        "name": text("The pack's name: that of its folder."),
        "version": text("Raised whenever the pack is handed on."),
        "language": text("The language its rules are written in, such as `en`."),
        "licence": text("Under which terms others may use it."),
        "author": text("Who wrote it."),
        "things": listed(
            text(),
            "Words for things that customers write about, for the slot `{thing}`; the longer word "
            "first where one holds the other.",
        ),
        "feelings": {
            "description": "For a feeling, the word that the slot `{feeling}` is filled with.",
            "type": "object",
            "additionalProperties": text(),
        },
    }
    return {
        "$schema": DIALECT,
        "$id": "urn:assist:pack",
        "title": "Assist pack",
        **mapping(keys, ("name", "version", "licence"), "The manifest of a folder of rules."),
    }


FILES: Mapping[str, Callable[[], Schema]] = {
    "rule.schema.json": rule_schema,
    "pack.schema.json": pack_schema,
    "playbook.schema.json": playbook_schema,
}


def write(folder: Path) -> tuple[Path, ...]:
    """Write the three schemas into `folder`; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        document = json.dumps(make(), indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(document, encoding="utf-8")
    return tuple(folder / name for name in FILES)


def _head() -> dict[str, Schema]:
    condition = {"$ref": "#/$defs/condition"}
    return {
        "summary": sentence(
            "What it is about, in one sentence; for a draft rule, the message that is shown."
        ),
        "technique": choice(tuple(TECHNIQUES), "The id in the catalogue; also the folder's name."),
        "watches": choice(tuple(map(str, Watches)), "What the rule looks at."),
        "when": {"description": "The conditions under which it applies.", **condition},
        "unless": {"description": "Where these hold, it stays silent all the same.", **condition},
        "within": choice(
            ("sentence",),
            "Asks `when` and `unless` of each sentence alone, not of the whole text.",
        ),
        "only-with-words": choice(
            ("yes",), "For drafts: says nothing where no rewrite can be offered."
        ),
        "second-opinion": choice(
            ("yes",),
            "For drafts: says nothing where the trained model holds this technique very unlikely.",
        ),
    }


def _does() -> dict[str, Schema]:
    swap = mapping(
        {
            "from": text("The words found, in small letters."),
            "to": {"type": ["string", "number"], "pattern": _KNOWN_SLOTS},
        },
        ("from", "to"),
    )
    pulls = mapping({axis: number(-3, 3, "") for axis in AXES})
    return {
        "say": listed(_LINE, "Two or more lines to offer, with slots.", fewest=2, alone=False),
        "needs": listed(choice((*FACTS, *OFFERED)), "Slots without which the rule stays silent."),
        "swap": listed(swap, "For drafts: what is found, and what to write instead."),
        "reword": listed(choice(tuple(REWORDINGS)), "For drafts: ways to turn a whole sentence."),
        "reads": text("Names the signal it gives to a turn, such as `cause.delay`."),
        "score": number(0, 1, "How sure the signal is.", default=0.9),
        "reason": text("Beside `reads`: the words that the agent sees for it."),
        "cue": text(
            "Beside `reads`, in place of `pulls`: the family of cues in the pack's `cues.yaml` "
            "that gives the signal its weight."
        ),
        "pulls": {
            **pulls,
            "description": "Beside `reads`: how far the signal moves an axis, such as "
            "`{valence: -0.35}`.",
        },
    }


def _shown() -> dict[str, Schema]:
    return {
        "kind": choice(
            tuple(map(str, Kind)), "A line to send, a prompt to the agent, or a call upwards."
        ),
        "why": sentence("Why it helps, in one sentence to the agent."),
        "source": text("Where the advice comes from."),
        "rest": number(
            1, 100, "Customer turns that the technique stays quiet after showing.", default=4
        ),
        "priority": number(
            0, 100, "Of several suggestions at a customer turn the highest is shown.", default=50
        ),
        "expires": number(1, 20, "Customer turns that a suggestion stays.", default=2),
    }


def _proof() -> dict[str, Schema]:
    return {
        "flags": listed(
            _example(text()),
            f"What it must catch, the words marked `[[so]]`; at least {FEWEST}.",
            fewest=FEWEST,
            alone=False,
        ),
        "allows": listed(
            _example(text(pattern=_UNMARKED)),
            f"What it must leave alone, near misses above all; at least {FEWEST}.",
            fewest=FEWEST,
            alone=False,
        ),
        "known-wrong": listed(
            _example(text(pattern=_UNMARKED)),
            "What it still gets wrong; proving fails on the day it is right.",
        ),
        "playbook": {
            **playbook_keys(),
            "description": "The playbook that the examples are tried with, where it matters.",
        },
    }


def _example(said: Schema) -> Schema:
    keys = {
        "text": {"description": "What is said last, by whom the rule watches.", **said},
        "chat": listed(
            text(), "The lines before: `Customer: …`, `Agent: …`, `(silence 300)` in seconds."
        ),
        "becomes": {"description": "The rewritten draft.", "type": ["string", "number"]},
        "because": text("A word to the next reader."),
        "playbook": {**playbook_keys(), "description": "The playbook this is tried with."},
    }
    return {"anyOf": [said, mapping(keys, ("text",))]}


def _jobs() -> list[Schema]:
    """Return what each place in the line allows a rule to do, and asks of it."""
    nudge = {"properties": {"kind": {"enum": [str(Kind.NUDGE), str(Kind.ALERT)]}}}
    nudged = {"required": ["kind"], **nudge}
    reads, says = {"required": ["reads"]}, {"required": ["say"]}
    return [
        _job(Watches.CUSTOMER_TURN, ("swap", "reword"), {"anyOf": [reads, says, nudged]}),
        _job(Watches.AGENT_TURN, ("say", "swap", "reword"), reads),
        _job(Watches.CONVERSATION, ("reads", "swap", "reword"), {"anyOf": [says, nudged]}),
        _job(Watches.AGENT_DRAFT, ("reads", "say"), {}),
        {"not": {"required": ["reads", "say"]}},
        {"if": reads, "then": {"required": ["reason"]}},
        {"if": {"required": ["cue"]}, "then": {**reads, "properties": {"pulls": False}}},
    ]


def _job(watches: Watches, never: tuple[str, ...], asked: Schema) -> Schema:
    return {
        "if": {"properties": {"watches": {"const": str(watches)}}, "required": ["watches"]},
        "then": {"properties": dict.fromkeys(never, False), **asked},
    }
