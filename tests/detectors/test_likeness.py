"""How much drafts read like those that coaches marked."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from assist.core.signals import LIKE_DRAFTS, NOTHING
from assist.core.turns import Draft, Role, Turn
from assist.detectors.encoder import load_encoder
from assist.detectors.likeness import load
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
