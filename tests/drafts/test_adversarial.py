"""The drafts that try to make a rewording lie, and whether the oracle would notice a lie."""

import importlib.util
import sys
from pathlib import Path

import pytest

from assist.line import load_line


def _load():
    place = Path(__file__).with_name("adversarial.py")
    spec = importlib.util.spec_from_file_location("drafts_adversarial", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ADVERSARIAL = _load()
LINE = load_line()


def test_there_are_many_drafts_and_most_kinds_are_written_by_hand():
    """At least 500 drafts are written by hand and 1,500 in all, each with its own words."""
    written = ADVERSARIAL.written()
    every = (*written, *ADVERSARIAL.combined(), *ADVERSARIAL.further())
    assert len({item.draft for item in written}) == len(written) >= 500
    assert len({item.id for item in every}) == len(every) >= 1500
    assert every == (*ADVERSARIAL.written(), *ADVERSARIAL.combined(), *ADVERSARIAL.further())


def test_what_a_draft_must_keep_stands_in_it():
    """What an item keeps is in its draft, and what no rewrite may say is not."""
    plain, written = ADVERSARIAL.ORACLE.plain, ADVERSARIAL.written()
    assert sum(bool(item.keeps) for item in written) >= 1000
    assert sum(bool(item.never) for item in written) >= 500
    for item in written:
        assert not [fact for fact in item.keeps if plain(fact) not in plain(item.draft)]
        assert not [lie for lie in item.never if plain(lie) in plain(item.draft)]


def test_no_rewrite_of_a_draft_written_by_hand_lies():
    """Every rewrite offered keeps the facts, promises nothing new and keeps the condition."""
    tally = ADVERSARIAL.measured(LINE, ADVERSARIAL.written())
    assert tally.failures == []
    assert tally.rewrites >= 250


@pytest.mark.parametrize(
    ("draft", "rewrite", "fault"),
    [
        ("We can't refund it.", "We can refund it.", "invented promise"),
        ("We can't ship it until May.", "We can ship it.", "lost fact"),
        ("We can't ship it until May.", "We can ship it from June.", "invented promise"),
        ("We can't ship it until May.", "We can ship it May.", "lost condition"),
        ("We can't ship it until May.", "We can't ship it from May.", "lost condition"),
        ("We can't say when until May.", "We can say when from May.", "invented promise"),
        ("It may ship.", "It ships.", "lost fact"),
        ("We try.", "We will try.", "invented promise"),
        ("Maybe we can't ship until May.", "We can ship from May.", "lost fact"),
        ("See you. Bye.", "See you. bye.", "bad grammar"),
        ("We can't ship until May.", "We can ship from from May.", "bad grammar"),
        ("We can't ship until it is in.", "We can ship with it is in.", "bad grammar"),
    ],
)
def test_the_oracle_notices_a_lie(draft, rewrite, fault):
    """A rewrite that lies, loses a condition or is broken English is told by its kind."""
    told = list(ADVERSARIAL.ORACLE.faults(draft, rewrite, ()))
    assert fault in {one.partition(":")[0] for one in told}


def test_a_lie_is_counted_and_told():
    """A fact that is lost and a rewrite that is not offered are booked with the draft."""
    item = ADVERSARIAL.Item(
        id="a",
        draft="We can't ship it until May.",
        keeps=("can't ship",),
        never=("can ship",),
        becomes="We can.",
    )
    tally = ADVERSARIAL.measured(LINE, (item,))
    assert set(tally.faults) == {"lost fact", "invented promise", "not offered"}
    assert len(tally.failures) == 3


def test_the_command_ends_with_1_on_any_fault(monkeypatch, capsys):
    """The counts are printed, and a fault decides how the command ends."""
    items = ADVERSARIAL.written()[:3]
    monkeypatch.setattr(ADVERSARIAL, "written", lambda: items)
    monkeypatch.setattr(ADVERSARIAL, "combined", tuple)
    monkeypatch.setattr(ADVERSARIAL, "further", tuple)
    monkeypatch.setattr(sys, "argv", ["adversarial.py", "--failures", "--offers"])
    assert ADVERSARIAL.main() == 0
    assert "drafts: 3 (3 by hand)" in capsys.readouterr().out
    lying = (ADVERSARIAL.Item(id="a", draft="We can't ship it until May.", never=("can ship",)),)
    monkeypatch.setattr(ADVERSARIAL, "further", lambda: lying)
    assert ADVERSARIAL.main() == 1
    assert "invented promise: 1" in capsys.readouterr().out
