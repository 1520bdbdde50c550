"""What is new: whatever the order and the repeats, each message ends with its newest words."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from assist.connectors.once import Fate, State, fate_of, slot_of
from assist.connectors.port import Happening, Place
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Role, Turn

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE = Place(platform="p", account="a", conversation="c")


def turn(text, revision=None):
    what = Turn(id="m1", role=Role.CUSTOMER, text=text, at=AT)
    return Happening(place=PLACE, what=what, revision=revision)


def edit(text, revision=None):
    return Happening(place=PLACE, what=Edit(turn="m1", text=text, at=AT), revision=revision)


REDACTED = Happening(place=PLACE, what=Redaction(turn="m1", at=AT))


def run(*happenings):
    known, fates = None, []
    for one in happenings:
        fate, known = fate_of(known, one)
        fates.append(fate)
    return fates, known


@given(st.permutations([("1", "one"), ("2", "two"), ("10", "ten")]), st.booleans())
def test_the_newest_revision_stays(order, twice):
    """In every order, once or twice each, the last words passed on are those of the newest."""
    steps = [step for step in order for _ in range(2 if twice else 1)]
    fates, _ = run(*(turn(text, revision) for revision, text in steps))
    told = [
        text
        for fate, (_, text) in zip(fates, steps, strict=True)
        if fate in {Fate.TAKEN, Fate.AS_EDIT}
    ]
    assert told[-1] == "ten"
    assert fates[0] is Fate.TAKEN
    assert len(told) == len(set(told))


def test_words_changed_there_and_back_are_two_edits():
    """Without a revision only the newest words count, so going back to old ones is news."""
    assert run(turn("a"), turn("b"), turn("a"))[0] == [Fate.TAKEN, Fate.AS_EDIT, Fate.AS_EDIT]


def test_a_revision_without_other_words_is_no_news():
    """A delivery receipt that sends the message again changes nothing, and its revision counts."""
    fates, known = run(turn("a", "1"), turn("a", "2"), turn("b", "1"))
    assert fates == [Fate.TAKEN, Fate.REPEATED, Fate.OVERTAKEN]
    assert known.revision == "2"


def test_nothing_is_kept_of_what_was_taken_back():
    """Not even a digest of the words."""
    fates, known = run(turn("a"), REDACTED, REDACTED, edit("b"))
    assert fates == [Fate.TAKEN, Fate.TAKEN, Fate.REPEATED, Fate.OVERTAKEN]
    assert (known.state, known.digest) == (State.GONE, b"")


def test_news_of_the_conversation_is_told_once():
    """The same assignment again is no news; another one is, and so is the first again."""
    ana, bob = (Happening(place=PLACE, what=Assigned(agent=one)) for one in ("ana", "bob"))
    fates, _ = run(ana, ana, bob, ana)
    assert fates == [Fate.TAKEN, Fate.REPEATED, Fate.TAKEN, Fate.TAKEN]


def test_each_kind_of_news_has_its_own_slot():
    """A message, its edit and its deletion share one; an opening, an assignment, an end do not."""
    news = [Opened(), Assigned(agent=None), Closed(at=AT)]
    slots = {slot_of(Happening(place=PLACE, what=what)) for what in news}
    assert len(slots | {slot_of(turn("a"))}) == 4
    assert len({slot_of(turn("a")), slot_of(edit("b")), slot_of(REDACTED)}) == 1
