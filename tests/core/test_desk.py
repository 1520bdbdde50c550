"""The draft on the desk: what rules find in it, and whether an edit makes it better."""

import re

import pytest

from assist.core.conditions import AllOf, AnyOf, CueFound, Pattern, SignalIs
from assist.core.conversation import Conversation
from assist.core.desk import Desk
from assist.core.escalation import EscalationPolicy
from assist.core.late import late
from assist.core.line import Guidance
from assist.core.rewrites import Substitution
from assist.core.rules import Pack, Rule, Watches
from assist.core.signals import Cue, Evidence, Findings, Signal
from assist.core.text import Span
from assist.core.turns import Draft


def cue(name):
    return CueFound(pattern=Pattern(cue=name))


def rule(name, when=None):
    return Rule(
        id=name,
        technique=name,
        watches=Watches.AGENT_DRAFT,
        when=when or cue(name),
        summary="S.",
        why="W.",
    )


def desk(text, *rules, **patterns):
    """Return a desk whose rules find plain patterns, and the texts that were read."""
    texts = []

    def detect(subject, earlier):
        texts.append(subject.text)
        return Findings(
            cues=tuple(
                Cue(name=name, span=Span(*match.span()), source="phrases")
                for name, pattern in patterns.items()
                for match in re.finditer(pattern, subject.text)
            )
        )

    pack = Pack(name="p", version="1", digest="d", rules=rules or (rule("bad"),))
    policy = EscalationPolicy(bias=0.0, weights={})
    guidance = Guidance(pack=pack, policy=policy, detectors=(detect,))
    return Desk(text, Conversation(id="c"), guidance), texts


def edit(text, old, new):
    start = text.index(old)
    return (Substitution(span=Span(start, start + len(old)), text=new),)


LONG = f"{'Long ago it was so. ' * 21}"


def test_a_short_draft_is_read_again_as_a_whole():
    """Where it costs little, the whole of what it becomes is read."""
    text = "First. It is bad. Last."
    at, texts = desk(text, bad="bad")
    assert at.better(edit(text, "bad", "good"), ("bad",)).text == "First. It is good. Last."
    assert texts == [text, "First. It is good. Last."]


def test_in_a_long_draft_an_edit_is_judged_in_the_sentences_it_touches():
    """What stands around the sentence is not read again."""
    text = f"{LONG}It is bad. Last."
    at, texts = desk(text, bad="bad")
    rewrite = at.better(edit(text, "bad", "good"), ("bad",))
    assert rewrite.text == f"{LONG}It is good. Last."
    assert texts == [text, "It is bad.", "It is good."]


def test_an_edit_of_several_sentences_is_judged_in_all_of_them():
    """Edits far apart are judged with all that lies between."""
    text = f"A bad one. Between. A bad two. {LONG}"
    at, texts = desk(text, bad="bad")
    edits = (*edit(text, "bad one", "good one"), *edit(text, "bad two", "good two"))
    assert at.better(edits, ("bad",)).text.startswith("A good one. Between. A good two. Long")
    assert texts[1:] == ["A bad one. Between. A bad two.", "A good one. Between. A good two."]


def test_a_rule_that_needs_the_whole_draft_is_judged_in_it():
    """Where the sentence alone does not set the rule off, the whole draft is read again."""
    text = f"It is bad. {LONG}Context."
    needs = rule("bad", AllOf(parts=(cue("bad"), cue("context"))))
    at, texts = desk(text, needs, bad="bad", context="Context")
    good = f"It is good. {LONG}Context."
    assert at.better(edit(text, "bad", "good"), ("bad",)).text == good
    assert texts == [text, "It is bad.", good]


@pytest.mark.parametrize(
    ("new", "why"),
    [("bad and worse", "more"), ("bad", "no less"), ("ugly", "another"), ("12", "a number")],
)
def test_what_is_no_better_is_dropped_and_counted(new, why):
    """An edit that leaves as much, adds something or breaks a law is not taken."""
    text = "It is bad."
    at, _ = desk(text, rule("bad"), rule("ugly"), bad="bad|worse", ugly="ugly")
    assert at.better(edit(text, "bad", new), ("bad",)) is None, why
    assert at.dropped == 1


def test_after_so_much_reading_nothing_more_is_offered():
    """A review reads a bounded length; then rewrites are dropped unread."""
    text = f"{LONG}{'x' * 2500} bad"
    at, _ = desk(text, bad="bad")
    assert at.better(edit(text, "bad", "good"), ("bad",)) is not None
    assert not at.closed
    assert at.better(edit(text, "bad", "fine"), ("bad",)) is None
    assert at.closed


def test_before_as_much_as_may_be_read_counts_too():
    """A long sentence in a longer draft may be too long to be read even as it stands."""
    text = "First. " + "x" * 7000 + " bad"
    at, _ = desk(text, bad="bad")
    assert at.better(edit(text, "bad", "good"), ("bad",)) is None


