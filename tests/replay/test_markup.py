"""Elements as text: nothing gets in unescaped."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assist.replay.markup import Element, among, element


def test_what_is_put_inside_is_escaped_once():
    """Words are escaped, elements are not escaped again, and attributes are quoted."""
    inner = element("b", "<&>")
    assert inner == "<b>&lt;&amp;&gt;</b>"
    assert element("p", inner, "\"'") == "<p><b>&lt;&amp;&gt;</b>&quot;&#x27;</p>"
    assert element("i", class_='a"b', aria_label="x", title=None) == (
        '<i class="a&quot;b" aria-label="x"></i>'
    )
    assert among(["<", Element("<br>")]) == "&lt;<br>"


def test_elements_without_an_inside_are_closed_as_html_and_svg_want():
    """`meta` stands alone, a shape closes itself."""
    assert element("meta", charset="utf-8") == '<meta charset="utf-8">'
    assert element("path", d="M0 0") == '<path d="M0 0"/>'
    assert element("meta", name="viewport") == '<meta name="viewport">'


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")))


@given(WORDS, WORDS)
def test_no_text_becomes_markup(inside, value):
    """Whatever is said, a parser finds the one element, with that value and those words."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

    text = element("p", inside, title=value)
    Reader().feed(text)
    assert found == [("p", {"title": value})]
