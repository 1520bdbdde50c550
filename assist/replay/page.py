"""A played transcript as one HTML page: the timeline, the chat with its cues, and what was offered.

The law: every word of the chat goes through `element`; the page loads nothing and runs nothing, and
its policy allows its own style and no other. Its look is the panel's, its words are those of a
table.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from assist.core.escalation import Escalation, Level, Reason, Trend
from assist.core.signals import Evidence
from assist.core.suggestions import Held, Suggestion
from assist.replay.markup import Element, among, element
from assist.replay.play import Played
from assist.replay.scenes import Scene, scenes
from assist.replay.timeline import BANDS, timeline
from assist.replay.words import EN, Words
from assist.wire.messages import AlertMessage

__all__ = ["page"]

_HERE = Path(__file__).parent
_LOOK = _HERE.parent / "widget" / "panel" / "src" / "look.css"
_SIGNS = {Trend.FALLING: "↘", Trend.STEADY: "→", Trend.RISING: "↗"}
_REASONS = 4


def page(
    chats: Sequence[tuple[str, Sequence[Played]]], bands: Sequence[float] = (), say: Words = EN
) -> str:
    """Return the page for these played chats, in the words of `say`.

    `bands` are the scores (0..1) that enter the levels, low to high.
    """
    title = say.title.format(names=", ".join(name for name, _ in chats)[:200])
    levels = tuple(zip((level for level, _ in BANDS), bands, strict=True)) if bands else BANDS
    told = [(name, scenes(played), played) for name, played in chats]
    style = _style()
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    )
    head = among(
        [
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("style", Element(style)),
        ]
    )
    several = len(told) > 1
    counted = say.chats.format(count=len(told))
    index = _index([(name, scene) for name, scene, _ in told], counted, say) if several else ""
    parts = [
        _chat(number, (name if several else None, scene, played), levels, say)
        for number, (name, scene, played) in enumerate(told, start=1)
    ]
    heading = element("h1", say.title.format(names=counted) if several else title)
    body = element("body", element("main", heading, index, *parts))
    return f"<!doctype html>{element('html', element('head', head), body, lang=say.lang)}\n"


@cache
def _style() -> str:
    """Return the panel's look and the report's own; neither holds a `<`."""
    look = _LOOK.read_text("utf-8").replace(":host", ":root")
    return look + _HERE.joinpath("page.css").read_text("utf-8")


def _index(told: Sequence[tuple[str, tuple[Scene, ...]]], heading: str, say: Words) -> Element:
    """Return the list of the chats, each with its highest level."""
    lines = [
        element(
            "li",
            _level(_highest(scene), say, going=False),
            element("a", name, href=f"#chat-{number}"),
        )
        for number, (name, scene) in enumerate(told, start=1)
    ]
    return element("nav", element("h2", heading), element("ul", *lines))


def _highest(told: Sequence[Scene]) -> Escalation:
    return max(
        (scene.escalation for scene in told), key=lambda e: e.level.rank, default=Escalation()
    )


def _chat(
    number: int,
    chat: tuple[str | None, Sequence[Scene], Sequence[Played]],
    bands: Sequence[tuple[Level, float]],
    say: Words,
) -> Element:
    name, told, played = chat
    shown = sum(len(scene.suggestions) + len(scene.unbidden) for scene in told)
    held = sum(len(scene.held) for scene in told)
    facts = say.facts.format(
        turns=say.count(len(told), "turn"),
        level=say.levels[_highest(told).level],
        suggestions=say.count(shown, "suggestion"),
        held=held,
    )
    numbers = {scene.turn.id: scene.number for scene in told}
    texts = {scene.turn.id: scene.turn.text for scene in told}
    rows = [_row(scene, numbers, texts, say) for scene in told]
    return element(
        "section",
        element("h2", name) if name is not None else element("h2", say.turns, class_="unseen"),
        element("p", facts, class_="soft"),
        timeline(told, bands, say),
        element("ol", *rows, class_="chat"),
        _record(played, numbers, say),
        id=f"chat-{number}",
    )


def _row(scene: Scene, numbers: dict[str, int], texts: dict[str, str], say: Words) -> Element:
    turn = scene.turn
    role = say.roles[turn.role]
    role = say.private.format(role=role) if turn.private else role
    who = element("p", f"{scene.number} · {role} · ", element("time", f"{turn.at:%H:%M:%S}"))
    said = [who, element("p", *_marked(turn.text, scene.proofs), class_="words", lang=say.theirs)]
    if scene.cues:
        said.append(_cues(turn.text, scene.cues, say))
    if scene.read and scene.reading is not None:
        felt = f"{scene.reading.sentiment.score:+.2f}".replace("-", "−")
        score = f"{scene.escalation.score:.2f} · {say.feeling.format(score=felt)}"
        level = _level(scene.escalation, say)
        said.append(element("div", level, element("span", score, class_="soft")))
        if scene.moved:
            said.append(_reasons(scene.escalation.reasons, numbers, say))
    side = [_card(card, numbers, texts, say, unbidden=True) for card in scene.unbidden]
    side += [_card(card, numbers, texts, say) for card in scene.suggestions]
    side += [_alert(alert, say) for alert in scene.alerts]
    if scene.held:
        side.append(_held(scene.held, say))
    return element(
        "li",
        element("div", *said, class_="said"),
        element("div", *side, class_="side"),
        class_=f"turn {turn.role} private" if turn.private else f"turn {turn.role}",
    )


def _marked(text: str, proofs: Sequence[Evidence]) -> list[Element | str]:
    """Return `text` in pieces, the words that evidence points at marked."""
    under = {place for one in proofs for place in range(one.span.start, one.span.end)}
    pieces: list[Element | str] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (end in under) == (at in under):
            end += 1
        pieces.append(element("mark", text[at:end]) if at in under else text[at:end])
        at = end
    return pieces


def _cues(text: str, cues: Iterable[tuple[str, Evidence]], say: Words) -> Element:
    """Return what the marked words were taken for, each with its words."""
    said: dict[str, dict[str, None]] = {}
    for what, proof in cues:
        said.setdefault(what, {})[proof.span.of(text)] = None
    lines = [
        element("li", f"{what}: ", " · ".join(f"“{words}”" for words in found))
        for what, found in said.items()
    ]
    return element("ul", *lines, class_="cues", lang=say.theirs)


def _level(escalation: Escalation, say: Words, *, going: bool = True) -> Element:
    """Return a level in bars and a word, and where it is going."""
    rank = list(Level).index(escalation.level) + 1
    full, rest = (
        "".join(f"M{step * 7 - 6} 19v-{step * 4}h4.5v{step * 4}" for step in steps)
        for steps in (range(1, rank + 1), range(rank + 1, 5))
    )
    bars = element(
        "svg",
        element("path", d=full),
        element("path", d=rest, class_="off"),
        class_="steps",
        viewBox="0 0 28 20",
        aria_hidden="true",
    )
    trend = f" {_SIGNS[escalation.trend]} {say.trends[escalation.trend]} " if going else ""
    word = element("b", say.levels[escalation.level].capitalize())
    return element("span", bars, word, trend, class_="level", data_level=escalation.level)


def _reasons(reasons: Sequence[Reason], numbers: dict[str, int], say: Words) -> Element:
    """Return why the level is what it is, the weightiest first, in points of a hundred."""
    ranked = sorted(reasons, key=lambda one: -abs(one.weight))[:_REASONS]
    lines = [
        element(
            "li",
            element("span", f"{round(one.weight * 100):+d}".replace("-", "−"), class_="weight"),
            _theirs(one.text, say),
            element("span", _turns(one.evidence, numbers, say), class_="soft"),
        )
        for one in ranked
    ]
    return element("ul", *lines, class_="reasons") if lines else Element()


def _theirs(text: str, say: Words) -> str:
    """Return words of the rules or the chat, marked where their language is not the page's."""
    return element("span", text, lang=say.theirs) if say.theirs else text


