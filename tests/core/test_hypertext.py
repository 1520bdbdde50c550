"""HTML bodies become words: nothing of the markup stays, nothing that was typed is lost."""

import random

import pytest
from growth import TOO_MUCH, growth

from assist.core.hypertext import is_hypertext, words_of


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>hi <b>you</b></p><p>two<br/>three</p>", "hi you\ntwo\nthree"),
        ("one <img src=x alt='cat'/>two<hr/>three", "one two\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c\N{NO-BREAK SPACE}d"),
        ("3 < 4 > 2 <3", "3 < 4 > 2 <3"),
        ("<p>so\n  far</p>", "so far"),
        ("<script>alert('x')</script>seen<style>p{}</style>", "seen"),
        ("<!-- <p>hidden</p> -->seen<!DOCTYPE x><?php ?>", "seen"),
        ("<img src=x alt='cat'><p></p>", ""),
        ("an end <!-- that never comes", "an end <!-- that never comes"),
        ("<a href=\"javascript:x()\" onclick='y()'>here</a>", "here"),
        ("", ""),
    ],
)
def test_words_of_html(html, words):
    """Blocks are lines, marks are signs, and what a browser hides is hidden."""
    assert words_of(html) == words


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>hi</p>", True),
        ("  <DIV class=x>hi", True),
        ("<3 you", False),
        ("<please> read", False),
        ("if a <b> c", False),
        ("hi", False),
    ],
)
def test_html_is_told_by_its_beginning(text, is_html):
    """Only a text that begins with a tag of HTML is taken for HTML."""
    assert is_hypertext(text) is is_html


@pytest.mark.parametrize(
    "unit", ["<a", "<a b='", "<!--", '<a b="x" ', "<a b c=d ", "<![>", "</", "<p>"]
)
def test_no_text_takes_long(unit):
    """What broken markup costs grows with its length up to 100,000 characters, and no faster."""
    assert growth(words_of, unit, size=25_000) < TOO_MUCH


def test_no_text_is_too_broken():
    """The parser of the standard library dies of some declarations; none of them reaches it."""
    dice = random.Random(7)
    bits = ["<", "</", ">", "!", "--", "[", "]", "?", "a", "script", " ", "=", "'", '"', "&#x", ";"]
    for _ in range(5_000):
        words_of("".join(dice.choice(bits) for _ in range(dice.randint(1, 20))))
