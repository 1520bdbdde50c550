"""The page of keys tells every key that the loader knows."""

import re

from assist.core.phrasing import FACTS, OFFERED, OPEN
from assist.packs import conditions, playbookfile, rulefile
from assist.packs.keys_page import keys_page

PAGE = keys_page()


def keys(heading, page=PAGE):
    """Return the keys in the table under this heading, with their meanings."""
    part = page.split(f"# {heading}\n")[1].split("\n#")[0]
    return dict(re.findall(r"^\| `([^`]+)`[^|]*\| (.*) \|$", part, re.MULTILINE))


def test_every_key_is_told():
    """No key of the loader is missing, none is made up, and each has a meaning."""
    assert set(keys("The keys of a rule file")) == rulefile.KEYS
    assert set(keys("Conditions")) == conditions.KEYS
    assert set(keys("`playbook.yaml`")) == playbookfile.KEYS
    assert all(keys("The keys of a rule file").values())


def test_what_must_be_there_has_a_star():
    """The keys that every rule needs are marked."""
    rule_keys = PAGE.split("## Conditions")[0]
    starred = set(re.findall(r"^\| `([\w-]+)` \\\* \|", rule_keys, re.MULTILINE))
    assert starred == set(rulefile._REQUIRED)


def test_choices_and_defaults_are_told():
    """Few words to choose from are listed, one word alone is quoted, a number has its default."""
    told = keys("The keys of a rule file")
    assert told["kind"].endswith("One of `reply`, `nudge`, `alert`.")
    assert told["within"].endswith("Says `sentence`.")
    assert told["rest"].endswith("Otherwise 4.")
    assert "One of" not in told["technique"]


def test_every_slot_is_told():
    """All slots stand under their heading."""
    part = PAGE.split("## Slots")[1].split("\n## ")[0]
    assert all(f"`{{{slot}}}`" in part for slot in (*FACTS, *OFFERED, *OPEN))
