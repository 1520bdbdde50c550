"""What a room remembers."""

import json

import pytest

from assist.service import past as past_module
from assist.service.course import Since, advanced
from assist.service.past import Past
from assist.wire.messages import Position, parse


@pytest.fixture
def past(line, said):
    past = Past("e", line.begin("c"))
    for turn in ("t1", "t2"):
        entry = parse(json.dumps(said("hot!", turn=turn)))
        past.grow(f"turn:{turn}", advanced(past.course, entry, line, "e"))
    return past


def at(offset, epoch="e"):
    return Position(epoch=epoch, offset=offset)


def test_an_input_keeps_its_first_ack(past):
    """The ack of an input is the place before its events; unknown inputs have none."""
    assert past.first_ack("turn:t1") == at(0)
    assert past.first_ack("turn:t2") == at(4)
    assert past.first_ack("turn:t3") is None
    assert past.position == at(8)


@pytest.mark.parametrize("offset", range(9))
def test_every_known_place_is_recovered(past, offset):
    """From any place, exactly the events behind it are missed."""
    resumed = past.resumed(at(offset))
    assert (resumed.recovered, resumed.position) == (True, at(offset))
    assert [event.offset for event in resumed.missed] == list(range(offset + 1, 9))


@pytest.mark.parametrize("place", [at(9), at(3, "other"), at(0, "other")])
def test_unknown_places_are_not_recovered(past, place):
    """A place to come or of another epoch gives the state now, and nothing missed."""
    resumed = past.resumed(place)
    assert (resumed.recovered, resumed.position, resumed.missed) == (False, at(8), ())


def test_who_asks_for_nothing_gets_the_state_now(past):
    """Without a place there is nothing to recover."""
    resumed = past.resumed(None)
    assert (resumed.recovered, resumed.position, resumed.missed) == (None, at(8), ())


def test_what_is_forgotten_is_not_recovered(past):
    """After forgetting, older places are not recovered and newer ones are."""
    past.forget_until(4)
    assert past.resumed(at(3)).recovered is False
    resumed = past.resumed(at(4))
    assert resumed.recovered is True
    assert [event.offset for event in resumed.missed] == [5, 6, 7, 8]
    past.forget_until(8)
    assert past.resumed(at(7)).recovered is False
    assert past.resumed(at(8)).missed == ()


def test_a_very_long_chat_forgets_its_oldest_events(monkeypatch, line, said):
    """Past the bound the older half goes; from what is kept, exactly what is missed comes."""
    monkeypatch.setattr(past_module, "MOST", 8)
    past = Past("e", line.begin("c"))
    for turn in ("t1", "t2", "t3"):
        entry = parse(json.dumps(said("hot!", turn=turn)))
        past.grow(f"turn:{turn}", advanced(past.course, entry, line, "e"))
    last = past.position.offset
    assert past.resumed(at(3)).recovered is False
    resumed = past.resumed(at(4))
    assert resumed.recovered is True
    assert [event.offset for event in resumed.missed] == list(range(5, last + 1))
    assert past.first_ack("turn:t1") == at(0)


def test_great_events_are_forgotten_by_their_bytes(monkeypatch, line, said):
    """Past the bound on what is kept as sent, the oldest go, however few they are."""
    monkeypatch.setattr(past_module, "MOST_BYTES", 3000)
    past = Past("e", line.begin("c"))
    for number in range(20):
        entry = parse(json.dumps(said("hot!", turn=f"t{number}")))
        past.grow(f"turn:t{number}", advanced(past.course, entry, line, "e"))
    kept = past.resumed(at(past.position.offset - 1)).missed
    assert len(kept) == 1
    assert past.resumed(at(0)).recovered is False
    first = next(n for n in range(80) if past.resumed(at(n)).recovered)
    assert sum(len(event.encoded) for event in past.resumed(at(first)).missed) <= 3000


def test_another_line_begins_an_epoch_in_which_offsets_go_on(past, line, said):
    """After a change of rules, places of the epoch before it and of the new one are known."""
    past.go_on_with("other@2", None)
    assert past.epoch != "e"
    assert past.position == at(8, past.epoch)
    entry = parse(json.dumps(said("hot!", turn="t3")))
    past.grow("turn:t3", advanced(past.course, entry, line, past.epoch))
    resumed = past.resumed(at(6))
    assert resumed.recovered is True
    assert [event.offset for event in resumed.missed] == [7, 8, 9, 10, 11, 12]
    epochs = [json.loads(event.encoded)["position"]["epoch"] for event in resumed.missed]
    assert epochs[1:3] == ["e", past.epoch]
    assert past.resumed(at(9)).recovered is False
    assert past.resumed(at(9, past.epoch)).recovered is True


def test_going_back_to_the_first_rules_is_yet_another_epoch(past):
    """Every change has an epoch of its own, also the one that takes an earlier change back."""
    epochs = [past.epoch]
    for version in ("other@2", "fake@1", "other@2"):
        past.go_on_with(version, None)
        epochs.append(past.epoch)
    assert len(set(epochs)) == 4


def test_without_its_full_reading_a_chat_goes_on_in_another_epoch(past):
    """Who saw nothing of what is not told any more is recovered; who saw it is not."""
    past.part_from_full()
    assert past.epoch != "e"
    assert past.position == at(8, past.epoch)
    assert past.resumed(at(8)).recovered is True
    assert past.resumed(at(9)).recovered is False
    assert past.resumed(at(8, past.epoch)).recovered is True


def test_what_is_needed_to_read_in_full_is_kept_until_the_next_input(past, line, said):
    """It holds the words of the last input, and goes with the next."""
    entry = parse(json.dumps(said("hot!", turn="t3")))
    since = Since(before=past.course, entry=entry)
    past.grow("turn:t3", advanced(past.course, entry, line, "e"), since)
    assert past.since is since
    past.grow("turn:t4", advanced(past.course, entry, line, "e"))
    assert past.since is None
