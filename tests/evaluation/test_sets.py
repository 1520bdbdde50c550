"""Readers of public sets, on rows made here in the sets' shapes."""

import pytest

from assist.errors import TranscriptError, UsageError
from assist.evaluation.sets import SETS, chosen, files, items_of, plain

TURN = {"id": "a-0", "conv": "a", "text": "Hello", "prev_sys": None}


def _only(written, tmp_path, name, rows):
    written(f"dev/{SETS[name].file}.jsonl.gz", rows)
    return items_of(name, tmp_path, "dev")


def test_airline_reads_the_repaired_text(written, tmp_path):
    """The damaged text is not read, HTML is undone, and the label is a class."""
    row = {"id": "1", "text": "damaged", "text_fixed": "late &amp; rude", "label": "neg"}
    (item,) = _only(written, tmp_path, "airline", [row])
    assert (item.text, item.sentiment) == ("late & rude", 0)


def test_an_id_counts_once(written, tmp_path):
    """A row that a set holds twice is one item."""
    row = {"id": "1", "text": "fine", "label": "pos"}
    assert len(_only(written, tmp_path, "goemotions", [row, row])) == 1


def test_complaints_are_the_service_rows(written, tmp_path):
    """Rows without a domain, or with none of a service, are left out."""
    domains = ["food", None, "random_tweet", "random_reply"]
    rows = [
        {"id": str(n), "text": "t", "label": 1, "domain": domain}
        for n, domain in enumerate(domains)
    ]
    items = _only(written, tmp_path, "complaints", rows)
    assert [(item.id, dict(item.labels)) for item in items] == [("0", {"complaint": True})]


def test_ratings_below_three_are_dissatisfied_by_domain(written, tmp_path):
    """A set of dialogues is three sets by domain, and the agent's turn comes before."""
    rows = [
        {**TURN, "id": "1", "domain": "SGD", "label": 2, "prev_sys": "Where to?"},
        {**TURN, "id": "2", "domain": "SGD", "label": 3},
        {**TURN, "id": "3", "domain": "CCPE", "label": 1},
    ]
    items = _only(written, tmp_path, "uss-sgd", rows)
    assert [item.labels["dissatisfied"] for item in items] == [True, False]
    assert [item.before for item in items] == ["Where to?", ""]
    assert {item.group for item in items} == {"a"}
    assert len(items_of("uss-ccpe", tmp_path, "dev")) == 1


def test_abusive_counts_as_dissatisfied(written, tmp_path):
    """In booking dialogues two emotions are dissatisfied, and an apology is not."""
    emotions = ["dissatisfied", "abusive", "apologetic", "neutral"]
    rows = [{**TURN, "id": e, "emotion": e} for e in emotions]
    rows[3]["conv"] = None
    items = _only(written, tmp_path, "emowoz", rows)
    assert [item.group for item in items] == ["a", "a", "a", ""]
    assert [item.labels["dissatisfied"] for item in items] == [True, True, False, False]


def test_abuse_comes_after_the_bots_last_words(written, tmp_path):
    """The turn before is the last of the context, and an empty mark is none."""
    row = {"id": "1", "text": "t", "ctx": ["_", "hi", "Go on."], "label": 1}
    items = _only(written, tmp_path, "convabuse", [row, {**row, "id": "2", "ctx": ["_"]}])
    assert [item.before for item in items] == ["Go on.", ""]
    assert items[0].labels == {"abuse": True}


def test_comments_lose_code_and_quotes(written, tmp_path):
    """What a comment only cites is not its writer's."""
    text = "> you are wrong\nNo.\n```\nbad()\n```\nSee https://x.example/y"
    row = {"id": "1", "conv": "c", "text": text, "label": 0}
    (item,) = _only(written, tmp_path, "github_incivility", [row])
    assert item.text.split() == ["No.", "See"]
    assert plain("> only a quote") == "…"


def test_a_row_of_another_shape_is_named(written, tmp_path):
    """A label that nobody knows is an error with its line."""
    rows = [{"id": "1", "text": "t", "label": "pos"}, {"id": "2", "text": "t", "label": "glad"}]
    with pytest.raises(TranscriptError, match=r"goemotions\.jsonl\.gz:2"):
        _only(written, tmp_path, "goemotions", rows)


def test_sets_are_chosen_by_name_or_file():
    """A file's name means all its sets, none means all, and a wrong one is told."""
    assert chosen(["uss", "airline"]) == ("uss-sgd", "uss-ccpe", "uss-redial", "airline")
    assert chosen([], ("cga",)) == (*SETS, "cga")
    assert chosen(["cga"], ("cga",)) == ("cga",)
    with pytest.raises(UsageError, match="no set is called 'banana'"):
        chosen(["banana"])


def test_a_folder_has_parts_or_is_flat(written, tmp_path):
    """All takes both parts, a part its own, and a folder without parts is read as it is."""
    written("parts/dev/cga.jsonl.gz", [])
    written("parts/train/cga.jsonl", [])
    written("flat/cga.jsonl.gz", [])
    names = [path.parent.name for path in files(tmp_path / "parts", "cga", "all")]
    assert names == ["dev", "train"]
    assert [path.parent.name for path in files(tmp_path / "flat", "cga", "dev")] == ["flat"]
    assert files(tmp_path / "parts", "meld", "dev") == ()
    assert items_of("airline", tmp_path / "parts", "dev") is None
