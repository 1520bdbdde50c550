"""From `when` and `unless` to conditions."""

import pytest

from assist.core.conditions import (
    ActDone,
    AllOf,
    AnyOf,
    CauseIs,
    CueFound,
    LedgerHas,
    LevelIs,
    Pattern,
    PlaybookHas,
    SignalIs,
    SilentFor,
    StageIs,
)
from assist.core.conversation import Stage
from assist.core.escalation import Level
from assist.core.ledger import EntryState
from assist.core.offers import Has
from assist.errors import PackError
from assist.packs.conditions import KEYS, Conditions
from assist.packs.yamlfile import read


def condition(tmp_path, text):
    """Return the condition that a file with this text holds."""
    path = tmp_path / "when.yaml"
    path.write_text(text, encoding="utf-8")
    return Conditions("p/t/r").read(read(path, shown_as="when.yaml"))


def found(number, *phrases, tokens=(), negated=False):
    return CueFound(
        pattern=Pattern(cue=f"p/t/r#{number}", phrases=phrases, tokens=tokens), negated=negated
    )


CALM = LevelIs(levels=(Level.CALM,))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (found(1, "late", "so late"), "phrases: [late, so late]"),
        (found(1, "late"), "phrases: late"),
        (found(1, "{a|b} c"), 'phrases: "{a|b} c"'),
        (found(1, "{|so} late"), 'phrases: "{|so} late"'),
        (found(1, tokens=("a * # b|c", "a b?")), 'tokens: ["a * # b|c", "a b?"]'),
        (found(1, "late", tokens=("a # b",)), "{phrases: late, tokens: 'a # b'}"),
        (found(1, "late", negated=True), "{phrases: late, negated: yes}"),
        (found(1, "late", negated=False), "{phrases: late, negated: no}"),
        (LevelIs(levels=(Level.HIGH, Level.CRITICAL)), "level: [high, critical]"),
        (LevelIs(levels=(Level.HIGH,)), "level: high"),
        (StageIs(stages=(Stage.OPENING,)), "stage: opening"),
        (LedgerHas(states=(EntryState.OVERDUE,)), "ledger: overdue"),
        (CauseIs(causes=("delay", "wrong-item")), "cause: [delay, wrong-item]"),
        (CauseIs(causes=("*",)), "cause: '*'"),
        (SilentFor(seconds=90), "silence: 90"),
        (PlaybookHas(kinds=(Has.GOODWILL,)), "playbook: goodwill"),
        (PlaybookHas(kinds=(Has.OPTION, Has.ROUTE)), "playbook: [option, route]"),
        (SignalIs(name="emotion.*"), "signal: emotion.*"),
        (SignalIs(name="a", at_least=0.5), "signal: {name: a, at-least: 0.5}"),
        (SignalIs(name="a", at_most=-0.2), "signal: {name: a, at-most: -0.2}"),
        (
            AnyOf(parts=(SignalIs(name="a"), SignalIs(name="b", at_most=0.5))),
            "signal: [a, {name: b, at-most: 0.5}]",
        ),
        (ActDone(act="apology"), "act: apology"),
        (ActDone(act="apology", within=2), "act: {name: apology, within: 2}"),
        (AnyOf(parts=(ActDone(act="a"), ActDone(act="b"))), "act: [a, b]"),
        (AnyOf(parts=(found(1, "a"), found(2, "b"))), "[phrases: a, phrases: b]"),
        (AnyOf(parts=(found(1, "a"), found(2, "b"))), "any: [phrases: a, phrases: b]"),
        (AllOf(parts=(found(1, "a"), found(2, "b"))), "all: [phrases: a, phrases: b]"),
        (AllOf(parts=(found(1, "a"), SilentFor(seconds=5))), "{silence: 5, phrases: a}"),
        (
            AllOf(parts=(AnyOf(parts=(found(1, "a"), SilentFor(seconds=5))), CALM)),
            "all:\n- any:\n  - phrases: a\n  - silence: 5\n- level: calm",
        ),
    ],
)  # fmt: skip
def test_a_condition_is_what_the_file_says(expected, text, tmp_path):
    """A list means any of these, several keys mean all of these, and patterns are numbered."""
    assert condition(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("place", "code", "text"),
    [
        ("1:1", "pack.unknown-key", "phrase: late"),
        ("3:3", "pack.unknown-key", "any:\n- phrases: a\n- smell: bad"),
        ("1:1", "pack.wrong-type", "late"),
        ("1:1", "pack.empty", "{}"),
        ("1:1", "pack.empty", "[]"),
        ("1:6", "pack.empty", "all: []"),
        ("1:10", "pack.empty", "phrases: []"),
        ("1:9", "pack.empty", "tokens: []"),
        ("1:8", "pack.empty", "level: []"),
        ("1:9", "pack.empty", "signal: []"),
        ("1:6", "pack.empty", "act: []"),
        ("1:8", "pack.empty", "cause: []"),
        ("1:11", "pack.empty", "phrases: [' ']"),
        ("1:10", "pack.wrong-type", "phrases: {a: b}"),
        ("1:11", "pack.wrong-type", "phrases: [[a]]"),
        ("1:10", "pack.invalid", "phrases: '{a|b'"),
        ("1:10", "pack.invalid", "phrases: 'a|b c'"),
        ("1:10", "pack.invalid", "phrases: '{a|{b|c}}'"),
        ("1:9", "pack.invalid", "tokens: '*'"),
        ("1:9", "pack.invalid", "tokens: 'a? #'"),
        ("1:9", "pack.invalid", "tokens: '* late'"),
        ("1:9", "pack.invalid", "tokens: 'late *'"),
        ("1:9", "pack.invalid", "tokens: 'late a||b'"),
        ("1:9", "pack.invalid", "tokens: 'late |b'"),
        ("1:9", "pack.invalid", "tokens: 'late ?'"),
        ("1:9", "pack.invalid", "tokens: 'late a|# days'"),
        ("1:9", "pack.invalid", "tokens: 'late a|* days'"),
        ("1:10", "pack.invalid", "negated: yes"),
        ("1:26", "pack.unknown-value", "{phrases: late, negated: maybe}"),
        ("1:8", "pack.unknown-value", "level: angry"),
        ("1:15", "pack.unknown-value", "level: [calm, angry]"),
        ("1:8", "pack.unknown-value", "stage: late"),
        ("1:9", "pack.unknown-value", "ledger: lost"),
        ("1:8", "pack.unknown-value", "cause: dealy"),
        ("1:8", "pack.unknown-value", "cause: cause.delay"),
        ("1:11", "pack.unknown-value", "playbook: gifts"),
        ("1:10", "pack.wrong-type", "silence: long"),
        ("1:10", "pack.out-of-range", "silence: 4"),
        ("1:9", "pack.missing-key", "signal: {at-least: 0.5}"),
        ("1:19", "pack.unknown-key", "signal: {name: a, above: 0.5}"),
        ("1:29", "pack.out-of-range", "signal: {name: a, at-least: 1.5}"),
        ("1:6", "pack.missing-key", "act: {within: 2}"),
        ("1:24", "pack.out-of-range", "act: {name: a, within: 0}"),
    ],
)
def test_what_no_condition_says_is_refused_where_it_stands(place, code, text, tmp_path):
    """Unknown words, empty lists, wrong types and patterns that could never match are refused."""
    with pytest.raises(PackError) as caught:
        condition(tmp_path, text)
    assert str(caught.value).startswith(f"when.yaml:{place}: ")
    assert caught.value.code == code


def test_the_known_words_are_told():
    """Every key that a condition may have is in the set that authors are shown."""
    assert {"phrases", "tokens", "silence", "act", "all", "any"} <= KEYS
