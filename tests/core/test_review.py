"""The review of a draft: findings at their words, and only rewrites that are better."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.core.conditions import AnyOf, CueFound, Pattern, StageIs
from assist.core.conversation import Conversation, Stage
from assist.core.escalation import EscalationPolicy
from assist.core.line import Guidance
from assist.core.review import review
from assist.core.rewrites import Fill, applied
from assist.core.rules import Pack, Rule, Swap, Watches
from assist.core.signals import Cue, Evidence, Findings, Pull, Signal
from assist.core.text import Span
from assist.core.turns import Draft, Role, Turn

POLICY = EscalationPolicy(bias=-2.0, weights={"repair": -1.0})


def rule(name, *, swaps=(), reword=(), words=None, when=None):
    return Rule(
        id=f"p/{name}/r",
        technique=name,
        watches=Watches.AGENT_DRAFT,
        when=when or CueFound(pattern=Pattern(cue=words or name)),
        summary=f"{name}.",
        why="Because.",
        swaps=tuple(Swap(old=old, new=new) for old, new in swaps),
        rewordings=reword,
    )


class Desk:
    """Reviews drafts under rules whose cues are found by plain patterns; counts its readings."""

    def __init__(self, *rules, **patterns):
        self.texts = []
        self.patterns = patterns
        self.guidance = Guidance(
            pack=Pack(name="p", version="1", digest="d", rules=rules),
            policy=POLICY,
            detectors=(self.detect,),
        )

    def detect(self, subject, earlier):
        self.texts.append(subject.text)
        cues = [
            Cue(name=name, span=Span(*match.span()), source="phrases")
            for name, pattern in self.patterns.items()
            for match in re.finditer(pattern, subject.text, re.IGNORECASE)
        ]
        soft = (
            Signal(
                name="act.apology",
                score=1.0,
                evidence=(Evidence(turn="", span=Span(0, 1), cue="a", source="x"),),
                pulls=(Pull(axis="repair", amount=1.0),),
            ),
        )
        return Findings(cues=tuple(cues), signals=soft if "sorry" in subject.text else ())

    def review(self, text):
        return review(Draft(text=text), Conversation(id="c"), self.guidance)

    def offered(self, text):
        return [[r.text for r in finding.rewrites] for finding in self.review(text).findings]


CANNOT = rule("positive", reword=("turn-condition", "say-what-is-possible"))
SOON = rule("time", swaps=(("soon", "by {time}"),))


def test_a_draft_with_nothing_to_find_costs_one_reading():
    """A clean draft has no findings, and is read once."""
    desk = Desk(CANNOT, SOON, positive=r"can't", time=r"\bsoon\b")
    assert desk.review("It left at noon.").findings == ()
    assert desk.texts == ["It left at noon."]


def test_a_finding_points_at_the_words_and_offers_the_first_rewording_that_fits():
    """The finding has the words, the message, the reason, and one rewrite."""
    desk = Desk(CANNOT, positive=r"can't")
    (finding,) = desk.review("We can't move it until noon.").findings
    assert (finding.span, finding.technique, finding.rule) == (Span(3, 8), "positive", CANNOT.id)
    assert (finding.message, finding.why) == ("positive.", "Because.")
    assert [rewrite.text for rewrite in finding.rewrites] == ["We can move it from noon."]


def test_the_next_rewording_is_tried_where_the_first_has_nothing():
    """A rewrite that leaves the rule as much to find is not offered."""
    desk = Desk(CANNOT, positive=r"can't(?! move it\. What)")
    assert desk.offered("We can't move it.") == [
        ["We can't move it. What I can do is [next step]."]
    ]
    assert Desk(CANNOT, positive=r"can't").offered("We can't move it.") == [[]]


def test_open_slots_are_shown_and_placed():
    """A slot of a swap is shown in brackets, with its place in the rewritten text."""
    desk = Desk(SOON, time=r"\bsoon\b")
    (finding,) = desk.review("Yes. I write soon, Sam.").findings
    (rewrite,) = finding.rewrites
    assert rewrite.text == "Yes. I write by [time], Sam."
    assert rewrite.fills == (Fill(name="time", span=Span(16, 22)),)
    assert rewrite.fills[0].span.of(rewrite.text) == "[time]"
    assert applied("Yes. I write soon, Sam.", rewrite.edits) == rewrite.text


@pytest.mark.parametrize(
    ("swaps", "draft", "after"),
    [
        ((("as said", "to recap"),), "As said, it is here.", "To recap, it is here."),
        ((("as said", "to recap"),), "as said, it is here", "to recap, it is here"),
        ((("rma", "item number"),), "Send a RMA now.", "Send an item number now."),
        ((("rma", "return number"),), "An RMA is here.", "A return number is here."),
        ((("rma", "return number"),), "The RMA is here.", "The return number is here."),
        ((("rma", "[x]"),), "Send a rma.", "Send a [x]."),
        ((("sadly,", ""),), "Sadly, it is here.", "It is here."),
        ((("sadly,", ""),), "so sadly, it is here", "so it is here"),
        ((("nope", "x"),), "Sadly, it is here.", None),
    ],
)
def test_a_swap_fits_its_place(swaps, draft, after):
    """A swap takes over the capital and the article of its place; an empty one closes the gap."""
    desk = Desk(rule("words", swaps=swaps), words="as said|rma|sadly,")
    assert desk.offered(draft) == [[after] if after else []]


def test_a_rewrite_that_breaks_an_invariant_is_not_offered():
    """A swap that brings in a promise is dropped, without even being read."""
    desk = Desk(rule("words", swaps=(("soon", "and free"),)), words="soon")
    assert desk.offered("It comes soon.") == [[]]
    assert len(desk.texts) == 1


def test_a_rewrite_that_another_rule_would_find_is_not_offered():
    """Better words for one rule must not be worse ones for another."""
    other = rule("other")
    desk = Desk(rule("words", swaps=(("soon", "anon"),)), other, words="soon", other="anon")
    assert desk.offered("It comes soon.") == [[]]
    assert desk.offered("It comes soon, anon.") == [[], []]


def test_findings_come_in_the_order_of_the_text():
    """Findings are sorted by place, whatever the order of the rules."""
    desk = Desk(SOON, CANNOT, time=r"\bsoon\b", positive=r"can't")
    found = desk.review("We can't tell. It comes soon.").findings
    assert [finding.technique for finding in found] == ["positive", "time"]


def test_the_first_finding_also_offers_all_edits_together():
    """Edits of several findings that lie apart make one more rewrite, of the first finding."""
    desk = Desk(SOON, CANNOT, time=r"\bsoon\b", positive=r"can't")
    assert desk.offered("We can't move it until noon. I write soon.") == [
        [
            "We can move it from noon. I write soon.",
            "We can move it from noon. I write by [time].",
        ],
        ["We can't move it until noon. I write by [time]."],
    ]


def test_edits_that_meet_are_not_put_together():
    """Two findings with the same way out offer it each, and nothing more."""
    desk = Desk(CANNOT, rule("until", reword=("turn-condition",)), positive="can't", until="until")
    after = ["We can move it from noon."]
    assert desk.offered("We can't move it until noon.") == [after, after]


def test_together_is_left_out_where_it_would_break_something():
    """Edits that are fine alone may be bad together; then only the single ones are offered."""
    rules = (
        rule("one", swaps=(("aaa", "ccc"),)),
        rule("two", swaps=(("bbb", "ddd"),)),
        rule("both"),
    )
    desk = Desk(*rules, one="aaa", two="bbb", both="ccc .* ddd")
    assert desk.offered("It is aaa and bbb.") == [["It is ccc and bbb."], ["It is aaa and ddd."]]


def test_several_places_of_one_rule_are_several_findings():
    """Each place is its own finding; one mended place is already better."""
    desk = Desk(SOON, time=r"\bsoon\b")
    assert desk.offered("It comes soon. I write soon.") == [
        ["It comes by [time]. I write soon.", "It comes by [time]. I write by [time]."],
        ["It comes soon. I write by [time]."],
    ]


def test_places_that_touch_are_one():
    """Finds that overlap, or have only blanks between, are one finding; the longer span counts."""
    desk = Desk(rule("loud", reword=("quieter",)), loud=r"(?-i:\b[A-Z]{2,}\b)")
    (finding,) = desk.review("so PLEASE WAIT here").findings
    assert finding.span == Span(3, 14)
    parts = tuple(CueFound(pattern=Pattern(cue=cue)) for cue in ("wide", "narrow"))
    desk = Desk(rule("words", when=AnyOf(parts=parts)), wide="one two", narrow="two")
    assert [f.span for f in desk.review("one two three").findings] == [Span(0, 7)]


def test_a_rule_without_a_place_is_about_the_whole_draft():
    """A rule that holds by the state of the chat finds the draft as a whole."""
    desk = Desk(rule("whole", when=StageIs(stages=(Stage.OPENING,))))
    (finding,) = desk.review("Good day.").findings
    assert (finding.span, finding.rewrites) == (Span(0, 9), ())


def test_no_text_is_read_twice_and_not_too_many_are():
    """However many findings, a bounded length of rewritten texts is read, each once."""
    desk = Desk(SOON, time=r"\bsoon\b")
    found = desk.review(" ".join(f"{n} {'and ' * 90}it comes soon." for n in range(40))).findings
    assert len(found) == 40
    assert len(desk.texts) == len(set(desk.texts))
    assert sum(len(text) for text in desk.texts[1:]) <= 6000
    offered = [bool(finding.rewrites) for finding in found]
    assert offered == sorted(offered, reverse=True)
    assert 0 < sum(offered) < 40


def test_of_one_technique_one_rule_speaks_in_a_sentence():
    """Two rules of one technique that meet in a sentence are one finding, the one with words."""
    bare = rule("time", words="bare")
    bare = replace(bare, id="p/time/bare")
    desk = Desk(bare, SOON, bare="It comes", time=r"\bsoon\b")
    (finding,) = desk.review("It comes soon.").findings
    assert (finding.rule, len(finding.rewrites)) == (SOON.id, 1)
    assert len(desk.review("It comes. Yes, soon.").findings) == 2
    draft = Draft(text="It comes soon.")
    every = review(draft, Conversation(id="c"), desk.guidance, every=True)
    assert len(every.findings) == 2


def test_where_one_rule_has_better_words_the_others_are_not_asked():
    """Of two rules of one technique with words for one place, the first in rank speaks alone."""
    second = replace(rule("time", swaps=(("soon", "on {time}"),)), id="p/time/b", priority=40)
    desk = Desk(second, SOON, time=r"\bsoon\b")
    (finding,) = desk.review("It comes soon.").findings
    assert finding.rule == SOON.id
    assert len(desk.texts) == 2


def test_the_same_better_words_are_told_once():
    """Two rules of one technique that make the same of a sentence are one finding."""
    sigh = replace(rule("positive", words="sigh", reword=("turn-condition",)), id="p/positive/b")
    desk = Desk(CANNOT, sigh, positive=r"can't", sigh=r"Sadly")
    (finding,) = desk.review("Sadly we can't move it until noon.").findings
    assert finding.rewrites[0].text == "We can move it from noon."


def test_two_places_of_one_technique_in_a_sentence_may_both_have_words():
    """What can be said better in two places of a sentence is told twice."""
    desk = Desk(SOON, time=r"\bsoon\b")
    assert len(desk.review("It comes soon, it goes soon.").findings) == 2


def test_a_rule_may_speak_only_where_it_has_better_words():
    """Without a rewrite, a rule that has nothing better to offer is silent."""
    shy = replace(CANNOT, only_with_words=True)
    desk = Desk(shy, positive=r"can't")
    assert desk.review("We can't move it.").findings == ()
    assert len(desk.review("We can't move it until noon.").findings) == 1


def test_what_is_not_offered_is_counted():
    """A rewrite that broke a law or helped nothing is dropped, and the review says how many."""
    desk = Desk(CANNOT, positive=r"can't")
    assert desk.review("We can't move it.").dropped == 1
    assert desk.review("We can't move it until noon.").dropped == 0


def test_tension_falls_with_soothing_and_rises_with_findings():
    """The expected score goes down with what the draft repairs, and up with each finding."""
    desk = Desk(SOON, time=r"\bsoon\b")
    flat, soothed, rough = (
        desk.review(text).tension for text in ("It left.", "I'm sorry, it left.", "It comes soon.")
    )
    assert flat.before == flat.after == soothed.before
    assert soothed.after < flat.after < rough.after


def test_private_notes_are_not_read():
    """A draft is read after the turns that were said; internal notes are not among them."""
    heard = []

    def detect(subject, earlier):
        del subject
        heard.extend(turn.id for turn in earlier)
        return Findings()

    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    turns = tuple(
        Turn(id=name, role=Role.AGENT, text="words", at=at, private=private)
        for name, private in (("said", False), ("note", True))
    )
    guidance = Guidance(
        pack=Pack(name="p", version="1", digest="d", rules=()), policy=POLICY, detectors=(detect,)
    )
    review(Draft(text="ok"), Conversation(id="c", turns=turns), guidance)
    assert set(heard) == {"said"}


def test_where_words_and_parse_disagree_nothing_is_reworded():
    """A rewording is not tried in a sentence that is unclear; a swap of words still is."""
    desk = Desk(CANNOT, SOON, positive=r"can't", time=r"\bsoon\b")
    text = "We can't move it until noon. It comes soon."

    def unclear(subject, earlier):
        proof = Evidence(turn="", span=Span(17, 22), cue="x", source="s")
        return Findings(signals=(Signal(name="draft.unclear", score=1.0, evidence=(proof,)),))

    assert [bool(rewrites) for rewrites in desk.offered(text)] == [True, True]
    desk.guidance = replace(desk.guidance, detectors=(desk.detect, unclear))
    assert [bool(rewrites) for rewrites in desk.offered(text)] == [False, True]


@pytest.mark.parametrize(
    ("unsure", "offered"), [(True, []), (False, [["We can open it from noon."]])]
)
def test_where_it_is_in_doubt_what_belongs_together_nothing_is_reworded(unsure, offered):
    """A reworded sentence may not be one whose condition belongs nobody knows where."""
    desk = Desk(CANNOT, positive="can't")
    proof = Evidence(turn="", span=Span(0, 2), cue="x", source="s")
    signal = Signal(name="draft.unclear", score=1.0, evidence=(proof,))
    doubt = Findings(signals=(signal,) if unsure else ())
    detectors = (desk.detect, lambda subject, earlier: doubt)
    desk.guidance = replace(desk.guidance, detectors=detectors)
    assert [found for found in desk.offered("We can't open it until noon.") if found] == offered
