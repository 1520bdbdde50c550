"""How much drafts read like those that coaches marked."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from assist.core.signals import LIKE_DRAFTS, NOTHING
from assist.core.text import sentences
from assist.core.turns import Draft, Role, Turn
from assist.detectors.encoder import load_encoder
from assist.detectors.likeness import Likeness, load
from assist.errors import ModelError
from assist.packs.bundled import bundled

MODELS = bundled("models")
ENCODER = load_encoder(MODELS / "draft-encoder")
DETECT = load(MODELS / "drafts", ENCODER)


def found(text, detect=DETECT):
    told = detect(Draft(text=text), ()).signals
    return {signal.name: signal for signal in told if signal.score > 0.5}


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("It was on you to check the size before paying.", "no-blame"),
        ("I'm afraid that's not something we do.", "positive-language"),
        ("That is a matter for the courier, take it up with them.", "no-shifting"),
        ("It will be sorted at some point, hang tight.", "time-bound"),
    ],
)
def test_faults_read_like_faults(text, technique):
    """A draft that a coach would mark reads like one, whatever its words."""
    assert found(text)[f"draft.like.{technique}"].evidence


@pytest.mark.parametrize(
    "text",
    [
        "Your parcel arrives tomorrow between 9 and 11.",
        "Thanks, Ana. Which colour would you like?",
        "I have booked the table for four at seven. See you then!",
    ],
)
def test_good_drafts_read_like_nothing(text):
    """A draft that a coach would leave alone has no likeness to any fault."""
    assert not found(text)


def test_the_place_is_the_sentence_that_reads_most_like_it():
    """Of several sentences the one at fault is shown."""
    text = "Hi Ben, I have your file open. It will be sorted at some point, hang tight."
    signal = found(text)["draft.like.time-bound"]
    assert [proof.span.of(text) for proof in signal.evidence] == [
        "It will be sorted at some point, hang tight."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "You must be over 21 to rent this class. Nothing I could do about that.",
        "Just take the bus. Taxis are not on this voucher and nor is anything else.",
        "Too far. Our vans stop at the river.",
    ],
)
def test_no_other_sentence_by_itself_reads_more_like_it(text):
    """How long the sentence beside it is changes nothing in what a sentence is told to be."""
    parts = [span.of(text) for span in sentences(text)]
    alone = {part: DETECT(Draft(text=part), ()).signals for part in parts}
    placed = found(text)
    assert placed
    for name, signal in placed.items():
        said = {part: one.score for part in parts for one in alone[part] if one.name == name}
        assert said[signal.evidence[0].span.of(text)] == max(said.values())


def test_without_the_encoder_the_words_speak_alone():
    """The linear model has weights of its own for when it is alone."""
    alone = load(MODELS / "drafts", None)
    assert found("You should have read the terms before you ordered.", alone)
    assert not found("Your table is booked for seven.", alone)


def test_customers_and_blanks_are_not_read():
    """Only what an agent is about to say is read."""
    turn = Turn(id="t1", role=Role.CUSTOMER, text="my fault", at=datetime(2026, 3, 2, tzinfo=UTC))
    assert DETECT(turn, ()) == NOTHING
    assert DETECT(Draft(text="  "), ()) == NOTHING


def test_without_weights_there_is_no_detector(tmp_path):
    """A folder without a manifest is no model."""
    assert load(tmp_path, ENCODER) is None


@pytest.mark.parametrize("text", ["", "{}", "[1]"])
def test_damaged_weights_are_a_model_error(text, tmp_path):
    """A policy that cannot be read is refused with what to do."""
    for name in ("manifest.json", "weights.npz"):
        shutil.copyfile(MODELS / "drafts" / name, tmp_path / name)
    (tmp_path / "policy.json").write_text(text, "utf-8")
    with pytest.raises(ModelError, match="install"):
        load(tmp_path, ENCODER)


def test_all_that_is_shipped_names_the_same_techniques():
    """Both models and both sets of weights know what rules may ask for, and nothing else."""

    def told(name):
        return json.loads((MODELS / name).read_text("utf-8"))

    mixes = told("drafts/policy.json")
    assert set(told("draft-encoder/manifest.json")["heads"]) == set(LIKE_DRAFTS)
    assert set(told("drafts/manifest.json")["outputs"]) == set(LIKE_DRAFTS)
    assert all(mixes[mix]["offsets"].keys() == set(LIKE_DRAFTS) for mix in ("both", "alone"))


class Encoder:
    """Says of each text what it is told to, and counts what it was asked."""

    def __init__(self, **odds):
        self.odds, self.asked = odds, []

    def of(self, texts):
        self.asked.extend(texts)
        return [{"a": self.odds[text], "b": 0.0} for text in texts]


class Words:
    """A linear model that gives each text, by its number of words, log-odds for `a`."""

    def logits(self, found):
        return {"a": 2.0 - len(set(found.spans)), "b": -9.0}


def models(encoder):
    offsets = {"a": 0.0, "b": 0.0}
    mixes = {
        "alone": {"weights": {"ngrams": 1.0}, "offsets": offsets},
        "both": {"weights": {"ngrams": 1.0, "encoder": 1.0}, "offsets": offsets},
    }
    return Likeness(Words(), encoder, mixes)


def test_a_sentence_is_told_alike_whatever_stands_beside_it():
    """Each is read by itself: the length of one changes nothing in what another reads like."""
    asked = Encoder(x=1.0, y=2.0, z=2.0)
    assert models(asked).place(["x", "y", "z"], ["a"]) == {"a": 1}
    assert asked.asked == ["x", "y", "z"]


def test_the_encoder_is_not_asked_where_it_could_not_tell_more():
    """The surest by its words comes first; what even the most could not lift over it is left."""
    asked = Encoder(**{"x": 7.5, "p q": 8.0})
    assert models(asked).place(["p q", "x"], ["a"]) == {"a": 1}
    assert asked.asked == ["x"]


def test_the_first_of_those_that_read_alike_is_the_place():
    """Order in the text decides where nothing else does."""
    assert models(Encoder(x=1.0)).place(["x", "x"], ["a"]) == {"a": 0}
    assert models(Encoder(**{"x": 0.0, "p q": 2.0})).place(["p q", "x"], ["a"])["a"] == 0


def test_what_words_see_nothing_in_is_not_asked_about():
    """Where the linear model sees nothing, or there is no encoder, it decides."""
    asked = Encoder()
    assert models(asked).place(["p q r s t", "p q r s"], ["a"]) == {"a": 1}
    assert asked.asked == []
    assert models(None).place(["p q", "x"], ["a"]) == {"a": 1}
    assert models(None).of("x")["a"] > models(None).of("p q")["a"]
