"""A rule is proved through the same line that serves live chats."""

import re
from dataclasses import replace

import pytest

from assist.core.escalation import EscalationPolicy
from assist.core.line import Guidance
from assist.core.playbook import Playbook
from assist.core.rules import Pack
from assist.core.signals import Findings
from assist.core.turns import Turn
from assist.detectors import phrases
from assist.errors import PackError
from assist.packs.load import patterns_of
from assist.packs.prove import Fault, prove, prove_lines, self_check, unheard
from assist.packs.rulefile import rule_file
from assist.packs.yamlfile import read

SAYS = """\
summary: Something is late.
technique: empathy
watches: customer-turn
when: {phrases: [late, delayed]}
unless: {phrases: [too late to]}
say: ["It is late.", "It takes long."]
why: Because it is.
source: own wording
flags:
  - "so [[late]]"
  - "it is [[delayed]] and [[late]]"
  - "late"
allows:
  - "it is early"
  - "not late at all"
  - "too late to call"
known-wrong:
  - "the late Mr Smith"
"""
READS = SAYS.replace('say: ["It is late.", "It takes long."]', "reads: cause.delay\nreason: waits")
DRAFT = """\
summary: Calls it a policy.
technique: positive-language
watches: agent-draft
when: {phrases: [our policy]}
swap: [{from: our policy, to: our way}]
why: Because it is cold.
source: own wording
flags:
  - {text: "that is [[our policy]]", becomes: "that is our way"}
  - {text: "[[Our policy]] it is", becomes: "Our way it is"}
  - {text: "[[our policy]]", chat: ["Customer: why?", "Agent: so"]}
allows: ["your policy", "policy", "our plan"]
"""
QUIET = """\
summary: Nobody answers.
technique: check-in
watches: conversation
when: {silence: 60}
say: ["Are you there?", "Still there?"]
why: Silence is an answer too.
source: own wording
flags:
  - {text: "(silence 60)", chat: ["Customer: hi", "Agent: hello"]}
  - {text: "(silence 600)", chat: ["Customer: hi"]}
  - {text: "(silence 61)", chat: ["Agent: hi", "(silence 30)", "Customer: yes"]}
allows:
  - {text: "(silence 59)", chat: ["Customer: hi"]}
  - {text: "Customer: hi"}
  - {text: "Agent: hi"}
"""
SPOKEN = """\
summary: The agent is asked back.
technique: calm
watches: conversation
when: {phrases: [late]}
say: ["Yes.", "Indeed."]
why: It helps.
source: own wording
flags: ["Customer: so [[late]]", "customer:  [[late]]", "[[late]]"]
allows: ["Customer: early", "(silence 30)", "Customer: "]
"""
AGENT = """\
summary: The agent promised.
technique: ledger
watches: agent-turn
when: {phrases: [will call]}
reads: act.promise
reason: a promise
why: It must be kept.
source: own wording
flags: ["I [[will call]]", "we [[will call]] you", "[[will call]]"]
allows: ["I called", "call me", "will you call"]
"""


def files(tmp_path, *texts):
    """Return these rule files, each in the folder of its technique."""
    found = []
    for number, text in enumerate(texts):
        path = tmp_path / f"r{number}.yaml"
        path.write_text(text, encoding="utf-8")
        technique = text.split("technique: ")[1].split("\n")[0]
        found.append(rule_file(read(path, shown_as=f"r{number}.yaml"), f"p/{technique}/r{number}"))
    return tuple(found)


def guidance(rule_files):
    rules = tuple(file.rule for file in rule_files)
    return Guidance(
        pack=Pack(name="p", version="1", digest="d", rules=rules),
        policy=EscalationPolicy(),
        detectors=(phrases.load(patterns_of(rules)),),
    )


def faults(tmp_path, text, *others):
    """Return the faults of the first of these rules, as text, with all of them in force."""
    found = files(tmp_path, text, *others)
    return [_bare(fault) for fault in prove(found[0], guidance(found))]


def _bare(fault):
    """Return a fault as told, without what to do about it."""
    return re.sub(r"(is not caught|set it off): .*", r"\1", str(fault))


@pytest.mark.parametrize(
    "text", [SAYS, READS, DRAFT, QUIET, SPOKEN, AGENT],
    ids=["says", "reads", "draft", "silence", "conversation", "agent"],
)  # fmt: skip
def test_a_rule_that_keeps_its_word_has_no_faults(text, tmp_path):
    """Each kind of rule can be proved by its own examples."""
    assert faults(tmp_path, text) == []


