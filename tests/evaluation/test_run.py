"""From a wish to the parts of a report."""

import pytest

from assist.errors import UsageError
from assist.evaluation import rivals
from assist.evaluation.run import (
    Sources,
    Wish,
    document,
    of_file,
    of_folder,
    of_sources,
    of_suites,
)


@pytest.fixture(autouse=True)
def untrained(monkeypatch):
    """Leave the trained rival out, installed or not."""
    monkeypatch.setattr(rivals, "learned", lambda _items, _label: None)


def _tweets(count):
    texts = ("this is terrible", "when is it?", "thank you, great")
    return [
        {"id": str(n), "text_fixed": texts[n % 3], "label": ("neg", "neu", "pos")[n % 3]}
        for n in range(count)
    ]


def test_a_folder_gives_a_part_for_each_set_it_has(written, tmp_path, line):
    """Sets that are not there are told as left out."""
    written("dev/airline.jsonl.gz", _tweets(12))
    written("dev/cga.jsonl.gz", [{"id": "x", "turns": ["a"], "label": 0}])
    written("train/cga.jsonl.gz", [{"id": "y", "turns": ["b"], "label": 0}])
    told = []
    parts = list(of_folder(tmp_path, [], line, Wish(), told.append))
    assert [part.title for part in parts] == ["airline (dev)", "cga (dev)"]
    assert "emowoz: not there, left out" in told
    assert "airline: 12 turns" in told
    assert "chosen on 1 others" in parts[1].body


def test_at_most_so_many_are_measured(written, tmp_path, line):
    """The title says that it was a part of a set."""
    written("dev/airline.jsonl.gz", _tweets(12))
    (part,) = of_folder(tmp_path, ["airline"], line, Wish(most=6), lambda _: None)
    assert part.title == "airline (dev, at most 6)"
    assert "\n6 turns: " in part.body


def test_a_named_set_must_be_there(written, tmp_path, line):
    """A set by name that is not in the folder is an error, and so is an empty folder."""
    written("dev/airline.jsonl.gz", _tweets(3))
    with pytest.raises(UsageError, match="no file of emowoz"):
        list(of_folder(tmp_path, ["emowoz"], line, Wish(), lambda _: None))
    with pytest.raises(UsageError, match="has no set"):
        list(of_folder(tmp_path, [], line, Wish(part="train"), lambda _: None))
    with pytest.raises(UsageError, match="no folder"):
        list(of_folder(tmp_path / "gone", [], line, Wish(), lambda _: None))


def test_own_lines_give_a_part_for_each_label(written, line):
    """Turns and conversations may stand in one file."""
    rows = [
        {"text": "awful", "sentiment": "neg", "abuse": False},
        {"text": "you idiot", "abuse": True},
        {"turns": [{"role": "customer", "text": "hello"}], "escalated": False},
    ]
    parts = list(of_file(written("my.jsonl", rows), line, Wish(), lambda _: None))
    titles = ["my.jsonl: sentiment", "my.jsonl: abuse", "my.jsonl: escalated"]
    assert [part.title for part in parts] == titles
    with pytest.raises(UsageError, match="has no line"):
        list(of_file(written("none.jsonl", []), line, Wish(), lambda _: None))


def test_chats_with_levels_give_a_part_of_their_own(written, line):
    """They are neither turns nor conversations that escalated."""
    turn = {"role": "customer", "text": "hi", "at": "2026-03-02T09:14:10Z", "level": "calm"}
    path = written("chats.jsonl", [{"turns": [turn]}, {"turns": [turn]}])
    told = []
    (part,) = of_file(path, line, Wish(), told.append)
    assert part.title == "chats.jsonl: levels"
    assert told == ["levels: 2 chats"]


def test_a_document_says_what_it_is_and_holds_no_text(written, line):
    """The page names the version, explains its measures and keeps texts out."""
    row = {"id": "1", "suite": "s", "text": "qwertz", "expect": {"sentiment": "neg"}}
    part = of_suites(written("suites.jsonl", [row]), line, Wish(errors=3))
    assert "qwertz" in part.misses
    page = document([part], line)
    assert page.startswith("# Evaluation\n")
    assert line.version in page
    assert "qwertz" not in page
    with pytest.raises(UsageError, match="has no line"):
        of_suites(written("none.jsonl", []), line, Wish())


def test_all_sources_are_measured_in_order(written, tmp_path, line):
    """Folders come first, then one's own lines, then the suites."""
    written("dev/airline.jsonl.gz", _tweets(3))
    own = written("my.jsonl", [{"text": "awful", "sentiment": "neg"}])
    row = {"id": "1", "suite": "s", "text": "fine", "expect": {"sentiment": "pos"}}
    suites = written("suites.jsonl", [row])
    sources = Sources(folders=[tmp_path], own=[own], suites=suites)
    titles = [part.title for part in of_sources(sources, line, Wish(), lambda _: None)]
    assert titles == ["airline (dev)", "my.jsonl: sentiment", "Challenge suites"]
