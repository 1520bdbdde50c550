"""A played transcript as one HTML page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.conversation import Conversation
from assist.core.escalation import Escalation, Level
from assist.core.signals import Evidence, Pull, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import Held, HeldReason, Kind, Suggestion
from assist.core.text import Span
from assist.core.turns import Closed, Opened, Role, Turn
from assist.replay.page import page
from assist.replay.play import Played
from assist.wire.messages import Position
from assist.wire.render import render

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HOSTILE = "</title></style></p>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"


def proof(start, end, cue="late", turn="t1"):
    return Evidence(turn=turn, span=Span(start, end), cue=cue, source="s")


def played(text, *signals, role=Role.CUSTOMER, level=Level.CALM, cards=(), held=(), name="t1"):
    """Return one played turn that was read as these signals."""
    turn = Turn(id=name, role=role, text=text, at=AT)
    reading = Reading(
        turn=name, sentiment=Sentiment(score=-0.25, label=SentimentLabel.NEGATIVE), signals=signals
    )
    escalation = Escalation(level=level, score=0.4)
    after = Conversation(
        id="c", turns=(turn,), readings=(reading,), escalation=escalation, held=held
    )
    messages = tuple(
        render(change, conversation="c", position=Position(epoch="e", offset=number), turn=name)
        for number, change in enumerate((escalation, *cards), start=1)
    )
    return Played(event=turn, conversation=after, messages=messages)


def card(*lines, evidence=(), why="Because."):
    return Suggestion(
        id="s", technique="empathy", rule="p/empathy/r", kind=Kind.REPLY, lines=lines, why=why,
        evidence=evidence, priority=50, expires_after_turn=2,
    )  # fmt: skip


def noticed(*evidence, reason="is late", name="cause.delay"):
    pulls = (Pull(axis="effort", amount=1.0),)
    return Signal(name=name, score=1.0, evidence=evidence, reason=reason, pulls=pulls)


class Reader(HTMLParser):
    """Gathers what a browser would see: tags with their attributes, and the words."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.words = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def seen(*steps, name="c", **more):
    return Reader(page([(name, steps)], **more))


def test_hostile_words_are_only_words():
    """Markup in names, turns, cues, lines and reasons is shown as text, and adds no element."""
    steps = (
        played(
            HOSTILE,
            noticed(proof(0, 5, cue=HOSTILE, turn=HOSTILE)),
            cards=(card(HOSTILE, why=HOSTILE),),
            name=HOSTILE,
        ),
    )
    hostile = seen(*steps, name=HOSTILE)
    plain = seen(
        played("plain", noticed(proof(0, 5)), cards=(card("line"),)),
    )
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert [sorted(attrs) for _, attrs in hostile.tags] == [
        sorted(attrs) for _, attrs in plain.tags
    ]
    assert "".join(hostile.words).count(HOSTILE) >= 3


def test_a_page_loads_and_runs_nothing():
    """There is no script, no link and no address in it, and its policy forbids them."""
    text = page([("c", [played("hi", cards=(card("one"),))])])
    reader = Reader(text)
    assert {tag for tag, _ in reader.tags}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "base", "form", "a"}
    )
    names = {name for _, attrs in reader.tags for name in attrs}
    assert names.isdisjoint({"src", "href", "srcset", "action", "style", "onload", "onclick"})
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = [m["content"] for m in reader.named("meta") if "http-equiv" in m]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_cues_are_marked_where_they_stand():
    """The words that speak for a signal are marked with its name; those of the valence are not."""
    signals = (
        noticed(proof(7, 11)),
        noticed(proof(7, 17, cue="again")),
        noticed(proof(0, 4), name="valence"),
        noticed(proof(0, 4), reason=""),
    )
    text = page([("c", [played("it’s 🙂 late again", *signals)])])
    late, again = '<mark title="again, late">late</mark>', '<mark title="again"> again</mark>'
    assert f"<p>it’s 🙂 {late}{again}</p>" in text


@pytest.mark.parametrize("evidence", [proof(0, 4, turn="t9"), proof(90, 99), proof(-5, 0)])
def test_what_points_elsewhere_marks_nothing(evidence):
    """Evidence of another turn, or outside the words, marks no words of this one."""
    assert (
        seen(played("so late", noticed(evidence), cards=(card(evidence=(evidence,)),))).named(
            "mark"
        )
        == []
    )


def test_what_a_suggestion_points_at_is_marked_too():
    """The words that set off a suggestion are marked in the turn."""
    reader = seen(played("so late", cards=(card(evidence=(proof(3, 7),)),)))
    assert reader.named("mark") == [{"title": "late"}]