@pytest.mark.parametrize(("expected", "draft_too"), [(Span(3, 5), True), (Span(0, 6), False)])
def test_evidence_in_earlier_turns_is_no_place_in_the_draft(expected, draft_too):
    """A rule that speaks of an earlier turn points at its words in the draft, or at all of it."""
    earlier = Evidence(turn="t1", span=Span(0, 90), cue="x", source="s")
    here = Evidence(turn="", span=Span(3, 5), cue="x", source="s")

    def detect(subject, before):
        proofs = (earlier, here) if draft_too else (earlier,)
        return Findings(signals=(Signal(name="x", score=1.0, evidence=proofs),))

    pack = Pack(name="p", version="1", digest="d", rules=(rule("x", SignalIs(name="x")),))
    policy = EscalationPolicy(bias=0.0, weights={})
    at = Desk(
        "It is.",
        Conversation(id="c"),
        Guidance(pack=pack, policy=policy, detectors=(detect,)),
    )
    assert at.places == {"x": (expected,)}


def test_finds_with_only_blanks_between_are_one_place():
    """Neighbouring finds are one place, overlapping ones the longer; others stay apart."""
    either = AnyOf(parts=(cue("a"), cue("b"), cue("ab")))
    at, _ = desk("aa bb, bb", rule("x", either), a="aa", b="bb", ab="aa b")
    assert at.places == {"x": (Span(0, 4), Span(7, 9))}
    at, _ = desk("aa bb, bb", rule("x", either), a="aa", b="bb")
    assert at.places == {"x": (Span(0, 5), Span(7, 9))}


@pytest.mark.parametrize("new", ["by {time}", "good: {next-step}"])
def test_slots_are_judged_as_if_they_were_filled(new):
    """A rule against open slots has nothing to say to those that a rewrite leaves."""
    text = "It is bad."
    at, texts = desk(text, rule("bad"), rule("slot"), bad="bad", slot=r"\[")
    rewrite = at.better(edit(text, "bad", new), ("bad",))
    assert "[" in rewrite.text
    assert len(texts[-1]) == len(rewrite.text)


def test_a_place_in_no_sentence_belongs_to_the_whole():
    """Blanks between sentences lie in none."""
    at, _ = desk("One.  Two.")
    assert at.sentence(Span(5, 6)) == Span(0, 10)
    assert at.sentence(Span(0, 3)) == Span(0, 4)


def test_the_draft_is_read_as_a_draft():
    """Detectors are handed a draft, not a turn."""
    seen = []
    pack = Pack(name="p", version="1", digest="d", rules=())
    policy = EscalationPolicy(bias=0.0, weights={})

    def detect(subject, earlier):
        seen.append(subject)
        return Findings()

    Desk("Hi.", Conversation(id="c"), Guidance(pack=pack, policy=policy, detectors=(detect,)))
    assert seen == [Draft(text="Hi.")]


def unclear(*places):
    proofs = tuple(Evidence(turn="", span=place, cue="x", source="s") for place in places)
    return Findings(signals=(Signal(name="draft.unclear", score=1.0, evidence=proofs),))


def late_desk(text, detector, tells, *rules):
    pack = Pack(name="p", version="1", digest="d", rules=rules)
    waits = late(detector, frozenset({tells}), pack)
    policy = EscalationPolicy(bias=0.0, weights={})
    return Desk(text, Conversation(id="c"), Guidance(pack=pack, policy=policy, detectors=(waits,)))


def test_the_places_where_words_and_parse_disagree_are_known():
    """What a detector found unclear in a sentence is told of that sentence."""
    assert not desk("It is.")[0].doubtful(Span(0, 6))
    pack = Pack(name="p", version="1", digest="d", rules=())
    policy = EscalationPolicy(bias=0.0, weights={})
    found = unclear(Span(3, 5))
    guidance = Guidance(pack=pack, policy=policy, detectors=(lambda subject, earlier: found,))
    at = Desk("It is. So.", Conversation(id="c"), guidance)
    assert at.doubtful(Span(0, 6))
    assert not at.doubtful(Span(7, 10))


def test_whether_a_sentence_is_in_doubt_is_asked_of_it_alone():
    """What costs much reads the sentence that is in question, and only when it is."""
    texts = []

    def detect(subject, earlier):
        texts.append(subject.text)
        return unclear(Span(0, 2)) if subject.text == "So." else Findings()

    at = late_desk("It is. So.", detect, "draft.unclear")
    assert texts == []
    assert at.doubtful(Span(7, 10))
    assert not at.doubtful(Span(0, 6))
    assert texts == ["So.", "It is."]


def test_what_costs_much_is_asked_where_a_rule_waits_for_it():
    """Its signals set rules off as if they had been there at once; it is no doubt of theirs."""
    proof = Evidence(turn="", span=Span(0, 2), cue="x", source="s")
    found = Findings(signals=(Signal(name="x.y", score=1.0, evidence=(proof,)),))
    waits = rule("x", SignalIs(name="x.y"))
    at = late_desk("It is.", lambda subject, earlier: found, "x.y", waits)
    assert at.places == {"x": (Span(0, 2),)}
    assert not at.doubtful(Span(0, 6))
    asked = []
    needs = rule("x", AllOf(parts=(SignalIs(name="x.y"), cue("bad"))))
    at = late_desk("It is.", lambda subject, earlier: asked.append(subject), "x.y", needs)
    assert (at.places, asked) == ({}, [])
