"""The policies as files."""

import hashlib
import json
from io import BytesIO

import numpy as np
import pytest

from assist.core.escalation import EscalationPolicy, Level
from assist.core.techniques import TECHNIQUES
from assist.errors import ModelError
from assist.packs.policies import load_attention, load_policy

RAW = {
    "bias": -2,
    "weights": {"effort": 1.5},
    "hard": {"risk.legal": "critical"},
    "enter": {"watch": 0.2, "high": 0.5, "critical": 0.9},
    "leave": {"watch": 0.1, "high": 0.4, "critical": 0.8},
    "decay": 0.7,
    "cap": 1.5,
    "floor": 0.05,
    "steady": 0.03,
}


def policy(tmp_path, text):
    path = tmp_path / "own.json"
    path.write_text(text, encoding="utf-8")
    return load_policy(path)


def test_a_policy_is_what_its_file_says(tmp_path):
    """Every number and name of the file is in the policy."""
    assert policy(tmp_path, json.dumps(RAW)) == EscalationPolicy(
        bias=-2.0,
        weights={"effort": 1.5},
        hard={"risk.legal": Level.CRITICAL},
        enter={Level.WATCH: 0.2, Level.HIGH: 0.5, Level.CRITICAL: 0.9},
        leave={Level.WATCH: 0.1, Level.HIGH: 0.4, Level.CRITICAL: 0.8},
        decay=0.7,
        cap=1.5,
        floor=0.05,
        steady=0.03,
    )


def test_what_an_older_file_does_not_say_counts_nothing(tmp_path):
    """Signals, course, sureness and deferral may be said and need not be."""
    said = {
        "signals": {"like.frustrated": 1.5},
        "course": {"waited": 0.4},
        "sure": {"risk.legal": 0.9},
        "least_turns": 2,
        "least_reasons": 3,
    }
    loaded = policy(tmp_path, json.dumps(RAW | said))
    assert (loaded.signals, loaded.course) == ({"like.frustrated": 1.5}, {"waited": 0.4})
    assert (loaded.sure, loaded.least_turns, loaded.least_reasons) == ({"risk.legal": 0.9}, 2, 3)
    older = policy(tmp_path, json.dumps(RAW))
    assert (older.signals, older.course, older.sure) == ({}, {}, {})
    assert (older.least_turns, older.least_reasons) == (1, 0)


def test_nothing_in_a_policy_can_be_changed(tmp_path):
    """A loaded policy is frozen to its mappings."""
    loaded = policy(tmp_path, json.dumps(RAW))
    with pytest.raises(TypeError):
        loaded.weights["effort"] = 9.0


def test_the_shipped_policy_loads():
    """Without a path the shipped policy is taken, and it enters every level above calm."""
    assert set(load_policy().leave) == set(Level) - {Level.CALM}


def changed(**values):
    return json.dumps({name: value for name, value in (RAW | values).items() if value is not None})


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("cannot be read", "{"),
        ("is damaged", "[]"),
        ("is damaged", "5"),
        ("is damaged", changed(cap=None)),
        ("is damaged", changed(bias="low")),
        ("is damaged", changed(weights=[1])),
        ("unknown axes ['smell']", changed(weights={"smell": 1})),
        ("unknown strains ['weather']", changed(course={"weather": 1})),
        ("is damaged", changed(hard={"risk.legal": "furious"})),
        ("is damaged", changed(enter={"watch": 0.2, "high": 0.5})),
        ("left below", changed(leave={"watch": 0.2, "high": 0.4, "critical": 0.8})),
        ("every level above calm", changed(leave={"watch": 0.1, "high": 0.4})),
        ("is damaged", changed(bias=float("nan"))),
        ("is damaged", changed(enter={"watch": 0.2, "high": 0.5, "critical": float("inf")})),
    ],
    ids=[
        "no JSON", "a list", "a number", "no cap", "a word", "weights in a list", "axis", "strain",
        "level", "no critical", "left above", "never left", "no number", "no bound",
    ],
)  # fmt: skip
def test_a_damaged_policy_is_refused(said, text, tmp_path):
    """What is missing, unknown or contradictory is said, with the name of the file."""
    with pytest.raises(ModelError) as caught:
        policy(tmp_path, text)
    assert said in caught.value.message
    assert "own.json" in caught.value.message


@pytest.mark.parametrize("raw", [b"\xff", None])
def test_a_policy_that_cannot_be_opened_is_refused(raw, tmp_path):
    """A missing file, or one that is no text, is a model error."""
    path = tmp_path / "own.json"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ModelError, match="cannot be read"):
        load_policy(path)


