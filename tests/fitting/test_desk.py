"""A desk's own labelled chats, from its lines to its folder."""

import json

import pytest

from assist.detectors.linear import Linear
from assist.detectors.ngrams import counted
from assist.errors import TranscriptError, UsageError
from assist.fitting import desk
from assist.fitting.folder import write
from assist.line import load_line


def _written(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _rows(lines):
    return [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]


def test_too_few_lines_of_a_sentiment_are_refused(lines, tmp_path):
    """The error says how many there are, of what, and how many are needed."""
    rows = [row for row in _rows(lines) if row["sentiment"] != "positive"]
    with pytest.raises(UsageError, match=r"my\.jsonl has 0 positive lines: .* at least 30"):
        desk.labelled(_written(tmp_path / "my.jsonl", rows))


def test_too_few_conversations_are_refused(lines, tmp_path):
    """A fit cannot be measured on one long chat."""
    rows = [{**row, "conversation": "one"} for row in _rows(lines)]
    with pytest.raises(UsageError, match="1 conversations: a fit needs at least 10"):
        desk.labelled(_written(tmp_path / "my.jsonl", rows))


def test_a_line_that_cannot_be_used_is_named(lines, tmp_path):
    """File and line are told, not the words."""
    rows = [*_rows(lines), {"text": "secret words", "sentiment": "fine"}]
    with pytest.raises(TranscriptError, match=r"^my\.jsonl:91: ") as error:
        desk.labelled(_written(tmp_path / "my.jsonl", rows))
    assert "secret" not in str(error.value)


def test_lines_without_a_sentiment_are_left_alone(lines, tmp_path):
    """Other labels do no harm and are not fitted."""
    rows = [*_rows(lines), {"text": "you fool", "abuse": True}]
    assert len(desk.labelled(_written(tmp_path / "my.jsonl", rows))) == len(_rows(lines))


def test_the_report_says_before_after_and_whether_it_is_worth_it(made):
    """Counts, three measures with margins, and a verdict; and the card has the same."""
    assert made.report.startswith("90 lines of 10 conversations: 30 negative, 30 neutral, 30 pos")
    for measure in ("macro-F1", "AUC of negative", "polite unhappy told happy"):
        assert f"| {measure} |" in made.report
    assert ("Not recommended" in made.report) is not made.recommended
    assert made.report in made.files["card.md"].decode()


def test_no_words_of_a_chat_are_written(made, lines):
    """Neither card nor manifest nor weights hold a text."""
    every = b"".join(made.files.values())
    for row in _rows(lines):
        assert row["text"].encode() not in every


def test_the_same_lines_give_the_same_bytes(made, lines, line, few, monkeypatch):
    """A second fit writes what the first one wrote."""
    monkeypatch.setattr(desk, "shipped_turns", lambda: few)
    again = desk.fit(lines, lambda: line, lambda _: None)
    assert again == made


def test_the_line_loads_what_was_fitted(made, line, tmp_path):
    """With the folder the line has another version, other weights and another linear model."""
    folder = tmp_path / "fitted"
    write(folder, made.files)
    fitted = load_line(fitted=folder)
    assert fitted.version != line.version
    assert fitted.models.startswith(f"{line.models}+fitted.")
    assert fitted.guidance.fusion != line.guidance.fusion
    assert fitted.guidance.policy == line.guidance.policy
    model = Linear(folder / "ngrams")
    unhappy = model.logits(counted("awful kettle, I want my money"))
    assert unhappy["neg"] > unhappy["pos"]


def test_a_line_is_loaded_only_for_lines_that_are_enough(tmp_path):
    """A file with nothing to fit is refused before anything heavy happens."""
    empty = _written(tmp_path / "my.jsonl", [{"text": "no", "sentiment": "negative"}])
    with pytest.raises(UsageError):
        desk.fit(empty, lambda: pytest.fail("loaded"), lambda _: None)
