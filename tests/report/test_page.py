"""A report as one page: nothing loaded, nothing run, every word escaped."""

import re
from html.parser import HTMLParser

import pytest

from assist.report.page import page
from assist.report.tables import Column, Rate, Report, Section

HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
COLUMNS = (Column(name="who", title="who"), Column(name="used", title="used (95 %)"))


def section(*rows, drawn="used", name="rules", note="Note."):
    return Section(
        name=name, title="By rule", note=note, columns=COLUMNS, drawn=drawn,
        rows=tuple({"who": who, "used": rate} for who, rate in rows),
    )  # fmt: skip


def shown(*sections, title="Suggestions", remarks=()):
    return page(
        Report(
            title=title, conversations=2, turns=1200, rules="v", remarks=remarks, sections=sections
        )
    )


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def bars(text):
    return [float(width) for width in re.findall(r'class=bar [^>]*width="([\d.]+)"', text)]


def test_a_page_loads_and_runs_nothing():
    """No script, link, image or address; the policy in it forbids them too."""
    read = Reader(shown(section(("r", Rate(1, 2)))))
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object"}
    assert not [attrs for _, attrs in read.tags if {"src", "href"} & set(attrs)]
    assert any("default-src 'none'" in attrs.get("content", "") for _, attrs in read.tags)


def test_every_word_is_escaped():
    """A hostile title, remark, note, or name is words on the page and nothing else."""
    rows = [(HOSTILE, Rate(1, 2))]
    text = shown(section(*rows, note=HOSTILE, name=HOSTILE), title=HOSTILE, remarks=(HOSTILE,))
    read = Reader(text)
    assert not {tag for tag, _ in read.tags} & {"script", "img"}
    assert sum(HOSTILE in words for words in read.words) >= 4


def test_a_rate_is_drawn_as_long_as_it_is():
    """Bars go by the share; the counts and the interval stand beside them."""
    text = shown(section(("a", Rate(1, 4)), ("b", Rate(2, 4)), ("c", Rate(4, 4))))
    quarter, half, full = bars(text)
    assert (half, full) == (2 * quarter, 4 * quarter)
    assert "1 of 4, 25% (5–70)" in text


@pytest.mark.parametrize(
    "drawn",
    [section(("a", Rate(0, 0))), section(("a", Rate(1, 2)), drawn=None), section(("a", None))],
)
def test_what_cannot_be_drawn_is_only_a_table(drawn):
    """Without a rate to draw there is no plot."""
    text = shown(drawn)
    assert "<svg" not in text
    assert "<table" in text


def test_nothing_is_said_to_be_nothing():
    """A section without rows says so."""
    assert "Nothing." in shown(section())


def test_long_tables_and_names_are_drawn_in_part():
    """The plot has sixteen rows and says that there are more; long names keep their end."""
    rows = [(f"support/{'very-' * 9}long/{number}", Rate(1, 2)) for number in range(20)]
    text = shown(section(*rows))
    assert len(bars(text)) == 16
    assert "The first 16; all are in the table." in text
    assert "…" in text
    assert "1,200" in text
