"""Plain VADER and the repaired lexicon, side by side on public tweets to airlines.

    python tests/real/sentiment.py DATA

`DATA` is a folder with `airline.jsonl.gz`; three classes at ±0.05; mentions are left out.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from convert import rows
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from assist.core.turns import Draft
from assist.detectors.lexicon import load

LABELS = ("negative", "neutral", "positive")
POLITE = re.compile(r"\b(?:thank|thanks|help|please)", re.IGNORECASE)


def label_of(score: float) -> str:
    """Return the class of a score."""
    return "positive" if score > 0.05 else "negative" if score < -0.05 else "neutral"


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Return the mean F1 over the classes of (gold, told) pairs."""
    scores = []
    for label in LABELS:
        right = sum(gold == told == label for gold, told in pairs)
        told = sum(told == label for _, told in pairs)
        gold = sum(gold == label for gold, _ in pairs)
        scores.append(2 * right / (told + gold) if told + gold else 0.0)
    return sum(scores) / len(scores)


def measured(texts: list[tuple[str, str]], score: Callable[[str], float]) -> tuple[float, ...]:
    """Return macro-F1, and the share of unhappy tweets called positive: all, the polite ones."""
    told = [(gold, label_of(score(text)), text) for gold, text in texts]
    unhappy = [(answer, text) for gold, answer, text in told if gold == "negative"]
    polite = [answer for answer, text in unhappy if POLITE.search(text)]
    return (
        macro_f1([(gold, answer) for gold, answer, _ in told]),
        sum(answer == "positive" for answer, _ in unhappy) / len(unhappy),
        sum(answer == "positive" for answer in polite) / len(polite),
    )


def main() -> None:
    """Print the table as Markdown."""
    names = {"neg": "negative", "neu": "neutral", "pos": "positive"}
    seen = {row["id"]: row for row in rows(Path(sys.argv[1]) / "airline.jsonl.gz")}
    texts = [
        (names.get(row["label"], row["label"]), re.sub(r"@\w+", "", row["text_fixed"]).strip())
        for row in seen.values()
    ]
    vader, detect = SentimentIntensityAnalyzer(), load()

    def ours(text: str) -> float:
        found = {signal.name: signal.score for signal in detect(Draft(text=text), ()).signals}
        return found.get("valence.lexicon", 0.0)

    plain = measured(texts, lambda text: vader.polarity_scores(text)["compound"])
    mended = measured(texts, ours)
    print(f"{len(texts)} tweets\n\n| | VADER | repaired lexicon |\n|---|---:|---:|")
    print(f"| macro-F1 | {plain[0]:.3f} | {mended[0]:.3f} |")
    print(f"| unhappy tweets called positive | {plain[1]:.1%} | {mended[1]:.1%} |")
    words = "thank, help or please"
    print(f"| unhappy tweets with {words} called positive | {plain[2]:.1%} | {mended[2]:.1%} |")


if __name__ == "__main__":
    main()
