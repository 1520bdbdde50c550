"""Words and pieces of words as features."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.detectors.ngrams import BUCKETS, features


def buckets(text):
    return {feature.bucket for feature in features(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LATE", "late"),
        ("it’s", "it's"),
        ("@kim late", "@sam late"),
        ("see https://a.b/c", "see www.d.e"),
        ("in 12 days", "in 45 days"),
        ("late!!", "late!!!!"),
        ("late...", "late....."),
        ("late   again", "late again"),
    ],
)
def test_what_is_alike_has_the_same_features(one, other):
    """Case, names of accounts, addresses, figures of one length and rows of marks do not matter."""
    assert buckets(one) == buckets(other)


@pytest.mark.parametrize(
    ("one", "other"), [("late", "lates"), ("not late", "late not"), ("5", "55"), ("late!", "late?")]
)
def test_what_differs_has_other_features(one, other):
    """Words, their order and marks make features."""
    assert buckets(one) != buckets(other)


def test_words_and_pieces_weigh_one_each():
    """The values of words and pairs are a vector of length 1, and so are those of the pieces."""
    values = [feature.value**2 for feature in features("the parcel is still not here")]
    assert sum(values) == pytest.approx(2.0)


def test_a_feature_points_at_its_words():
    """A word points at itself, a pair at both words."""
    text = "not late"
    assert {feature.span.of(text) for feature in features(text)} == {"not", "late", "not late"}


def test_nothing_has_no_features():
    """An empty text has none."""
    assert features("") == features("  \n") == []


@given(st.text(max_size=120))
def test_whatever_is_written_features_stay_inside(text):
    """Buckets are within bounds, spans quote the text, and the same text has the same features."""
    found = features(text)
    assert all(0 <= feature.bucket < BUCKETS and feature.span.of(text) for feature in found)
    assert len({(feature.bucket, feature.value) for feature in found}) <= len(found)
    assert found == features(text)
