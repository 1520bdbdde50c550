"""A bracket or brace that was begun and not finished is told with its place."""

import pytest

from assist.core.phrasing import fill
from assist.errors import PackError
from assist.packs.load import load_pack
from assist.packs.skeleton import Job, begin, place_of

SAYS = """\
summary: Something is late.
technique: empathy
watches: customer-turn
when: {phrases: ["so late"]}
say: ["It is late, {name}.", "By {time}."]
why: Because it is.
source: own wording
flags:
  - {text: "[[so late]]", chat: ["Customer: hello"]}
  - "[[so late]] again"
  - "it is [[so late]]"
allows: ["in time", "early", "soon"]
"""
EDITS = """\
summary: Speaks of a ticket.
technique: plain-language
watches: agent-draft
when: {tokens: ["your ticket"]}
swap: [{from: your ticket, to: "what you asked by {time}"}]
why: Because it is.
source: own wording
flags:
  - {text: "[[your ticket]]", becomes: "what you asked by [time]"}
  - "on [[your ticket]]"
  - "[[your ticket]] again"
allows: ["in time", "early", "soon"]
"""


def loaded(tmp_path, text):
    """Load a pack of this one rule."""
    technique = "plain-language" if "agent-draft" in text else "empathy"
    place = place_of(tmp_path / "mine" / technique / "one")
    begin(place, Job.OFFER)
    place.file.write_text(text, encoding="utf-8")
    return load_pack(tmp_path / "mine").pack.rules[0]


@pytest.mark.parametrize(
    "case",
    [
        (SAYS, "11:5", "pack.open-bracket", "it is [[so late]]", "it is [so late"),
        (SAYS, "11:5", "pack.open-bracket", "it is [[so late]]", "it is so late]"),
        (SAYS, "11:5", "pack.open-bracket", "it is [[so late]]", "[it is [[so late]]"),
        (SAYS, "11:5", "pack.open-bracket", "it is [[so late]]", "it is [[so late]] ]"),
        (SAYS, "11:5", "pack.open-bracket", "it is [[so late]]", "it is ]so late["),
        (SAYS, "11:5", "pack.bad-mark", "it is [[so late]]", "it is [[so late]"),
        (SAYS, "9:34", "pack.open-bracket", "Customer: hello", "Customer: [hello"),
        (SAYS, "12:10", "pack.open-bracket", "in time", "in [time"),
        (SAYS, "4:18", "pack.bad-mark", "so late", "[[so late]]"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "{name"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "name}"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "{Name}"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "{next step}"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "{{name}}"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "{}"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "[name]"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "[next step]"),
        (SAYS, "5:7", "pack.bad-slot", "{name}", "[next-step]"),
        (SAYS, "5:7", "pack.open-bracket", "{name}", "[name"),
        (SAYS, "5:7", "pack.open-bracket", "{name}", "name]"),
        (SAYS, "5:7", "pack.unknown-slot", "{name}", "{nmae}"),
        (SAYS, "6:6", "pack.bad-slot", "why: Because", "why: For {name Because"),
        (SAYS, "6:6", "pack.open-bracket", "why: Because", "why: For name] Because"),
        (EDITS, "5:32", "pack.bad-slot", "{time}", "{time"),
        (EDITS, "5:32", "pack.bad-slot", "{time}", "[time]"),
        (EDITS, "5:32", "pack.open-bracket", "{time}", "time]"),
        (EDITS, "9:40", "pack.open-bracket", "[time]", "[time"),
        (EDITS, "4:17", "pack.invalid", "your ticket", "[your ticket"),
        (EDITS, "4:17", "pack.invalid", "your ticket", "{your|our} ticket"),
    ],
)
def test_what_is_not_closed_is_told_with_its_place(tmp_path, case):
    """Lines, swaps, examples, chats, words to find and the why; the message says what to do."""
    rule, place, code, old, new = case
    assert old in rule
    with pytest.raises(PackError, match=r"write|add|mark") as caught:
        loaded(tmp_path, rule.replace(old, new, 1))
    wrong = caught.value
    assert (f"{wrong.line}:{wrong.column}", wrong.code) == (place, code)
    assert str(wrong).startswith(f"{wrong.file}:{place}: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in time", "press [Enter] and [1]"),
        ("in time", "so sad :["),
        ("in time", "see [ticket 8] please"),
        ("in time", "options:[a|b]"),
        ("in time", "I typed [] there"),
        ("in time", "well done :-] =]"),
        ("it is [[so late]]", "[PIC] it is [[so late]] ;]"),
        ("{name}", "press [Enter]"),
        ("so late", "{so|very} late"),
    ],
)
def test_what_is_closed_or_a_face_is_left_alone(tmp_path, old, new):
    """Brackets in pairs are words of a chat, and so are faces."""
    assert old in SAYS
    assert loaded(tmp_path, SAYS.replace(old, new, 1)).technique == "empathy"


def test_a_slot_that_loads_is_one_that_is_filled(tmp_path):
    """Of each line that loads, no brace is left once it is worded."""
    rule = loaded(tmp_path, SAYS)
    assert [fill(line, {"name": "Ana"})[0] for line in rule.lines] == [
        "It is late, Ana.", "By [time].",
    ]  # fmt: skip
