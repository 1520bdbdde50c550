"""The encoder as shipped: what it reads, what it rests on, and how it is done without."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from assist.core.signals import NOTHING
from assist.core.turns import Draft, Role, Turn
from assist.detectors import encoder
from assist.errors import ModelError
from assist.packs.bundled import bundled

FOLDER = bundled("models") / "encoder"
MODEL = encoder.load_encoder(FOLDER)
DETECT = encoder.load(MODEL)
AT = datetime(2026, 3, 2, tzinfo=UTC)


def turn(text, role=Role.CUSTOMER, *, private=False):
    return Turn(id="t1", role=role, text=text, at=AT, private=private)


def score(text, *earlier):
    return DETECT(turn(text), earlier).signals[0].score


@pytest.mark.parametrize(
    "text",
    [
        "I have been waiting for two weeks and nobody answers",
        "could you please help, my order still hasn't arrived, thanks",
        "you people are useless",
        "this is the third time I am contacting you",
    ],
)
def test_unhappy_turns_read_as_unhappy(text):
    """Complaints are unhappy, whether loud, polite or plain."""
    assert score(text) < -0.3


@pytest.mark.parametrize(
    "text", ["that did it, thank you so much!", "brilliant service, arrived a day early", "love it"]
)
def test_happy_turns_read_as_happy(text):
    """Thanks and praise that are meant read as content."""
    assert score(text) > 0.3


@pytest.mark.parametrize(
    "text", ["a table for two at seven please", "what is your address?", "my account number is 12"]
)
def test_plain_turns_read_as_neither(text):
    """Requests, questions and answers are neither, however polite."""
    assert -0.5 < score(text) < 0.5


def test_the_same_turn_reads_the_same():
    """Nothing is remembered between two turns."""
    first = DETECT(turn("it is late again"), ())
    DETECT(turn("wonderful!"), ())
    assert DETECT(turn("it is late again"), ()) == first


def test_what_went_before_colours_the_turn():
    """An answer is read after what was said to the customer, not after notes or the customer."""
    said = turn("I am sorry, we could not find your booking.", Role.AGENT)
    alone = score("ok")
    assert score("ok", said) != alone
    assert score("ok", turn("not found", Role.AGENT, private=True)) == alone
    assert score("ok", said, turn("hello?")) == alone


@pytest.mark.parametrize("text", ["nobody answers me", "🙂 nobody ever answers me, it’s awful 🙂"])
def test_what_it_rests_on_is_part_of_the_turn(text):
    """A clear score points at words of the turn."""
    feeling, *flags = DETECT(turn(text), ()).signals
    assert feeling.evidence
    for signal in (feeling, *flags):
        assert all(proof.span.of(text).strip() for proof in signal.evidence)


@pytest.mark.parametrize("text", ["rubbish", "utter rubbish!", "this is utter rubbish"])
def test_a_few_words_are_told_whole(text):
    """Four words or fewer need no search for those that weigh most."""
    feeling = DETECT(turn(text), ()).signals[0]
    assert feeling.score < -0.5
    assert [proof.span.of(text) for proof in feeling.evidence] == [text.rstrip("!")]


def test_the_feeling_is_the_mean_of_the_turn_alone_and_as_an_answer():
    """What is read beside a turn does not change how it reads alone."""
    text, before = "no, not again", "Would you like to hear about our other offers as well?"
    alone, told, _ = encoder.felt(MODEL, text, before)
    assert (alone == encoder.felt(MODEL, text, "")[1]).all()
    assert (told != alone).any()
    assert score(text, turn(before, Role.AGENT)) == pytest.approx(told[0], abs=1e-4)


def test_a_turn_has_an_embedding():
    """The mean of it alone and as an answer, in half precision; other words have another."""
    text, before = "no, not again", "Would you like to hear about our other offers as well?"
    found = DETECT(turn(text), (turn(before, Role.AGENT),)).embedding
    sentence = encoder.felt(MODEL, text, before)[2]
    assert sentence.shape == (384,)
    assert found == sentence.astype("<f2").tobytes()
    assert found != DETECT(turn(text), ()).embedding
    assert encoder.felt(MODEL, text, "")[2] == pytest.approx(MODEL.logits([(text, "")])[1][0])


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("you are a bunch of useless idiots", "like.abuse"),
        ("you told me friday, and now it is sunday again", "like.frustration"),
        ("thank you so much, I really appreciate your help", "like.gratitude"),
    ],
)
def test_flags_are_told_apart_from_the_feeling(text, flag):
    """What a turn reads like is told by name, with the words it rests on."""
    found = {signal.name: signal for signal in DETECT(turn(text), ()).signals}
    assert found[flag].score > 0.5
    assert found[flag].evidence


@pytest.mark.parametrize("subject", [Draft(text="awful"), turn("awful", Role.AGENT), turn(" ")])
def test_only_words_of_customers_are_read(subject):
    """Drafts, agents' turns and empty turns have no reading."""
    assert DETECT(subject, ()) == NOTHING


def test_a_very_long_turn_is_read_by_its_beginning():
    """Length is no fault."""
    assert score("nobody answers me, awful service. " * 400) < 0


def test_without_a_runtime_there_is_no_encoder(monkeypatch):
    """Where the runtime is not installed there is no detector, and no error."""
    monkeypatch.setattr(encoder, "find_spec", lambda name: None)
    assert encoder.load_encoder.__wrapped__(FOLDER) is None
    assert encoder.load(None) is None


def test_without_weights_there_is_no_encoder(tmp_path):
    """A folder without a manifest is no model."""
    assert encoder.load_encoder(tmp_path) is None


def test_a_damaged_graph_is_a_model_error(tmp_path):
    """A file that differs from its checksum is never loaded."""
    for name in ("manifest.json", "vocab.txt"):
        shutil.copyfile(FOLDER / name, tmp_path / name)
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"encoder\.onnx"):
        encoder.load_encoder(tmp_path)


def test_the_manifest_says_what_went_in():
    """Heads, lengths and the rows of an epoch are named beside the checksums."""
    said = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    assert said["heads"][:3] == ["neg", "neu", "pos"]
    assert said["rows_of_an_epoch"]["own"] > 0
    assert set(said["files"]) == {"encoder.onnx", "vocab.txt"}