@pytest.mark.parametrize(
    ("expected", "text", "old", "new"),
    [
        ("10:5: is not caught", SAYS, "so [[late]]", "so [[slow]]"),
        ("10:5: marks ['so'], but found ['late']", SAYS, "so [[late]]", "[[so]] late"),
        (
            "11:5: marks ['and'], but found ['delayed', 'late']",
            SAYS, "it is [[delayed]] and [[late]]", "it is delayed [[and]] late",
        ),
        ("14:5: should be left alone, but ['late'] set it off", SAYS, "it is early", "it is late"),
        ("18:5: is right now: move it up to 'allows'", SAYS, "the late Mr Smith", "Mr Smith"),
        ("11:5: is not caught", READS, "so [[late]]", "so [[slow]]"),
        ("15:5: should be left alone, but ['late'] set it off", READS, "it is early", "it is late"),
        (
            "9:12: should become 'that is our habit'; offered ['that is our way']",
            DRAFT, "is our way", "is our habit",
        ),
        (
            "9:12: marks ['that'], but found ['our policy']",
            DRAFT, "that is [[our policy]]", "[[that]] is our policy",
        ),
        ("9:12: is not caught", DRAFT, "that is [[our policy]]", "that is a policy"),
        (
            "12:10: should be left alone, but ['our policy'] set it off",
            DRAFT, "your policy", "our policy",
        ),
        ("9:12: is not caught", QUIET, "(silence 60)", "(silence 59)"),
        ("13:12: should be left alone, but [] set it off", QUIET, "(silence 59)", "(silence 60)"),
        ("8:9: marks ['so'], but found ['late']", SPOKEN, "so [[late]]", "[[so]] late"),
        (
            "10:10: should be left alone, but ['will call'] set it off",
            AGENT, "I called", "I will call",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_breaks_its_word_is_told_where(expected, text, old, new, tmp_path):
    """What is missed, marked or rewritten wrongly, or caught by mistake is told by its place."""
    assert old in text
    assert faults(tmp_path, text.replace(old, new)) == [f"r0.yaml:{expected}"]


def test_what_set_a_rule_off_earlier_in_the_chat_is_quoted_from_there(tmp_path):
    """Where words said before set a rule off, a fault quotes those words, not the last ones."""
    text = """\
summary: A cause is known.
technique: calm
watches: conversation
when: {cause: delay}
say: ["Yes.", "Indeed."]
why: It helps.
source: own wording
flags:
  - {text: "Customer: hello", chat: ["Customer: so late"]}
  - {text: "Customer: [[late]]"}
  - {text: "(silence 30)", chat: ["Customer: so late"]}
allows:
  - {text: "Customer: hello", chat: ["Customer: it is late"]}
  - "Customer: early"
  - "Agent: late"
"""
    assert faults(tmp_path, text, READS) == [
        "r0.yaml:13:12: should be left alone, but ['late'] set it off"
    ]


def test_another_rules_mark_proves_nothing(tmp_path):
    """A reading rule is not proved by a turn that another rule marks with the same signal."""
    other = READS.replace("[late, delayed]", "[slow]")
    text = READS.replace("so [[late]]", "so slow")
    assert faults(tmp_path, text, other) == ["r0.yaml:11:5: is not caught"]


def test_our_own_prose_is_reviewed_first(tmp_path):
    """A line or swap that any rule would flag in a draft is a fault of the rule that offers it."""
    found = files(
        tmp_path,
        SAYS.replace("It is late.", "It is our policy by {time}."),
        DRAFT,
        DRAFT.replace("our policy", "our terms").replace("our way", "our policy"),
    )
    assert [str(fault) for fault in prove_lines(found, guidance(found))] == [
        f"{file}:1:1: offers {said!r}, which p/positive-language/r1 would flag"
        for file, said in (("r0.yaml", "It is our policy by 5 pm."), ("r2.yaml", "our policy"))
    ]


def test_a_self_check_is_all_of_it(tmp_path):
    """Examples first, prose after; the files may be any iterable."""
    found = files(
        tmp_path,
        SAYS.replace("so [[late]]", "so slow").replace("It is late.", "It is our policy."),
        DRAFT,
    )
    told = self_check(iter(found), guidance(found))
    assert [re.split("[,:]", fault.message)[0] for fault in told] == [
        "is not caught", "offers 'It is our policy.'",
    ]  # fmt: skip
    assert self_check(found, guidance(found)) == told
    missed = "is not caught: add its words to 'when', or see whether 'unless' holds there"
    assert told[0] == Fault(file="r0.yaml", line=10, column=5, message=missed)


def test_what_nothing_makes_is_not_waited_for(tmp_path):
    """A signal or an act that no rule reads and no detector makes is a fault: mostly a typo."""
    asks = SAYS.replace(
        "unless: {phrases: [too late to]}",
        "unless: [{act: ofer}, {signal: [cause.delay, arousal, cause.*, risk.chrun]}]",
    ).replace("technique: empathy", "technique: apologise")
    found = files(tmp_path, asks, READS.replace("technique: empathy", "technique: cause.delay"))
    assert [fault.message.split(",")[0] for fault in unheard(found, guidance(found))] == [
        "waits for 'act.ofer'",
        "waits for 'risk.chrun'",
    ]


OFFERS = """\
summary: A way on is known.
technique: offer-solutions
watches: customer-turn
when: {playbook: option, phrases: [what now]}
needs: [option]
say: ["I can {option}.", "Shall I {option}?"]
why: "You can {option}."
source: own wording
playbook: {offers: [{offer: look at it, causes: [delay]}]}
flags:
  - {text: "[[what now]]", chat: ["Customer: late"]}
  - {text: "late, so [[what now]]"}
  - text: "[[what now]]"
    chat: ["Customer: late"]
    playbook: {offers: [{offer: ask}]}
allows:
  - "what now"
  - {text: "what now", chat: ["Customer: late"], playbook: {name: nothing}}
  - {text: "now", chat: ["Customer: late"]}
"""


def test_a_rule_brings_the_playbook_of_its_proof(tmp_path):
    """Examples are tried with the rule's own playbook, or with their own above that."""
    delay = READS.replace("technique: empathy", "technique: cause.delay")
    assert faults(tmp_path, OFFERS, delay) == []
    other = OFFERS.replace("playbook: {name: nothing}", "playbook: {offers: [{offer: ask}]}")
    assert faults(tmp_path, other, delay) == [
        "r0.yaml:18:12: should be left alone, but ['what now'] set it off"
    ]


def test_a_draft_rule_is_tried_with_the_words_of_its_house(tmp_path):
    """A banned word is found in drafts where the playbook of the proof bans it, and only there."""
    text = DRAFT.replace("when: {phrases: [our policy]}", "when: {signal: draft.banned}").replace(
        "source:", "playbook: {banned-words: [our policy]}\nsource:"
    )
    assert faults(tmp_path, text) == []


def test_the_house_words_of_the_guidance_are_left_out(tmp_path):
    """A company's banned words are no fault of lines that are passed over when they hold one."""
    found = files(
        tmp_path, SAYS, DRAFT.replace("{phrases: [our policy]}", "{signal: draft.banned}")
    )
    house = replace(guidance(found), playbook=Playbook(name="b", banned=("late",)))
    assert prove_lines(found, house) == ()


def test_why_names_only_what_is_needed(tmp_path):
    """A slot in the sentence of why must be one that the rule needs."""
    with pytest.raises(PackError, match="needs"):
        files(tmp_path, OFFERS.replace("needs: [option]\n", ""))


def test_how_far_a_self_check_came_can_be_followed(tmp_path):
    """What goes through the rules sees each once."""
    found = files(tmp_path, SAYS, DRAFT)
    seen = []

    def over(rules):
        for file in rules:
            yield file
            seen.append(file)

    self_check(found, guidance(found), over=over)
    assert seen == list(found)


def test_a_self_check_reads_the_same_thing_once(tmp_path):
    """A detector is asked once for the same turn after the same turns, not once a rule."""
    found = files(tmp_path, SAYS, SAYS.replace("early", "Early"), DRAFT)
    plain = guidance(found)
    asked = []

    def listening(subject, earlier):
        asked.append((subject, tuple(earlier)))
        return plain.detectors[0](subject, earlier)

    assert self_check(found, replace(plain, detectors=(listening,))) == ()
    turns = [text.text for text, _ in asked if isinstance(text, Turn)]
    assert turns.count("late") == turns.count("it is early") == turns.count("it is Early") == 1
    assert len(asked) == len(set(asked))


def test_what_is_remembered_is_never_another_reading(tmp_path):
    """Words after other turns, by somebody else or in another house are read anew."""
    heard = READS.replace("so [[late]]", "late").replace(
        '  - "it is early"', '  - {text: "late", chat: ["Agent: it is early"]}'
    )
    house = DRAFT.replace("{phrases: [our policy]}", "{signal: draft.banned}").replace(
        "source:", "playbook: {banned-words: [our policy]}\nsource:"
    )
    first = DRAFT.replace(', chat: ["Customer: why?", "Agent: so"]', "")
    found = files(tmp_path, heard, DRAFT, first, house, AGENT.replace("will call", "late"))
    plain = guidance(found)

    def after_silence(subject, earlier):
        return Findings() if earlier else plain.detectors[0](subject, earlier)

    hearing = replace(plain, detectors=(after_silence,))
    alone = [fault for file in found for fault in prove(file, hearing)]
    assert [fault for fault in self_check(found, hearing) if fault.line > 1] == alone
    assert list(map(_bare, alone)) == ["r1.yaml:11:12: is not caught"]
