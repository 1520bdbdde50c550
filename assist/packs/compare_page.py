"""The differences between two sets of rules as one HTML page.

The law: every word of a chat or a rule goes through `escape`; the page loads nothing and runs
nothing.
"""

from collections.abc import Sequence
from html import escape

from assist.core.escalation import Level
from assist.core.techniques import TECHNIQUES
from assist.packs.compare import Card, Difference, Differs, Seen, totals

__all__ = ["page"]


def page(before: str, after: str, chats: Sequence[Seen], found: Sequence[Difference]) -> str:
    """Return the page; `chats` are all that were compared, of which those that differ are shown."""
    differing = [(seen, [one for one in found if one.chat == seen.chat]) for seen in chats]
    body = "".join(_chat(seen, ones, before, after) for seen, ones in differing if ones)
    title = f"{escape(before)} and {escape(after)}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Rules compared: {title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1><p class=facts>{escape(totals(found, len(chats)))}</p>"
        f"{body}</main></body></html>\n"
    )


def _chat(seen: Seen, found: Sequence[Difference], before: str, after: str) -> str:
    rows = "".join(_row(seen, one) for one in found)
    return (
        f"<section><h2>{escape(seen.chat)}</h2><table><thead><tr><th>turn</th><th></th>"
        f"<th>{escape(before)}</th><th>{escape(after)}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _row(seen: Seen, one: Difference) -> str:
    turn = seen.turns[one.number - 1] if one.number else None
    said = f"<p>{escape(turn.text)}</p>" if turn else ""
    role = f" {turn.role}" if turn else ""
    return (
        f"<tr><td class=said><b>{one.number}{role}</b>{said}</td>"
        f'<td class="way {one.how}">{one.how}</td>'
        f"<td>{_side(one.before, one)}</td><td>{_side(one.after, one)}</td></tr>"
    )


def _side(side: Card | Level | None, one: Difference) -> str:
    if side is None:
        return ""
    if isinstance(side, Level):
        return f"<b>{side}</b>"
    at = f" <i>turn {side.number}</i>" if one.how is Differs.MOVED else ""
    words = f"<p>finds <mark>{escape(side.words)}</mark></p>" if side.finding else ""
    lines = "".join(f"<blockquote>{escape(line)}</blockquote>" for line in side.lines)
    return (
        f"<b>{escape(TECHNIQUES[side.technique])}</b>{at}{words}{lines}"
        f"<p>{escape(side.why)} <code>{escape(side.rule)}</code></p>"
    )


_STYLE = """
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#5b6776;--line:#dfe4ea;
--plus:#2e7d5b;--minus:#b3261e;--other:#a66a00;--mark:#fff0b8}
@media(prefers-color-scheme:dark){:root{--bg:#14181d;--card:#1d232b;--ink:#e8edf3;--soft:#9aa7b5;
--line:#303944;--plus:#6cc79c;--minus:#f2827a;--other:#e0b050;--mark:#5a4a12}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);
font:15px/1.5 system-ui,sans-serif}main{max-width:1060px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:22px;margin:0}h2{font-size:17px;margin:24px 0 6px}.facts{color:var(--soft)}
table{width:100%;border-collapse:collapse;background:var(--card);table-layout:fixed}
th,td{border:1px solid var(--line);padding:6px 10px;text-align:left;vertical-align:top;
overflow-wrap:anywhere}th:nth-child(2){width:92px}td p{margin:2px 0;color:var(--soft);
font-size:13px}.said p{color:inherit;white-space:pre-wrap}.way{font-weight:600}
.added{color:var(--plus)}.lost{color:var(--minus)}.moved,.reworded,.level{color:var(--other)}
blockquote{margin:4px 0;padding-left:8px;border-left:3px solid var(--line)}
mark{background:var(--mark);color:inherit}code{font-size:11px}i{color:var(--soft)}
"""
