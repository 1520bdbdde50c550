"""The words of a text that a platform sends as HTML.

The law: what comes out is words, never markup; nothing is fetched, run or looked up. The time is
linear in the length, whatever the text: the parser only sees tags that end soon.
"""

import re
from html.parser import HTMLParser

__all__ = ["is_hypertext", "words_of"]

_DECLARED = re.compile(r"<[!?][^<>]{0,1000}>")  # some of these the parser dies of
# A "<" that no ">" follows soon is a sign that somebody typed; as a tag it costs quadratic time.
_BARE = re.compile(r"<(?!/?[A-Za-z][^<>]{0,1000}>)")
_OPENS = re.compile(
    r"\s*<(?:!doctype|html|body|p|div|br|span|a|b|i|em|strong|u|img|h[1-6]|ul|ol|li|pre|code|table"
    r"|blockquote)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_BREAKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({"head", "noscript", "script", "style", "template", "title"})
_SPACES = re.compile(r"[ \t\r\f\v]+")


def is_hypertext(text: str) -> bool:
    """Tell whether `text` begins as HTML does; a customer's "a < b" does not."""
    return _OPENS.match(text) is not None


def words_of(html: str) -> str:
    """Return what a reader of `html` would see as text: a line a block, none of them empty."""
    reader = _Reader()
    reader.feed(_BARE.sub("&lt;", _DECLARED.sub("", _uncommented(html))))
    reader.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _uncommented(html: str) -> str:
    """Return `html` without comments; one that has no end is words like any other."""
    parts, begin = [], 0
    while (opens := html.find("<!--", begin)) >= 0 and (closes := html.find("-->", opens + 4)) >= 0:
        parts.append(html[begin:opens])
        begin = closes + 3
    return "".join((*parts, html[begin:]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))