APT = {
    "pack": "own",
    "needs": "valence",
    "least": 0.4,
    "least-calm": 0.5,
    "words": 0.5,
    "aptness": {"thank": {"bias": -1, "weights": {"asks": 2}}},
}


def attention(tmp_path, text):
    path = tmp_path / "own.json"
    path.write_text(text, encoding="utf-8")
    return load_attention(path)


def test_an_attention_policy_is_what_its_file_says(tmp_path):
    """The bound goes into the budget, the scales by technique beside it."""
    budget, aptness = attention(tmp_path, json.dumps(APT))
    assert (budget.apt, budget.taught) == (0.4, "own")
    assert (budget.words, budget.apt_calm) == (0.5, 0.5)
    assert (aptness.needs, aptness.scales["thank"].bias) == ("valence", -1.0)
    assert dict(aptness.scales["thank"].weights) == {"asks": 2.0}


def test_from_high_on_less_will_do_where_the_file_says_so(tmp_path):
    """Without a word of it the bound is that of any other moment."""
    assert attention(tmp_path, json.dumps(APT))[0].apt_high == 0.4
    assert attention(tmp_path, json.dumps({**APT, "least-high": 0.2}))[0].apt_high == 0.2


def beside(tmp_path, body, sha256=None):
    """Return the aptness of a policy with that file beside it."""
    if body is not None:
        (tmp_path / "more.npz").write_bytes(body)
    named = {"file": "more.npz", "sha256": sha256 or hashlib.sha256(body or b"").hexdigest()}
    return attention(tmp_path, json.dumps({**APT, "embedded": named}))[1]


def weights(tmp_path, **more):
    said = {
        "techniques": np.array(["thank"]),
        "weights": np.array([[0.5], [-1.0]], np.float16),
        "centre": np.array([0.0, 2.0], np.float32),
    }
    file = BytesIO()
    np.savez_compressed(file, **{**said, **more})
    return beside(tmp_path, file.getvalue())


def test_weights_of_embeddings_stand_in_a_file_beside_it(tmp_path):
    """A column a technique, in the order of the scales."""
    found = weights(tmp_path).embedded
    assert found.weights.tolist() == [[0.5], [-1.0]]
    assert found.centre.tolist() == [0.0, 2.0]
    assert attention(tmp_path, json.dumps(APT))[1].embedded is None


@pytest.mark.parametrize(
    "more",
    [
        {"techniques": np.array(["empathy"])},
        {"weights": np.array([[0.5]])},
        {"weights": np.array([[0.5, 1], [1, 1]])},
        {"centre": np.array([0.0, np.nan])},
        {"centre": np.array([None, None])},
    ],
)
def test_damaged_weights_of_embeddings_are_a_model_error(tmp_path, more):
    """Of other techniques, of another shape, without a bound, or no numbers at all."""
    with pytest.raises(ModelError, match=r"own\.json"):
        weights(tmp_path, **more)


@pytest.mark.parametrize("body", [None, b"", b"no archive"])
def test_a_file_of_weights_that_is_none_is_a_model_error(tmp_path, body):
    """Missing, empty, or something else."""
    with pytest.raises(ModelError, match=r"own\.json"):
        beside(tmp_path, body)


def test_weights_that_the_policy_does_not_mean_are_a_model_error(tmp_path):
    """Another file of that name, however sound: what is loaded is what the policy names."""
    weights(tmp_path)
    body = (tmp_path / "more.npz").read_bytes()
    with pytest.raises(ModelError, match=r"own\.json"):
        beside(tmp_path, body, sha256="0" * 64)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        json.dumps({**APT, "least": "much"}),
        json.dumps({**APT, "aptness": {"thank": {"bias": 1e999, "weights": {}}}}),
        json.dumps({**APT, "aptness": {"thank": {"bias": 0}}}),
    ],
)
def test_a_damaged_attention_policy_is_a_model_error(tmp_path, text):
    """What cannot be used is refused, by its file's name."""
    with pytest.raises(ModelError, match=r"own\.json"):
        attention(tmp_path, text)


def test_the_shipped_attention_policy_knows_its_techniques():
    """What is shipped has a scale for techniques that there are, and for none else."""
    budget, aptness = load_attention()
    assert 0.0 < budget.apt < 1.0
    assert aptness.scales
    assert set(aptness.scales) <= set(TECHNIQUES)
    assert aptness.embedded.weights.shape[1] == len(aptness.scales)
