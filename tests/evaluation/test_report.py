"""From items to a part of the report."""

import pytest

from assist.evaluation import rivals
from assist.evaluation.items import SENTIMENT, Batch, Item
from assist.evaluation.report import part_of, suites_part
from assist.evaluation.suites import SuiteItem


@pytest.fixture(autouse=True)
def untrained(monkeypatch):
    """Leave the trained rival out, installed or not."""
    monkeypatch.setattr(rivals, "learned", lambda _items, _label: None)


FEELINGS = (("bad one", 0), ("please, good", 0), ("plain", 1), ("good one", 2))
ITEMS = tuple(
    Item(id=str(n), text=text, sentiment=gold, labels={"abuse": n == 0})
    for n, (text, gold) in enumerate(FEELINGS)
)


def test_a_sentiments_part_has_all_judges(reader):
    """Ours is right 3 times of 4 and took one polite unhappy turn for a happy one."""
    lines = part_of(
        Batch(title="own", items=tuple(ITEMS), label=SENTIMENT), reader
    ).body.splitlines()
    assert lines[0] == "## own"
    assert "4 turns: 2 negative, 1 neutral, 1 positive" in lines
    (mine,) = [line for line in lines if line.startswith("| ours |")]
    assert mine.startswith("| ours | .750 | .778 (")
    assert mine.endswith("| 100.0% |")
    assert [line.split(" | ")[0] for line in lines if line.startswith("| majority")]
    assert "| TF-IDF + LR, 5-fold | not installed | – | – | – | – |" in lines
    assert "| negative | 2 | 1.000 | .500 | .667 |" in lines


def test_a_label_has_a_row_for_each_ranking(reader):
    """Abuse is asked of its own signal first, and of the sentiment beside it."""
    items = [*ITEMS, Item(id="x", text="you idiot", labels={"abuse": True})]
    lines = part_of(Batch(title="own", items=tuple(items), label="abuse"), reader).body.splitlines()
    names = [line.split(" | ")[0] for line in lines]
    assert names.index("| ours, risk.abuse") < names.index("| ours, unhappy")
    (mine,) = [line for line in lines if line.startswith("| ours, risk.abuse")]
    assert "| 1.000 | .500 | .667 | .000 |" in mine


def test_a_label_nobody_knows_is_a_signals_name(reader):
    """A user may ask for any signal by its name."""
    items = [Item(id=str(n), text="t", labels={"cause.delay": n == 0}) for n in range(2)]
    assert (
        "| ours, cause.delay |"
        in part_of(Batch(title="own", items=tuple(items), label="cause.delay"), reader).body
    )


def test_texts_are_apart_and_only_when_asked(reader):
    """A report's body never holds an item's words; the errors do, on demand."""
    part = part_of(Batch(title="own", items=tuple(ITEMS), label=SENTIMENT), reader)
    assert part.misses == ""
    asked = part_of(Batch(title="own", items=tuple(ITEMS), label=SENTIMENT), reader, errors=1)
    assert asked.body == part.body
    assert "please, good" in asked.misses
    assert "please, good" not in asked.body
    assert "please, good" not in repr(asked)


def test_suites_tell_their_failures_on_demand(reader):
    """A failing item is shown with what it should have been."""
    items = [SuiteItem(suite="s", item=ITEMS[1], allowed=frozenset({0, 1}))]
    assert suites_part(items, reader).misses == ""
    part = suites_part(items, reader, errors=5)
    assert "negative or neutral, told positive" in part.misses
    asked = [SuiteItem(suite="a", item=Item(id="i", text="t", labels={"abuse": True}))]
    assert "abuse: yes, told abuse: no" in suites_part(asked, reader, errors=5).misses
