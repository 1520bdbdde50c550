"""From a rule's lines to words an agent could send."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.conditions import SilentFor
from assist.core.conversation import Conversation, Shown
from assist.core.phrasing import (
    FACTS,
    OFFERED,
    OPEN,
    Wording,
    facts_of,
    fill,
    slots_of,
    without_slots,
    worded,
)
from assist.core.playbook import EMPTY, Offer, Playbook, Tone
from assist.core.rules import Pack, Rule, Watches
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import Slot
from assist.core.text import Span
from assist.core.turns import Opened, PastContact, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
PACK = Pack(
    name="p",
    version="1",
    digest="d",
    rules=(),
    things=("gift card", "card", "parcel", "order", "phone"),
    feelings=(("anger", "frustrating"), ("anxiety", "worrying")),
)


def rule(*lines, needs=()):
    return Rule(
        id="p/empathy/r", technique="empathy", watches=Watches.CUSTOMER_TURN,
        when=SilentFor(seconds=5), summary="S.", why="W.", lines=lines, needs=needs,
    )  # fmt: skip


def shown(*indexes, rule_id="p/empathy/r"):
    return Shown(technique="empathy", rule=rule_id, lines=indexes, customer_turns=1)


def test_slots_are_named_in_braces():
    """A line's slots are told in order; what is no slot name is no slot."""
    assert slots_of("{name}, by {time} {Time} {} {other-option}") == (
        "name",
        "time",
        "other-option",
    )


def test_a_line_without_its_slots_leaves_nothing_in_their_place():
    """What is no slot stays, braces and all."""
    assert without_slots("{name}, by {time} {Time}.") == ", by  {Time}."


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        (("So your parcel, Sam.", ()), "So {thing}, {name}."),
        (("Your parcel is late. Your parcel!", ()), "{thing} is late. {thing}!"),
        (("By [time].", (("time", Span(3, 9)),)), "By {time}."),
        (
            ("Sam: [next step] by [time]", (("next-step", Span(5, 16)), ("time", Span(20, 26)))),
            "{name}: {next-step} by {time}",
        ),
        (("plain", ()), "plain"),
    ],
)
def test_a_line_is_filled_with_facts(expected, line):
    """Facts go in, with a capital where a sentence starts; what nothing fills stays open."""
    assert fill(line, {"thing": "your parcel", "name": "Sam"}) == expected


@given(st.lists(st.sampled_from(["{name}", "{time}", "{detail}", "so ", "é🙂 ", ". "]), max_size=8))
def test_open_slots_are_where_they_are_said_to_be(parts):
    """The span of an open slot quotes that slot in the filled line."""
    line, slots = fill("".join(parts), {"name": "Zoë"})
    assert [span.of(line) for _, span in slots] == [f"[{name}]" for name, _ in slots]


@pytest.mark.parametrize(
    ("expected", "asked", "facts", "spent"),
    [
        ({"one", "two"}, rule("one", "two", "three"), {}, ((2,),)),
        ({"three"}, rule("one", "two", "three"), {}, ((0, 1),)),
        (None, rule("one", "two"), {}, ((0,), (1,))),
        (None, rule("{thing} one", "{thing} two"), {}, ()),
        ({"Box one", "two"}, rule("{thing} one", "two"), {"thing": "box"}, ()),
        ({"two"}, rule("{thing} one", "two"), {}, ()),
        ({"[time] one", "two"}, rule("{time} one", "two"), {}, ()),
        (None, rule("one", "two", needs=("thing",)), {}, ()),
        ({"one", "two"}, rule("one", "two", needs=("thing",)), {"thing": "box"}, ()),
        (set(), rule(), {}, ((),)),
    ],
)
def test_only_lines_that_can_be_said_and_were_not_are_chosen(expected, asked, facts, spent):
    """A line is passed over where it lacks a fact or was shown before; none left means None."""
    chat = Conversation(id="c", shown=tuple(shown(*indexes) for indexes in spent))
    found = worded(asked, chat, facts, EMPTY)
    assert (set(found.lines) if found else None) == expected


def test_two_lines_at_most_the_most_concrete_first():
    """Of many lines two are offered, and the one that uses the chat's own facts leads."""
    asked = rule("one", "{thing} two", "three", "{name}: {thing} four")
    found = worded(asked, Conversation(id="c"), {"name": "Sam", "thing": "box"}, EMPTY)
    assert found.lines == ("Sam: box four", "Box two")
    assert found.indexes == (3, 1)


