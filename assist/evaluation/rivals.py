"""What ours is measured against: the commonest class, VADER, a list of words, a trained classifier.

The law: a rival is as its makers left it, or as plain as it can be; none is tuned on what it is
measured on. The trained one learns from the very set it is measured on, by five folds that never
share a conversation, which is more than ours is given; it needs scikit-learn, and where that is not
installed the row says so.
"""

import importlib
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from assist.evaluation.items import QUESTIONS, SENTIMENT, UNHAPPY, Item
from assist.evaluation.measures import Floats, Ints, groups_of
from assist.evaluation.verdicts import Verdicts, gold_of

__all__ = ["KEYWORDS", "LEARNED", "keywords", "learned", "majority", "rivals", "vader"]

LEARNED = "TF-IDF + LR, 5-fold"
FOLDS = 5
_AT = 0.05
_FEW = 500

_PLEASED = "great good love excellent perfect amazing awesome thanks thank happy nice best helpful"
_UNHAPPY = (
    "bad terrible awful worst horrible broken wrong angry annoyed annoying frustrated frustrating "
    "disappointed disappointing useless ridiculous unacceptable late waiting never problem fail "
    "failed poor rude hate"
)
KEYWORDS: Mapping[str, str] = {
    "frustrated": _UNHAPPY,
    "dissatisfied": _UNHAPPY,
    "complaint": _UNHAPPY,
    "uncivil": _UNHAPPY,
    "abuse": "idiot stupid moron fuck fucking bitch dumb shit bastard asshole cunt whore slut liar",
    "asks_human": "manager supervisor human person someone agent representative operator boss",
    "legal": "lawyer solicitor attorney legal court sue suing ombudsman regulator",
    "leaves": "cancel cancelling switch switching leave leaving competitor elsewhere",
    "public": "twitter facebook review reviews social media press post trustpilot newspaper",
    "distress": "suicide suicidal die dying kill hopeless despair harm",
}
"""The words that a person writes down in a minute, by label."""


def rivals(items: Sequence[Item], label: str) -> tuple[Verdicts | str, ...]:
    """Return every rival's verdicts on these items, or the name of one that is not installed."""
    sounds = label == SENTIMENT or UNHAPPY in QUESTIONS.get(label, ())
    chosen: list[Callable[[Sequence[Item], str], Verdicts | None]] = [majority]
    chosen += [vader] if sounds else []
    chosen += [keywords] if label in KEYWORDS or label == SENTIMENT else []
    found: list[Verdicts | str] = [one for rival in chosen if (one := rival(items, label))]
    return (*found, learned(items, label) or LEARNED)


def majority(items: Sequence[Item], label: str) -> Verdicts:
    """Return the commonest class, whatever is said."""
    gold = gold_of(items, label)
    commonest = int(np.bincount(gold).argmax())
    return Verdicts(
        judge="majority",
        classes=np.full(len(gold), commonest, dtype=np.int64),
        scores=np.zeros(len(gold)),
    )


@cache
def _analyser() -> Any:
    return SentimentIntensityAnalyzer()


def vader(items: Sequence[Item], label: str) -> Verdicts:
    """Return VADER's compound score as it is, with its makers' thresholds of ±0.05."""
    scores = np.array([_analyser().polarity_scores(item.text)["compound"] for item in items])
    if label == SENTIMENT:
        return Verdicts(judge="VADER", classes=_feeling(scores, _AT), scores=scores)
    return Verdicts(judge="VADER", classes=(scores <= -_AT).astype(np.int64), scores=-scores)


def keywords(items: Sequence[Item], label: str) -> Verdicts:
    """Return whether words of a list are there, and how many."""
    if label == SENTIMENT:
        scores = _hits(items, _PLEASED) - _hits(items, _UNHAPPY)
        scores = scores / (1 + np.abs(scores))
        return Verdicts(judge="word list", classes=_feeling(scores, _AT), scores=scores)
    hits = _hits(items, KEYWORDS[label])
    return Verdicts(judge="word list", classes=(hits > 0).astype(np.int64), scores=hits)


def _hits(items: Sequence[Item], words: str) -> Floats:
    listed = re.compile(rf"\b(?:{words.replace(' ', '|')})\b", re.IGNORECASE)
    return np.array([len(listed.findall(item.text)) for item in items], dtype=np.float64)


def _feeling(scores: Floats, at: float) -> Ints:
    return 1 + (scores >= at).astype(np.int64) - (scores <= -at).astype(np.int64)


def learned(items: Sequence[Item], label: str) -> Verdicts | None:
    """Return a classifier's verdicts, each by one that has not seen the item's conversation."""
    try:
        importlib.import_module("sklearn")
    except ImportError:
        return None
    gold, size = gold_of(items, label), 3 if label == SENTIMENT else 2
    texts = np.array([item.text for item in items], dtype=object)
    folds = groups_of([item.group for item in items]) % FOLDS
    chances = np.zeros((len(items), size))
    for fold in range(FOLDS):
        kept, asked = folds != fold, folds == fold
        if asked.any():
            chances[asked] = _foretold(texts[kept], gold[kept], texts[asked], size)
    scores = chances[:, 2] - chances[:, 0] if size == 3 else chances[:, 1]
    return Verdicts(
        judge=LEARNED,
        classes=chances.argmax(axis=1).astype(np.int64),
        scores=scores,
        chances=(1 - scores) / 2 if size == 3 else scores,
    )


def _foretold(known: Any, gold: Ints, asked: Any, size: int) -> Floats:
    """Return the chance of every class for the texts asked, from those known."""
    chances = np.zeros((len(asked), size))
    classes = np.unique(gold)
    if len(classes) < 2:
        chances[:, classes] = 1.0
        return chances
    model = _pipeline(len(known))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fold that has not wholly converged is measured as it is
        model.fit(known, gold)
        chances[:, classes] = model.predict_proba(asked)
    return chances


def _pipeline(size: int) -> Any:
    text = importlib.import_module("sklearn.feature_extraction.text")
    linear = importlib.import_module("sklearn.linear_model")
    whole = importlib.import_module("sklearn.pipeline")
    often = {"sublinear_tf": True, "min_df": 2 if size > _FEW else 1}
    words = {"token_pattern": r"\w+|[^\w\s]", **often}
    features = whole.make_union(
        text.TfidfVectorizer(ngram_range=(1, 2), **words),
        text.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), **often),
    )
    return whole.make_pipeline(
        features, linear.LogisticRegression(C=4.0, max_iter=300, class_weight="balanced")
    )
