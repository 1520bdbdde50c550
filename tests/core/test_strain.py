"""What the course of a talk adds to its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from assist.core.conversation import Act, Conversation
from assist.core.escalation import Contribution, EscalationPolicy
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.strain import STRAINS, Strain, strains, weighed
from assist.core.text import Span
from assist.core.turns import Role, Turn

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SAME = "Please restart your router and wait for the green light."


def proof(turn, cue):
    return Evidence(turn=turn, span=Span(0, 1), cue=cue, source="test")


def talk(*said):
    """Return a talk of (who, text, score, names of signals, minute); names of agents are whos."""
    turns, readings, acts = [], [], []
    for number, (who, text, score, names, minute) in enumerate(said):
        customer = who == "customer"
        role = Role.CUSTOMER if customer else Role.BOT if who == "bot" else Role.AGENT
        key = f"t{number}"
        at = START + timedelta(minutes=minute)
        turns.append(Turn(id=key, role=role, text=text, at=at, author=None if customer else who))
        if customer:
            readings.append(reading(key, score, names))
        else:
            acts += [Act(name=name, turn=key, index=number) for name in names]
    return Conversation(id="c", turns=tuple(turns), readings=tuple(readings), acts=tuple(acts))


def reading(turn, score, names):
    label = SentimentLabel.NEGATIVE if score < 0 else SentimentLabel.NEUTRAL
    label = SentimentLabel.POSITIVE if score > 0 else label
    found = [Signal(name=name, score=1.0, evidence=(proof(turn, name),)) for name in names]
    if score:
        found.append(Signal(name="valence", score=score, evidence=(proof(turn, "felt"),)))
    return Reading(turn=turn, sentiment=Sentiment(score=score, label=label), signals=tuple(found))


def said(text="well", score=0.0, *names, minute=0):
    return "customer", text, score, names, minute


def answered(who="Ann", text="one moment", *names, minute=0):
    return who, text, 0.0, names, minute


def found(name, *turns):
    """Return the strain of that name after these turns, or None."""
    return next((one for one in strains(talk(*turns)) if one.name == name), None)


def test_nothing_strains_a_talk_that_has_just_begun():
    """Before anything was heard, and after one calm turn, there is no strain."""
    assert strains(talk()) == ()
    assert strains(talk(answered())) == ()
    assert strains(talk(said("when do you open?"))) == ()


def test_a_turn_for_the_worse_is_held_against_the_talks_own_opening():
    """The last two turns are compared with the first; two turns are too few to tell."""
    worse = found("worse", said(score=-0.2), said(score=-0.6), said(score=-0.8))
    assert worse == Strain(
        name="worse",
        amount=0.5,
        text="sounds less happy than at the start",
        evidence=(proof("t2", "felt"),),
    )
    assert found("worse", said(score=-0.2), said(score=-0.9)) is None
    better = found("worse", said(score=-0.6), said(), said())
    assert (better.amount, better.evidence) == (-0.6, ())
    assert better.text == "sounds happier than before"
    assert found("worse", said(score=0.9), said(score=-0.9), said(score=-0.9)).amount == 1.0


def test_what_was_asked_for_is_open_until_something_moves():
    """Each unhappy turn after a request adds a third; an offer, or thanks, ends it."""
    asked = said("where is it", 0.0, "need.delivery-date")
    unhappy = said("no", -0.5)
    open_now = found("unmet", asked, answered(), unhappy, said("ok"), unhappy)
    assert open_now.amount == pytest.approx(2 / 3, abs=1e-4)
    assert open_now.text == "what they came for is still open"
    assert open_now.evidence == (proof("t0", "need.delivery-date"),)
    assert found("unmet", said("broken", 0.0, "cause.damaged"), unhappy).evidence[0].turn == "t0"
    assert found("unmet", said("and?"), unhappy, *[unhappy] * 4).amount == 1.0
    assert found("unmet", asked, said("ok")) is None
    assert found("unmet", unhappy, unhappy) is None
    assert found("unmet", asked, unhappy, answered("Ann", "x", "offer"), unhappy) is None
    assert found("unmet", asked, unhappy, said("works", 0.5, "resolved"), unhappy) is None


def test_saying_it_again_is_counted():
    """A cause named before, a turn repeated and an earlier contact count; a first time does not."""
    late = said("late", -0.3, "cause.delay")
    again = found("again", late, answered(), late)
    assert again.amount == pytest.approx(1 / 3, abs=1e-4)
    assert again.text == "has to say it again"
    assert again.evidence == (proof("t2", "cause.delay"),)
    assert found("again", late, said("wrong one", -0.3, "cause.wrong-item")) is None
    both = found("again", said("hi", 0.0, "repeat-contact"), said("hi", 0.0, "repeat.own"))
    assert both.amount == pytest.approx(2 / 3, abs=1e-4)


def test_what_was_repeated_long_ago_strains_no_more():
    """Only the last five turns of the customer count."""
    first = said("again", 0.0, "repeat-contact")
    assert found("again", first, *[said()] * 4) is not None
    assert found("again", first, *[said()] * 5) is None


@pytest.mark.parametrize(
    ("amount", "text", "minutes"),
    [
        (0.25, "waited 4 minutes for an answer", 4),
        (0.75, "waited 16 minutes for an answer", 16),
        (1.0, "waited 3 hours for an answer", 180),
        (1.0, "waited 2 days for an answer", 2900),
    ],
)
def test_a_wait_counts_by_its_doublings(amount, text, minutes):
    """Two minutes are nothing, 32 are all."""
    waited = found("waited", said(), answered(minute=minutes), said(minute=minutes))
    assert (waited.amount, waited.text, waited.evidence) == (amount, text, ())


def test_only_the_wait_just_before_counts():
    """A wait that is over is forgotten with the next prompt answer; one still going on counts."""
    slow = (said(), answered(minute=20), said(minute=20))
    assert found("waited", said(), answered(minute=2), said(minute=9)) is None
    assert found("waited", *slow, answered(minute=21), said(minute=22)) is None
    still = found("waited", *slow, said(minute=28))
    assert still.text == "waited 8 minutes for an answer"
    assert found("waited", said(), answered("bot", minute=4), said(minute=4)) is not None
    assert found("waited", answered(minute=0), said(minute=40)) is None


def test_thanks_want_no_answer():
    """Nobody waits for an answer to thanks."""
    assert found("waited", said("thanks", 0.8), said("hi again", minute=60)) is None


def test_being_passed_on_strains_whoever_is_no_happier():
    """A new agent counts where the customer then sounds unhappy; a bot that hands over does not."""
    passed = found("passed-on", answered("Ann"), said(), answered("Ben"), said("again?", -0.5))
    assert passed.amount == pytest.approx(1 / 3, abs=1e-4)
    assert passed.text == "passed from one agent to another"
    assert found("passed-on", answered("Ann"), said(), answered("Ben"), said("ah, good")) is None
    assert found("passed-on", answered("bot"), said(), answered("Ann"), said("no", -0.5)) is None


def test_being_passed_on_long_ago_strains_no_more():
    """It counts while one of the customer's last five turns answers it."""
    over = (answered("Ann"), *[said()] * 7, answered("Ben"), said("again?", -0.5))
    assert found("passed-on", *over, *[answered("Ben"), said()] * 4) is not None
    assert found("passed-on", *over, *[answered("Ben"), said("no", -0.5)] * 5) is None
    assert found("passed-on", answered("bot"), said("no", -0.5), answered("Ann"), said()) is None


