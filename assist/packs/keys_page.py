"""The keys of a rule file as a page, made from the schema that editors are given.

The law: nothing is told here that the schema does not say.
"""

from collections.abc import Mapping
from typing import Any

from assist.core.phrasing import FACTS, OFFERED, OPEN
from assist.packs.condition_schema import condition_schema
from assist.packs.playbook_schema import playbook_keys
from assist.packs.schema import pack_schema, rule_schema

__all__ = ["keys_page"]

_STAR = " \\*"
_FEW = 8
"""A choice of more words than this is left to the editor."""


def keys_page() -> str:
    """Return the page of the keys of a rule file, of its conditions, its slots and `pack.yaml`."""
    rule, condition, pack = rule_schema(), condition_schema()["anyOf"][0], pack_schema()
    return (
        "# The keys of a rule file\n\nA star marks what every rule must have.\n\n"
        f"{_table(rule)}\n"
        "An example is a text, or a mapping: the `text`, the lines of `chat` before it "
        "(`Customer: …`, `Agent: …`, `(silence 300)` in seconds; the customer is called Sam), "
        "and for a draft what it `becomes`.\n\n"
        "YAML is read as text throughout: `no` is a word, and a repeated key is refused.\n\n"
        "## Conditions\n\nA list means any of these; a mapping with several keys means all of "
        f"these.\n\n{_table(condition)}\n"
        f"## Slots\n\nThe chat fills {_named(FACTS)}. A line that needs one of these and lacks it "
        "is passed over.\n\n"
        f"The playbook fills {_named(OFFERED)}. What it does not fill stays open for the agent.\n\n"
        f"{_named(OPEN)} are always the agent's, and show as `[{OPEN[0]}]`.\n\n"
        f"## `pack.yaml`\n\n{_table(pack)}\n"
        f"## `playbook.yaml`\n\nAll of it may be left out.\n\n{_table(playbook_keys())}"
    )


def _table(schema: Mapping[str, Any]) -> str:
    required = schema.get("required", ())
    rows = "".join(
        f"| `{key}`{_STAR if key in required else ''} | {_cell(said)} |\n"
        for key, said in schema["properties"].items()
    )
    return f"| key | meaning |\n|---|---|\n{rows}"


def _cell(said: Mapping[str, Any]) -> str:
    meaning = str(said.get("description", "")).replace("|", "\\|")
    words = _choices(said)
    if 1 < len(words) <= _FEW:
        meaning += f" One of {', '.join(f'`{word}`' for word in words)}."
    if len(words) == 1:
        meaning += f" Says `{words[0]}`."
    return f"{meaning} Otherwise {said['default']}." if "default" in said else meaning


def _choices(said: Mapping[str, Any]) -> list[str]:
    """Return the words to choose from, those of the first shape where a value has several."""
    return _choices(said["anyOf"][0]) if "anyOf" in said else list(said.get("enum", ()))


def _named(slots: tuple[str, ...]) -> str:
    return ", ".join(f"`{{{slot}}}`" for slot in slots)