def test_open_slots_name_their_line():
    """A slot that stays open says in which of the offered lines it lies."""
    found = worded(rule("{name} by {time}", "now"), Conversation(id="c"), {"name": "Sam"}, EMPTY)
    assert found == Wording(
        lines=("Sam by [time]", "now"),
        slots=(Slot(name="time", line=0, span=Span(7, 13)),),
        indexes=(0, 1),
        why="W.",
    )


def test_what_another_rule_showed_is_not_spent():
    """Only a rule's own lines are used up by showing them."""
    chat = Conversation(id="c", shown=(shown(0, 1, rule_id="p/empathy/other"),))
    assert worded(rule("one", "two"), chat, {}, EMPTY).indexes in {(0, 1), (1, 0)}


def test_the_choice_belongs_to_the_conversation():
    """The same chat always gets the same lines, and different chats do not all get one."""
    asked = rule(*(f"line {number}" for number in range(6)))
    chosen = [worded(asked, Conversation(id=f"c{number}"), {}, EMPTY).lines for number in range(12)]
    assert chosen == [
        worded(asked, Conversation(id=f"c{number}"), {}, EMPTY).lines for number in range(12)
    ]
    assert len(set(chosen)) > 1


def heard(*said, name=None):
    """Return a chat of customer turns, each (text, signals)."""
    turns = tuple(
        Turn(id=f"t{number}", role=Role.CUSTOMER, text=text, at=AT)
        for number, (text, *_) in enumerate(said)
    )
    readings = tuple(
        Reading(turn=f"t{number}", sentiment=FLAT, signals=tuple(signals))
        for number, (_, *signals) in enumerate(said)
    )
    return Conversation(id="c", turns=turns, readings=readings, opened=Opened(customer_name=name))


def cause(name, turn=None, at=0):
    evidence = (Evidence(turn=turn, span=Span(at, at + 1), cue="x", source="r"),) if turn else ()
    return Signal(name=f"cause.{name}", score=0.9, evidence=evidence)


@pytest.mark.parametrize(
    ("expected", "chat"),
    [
        ({}, heard()),
        ({"name": "Sam"}, heard(name="Sam Jones")),
        ({}, heard(name="  ")),
        ({"delay": "3 weeks"}, heard(("I have been waiting 3 weeks",))),
        ({"delay": "40 minutes"}, heard(("on hold for 40 mins",))),
        ({"delay": "5 days"}, heard(("5 working days and no reply",))),
        ({}, heard(("the warranty is 2 years and 3 weeks",))),
        ({"delay": "5 days"}, heard(("it's been about 4/5 days",))),
        ({"delay": "2 weeks"}, heard(("I sent it 2 weeks ago",))),
        ({}, heard(("that is a month of work for one person",))),
        ({"thing": "your parcel"}, heard(("Where are the parcels?",))),
        ({"thing": "your gift card"}, heard(("my GIFT CARD",))),
        ({}, heard(("what a discard",))),
        ({}, heard(("in order to log in, I called you on the phone",))),
        ({"thing": "your order"}, heard(("the order is late",))),
        ({"thing": "your card"}, heard(("my parcel",), ("no, my card",))),
        ({"feeling": "frustrating"}, heard(("grr", Signal(name="emotion.anger", score=0.5)))),
        (
            {"problem": "it hasn't come yet"},
            heard(("Hi, it hasn't come yet.", cause("delay", "t0", 6))),
        ),
        ({}, heard(("Late?!", cause("delay", "t0", 0)))),
        ({}, heard(("Late", cause("delay")))),
    ],
)
def test_facts_come_from_the_chat(expected, chat):
    """A slot is filled by what the customer said, newest first, and by nothing else."""
    assert facts_of(chat, PACK, EMPTY) == expected


def test_an_unread_turn_gives_no_facts():
    """A turn without a reading, such as one taken back, fills no slot."""
    chat = Conversation(id="c", turns=(Turn(id="t1", role=Role.CUSTOMER, text="my parcel", at=AT),))
    assert facts_of(chat, PACK, EMPTY) == {}


def test_two_options_come_from_the_playbook():
    """A choice needs two offers that fit the known causes; with one there is an option alone."""
    chat = heard(("late", cause("delay", "t0")))
    book = Playbook(name="b", offers=(Offer(text="wait"), Offer(text="ask", causes=("delay",))))
    facts = facts_of(chat, PACK, book)
    assert (facts["option"], facts["other-option"]) == ("ask", "wait")
    one = Playbook(name="b", offers=book.offers[:1])
    assert facts_of(chat, PACK, one) == {"option": "wait"}