def test_the_same_answer_strains_whoever_is_no_happier():
    """An answer like an earlier one counts where the customer then sounds unhappy."""
    same = found(
        "same-answer", answered("bot", SAME), said(), answered("bot", SAME), said("no", -0.5)
    )
    assert same.amount == 0.5
    assert same.evidence[0] == Evidence(
        turn="t2", span=Span(0, len(SAME)), cue="course.same-answer", source="course"
    )
    other = "Your parcel leaves our depot on Tuesday morning, tracked all along."
    assert (
        found("same-answer", answered("bot", SAME), answered("bot", other), said("no", -1)) is None
    )
    assert found("same-answer", answered("bot", SAME), answered("bot", SAME), said("ok")) is None
    assert (
        found("same-answer", answered("bot", "ok"), answered("bot", "ok"), said("no", -1)) is None
    )


def test_an_answer_given_twice_long_ago_strains_no_more():
    """It counts while one of the customer's last five turns answers it."""
    same = (answered("bot", SAME), said(), answered("bot", SAME), said("no", -0.5))
    assert found("same-answer", *same, *[said("no", -0.5)] * 4) is not None
    assert found("same-answer", *same, *[said("no", -0.5)] * 5) is None


def test_a_long_talk_is_not_walked_over_again(monkeypatch):
    """Strains ask as many readings for their signals after 400 turns as after 40."""
    asked = []
    signal = Reading.signal
    monkeypatch.setattr(
        Reading, "signal", lambda one, name: asked.append(name) or signal(one, name)
    )
    round_of_talk = (said("late?", -0.3, "cause.delay"), answered("Ann", "sorry", "offer"))
    counts = []
    for rounds in (20, 200):
        state = talk(*round_of_talk * rounds, said("and now?", -0.5))
        asked.clear()
        assert {"again", "unmet"} & {one.name for one in strains(state)}
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


def test_private_turns_strain_nothing():
    """A note between colleagues is no answer."""
    state = talk(said(), answered(minute=30), said(minute=30))
    note = replace(state.turns[1], private=True)
    hidden = replace(state, turns=(state.turns[0], note, state.turns[2]))
    assert "waited 30 minutes for an answer" in {one.text for one in strains(state)}
    assert strains(hidden) == strains(state)


def test_a_strain_weighs_what_the_policy_says():
    """Amount times weight, marked as of the course; what is too little to tell is left out."""
    policy = EscalationPolicy(course=MappingProxyType({"unmet": 0.6, "waited": 0.1}), floor=0.05)
    made = weighed(
        (
            Strain(name="unmet", amount=0.5, text="open", evidence=(proof("t0", "x"),)),
            Strain(name="waited", amount=0.4, text="waited"),
            Strain(name="again", amount=1.0, text="again"),
        ),
        policy,
    )
    assert made == (
        Contribution(
            name="course.unmet", text="open", weight=0.3, evidence=(proof("t0", "x"),), course=True
        ),
    )


def test_every_strain_has_a_name_of_its_own():
    """The names are those that a policy may weigh."""
    assert len(set(STRAINS)) == len(STRAINS) == 6
