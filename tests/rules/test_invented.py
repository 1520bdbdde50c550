"""No suggestion names an option, a sum, hours or a date that is not in the chat or the playbook."""

import importlib.util
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assist.core.playbook import Offer, Playbook
from assist.core.suggestions import Kind, Suggestion
from assist.line import load_line


def _load():
    place = Path(__file__).with_name("invented.py")
    spec = importlib.util.spec_from_file_location("rules_invented", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


INVENTED = _load()
LINE = load_line()
BOOK = Playbook(name="b", offers=(Offer(text="blorvit it for 12 EUR", causes=("delay",)),))
CARD = Suggestion(
    id="s", technique="calm", rule="calm/r", kind=Kind.REPLY, lines=(), why="It helps.",
    evidence=(), priority=50, expires_after_turn=2,
)  # fmt: skip


def test_nothing_is_invented_over_generated_chats_and_playbooks():
    """In 40 generated chats, each with its own playbook, nothing is invented and much is shown."""
    chance = random.Random(7)
    shown = [INVENTED.played(LINE, chance) for _ in range(40)]
    assert [one for _, found in shown for one in found] == []
    assert sum(count for count, _ in shown) > 60


@pytest.mark.parametrize(
    ("expected", "line", "causes"),
    [
        ([], "I can blorvit it for 12 EUR.", ("delay",)),
        (["12", "blorvit"], "I can blorvit it for 12 EUR.", ("billing",)),
        (["12", "blorvit"], "I can blorvit it for 12 EUR.", ()),
        (["refund"], "I can refund it.", ("delay",)),
        ([], "Your 5 days are too long.", ()),
        (["50"], "Your 50 days are too long.", ()),
        (["two"], "It takes two hours.", ()),
        (["tomorrow"], "I write tomorrow.", ()),
        ([], "On Friday, as you said.", ()),
        ([], "I can [option] by [time].", ()),
        (["2:30"], "I call at 2:30.", ()),
    ],
)
def test_what_is_invented_is_found(expected, line, causes):
    """The check itself finds options, sums, times and dates that come from nowhere."""
    found = INVENTED.invented(replace(CARD, lines=(line,)), "5 days, friday", BOOK, causes)
    assert [one.word for one in found] == expected
