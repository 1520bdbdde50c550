"""The measures, against values worked out by hand."""

from math import isnan

import numpy as np
import pytest

from assist.evaluation.measures import (
    accuracy,
    auc,
    bootstrap,
    confusion,
    ece,
    groups_of,
    macro_f1,
    polite_negative_error,
    precision_at,
    ranks,
    shares,
)

GOLD = np.array([0, 0, 0, 1, 1, 2])
TOLD = np.array([0, 0, 1, 1, 2, 2])


def test_confusion_counts_gold_by_told():
    """Rows are what is true, columns what is told, and weights count items several times."""
    assert confusion(GOLD, TOLD, 3).tolist() == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]
    doubled = confusion(GOLD, TOLD, 3, np.full(6, 2.0))
    assert doubled.tolist() == [[4, 2, 0], [0, 2, 2], [0, 0, 2]]


def test_accuracy_and_f1_by_hand():
    """4 of 6 are right; F1 is 4/5, 2/4 and 2/3, their mean .6556."""
    counts = confusion(GOLD, TOLD, 3)
    assert accuracy(counts) == pytest.approx(4 / 6)
    found = shares(counts)
    assert [share.f1 for share in found] == pytest.approx([4 / 5, 2 / 4, 2 / 3])
    assert [share.precision for share in found] == pytest.approx([1, 1 / 2, 1 / 2])
    assert [share.recall for share in found] == pytest.approx([2 / 3, 1 / 2, 1])
    assert [share.count for share in found] == [3, 2, 1]
    assert macro_f1(counts) == pytest.approx((4 / 5 + 1 / 2 + 2 / 3) / 3)


def test_a_class_that_never_occurs_is_no_part_of_the_mean():
    """A class neither true nor told has no F1; one told in vain has 0."""
    assert macro_f1(confusion(np.array([0, 0]), np.array([0, 0]), 3)) == 1.0
    assert macro_f1(confusion(np.array([0, 0]), np.array([0, 2]), 3)) == pytest.approx(1 / 3)


def test_auc_counts_ties_half():
    """Of the 6 pairs 3 are right, 2 tie and 1 is wrong: (3 + 1) / 6."""
    positive = np.array([1, 1, 0, 0, 0])
    scores = np.array([0.9, 0.3, 0.3, 0.9, 0.1])
    assert auc(positive, ranks(scores)) == pytest.approx((3 + 2 / 2) / 6)
    assert auc(positive, ranks(np.zeros(5))) == 0.5
    assert auc(positive, ranks(-scores)) == pytest.approx(1 - 4 / 6)
    assert isnan(auc(np.array([1, 1]), ranks(np.array([0.1, 0.2]))))


def test_auc_with_weights_is_that_of_the_items_repeated():
    """A weight of two is the item twice, and of none the item left out."""
    positive, scores = np.array([1, 0, 1, 0]), np.array([0.4, 0.5, 0.7, 0.1])
    weights = np.array([2.0, 1.0, 0.0, 3.0])
    places = [0, 0, 1, 3, 3, 3]
    repeated = auc(positive[places], ranks(scores[places]))
    assert auc(positive, ranks(scores), weights) == pytest.approx(repeated)


def test_auc_is_that_of_all_pairs_compared():
    """The quick way gives what comparing every pair gives."""
    dice = np.random.default_rng(3)
    positive, scores = dice.integers(0, 2, 60), dice.integers(0, 9, 60) / 9
    wins = [
        1.0 if high > low else 0.5 if high == low else 0.0
        for high in scores[positive == 1]
        for low in scores[positive == 0]
    ]
    assert auc(positive, ranks(scores)) == pytest.approx(sum(wins) / len(wins))


def test_ece_by_hand():
    """Two bins: |.25 - 0| on one item and |1.7 - 1| on two, over three items."""
    chances, outcomes = np.array([0.25, 0.8, 0.9]), np.array([0.0, 1.0, 0.0])
    assert ece(chances, outcomes, bins=2) == pytest.approx((0.25 + 0.7) / 3)
    assert ece(np.array([0.0, 1.0]), np.array([0.0, 1.0])) == 0.0
    weighted = ece(chances, outcomes, bins=2, weights=np.array([2.0, 1.0, 1.0]))
    assert weighted == pytest.approx((0.5 + 0.7) / 4)


def test_polite_negative_error_looks_at_polite_unhappy_turns():
    """Of three unhappy turns two are polite, and one of these was told as positive."""
    texts = ["Thanks for nothing", "please fix this", "awful", "thank you"]
    gold, told = np.array([0, 0, 0, 2]), np.array([2, 0, 2, 2])
    assert polite_negative_error(gold, told, texts) == 0.5
    assert isnan(polite_negative_error(gold[2:3], told[2:3], texts[2:3]))


def test_precision_at_a_prevalence_by_hand():
    """A recall of .684 at .267 false positives gives .12 at 5 % and .22 at 10 %."""
    assert precision_at(0.05, 0.684, 0.267) == pytest.approx(0.1188, abs=1e-4)
    assert precision_at(0.10, 0.684, 0.267) == pytest.approx(0.2216, abs=1e-4)
    assert isnan(precision_at(0.1, 0.0, 0.0))


def test_items_without_a_conversation_are_groups_of_their_own():
    """The same name is the same group, and no name is never a group of two."""
    assert groups_of(["a", "", "a", ""]).tolist() == [0, 1, 0, 2]


def test_a_bootstrap_is_the_same_each_time_and_holds_the_figure():
    """One seed gives one margin, and the mean lies in it."""
    values = np.arange(40.0)

    def mean(weights):
        return float((weights * values).sum() / weights.sum())

    margin = bootstrap(mean, np.arange(40))
    assert margin == bootstrap(mean, np.arange(40))
    assert margin.low < values.mean() < margin.high
    assert margin.high - margin.low == pytest.approx(2 * 1.96 * values.std() / 40**0.5, rel=0.1)


def test_whole_groups_are_drawn():
    """Items of one group always come together."""
    seen = []
    bootstrap(lambda weights: seen.append(weights.tolist()) or 0.0, np.array([0, 0, 1]), times=20)
    assert all(first == second for first, second, _ in seen)
    assert {third for _, _, third in seen} == {0.0, 1.0, 2.0}


def test_a_single_group_has_no_margin():
    """One conversation says nothing of others."""
    assert isnan(bootstrap(lambda _: 1.0, np.array([0, 0])).low)
    assert isnan(bootstrap(lambda _: float("nan"), np.array([0, 1])).high)