def test_a_card_shows_technique_lines_and_why():
    """What was offered stands beside its turn by the technique's plain name."""
    words = "".join(seen(played("hi", cards=(card("one", "two"),))).words)
    for said in ("Name the feeling", "one", "two", "Because.", "p/empathy/r"):
        assert said in words


def test_what_was_held_back_is_told():
    """A technique that was held back is named with its reason; none leaves no line."""
    held = (Held(technique="calm", rule="r", turn="t1", reason=HeldReason.RESTING),)
    assert "Held back: Stay calm (resting)" in seen(played("hi", held=held)).words
    assert not any(said.startswith("Held back") for said in seen(played("hi")).words)


def test_only_customers_have_a_score():
    """Level and feeling stand under the customer's turns and nobody else's."""
    customer, agent = seen(played("hi")), seen(played("hi", role=Role.AGENT))
    assert "calm 0.40" in customer.words
    assert "feeling -0.25" in customer.words
    assert "calm 0.40" not in agent.words
    assert agent.named("svg") == []


def test_a_turn_that_was_not_read_has_no_score():
    """A note or a blank stands in the chat without level, feeling or dot."""
    step = played("")
    unread = replace(step, conversation=replace(step.conversation, readings=()))
    assert seen(unread).named("circle") == []


def test_the_timeline_has_a_dot_for_each_customer_turn():
    """Dots are coloured by level; a triangle says that something was shown."""
    steps = (
        played("a", name="t1"),
        played("b", role=Role.AGENT, name="t2"),
        played("c", level=Level.HIGH, name="t3", cards=(card("one"),)),
    )
    reader = seen(*steps)
    assert [dot["class"] for dot in reader.named("circle")] == ["dot calm", "dot high"]
    (band, *_), (first, last) = reader.named("rect"), reader.named("circle")
    left, right = float(band["x"]), float(band["x"]) + float(band["width"])
    assert left <= float(first["cx"]) < float(last["cx"]) <= right
    assert len(reader.named("path")) == 1
    assert "t3: high 0.40" in reader.words


def test_the_facts_are_counted():
    """Turns, the highest level, suggestions and changes of escalation stand at the top."""
    steps = (
        Played(event=Opened(), conversation=Conversation(id="c"), messages=()),
        played("a", level=Level.HIGH, cards=(card("one"),)),
        played("b", name="t2"),
        Played(event=Closed(at=AT), conversation=Conversation(id="c"), messages=()),
    )
    words = "".join(seen(*steps).words)
    assert "2 turns · highest level high · 1 suggestions · 2 changes of escalation" in words


@pytest.mark.parametrize(
    ("expected", "bands"),
    [([30.0, 45.0, 52.5, 22.5], {}), ([15.0, 60.0, 60.0, 15.0], {"bands": (0.0, 0.1, 0.5, 0.9)})],
)
def test_bands_are_the_scores_that_enter_the_levels(expected, bands):
    """The background shows from which score on each level is entered."""
    heights = [float(band["height"]) for band in seen(played("a"), **bands).named("rect")]
    assert heights == pytest.approx(expected)


def test_many_chats_are_on_one_page():
    """Each chat has its section, and the title names them all, however many."""
    text = page([(f"chat & {number}", [played("hi")]) for number in range(60)])
    reader = Reader(text)
    assert len(reader.named("section")) == 60
    title = text.split("<title>")[1].split("</title>")[0]
    assert title.startswith("Replay: chat &amp; 0, chat &amp; 1")
    assert Reader(f"<b>{title}</b>").words[0] == "Replay: " + ", ".join(
        f"chat & {number}" for number in range(60)
    )[:200]  # fmt: skip


def test_a_chat_without_turns_is_a_page_too():
    """Where nobody spoke there is no timeline, and the facts say so."""
    reader = seen(Played(event=Opened(), conversation=Conversation(id="c"), messages=()))
    assert reader.named("svg") == []
    assert "0 turns" in "".join(reader.words)


SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6)


@given(st.text(alphabet="ab<&>\"' 🙂é\n", max_size=20), SPANS)
def test_marking_never_changes_the_words(text, spans):
    """Whatever is marked, the words of a turn read as they were written."""
    signals = [noticed(proof(start, end)) for start, end in spans]
    reader = seen(played(text, *signals))
    assert text in "".join(reader.words)


def test_times_are_told_to_the_second():
    """Every turn shows when it was said."""
    step = played("hi")
    later = replace(step, event=replace(step.event, at=AT + timedelta(seconds=75)))
    assert "09:01:15" in seen(later).words