def _turns(proofs: Iterable[Evidence], numbers: dict[str, int], say: Words) -> str:
    found = sorted({numbers[one.turn] for one in proofs if one.turn in numbers})
    one, many = say.counted["turn"]
    return f" ({one if len(found) == 1 else many} {', '.join(map(str, found))})" if found else ""


def _card(
    card: Suggestion,
    numbers: dict[str, int],
    texts: dict[str, str],
    say: Words,
    *,
    unbidden: bool = False,
) -> Element:
    """Return what was offered: the wording, why, and the words that were heard."""
    notes = [say.kinds[card.kind]] if card.kind in say.kinds else []
    notes += [say.unbidden] if unbidden else []
    lines = [
        element("blockquote", *_slots(line, number, card), lang=say.theirs)
        for number, line in enumerate(card.lines)
    ]
    name, lang = say.name(card.technique)
    return element(
        "article",
        element("h3", name, lang=lang),
        *(element("p", note, class_="soft") for note in notes),
        *lines,
        element("p", card.why, class_="why", lang=say.theirs),
        *_heard(card, numbers, texts, say),
        element("p", element("code", card.rule), class_="soft"),
        class_=f"card {card.kind}",
    )


def _heard(
    card: Suggestion, numbers: dict[str, int], texts: dict[str, str], say: Words
) -> list[Element]:
    """Return the words that a card points at, each once, with its turn."""
    heard = dict.fromkeys(
        (words, one.turn)
        for one in card.evidence
        if one.turn in numbers and (words := one.span.of(texts[one.turn]).strip())
    )
    turn, _ = say.counted["turn"]
    told = [
        among([" · " if place else "", _theirs(f"“{words}”", say), f" ({turn} {numbers[where]})"])
        for place, (words, where) in enumerate(heard)
    ]
    return [element("p", say.heard, *told, class_="soft")] if told else []


