"""How a turn feels: sources, weights, and a sum that adds up."""

from math import tanh

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.fusion import BY_HAND, Fusion, Mix, fused, shares
from assist.core.signals import Pull, Reading, Sentiment, SentimentLabel, Signal

NEUTRAL = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def signal(name, score, *valences):
    pulls = tuple(Pull(axis="valence", amount=amount) for amount in valences)
    return Signal(name=name, score=score, pulls=pulls)


def reading(*signals):
    return Reading(turn="t", sentiment=NEUTRAL, signals=signals)


@pytest.mark.parametrize(
    ("score", "label", "signals"),
    [
        (0.0, SentimentLabel.NEUTRAL, ()),
        (round(tanh(-0.45), 4), SentimentLabel.NEGATIVE, (signal("valence.lexicon", -0.5),)),
        (round(tanh(0.18), 4), SentimentLabel.NEUTRAL, (signal("valence.lexicon", 0.2),)),
        (round(tanh(0.45), 4), SentimentLabel.POSITIVE, (signal("valence.lexicon", 0.5),)),
        (round(tanh(-0.1), 4), SentimentLabel.NEUTRAL, (signal("a", 0.5, -0.2),)),
        (
            round(tanh(0.45 - 0.8), 4),
            SentimentLabel.NEGATIVE,
            (signal("valence.lexicon", 0.5), signal("a", 1.0, -0.8)),
        ),
    ],
)
def test_without_models_the_lexicon_and_what_was_recognised_are_fused(score, label, signals):
    """The lexicon's valence and the pulls of signals make one score, and its word."""
    sentiment = fused(reading(*signals), BY_HAND)
    assert (sentiment.score, sentiment.label) == (score, label)


@given(st.lists(st.floats(-3, 3), max_size=6))
def test_sentiment_stays_within_bounds(amounts):
    """However much pulls, a score lies between −1 and 1."""
    signals = (signal(f"s{number}", 1.0, amount) for number, amount in enumerate(amounts))
    assert -1 <= fused(reading(*signals), BY_HAND).score <= 1


def test_sarcasm_takes_praise_away_and_turns_nothing():
    """Praise that may be meant otherwise counts nothing; unhappy words stay as they were."""
    for score, expected in ((0.8, 0.0), (-0.5, round(tanh(0.9 * -0.5), 4))):
        said = reading(signal("valence.lexicon", score), Signal(name="sarcasm", score=0.7))
        assert fused(said, BY_HAND).score == expected


BOTH = Mix(weights={"cues": 1.0, "encoder": 2.0}, offset=0.1, negative_at=-0.3)
CUES = Mix(weights={"cues": 1.0, "lexicon": 1.0})
FUSION = Fusion(mixes=(BOTH, CUES))


@pytest.mark.parametrize(
    ("mix", "score", "signals"),
    [
        (BOTH, 0.1 + 2 * -0.2, (signal("valence.encoder", -0.2),)),
        (BOTH, 0.1 - 0.4 + 2 * -0.2, (signal("valence.encoder", -0.2), signal("a", 1, -0.4))),
        (CUES, 0.3, (signal("valence.lexicon", 0.3),)),
        (CUES, 0.0, ()),
    ],
)
def test_the_weights_are_those_of_the_sources_that_spoke(mix, score, signals):
    """A mix is used where all its models have spoken; else the next, and its sum adds up."""
    found, used = shares(reading(*signals), FUSION)
    assert used is mix
    assert fused(reading(*signals), FUSION).score == round(tanh(score), 4)
    assert used.offset + sum(found.values()) == pytest.approx(score)


def test_the_words_begin_where_the_mix_says():
    """The same score has another word under other bounds."""
    mild = (signal("valence.encoder", -0.15),)
    assert fused(reading(*mild), FUSION).label is SentimentLabel.NEUTRAL
    strict = Fusion(mixes=(Mix(weights={"cues": 1.0, "encoder": 1.0}, negative_at=-0.1),))
    assert fused(reading(*mild), strict).label is SentimentLabel.NEGATIVE


def test_the_answer_is_not_a_source():
    """A reading that was fused already has the same shares as before."""
    said = (signal("valence.lexicon", -0.5), signal("a", 1.0, -0.8))
    fresh, done = reading(*said), reading(*said, signal("valence", -0.9, 1.0))
    assert shares(fresh, BY_HAND) == shares(done, BY_HAND)


def test_where_no_mix_fits_the_last_is_used():
    """A policy that knows only readings with models still answers without them."""
    only = Fusion(mixes=(BOTH,))
    assert only.mix_for(frozenset()) is BOTH
