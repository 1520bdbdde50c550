"""A report as one HTML page, with a plot for each table that has a rate to draw.

The law: every word goes through `escape`; the page loads nothing and runs nothing.
"""

from collections.abc import Mapping
from html import escape

from assist.core.counting import counted
from assist.report.tables import Cell, Column, Rate, Report, Section, printed

__all__ = ["page"]

_WIDTH, _LABELS, _FIGURES, _ROW, _TOP = 960, 250, 190, 26, 26
_MOST = 16


def page(report: Report) -> str:
    """Return the page."""
    sections = "".join(_section(section) for section in report.sections)
    remarks = "".join(f"<p class=facts>{escape(remark)}</p>" for remark in report.remarks)
    title = escape(report.title)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
        f"<p class=facts><b>{_counts(report)}</b> · "
        f"rules <code>{escape(report.rules)}</code></p>{remarks}{sections}</main></body></html>\n"
    )


def _counts(report: Report) -> str:
    return f"{counted(report.conversations, 'chat')} · {counted(report.turns, 'turn')}"


def _section(section: Section) -> str:
    body = _plot(section) + _table(section) if section.rows else "<p class=none>Nothing.</p>"
    return (
        f'<section id="{escape(section.name)}"><h2>{escape(section.title)}</h2>'
        f"<p class=legend>{escape(section.note)}</p>{body}</section>"
    )


def _plot(section: Section) -> str:
    if section.drawn is None:
        return ""
    named, drawn = section.columns[0], section.drawn
    title = next(column.title for column in section.columns if column.name == drawn)
    rows = [row for row in section.rows if isinstance(row[drawn], Rate)]
    rows = [row for row in rows if _rate(row, drawn).whole][:_MOST]
    if not rows:
        return ""
    height = _TOP + _ROW * len(rows) + 8
    marks = "".join(
        _mark(named.shown(row), _rate(row, drawn), _TOP + _ROW * place)
        for place, row in enumerate(rows)
    )
    more = len(section.rows) - len(rows)
    legend = f"Bar: {title.removesuffix(' (95 %)')}. Line: where it lies, 95 of 100 times." + (
        f" The first {len(rows)}; all are in the table." if more else ""
    )
    return (
        f'<div class=wide><svg viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">{_grid(height)}{marks}</svg></div>'
        f"<p class=legend>{escape(legend)}</p>"
    )


def _rate(row: Mapping[str, Cell], name: str) -> Rate:
    cell = row[name]
    return cell if isinstance(cell, Rate) else Rate(0, 0)


def _x(share: float) -> float:
    return _LABELS + share * (_WIDTH - _LABELS - _FIGURES)


def _grid(height: int) -> str:
    return "".join(
        f'<line class=grid x1="{_x(share):.1f}" x2="{_x(share):.1f}" y1="{_TOP - 6}" '
        f'y2="{height - 4}"/><text class=mid x="{_x(share):.1f}" y="14">{share:.0%}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    )


def _mark(name: str, rate: Rate, y: int) -> str:
    share, found = rate.share or 0.0, rate.interval
    short = name if len(name) <= 34 else f"…{name[-33:]}"
    middle = y + _ROW / 2 - 2
    low, high = _x(found.low), _x(found.high)
    return (
        f"<g><title>{escape(name)}: {escape(printed(rate))}</title>"
        f'<text class=end x="{_LABELS - 10}" y="{middle + 4:.1f}">{escape(short)}</text>'
        f'<rect class=bar x="{_x(0):.1f}" y="{y + 4}" width="{_x(share) - _x(0):.1f}" '
        f'height="{_ROW - 12}" rx="3"/>'
        f'<line class=range x1="{low:.1f}" x2="{high:.1f}" y1="{middle:.1f}" y2="{middle:.1f}"/>'
        f'<line class=range x1="{low:.1f}" x2="{low:.1f}" y1="{middle - 4:.1f}" '
        f'y2="{middle + 4:.1f}"/><line class=range x1="{high:.1f}" x2="{high:.1f}" '
        f'y1="{middle - 4:.1f}" y2="{middle + 4:.1f}"/>'
        f'<text x="{_WIDTH - _FIGURES + 14}" y="{middle + 4:.1f}">'
        f"{escape(printed(rate))}</text></g>"
    )


def _table(section: Section) -> str:
    head = "".join(f"<th scope=col>{escape(column.title)}</th>" for column in section.columns)
    rows = "".join(
        f"<tr>{''.join(_cell(row, column) for column in section.columns)}</tr>"
        for row in section.rows
    )
    return (
        f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(row: Mapping[str, Cell], column: Column) -> str:
    kind = "" if isinstance(row[column.name], str) else " class=figure"
    return f"<td{kind}>{escape(column.shown(row))}</td>"


_STYLE = """
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#5b6776;--line:#dfe4ea;
--bar:#8f7fc4}
@media(prefers-color-scheme:dark){:root{--bg:#14181d;--card:#1d232b;--ink:#e8edf3;--soft:#9aa7b5;
--line:#303944;--bar:#7565ad}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);
font:15px/1.5 system-ui,sans-serif}main{max-width:1060px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:22px;margin:24px 0 4px}h2{font-size:17px;margin:36px 0 2px}
.facts,.legend,.none{color:var(--soft);margin:0 0 8px}.legend,.none{font-size:13px}
svg{display:block;width:100%;min-width:720px}svg text{font-size:12px;fill:var(--ink)}
svg text.mid{text-anchor:middle;fill:var(--soft)}svg text.end{text-anchor:end}
.grid{stroke:var(--line)}.bar{fill:var(--bar)}
.range{stroke:var(--ink);stroke-width:1.5;opacity:.75}
.wide{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px;
margin:6px 0}table{border-collapse:collapse;width:100%;font-size:13px}
th,td{padding:6px 10px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}
tr:last-child td{border-bottom:0}th{color:var(--soft);font-weight:600;vertical-align:bottom;
white-space:normal;min-width:64px}td:first-child,th:first-child{position:sticky;left:0;
background:var(--card)}td.figure{font-variant-numeric:tabular-nums}code{font-size:11px;
overflow-wrap:anywhere}
"""