def _slots(line: str, number: int, card: Suggestion) -> list[Element | str]:
    """Return a line with the places marked that only the agent can fill."""
    pieces: list[Element | str] = []
    at = 0
    for slot in sorted(
        (one for one in card.slots if one.line == number), key=lambda s: s.span.start
    ):
        if at <= slot.span.start < slot.span.end <= len(line):
            pieces += [
                line[at : slot.span.start],
                element("span", slot.span.of(line), class_="slot"),
            ]
            at = slot.span.end
    return [*pieces, line[at:]]


def _alert(alert: AlertMessage, say: Words) -> Element:
    reasons = "; ".join(reason.text for reason in alert.reasons[:_REASONS])
    told = say.call.format(level=say.levels[alert.level])
    return element("p", element("b", told), _theirs(reasons, say), class_="call")


def _held(held: Sequence[Held], say: Words) -> Element:
    """Return what applied and was not shown, each with its reason."""
    lines = []
    for one in held:
        name, lang = say.name(one.technique)
        why = f": {say.held[one.reason]} "
        lines.append(element("li", element("b", name, lang=lang), why, element("code", one.rule)))
    return element("div", element("h3", say.held_back), element("ul", *lines), class_="held")


def _record(played: Sequence[Played], numbers: dict[str, int], say: Words) -> Element:
    """Return the record of the chat, where it was closed."""
    summary = played[-1].conversation.summary if played else None
    if summary is None or not summary.record:
        return Element()
    lines = [
        element(
            "li",
            _theirs(one.text, say),
            element("span", _turns(one.evidence, numbers, say), class_="soft"),
        )
        for one in summary.record
    ]
    return element("div", element("h3", say.record), element("ul", *lines), class_="record")
