"""What turns, readings and acts come to, gathered as they come."""

import pickle
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from assist.core.gathered import Gathered
from assist.core.signals import Act, Reading, Sentiment, SentimentLabel, Signal
from assist.core.turns import Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ("cause.delay", "cause.billing", "trouble", "need.refund")
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
Said = tuple[tuple[Turn, ...], tuple[Reading, ...], tuple[Act, ...]]

SPOKEN = st.lists(
    st.tuples(st.sampled_from(Role), st.booleans(), st.lists(st.sampled_from(NAMES), max_size=3)),
    max_size=12,
)


def turn(name, role=Role.CUSTOMER, *, private=False):
    return Turn(id=name, role=role, text="marzipan", at=AT, private=private)


def reading(name, *names):
    signals = tuple(Signal(name=one, score=1.0) for one in names)
    return Reading(turn=name, sentiment=FLAT, signals=signals)


def chat(spoken) -> list[Said]:
    """Return what there is after each turn: bots are not read, agents do what they are read as."""
    turns, readings, acts, passed = [], [], [], []
    for place, (role, private, names) in enumerate(spoken):
        turns.append(turn(f"t{place}", role, private=private))
        if role in {Role.CUSTOMER, Role.AGENT} and not private:
            readings.append(reading(f"t{place}", *names))
        if role is Role.AGENT and not private:
            acts += [Act(name=name, turn=f"t{place}", index=place) for name in names]
        passed.append((tuple(turns), tuple(readings), tuple(acts)))
    return passed


def test_nothing_comes_to_nothing():
    """Where nobody spoke, nothing is gathered."""
    assert Gathered().gone_on((), (), ()) == Gathered()


def test_turns_are_gathered_by_who_spoke():
    """Internal notes are nobody's words, and the system and bots are neither side."""
    turns = (
        turn("t1"), turn("t2", Role.AGENT), turn("t3", private=True), turn("t4", Role.BOT),
        turn("t5", Role.AGENT, private=True),
    )  # fmt: skip
    readings = (reading("t1"), reading("t2"), reading("t9"))
    known = Gathered().gone_on(turns, readings, ())
    assert known.parts == (turns, readings, ())
    assert [said.id for said in known.aloud] == ["t1", "t2", "t4"]
    assert [said.id for said in known.customer_turns] == ["t1"]
    assert [said.id for said in known.agent_turns] == ["t2"]
    assert [read.turn for read in known.customer_readings] == ["t1"]


def test_what_was_named_has_its_first_and_its_newest_place():
    """Causes stand newest first, without prefix, and only the customer's signals have places."""
    turns = (turn("t1"), turn("t2", Role.AGENT), turn("t3"), turn("t4"))
    readings = (
        reading("t1", "cause.delay", "trouble"), reading("t2", "cause.billing"),
        reading("t3", "cause.damaged"), reading("t4", "cause.delay"),
    )  # fmt: skip
    known = Gathered().gone_on(turns, readings, ())
    assert known.causes == ("delay", "damaged")
    assert known.first == {"cause.delay": 0, "trouble": 0, "cause.damaged": 1}
    assert known.latest == {"cause.delay": 2, "trouble": 0, "cause.damaged": 1}
    assert known.noticed == {"cause.delay", "cause.damaged", "cause.billing", "trouble"}


def test_of_acts_the_newest_of_each_name_is_known():
    """The names stand in the order in which they came up."""
    acts = tuple(
        Act(name=name, turn=f"t{place}", index=place)
        for place, name in enumerate(("offer", "thanks", "offer"))
    )
    known = Gathered().gone_on((), (), acts)
    assert list(known.done.items()) == [("offer", acts[2]), ("thanks", acts[1])]


@given(spoken=SPOKEN, skipped=st.integers(min_value=1, max_value=4))
def test_gathered_on_the_way_and_from_the_start_are_the_same(spoken, skipped):
    """However many turns come at once, and in whatever steps, it comes to the same."""
    passed = chat(spoken)
    known = Gathered()
    for said in (*passed[::skipped], *passed[-1:]):
        known = known.gone_on(*said)
        assert known == Gathered().gone_on(*said)
        assert list(known.done) == list(Gathered().gone_on(*said).done)


@given(spoken=SPOKEN, other=SPOKEN)
def test_what_does_not_go_on_is_gathered_from_the_start(spoken, other):
    """A past that was told anew leaves nothing of the one that was known."""
    for here, there in zip(chat(spoken), chat(other), strict=False):
        assert Gathered().gone_on(*here).gone_on(*there) == Gathered().gone_on(*there)


def test_what_was_found_in_words_is_looked_for_once_while_the_chat_goes_on():
    """The chat goes on with what it found; told anew it looks again, as words may be gone."""
    looked = []

    def look(text, place):
        looked.append(text)
        return None if place else text.upper()

    known = Gathered().gone_on((turn("t1"),), (), ())
    later = known.gone_on((turn("t1"), turn("t2")), (), ())
    anew = later.gone_on((turn("t3"),), (), ())
    for gathered in (known, known, later, anew):
        assert (gathered.once(look, "fig", 0), gathered.once(look, "fig", 1)) == ("FIG", None)
    assert looked == ["fig"] * 4


def test_no_more_is_kept_of_what_was_found_than_a_bound():
    """Beyond it all that was found is let go, and looked for again where it is asked for."""
    looked = []
    known = Gathered()
    for place in (*range(300), 299, 0):
        known.once(looked.append, place)
    assert looked == [*range(300), 0]


def test_what_was_found_is_not_packed():
    """It may hold what others own, and is looked for again; all else comes back the same."""
    looked = []

    def look(number):
        looked.append(number)

    known = Gathered().gone_on((turn("t1"),), (), ())
    known.once(look, 1)
    back = pickle.loads(pickle.dumps(known))  # with what was found, `look` could not be packed
    assert back == known
    back.once(look, 1)
    assert looked == [1, 1]