def test_a_slot_is_filled_or_left_open_never_both():
    """What the chat, the playbook and only the agent can fill are apart."""
    assert len({*FACTS, *OFFERED, *OPEN}) == len(FACTS) + len(OFFERED) + len(OPEN)


def test_what_the_playbook_does_not_cover_stays_open():
    """A slot of the playbook that it does not fill is shown open, behind lines that are whole."""
    asked = rule("I can {option}.", "I look into it.", "{thing} by {time}: {option}")
    found = worded(asked, Conversation(id="c"), {}, EMPTY)
    assert found.lines == ("I look into it.", "I can [option].")
    assert found.slots == (Slot(name="option", line=1, span=Span(6, 14)),)


def test_a_masked_name_leaves_its_slot_open():
    """Dots are nobody's name, so the agent fills it in."""
    opened = Opened(customer_name="••• ••••")
    assert "name" not in facts_of(Conversation(id="c", opened=opened), PACK, EMPTY)
    named = Conversation(id="c", opened=replace(opened, customer_name="Zoë Lima"))
    assert facts_of(named, PACK, EMPTY)["name"] == "Zoë"


def test_a_banned_word_is_never_offered():
    """A line with a banned word is passed over, also where a fact brings the word in."""
    book = Playbook(name="b", banned=("cheap", "no worries"))
    asked = rule("No worries!", "I look at {thing}.", "I look into it.")
    found = worded(asked, Conversation(id="c"), {"thing": "your cheap lamp"}, book)
    assert found.lines == ("I look into it.",)


def test_a_formal_house_writes_short_forms_out():
    """Lines are told in the tone of the playbook, with their slots in their places."""
    book = Playbook(name="b", tone=Tone.FORMAL)
    found = worded(rule("I'll write by {time}.", "Yes."), Conversation(id="c"), {}, book)
    told = dict(zip(found.lines, (0, 1), strict=True))
    assert "I will write by [time]." in told
    assert found.slots[0].span == Span(16, 22)


def test_another_language_gets_no_lines():
    """A chat opened in a language that the house does not answer in gets no lines."""
    book = Playbook(name="b", languages=("en",))
    chat = Conversation(id="c", opened=Opened(locale="de"))
    assert worded(rule("one", "two"), chat, {}, book) is None


def test_why_may_name_what_is_needed():
    """The sentence of why is filled like a line."""
    asked = replace(rule("one", needs=("option",)), why="You may {option}.")
    assert (
        worded(asked, Conversation(id="c"), {"option": "swap it"}, EMPTY).why == "You may swap it."
    )


def test_products_are_things_by_their_own_name():
    """A product of the playbook is told as the company writes it, the longest name first."""
    book = Playbook(name="b", products=("Aero", "Aero Plus", "C++ Kit"))
    assert facts_of(heard(("my AERO PLUS parcel",)), PACK, book) == {"thing": "your Aero Plus"}
    assert facts_of(heard(("my aerodrome parcel",)), PACK, book) == {"thing": "your parcel"}


def test_an_earlier_contact_is_told_by_its_day():
    """What the platform told of the past may be spoken of, as an agent would say when it was."""
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    past = PastContact(at=datetime(2026, 3, 1, 9, tzinfo=UTC), summary="late parcel")
    chat = Conversation(id="c", now=now, opened=Opened(history=(past,)))
    assert facts_of(chat, PACK, EMPTY) == {"earlier": "yesterday"}


def test_facts_are_looked_for_when_they_are_asked_for():
    """What nothing fills, or is no slot, is missing; what is told is told the same again."""
    facts = facts_of(heard(("my parcel",)), PACK, Playbook(name="b", company="Fig & Co"))
    assert [facts.get("thing"), facts.get("thing"), facts["company"]] == [
        "your parcel", "your parcel", "Fig & Co",
    ]  # fmt: skip
    assert (facts.get("delay"), facts.get("delay", "ages")) == (None, "ages")
    assert facts.get("raisin") is None
    assert "raisin" not in facts
    assert 7 not in facts
    assert list(facts) == ["thing", "company"]
    assert len(facts) == 2
    with pytest.raises(KeyError):
        facts["delay"]
