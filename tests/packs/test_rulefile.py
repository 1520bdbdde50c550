"""The shape of a rule file."""

import re

import pytest

from assist.core.conditions import CueFound, Pattern
from assist.core.rules import Mark, Rule, Swap, Watches
from assist.core.signals import Pull
from assist.core.suggestions import Kind
from assist.errors import PackError
from assist.packs.rulefile import FEWEST, Example, RuleFile, rule_file
from assist.packs.yamlfile import read

SAYS = """\
summary: Something is late.
technique: empathy
watches: customer-turn
when:
  phrases: [late]
say: ["It is late, {name}.", "By {time}."]
why: Because it is.
source: own wording
flags: ["so [[late]]", "[[late]] again", "[[late]]"]
allows: ["in time", "early", "soon"]
"""
SWAP = "{from: late, to: a little late}"
CHAT = 'chat: ["Customer: a", "Agent: b"]'
UNLESS = CueFound(pattern=Pattern(cue="p/empathy/r#2", phrases=("a",)))
EDITS = {
    "watches: customer-turn": "watches: agent-draft",
    'say: ["It is late, {name}.", "By {time}."]': f"swap: [{SWAP}]",
}
READS = {'say: ["It is late, {name}.", "By {time}."]': "reads: cause.delay\nreason: waits"}


def with_changes(changes, *more):
    """Return the text of the rule with some lines replaced and others added."""
    text = SAYS
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text + "".join(f"{line}\n" for line in more)


def loaded(tmp_path, text, rule_id="p/empathy/r"):
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    return rule_file(read(path, shown_as="r.yaml"), rule_id)


def test_a_rule_is_what_its_file_says(tmp_path):
    """A saying rule has its id, condition, lines and defaults; its examples stay beside it."""
    assert loaded(tmp_path, SAYS) == RuleFile(
        rule=Rule(
            id="p/empathy/r",
            technique="empathy",
            watches=Watches.CUSTOMER_TURN,
            when=CueFound(pattern=Pattern(cue="p/empathy/r#1", phrases=("late",))),
            summary="Something is late.",
            why="Because it is.",
            source="own wording",
            lines=("It is late, {name}.", "By {time}."),
            rest=4,
            priority=50,
            expires=2,
        ),
        file="r.yaml",
        flags=(
            Example(text="so late", marked=("late",), line=9, column=9),
            Example(text="late again", marked=("late",), line=9, column=24),
            Example(text="late", marked=("late",), line=9, column=42),
        ),
        allows=(
            Example(text="in time", line=10, column=10),
            Example(text="early", line=10, column=21),
            Example(text="soon", line=10, column=30),
        ),
    )


@pytest.mark.parametrize(
    ("name", "expected", "changes", "more"),
    [
        ("unless", UNLESS, {}, ["unless: {phrases: a}"]),
        ("needs", ("name", "delay"), {}, ["needs: [name, delay]"]),
        ("kind", Kind.ALERT, {}, ["kind: alert"]),
        ("rest", 9, {}, ["rest: 9"]),
        ("priority", 90, {}, ["priority: 90"]),
        ("expires", 1, {}, ["expires: 1"]),
        ("mark", Mark(name="cause.delay", score=0.9, reason="waits"), READS, []),
        (
            "mark",
            Mark(
                name="cause.delay", score=0.5, reason="waits",
                pulls=(Pull(axis="effort", amount=0.5), Pull(axis="valence", amount=-3.0)),
            ),
            READS,
            ["score: 0.5", "pulls: {effort: 0.5, valence: -3}"],
        ),
        ("lines", (), {'say: ["It is late, {name}.", "By {time}."]': "kind: nudge"}, []),
        ("swaps", (Swap(old="late", new="a little late"),), EDITS, []),
        (
            "swaps",
            (Swap(old="isn't late", new="is early"), Swap(old="late", new="")),
            EDITS | {f"[{SWAP}]": "[{from: late, to: ''}, {from: Isn’t  late, to: is  early}]"},
            [],
        ),
        ("swaps", (Swap(old="b", new="{time}"),), EDITS | {SWAP: "{from: b, to: '{time}'}"}, []),
        ("rewordings", ("turn-condition",), EDITS, ["reword: turn-condition"]),
        ("rewordings", (), EDITS | {f"swap: [{SWAP}]": ""}, []),
    ],
)  # fmt: skip
def test_every_key_does_its_part(name, expected, changes, more, tmp_path):
    """Each key of a file goes where it belongs; a draft rule may find without rewriting."""
    assert getattr(loaded(tmp_path, with_changes(changes, *more)).rule, name) == expected


def test_an_example_may_be_a_chat_and_an_edit(tmp_path):
    """An example may carry what was said before it, and what it must become."""
    text = with_changes(
        EDITS | {'"so [[late]]"': f'{{text: "so [[late]]", becomes: "so  ok", {CHAT}}}'},
        'known-wrong: ["later", {text: lately}]',
    )  # fmt: skip
    file = loaded(tmp_path, text)
    assert file.flags[0] == Example(
        text="so late", marked=("late",), becomes="so  ok", chat=("Customer: a", "Agent: b"),
        line=9, column=16,
    )  # fmt: skip
    assert [example.text for example in file.known_wrong] == ["later", "lately"]


SAY = 'say: ["It is late, {name}.", "By {time}."]'
FLAGS = 'flags: ["so [[late]]", "[[late]] again", "[[late]]"]'
REQUIRED = [line.split(":")[0] for line in SAYS.splitlines() if not line.startswith((" ", "say"))]


