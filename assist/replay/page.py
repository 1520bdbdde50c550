"""A played transcript as one HTML page: the timeline, the chat with its cues, and what was offered.

The law: every word of the chat goes through `escape`; the page loads nothing and runs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assist.core.conversation import Conversation
from assist.core.escalation import Escalation, Level
from assist.core.signals import Evidence, Reading
from assist.core.suggestions import Held, Suggestion
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role, Turn
from assist.replay.play import Played
from assist.wire.messages import EscalationMessage, SuggestionMessage

__all__ = ["page"]

_WIDTH, _HEIGHT, _PAD, _LABELS = 960, 190, 24, 64
_BANDS = ((Level.CALM, 0.0), (Level.WATCH, 0.2), (Level.HIGH, 0.5), (Level.CRITICAL, 0.85))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """One turn with what came of it."""

    turn: Turn
    reading: Reading | None
    escalation: Escalation
    suggestions: tuple[Suggestion, ...]
    held: tuple[Held, ...]


def page(chats: Sequence[tuple[str, Sequence[Played]]], bands: Sequence[float] = ()) -> str:
    """Return the page for these played chats; `bands` are the scores that enter the levels."""
    levels = tuple(zip((level for level, _ in _BANDS), bands, strict=True)) if bands else _BANDS
    body = "".join(_chat(name, played, levels) for name, played in chats)
    title = escape(", ".join(name for name, _ in chats)[:200])
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Replay: {title}</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _moments(played: Sequence[Played]) -> list[_Moment]:
    found = []
    for step in played:
        if not isinstance(step.event, Turn):
            continue
        after: Conversation = step.conversation
        offered = tuple(m.suggestion for m in step.messages if isinstance(m, SuggestionMessage))
        found.append(
            _Moment(
                turn=step.event,
                reading=after.reading(step.event.id),
                escalation=after.escalation,
                suggestions=offered,
                held=after.held,
            )
        )
    return found


def _chat(name: str, played: Sequence[Played], bands: Sequence[tuple[Level, float]]) -> str:
    moments = _moments(played)
    top = max((m.escalation for m in moments), key=lambda e: e.level.rank, default=Escalation())
    count = sum(len(m.suggestions) for m in moments)
    rises = sum(isinstance(m, EscalationMessage) for step in played for m in step.messages)
    facts = (
        f"{len(moments)} turns · highest level <b>{top.level}</b> · {count} suggestions · "
        f"{rises} changes of escalation"
    )
    rows = "".join(_row(moment) for moment in moments)
    return (
        f"<section><h1>{escape(name)}</h1><p class=facts>{facts}</p>{_timeline(moments, bands)}"
        f"<ol class=chat>{rows}</ol></section>"
    )


def _timeline(moments: Sequence[_Moment], bands: Sequence[tuple[Level, float]]) -> str:
    heard = [m for m in moments if m.turn.role is Role.CUSTOMER and m.reading is not None]
    if not heard:
        return ""
    step = (_WIDTH - _PAD - _LABELS - 10) / max(1, len(moments) - 1)
    places = {m.turn.id: _PAD + step * i for i, m in enumerate(moments)}
    scores = [(places[m.turn.id], _y(m.escalation.score), m) for m in heard]
    parts = [_band(level, low, high) for (level, low), high in _tops(bands)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in scores)
    parts.append(f'<polyline class=score points="{line}"/>')
    for x, y, moment in scores:
        label = escape(f"{moment.turn.id}: {moment.escalation.level} {moment.escalation.score:.2f}")
        parts.append(
            f'<circle class="dot {moment.escalation.level}" cx="{x:.1f}" cy="{y:.1f}" r="5">'
            f"<title>{label}</title></circle>"
        )
        if moment.suggestions:
            parts.append(f'<path class=card d="M{x - 5:.1f} {_HEIGHT - 14}h10l-5 -9z"/>')
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="Escalation score of each customer turn">{"".join(parts)}</svg>'
        "<p class=legend>Line: escalation score of each customer turn. "
        "Triangle: a suggestion was shown.</p>"
    )


def _tops(bands: Sequence[tuple[Level, float]]) -> list[tuple[tuple[Level, float], float]]:
    return list(zip(bands, [low for _, low in bands[1:]] + [1.0], strict=True))


def _band(level: Level, low: float, high: float) -> str:
    top, bottom = _y(high), _y(low)
    return (
        f'<rect class="band {level}" x="{_PAD}" y="{top:.1f}" width="{_WIDTH - _PAD - _LABELS}" '
        f'height="{bottom - top:.1f}"/>'
        f'<text x="{_WIDTH - _LABELS + 8}" y="{(top + bottom) / 2 + 4:.1f}">{level}</text>'
    )


def _y(score: float) -> float:
    return 10 + (1 - score) * (_HEIGHT - 40)


def _row(moment: _Moment) -> str:
    turn = moment.turn
    proofs = [
        proof
        for signal in (moment.reading.signals if moment.reading else ())
        if signal.reason and signal.name != "valence"
        for proof in signal.evidence
    ]
    proofs += [proof for suggestion in moment.suggestions for proof in suggestion.evidence]
    here = [proof for proof in proofs if proof.turn == turn.id]
    note = ""
    if turn.role is Role.CUSTOMER and moment.reading is not None:
        level = moment.escalation.level
        note = (
            f'<span class="level {level}">{level} {moment.escalation.score:.2f}</span> '
            f"<span class=feel>feeling {moment.reading.sentiment.score:+.2f}</span>"
        )
    cards = "".join(_card(suggestion) for suggestion in moment.suggestions)
    return (
        f'<li class="turn {turn.role}"><div class=said><span class=who>{turn.role} '
        f"<time>{turn.at:%H:%M:%S}</time></span><p>{_marked(turn.text, here)}</p>{note}</div>"
        f"<div class=side>{cards}{_held(moment.held)}</div></li>"
    )


def _marked(text: str, proofs: Sequence[Evidence]) -> str:
    """Return `text` escaped, with the words that evidence points at marked."""
    names: dict[int, set[str]] = {}
    for proof in proofs:
        for place in range(max(0, proof.span.start), min(proof.span.end, len(text))):
            names.setdefault(place, set()).add(proof.cue)
    built, at = "", 0
    while at < len(text):
        end = at + 1
        while end < len(text) and names.get(end) == names.get(at):
            end += 1
        words = escape(text[at:end])
        if at in names:
            words = f'<mark title="{escape(", ".join(sorted(names[at])))}">{words}</mark>'
        built, at = built + words, end
    return built


def _card(suggestion: Suggestion) -> str:
    lines = "".join(f"<blockquote>{escape(line)}</blockquote>" for line in suggestion.lines)
    return (
        f'<div class="card {suggestion.kind}"><h2>{escape(TECHNIQUES[suggestion.technique])}</h2>'
        f"{lines}<p>{escape(suggestion.why)} <code>{escape(suggestion.rule)}</code></p></div>"
    )


def _held(held: Sequence[Held]) -> str:
    if not held:
        return ""
    names = ", ".join(f"{TECHNIQUES[h.technique]} ({h.reason})" for h in held)
    return f"<p class=held>Held back: {escape(names)}</p>"


_STYLE = """
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#5b6776;--line:#dfe4ea;
--calm:#2e7d5b;--watch:#a66a00;--high:#c2500a;--critical:#b3261e;--mark:#fff0b8}
@media(prefers-color-scheme:dark){:root{--bg:#14181d;--card:#1d232b;--ink:#e8edf3;--soft:#9aa7b5;
--line:#303944;--calm:#6cc79c;--watch:#e0b050;--high:#f0935a;--critical:#f2827a;--mark:#5a4a12}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);
font:15px/1.5 system-ui,sans-serif}main{max-width:1060px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:22px;margin:24px 0 4px}.facts,.legend{color:var(--soft);margin:0 0 12px}
.legend{font-size:13px}svg{width:100%;background:var(--card);border:1px solid var(--line);
border-radius:12px}svg text{font-size:12px;fill:var(--soft)}.band{opacity:.10}
rect.calm{fill:var(--calm)}rect.watch{fill:var(--watch)}rect.high{fill:var(--high)}
rect.critical{fill:var(--critical)}.score{fill:none;stroke:var(--soft);stroke-width:2}
.dot.calm{fill:var(--calm)}.dot.watch{fill:var(--watch)}.dot.high{fill:var(--high)}
.dot.critical{fill:var(--critical)}.card path,path.card{fill:var(--soft)}
.chat{list-style:none;margin:16px 0;padding:0}.turn{display:grid;
grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:16px;margin:0 0 10px}
.said,.side{align-self:start}
.said{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:8px 12px}
.turn.agent .said{margin-left:48px;background:transparent}.turn.bot .said,.turn.system .said
{margin-left:24px;border-style:dashed;background:transparent}.said p{margin:2px 0;
white-space:pre-wrap;overflow-wrap:anywhere}.who{color:var(--soft);font-size:12px}
.level{font-weight:600;font-size:13px}.level.calm{color:var(--calm)}.level.watch{color:var(--watch)}
.level.high{color:var(--high)}.level.critical{color:var(--critical)}.feel{color:var(--soft);
font-size:13px}mark{background:var(--mark);color:inherit;border-radius:3px;padding:0 1px}
div.card{background:var(--card);border:1px solid var(--line);border-left:3px solid #6750a4;
border-radius:10px;padding:8px 12px;margin-bottom:6px}
div.card.alert{border-left-color:var(--critical)}
div.card h2{font-size:14px;margin:0}div.card p{margin:4px 0 0;color:var(--soft);font-size:13px}
blockquote{margin:4px 0;overflow-wrap:anywhere}code{font-size:11px}
.held{color:var(--soft);font-size:12px;margin:4px 0}
@media(max-width:720px){.turn{grid-template-columns:1fr}.turn.agent .said{margin-left:16px}}
"""
