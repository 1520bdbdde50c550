"""What an agent would have seen of a transcript is what the line tells, turn by turn."""

import pytest

from assist.core.escalation import Level
from assist.errors import TranscriptError, UsageError
from assist.line import load_line
from assist.packs.compare import compare
from assist.replay.seen import seen, transcripts_in
from assist.replay.transcripts import parse

CHAT = (
    "[10:31] Customer: my parcel still hasn't arrived, I have been waiting 5 days\n"
    "[10:32] Agent: Unfortunately we can't refund you until the parcel is back.\n"
    "[10:33] Customer: I want to speak to a manager NOW\n"
    "[10:55] Customer: hello?\n"
)
LINE = load_line()


def sight(text=CHAT):
    """Return what an agent would have seen of this chat."""
    (transcript,) = parse(text)
    return seen("c", transcript, LINE)


def test_suggestions_stand_at_the_turn_that_caused_them():
    """The late parcel brings a card at turn 1, and the level after each turn is kept."""
    found = sight()
    first = [card for card in found.cards if card.number == 1]
    assert first
    assert all(not card.finding and card.lines and card.why for card in first)
    assert len(found.levels) == len(found.turns) == 4
    assert found.levels[0] is not Level.CRITICAL
    assert found.levels[2].rank > Level.CALM.rank


def test_what_the_agent_sent_is_reviewed():
    """A finding stands at the agent's turn with the words it points at."""
    findings = [card for card in sight().cards if card.finding]
    assert findings
    assert {card.number for card in findings} == {2}
    assert all(card.words and card.words in CHAT for card in findings)


def test_what_comes_by_time_alone_says_so():
    """A card after a silence is told at the turn before it."""
    quiet = sight(
        "[10:31] Customer: my parcel never arrived\n"
        "[10:32] Agent: Hi, which order is it?\n"
        "[10:55] Customer: 4711\n"
    )
    cards = [card for card in quiet.cards if card.quiet]
    assert cards
    assert {card.number for card in cards} == {2}


def test_the_same_line_shows_the_same():
    """Looking twice with the same rules finds no difference."""
    assert compare(sight(), sight()) == ()


def test_private_notes_are_not_reviewed():
    """What agents tell each other is no draft to a customer."""
    private = (
        '{"role":"customer","text":"hi"}\n'
        '{"role":"agent","text":"Unfortunately we can\'t refund her.","private":true}\n'
    )
    assert not [card for card in sight(private).cards if card.finding]


def test_every_transcript_of_a_folder_is_found(tmp_path):
    """Folders below count, each chat has a name of its own, and other files are passed over."""
    (tmp_path / "more").mkdir()
    (tmp_path / "a.txt").write_text(CHAT, encoding="utf-8")
    (tmp_path / "more" / "b.jsonl").write_text(
        '{"conversation":"x","role":"customer","text":"hi"}\n'
        '{"conversation":"y","role":"customer","text":"hi"}\n',
        encoding="utf-8",
    )
    (tmp_path / "notes.md").write_text("no chat", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("no chat", encoding="utf-8")
    assert [name for name, _ in transcripts_in(tmp_path)] == ["a", "more/b/x", "more/b/y"]


def test_a_folder_without_transcripts_is_refused(tmp_path):
    """No folder, an empty one, and a file that cannot be read are each named."""
    with pytest.raises(UsageError, match="no transcript"):
        transcripts_in(tmp_path)
    with pytest.raises(UsageError, match="there is no folder"):
        transcripts_in(tmp_path / "nowhere")
    (tmp_path / "bad.json").write_text("{oops", encoding="utf-8")
    with pytest.raises(TranscriptError):
        transcripts_in(tmp_path)