@pytest.mark.parametrize("key", REQUIRED)
def test_a_rule_without_a_required_key_is_refused(key, tmp_path):
    """Summary, technique, watches, when, why, source, flags and allows must stand in every file."""
    text = re.sub(rf"^{key}:.*\n(?: .*\n)*", "", SAYS, flags=re.MULTILINE)
    with pytest.raises(PackError) as caught:
        loaded(tmp_path, text)
    assert str(caught.value) == (
        f"r.yaml:1:1: the key {key!r} is missing: write a line '{key}: …' [pack.missing-key]"
    )


@pytest.mark.parametrize(
    ("place", "code", "changes", "more"),
    [
        ("11:1", "pack.unknown-key", {}, ["whenn: a"]),
        ("2:12", "pack.wrong-place", {"technique: empathy": "technique: calm"}, []),
        ("3:10", "pack.unknown-value", {"customer-turn": "the-weather"}, []),
        ("5:3", "pack.unknown-key", {"phrases: [late]": "smells: bad"}, []),
        ("1:10", "pack.not-a-sentence", {"is late.\n": "is late\n"}, []),
        ("7:6", "pack.not-a-sentence", {"Because it is.": "because"}, []),
        ("8:9", "pack.empty", {"own wording": "' '"}, []),
        ("6:6", "pack.wrong-job", {"customer-turn": "agent-draft"}, []),
        ("11:7", "pack.wrong-job", {}, ["swap: [{from: a, to: b}]"]),
        ("6:6", "pack.wrong-job", {}, ["reads: cause.delay", "reason: waits"]),
        ("1:1", "pack.missing-key", {SAY: ""}, []),
        ("1:1", "pack.missing-key", {SAY: "", "customer-turn": "agent-turn"}, ["kind: nudge"]),
        ("1:1", "pack.missing-key", {SAY: "kind: reply"}, []),
        ("1:1", "pack.missing-key", READS | {"\nreason: waits": ""}, []),
        ("12:8", "pack.out-of-range", READS, ["score: 1.5"]),
        ("12:9", "pack.unknown-key", READS, ["pulls: {smell: 1}"]),
        ("12:17", "pack.out-of-range", READS, ["pulls: {effort: 4}"]),
        ("11:7", "pack.unknown-value", {}, ["kind: shout"]),
        ("11:8", "pack.unknown-value", {}, ["needs: time"]),
        ("11:7", "pack.out-of-range", {}, ["rest: 0"]),
        ("11:11", "pack.wrong-type", {}, ["priority: high"]),
        ("6:30", "pack.unknown-slot", {"{time}": "{when}"}, []),
        ("6:6", "pack.too-few", {', "By {time}."': ""}, []),
        ("6:6", "pack.wrong-type", {SAY: "say: {a: b}"}, []),
        ("6:8", "pack.missing-key", EDITS | {SWAP: "{from: late}"}, []),
        ("6:28", "pack.unknown-key", EDITS | {SWAP: "{from: late, to: a, why: b}"}, []),
        ("6:8", "pack.wrong-type", EDITS | {SWAP: "late"}, []),
        ("6:15", "pack.empty", EDITS | {"from: late": "from: ' '"}, []),
        ("6:25", "pack.wrong-type", EDITS | {"to: a little late": "to: [a]"}, []),
        ("6:25", "pack.unknown-slot", EDITS | {"to: a little late": "to: 'by {when}'"}, []),
        ("11:9", "pack.unknown-value", EDITS, ["reword: make-it-nice"]),
        ("9:8", "pack.too-few", {FLAGS: "flags: [a, b]"}, []),
        ("10:9", "pack.too-few", {'["in time", "early", "soon"]': "late"}, []),
        ("9:9", "pack.bad-mark", {"so [[late]]": "so [[late"}, []),
        ("9:9", "pack.bad-mark", {"so [[late]]": "so ]]late[["}, []),
        ("9:9", "pack.bad-mark", {"so [[late]]": "so [[]]"}, []),
        ("9:9", "pack.bad-mark", {"so [[late]]": "[[so [[late]] x]]"}, []),
        ("10:10", "pack.bad-mark", {"in time": "[[in]] time"}, []),
        ("9:9", "pack.missing-key", {'"so [[late]]"': "{chat: [a]}"}, []),
        ("9:10", "pack.unknown-key", {'"so [[late]]"': "{txt: a}"}, []),
        ("9:9", "pack.wrong-type", {'"so [[late]]"': "[a]"}, []),
        ("9:28", "pack.wrong-type", {'"so [[late]]"': "{text: late, chat: {a: b}}"}, []),
        ("11:15", "pack.bad-mark", {}, ['known-wrong: ["[[late]]"]']),
    ],
)  # fmt: skip
def test_what_no_rule_says_is_refused_where_it_stands(place, code, changes, more, tmp_path):
    """Every fault in a rule file is told at its line and column, with a stable code."""
    with pytest.raises(PackError) as caught:
        loaded(tmp_path, with_changes(changes, *more))
    assert str(caught.value).startswith(f"r.yaml:{place}: "), str(caught.value)
    assert caught.value.code == code


def test_a_rule_shows_its_examples_to_nobody():
    """Examples are words of chats: they are not shown when a file is printed."""
    example = Example(text="marzipan", marked=("marzipan",), becomes="marzipan", chat=("marzipan",))
    assert "marzipan" not in repr(example)


def test_three_examples_are_the_fewest():
    """A rule is proved by three texts at least, on either side."""
    assert FEWEST == 3
