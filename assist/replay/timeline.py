"""The timeline of a chat: how tense it was at each of the customer's turns, as a drawing.

The law: a level is never colour alone: it has its band with its name, and a dot of its own size;
everything drawn stands in words below it in the page.
"""

from collections.abc import Sequence

from assist.core.escalation import Level
from assist.replay.markup import Element, among, element
from assist.replay.scenes import Scene
from assist.replay.words import EN, Words

__all__ = ["BANDS", "timeline"]

Bands = Sequence[tuple[Level, float]]
"""The levels, low to high, each with the score from which on it is entered."""
BANDS: Bands = ((Level.CALM, 0.0), (Level.WATCH, 0.2), (Level.HIGH, 0.5), (Level.CRITICAL, 0.85))

_WIDTH, _HEIGHT, _PAD, _LABELS = 960, 190, 24, 74
_SIZES = {Level.CALM: 4, Level.WATCH: 5, Level.HIGH: 6, Level.CRITICAL: 7}


def timeline(told: Sequence[Scene], bands: Bands, say: Words = EN) -> Element:
    """Return the drawing with its legend; nothing where no customer's turn was read."""
    heard = [scene for scene in told if scene.read]
    if not heard:
        return Element()
    step = (_WIDTH - _PAD - _LABELS - 10) / max(1, len(told) - 1)
    places = [(_PAD + step * (scene.number - 1), _down(scene.escalation.score)) for scene in heard]
    line = element(
        "polyline", class_="score", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    )
    dots = [_dot(scene, x, y, say) for scene, (x, y) in zip(heard, places, strict=True)]
    cards = [
        element(
            "path",
            class_="shown",
            d=f"M{_PAD + step * (scene.number - 1) - 5:.1f} {_HEIGHT - 12}h10l-5 -9z",
        )
        for scene in told
        if scene.suggestions or scene.unbidden
    ]
    drawn = among([*_bands(bands, say), line, *dots, *cards])
    label = say.tension.format(count=len(heard))
    return among(
        [
            element("svg", drawn, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", aria_label=label),
            element("p", say.legend, class_="soft"),
        ]
    )


def _dot(scene: Scene, x: float, y: float, say: Words) -> Element:
    level, score = scene.escalation.level, scene.escalation.score
    words = say.dot.format(number=scene.number, level=say.levels[level], score=f"{score:.2f}")
    title = element("title", words)
    dot = element("circle", class_="dot", cx=f"{x:.1f}", cy=f"{y:.1f}", r=_SIZES[level])
    return element("g", title, dot, data_level=level)


def _bands(bands: Bands, say: Words) -> list[Element]:
    tops = [low for _, low in bands[1:]] + [1.0]
    return [
        _band(say.levels[at], low, high, at) for (at, low), high in zip(bands, tops, strict=True)
    ]


def _band(name: str, low: float, high: float, level: Level) -> Element:
    top, bottom = _down(high), _down(low)
    box = element(
        "rect",
        class_="band",
        x=_PAD,
        y=f"{top:.1f}",
        width=_WIDTH - _PAD - _LABELS,
        height=f"{bottom - top:.1f}",
    )
    words = element(
        "text", name.capitalize(), x=_WIDTH - _LABELS + 8, y=f"{(top + bottom) / 2 + 4:.1f}"
    )
    return element("g", box, words, data_level=level)


def _down(score: float) -> float:
    return 10 + (1 - score) * (_HEIGHT - 40)
