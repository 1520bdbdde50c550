"""A detector that a test can read at a glance: it notices a few words by their names."""

from collections.abc import Sequence

from assist.core.signals import Cue, Detector, Findings
from assist.core.text import Span
from assist.core.turns import Draft, Turn


def noticing(*words: str) -> Detector:
    """Return a detector that notices each of `words` once, where it first stands."""

    def detector(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        del earlier
        return Findings(
            cues=tuple(
                Cue(name=word, span=Span(at, at + len(word)), source="phrases")
                for word in words
                if (at := subject.text.find(word)) >= 0
            )
        )

    return detector
