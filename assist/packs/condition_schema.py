"""What `when` and `unless` of a rule file may say, as JSON Schema for editors.

The law: a list means "any of these", a mapping with several keys "all of these"; the keys are those
that `assist.packs.conditions` reads.
"""

from enum import StrEnum

from assist.core.conversation import Stage
from assist.core.escalation import Level
from assist.core.ledger import EntryKind, EntryState, Owner
from assist.core.mood import Mood
from assist.core.offers import Has
from assist.core.techniques import TECHNIQUES
from assist.packs.schema_parts import Schema, choice, listed, mapping, number, text

__all__ = ["condition_schema"]

_CAUSES = ("*", "unnamed", *(name[6:] for name in TECHNIQUES if name.startswith("cause.")))
_REF = {"$ref": "#/$defs/condition"}


def condition_schema() -> Schema:
    """Return the schema of a condition, as the definition `condition`."""
    worded = [{"required": ["phrases"]}, {"required": ["tokens"]}]
    alone = {
        **mapping(_words() | _of_the_turn() | _of_the_conversation() | _joins()),
        "minProperties": 1,
        "dependentSchemas": {"negated": {"anyOf": worded}},
    }
    return {"anyOf": [alone, {"type": "array", "items": _REF, "minItems": 1}]}


def _words() -> dict[str, Schema]:
    return {
        "phrases": listed(
            text(),
            "One of them stands in the text; `{a|b}` is a choice, `{|very}` an optional word; a "
            "missing apostrophe does not matter.",
        ),
        "tokens": listed(
            text(),
            "One of these patterns of words stands in the text; `a|b` is a choice, `word?` "
            "optional, `#` a number, `*` up to three words between.",
        ),
        "negated": choice(
            ("yes", "no"), 'Beside these two: also where a "not" reaches over the words.'
        ),
    }


def _of_the_turn() -> dict[str, Schema]:
    bounded = mapping(
        {
            "name": text("The signal's name."),
            "at-least": number(-1, 1, "Its score is this or more."),
            "at-most": number(-1, 1, "Its score is this or less."),
        },
        ("name",),
    )
    return {
        "signal": listed(
            {"anyOf": [text(), bounded]},
            "The reading has it: a name, a family (`emotion.*`), or `{name, at-least, at-most}`.",
        ),
    }


def _of_the_conversation() -> dict[str, Schema]:
    recent = mapping(
        {
            "name": text("The act's name, without `act.` before it."),
            "within": number(1, 100, "Among this many of the agent's last turns."),
        },
        ("name",),
    )
    entries = mapping(
        {
            "state": listed(_one_of(EntryState), "It is in one of these states."),
            "kind": listed(_one_of(EntryKind), "It is one of these."),
            "owner": listed(_one_of(Owner), "One of these has to do it."),
            "due-within": number(30, 86_400, "It is due in so many seconds, or sooner."),
        },
        ("state",),
    )
    return {
        "level": listed(_one_of(Level), "The escalation is at one of these levels."),
        "cause": listed(
            choice(_CAUSES),
            'This cause is known in the chat; `"*"` for any, `unnamed` for trouble without one.',
        ),
        "stage": listed(_one_of(Stage), "The conversation is in one of these stages."),
        "act": listed(
            {"anyOf": [text(), recent]},
            "The agent did it: a name, or `{name, within}` in agent turns.",
        ),
        "ledger": {
            "description": "An entry is so, or `{state, kind, owner, due-within}`.",
            "anyOf": [listed(_one_of(EntryState)), entries],
        },
        "mood": listed(_one_of(Mood), "How the customer was when they last spoke."),
        "history": number(1, 365, "The customer was in touch within so many days."),
        "playbook": listed(_one_of(Has), "The playbook has one of these for the chat's causes."),
        "silence": number(5, 86_400, "Nobody has spoken for so many seconds."),
    }


def _joins() -> dict[str, Schema]:
    return {
        "all": listed(_REF, "Every one of these holds.", alone=False),
        "any": listed(_REF, "At least one of these holds.", alone=False),
    }


def _one_of(known: type[StrEnum]) -> Schema:
    return choice(tuple(str(member) for member in known))
