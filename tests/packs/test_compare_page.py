"""The page of differences shows both sides and gives no word of a chat a meaning."""

from datetime import UTC, datetime

from assist.core.escalation import Level
from assist.core.turns import Role, Turn
from assist.packs.compare import Card, Seen, compare
from assist.packs.compare_page import page

EVIL = "<script>alert('x')</script>"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def sight(chat, *cards, level=Level.CALM):
    """Return what was seen of a chat of one turn."""
    turn = Turn(id="t1", role=Role.CUSTOMER, text=EVIL, at=AT)
    return Seen(chat=chat, turns=(turn,), levels=(level,), cards=cards)


def card(number=1, **more):
    """Return a card with words that would be markup."""
    told = {"technique": "empathy", "lines": (EVIL,), "why": EVIL} | more
    return Card(rule="p/empathy/a", number=number, **told)


def made(before, after):
    """Return the page of these sights."""
    return page("shipped", "a&b", [before], compare(before, after))


def test_words_are_never_markup():
    """Chat, lines and names are escaped, wherever they stand."""
    html = made(sight(EVIL), sight(EVIL, card(finding=True, words=EVIL), level=Level.HIGH))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 5
    assert "a&amp;b" in html


def test_both_sides_are_shown():
    """A level shows before and after; a card that moved shows from where."""
    html = made(sight("c", card(1)), sight("c", card(0), level=Level.HIGH))
    assert "<b>calm</b>" in html
    assert "<b>high</b>" in html
    assert "<i>turn 1</i>" in html
    assert "1 of 1 chats differ" in html


def test_a_chat_without_difference_is_left_out():
    """Only chats that differ take room on the page."""
    same, other = sight("quiet-chat"), sight("loud-chat", card())
    html = page("a", "b", [same, other], compare(other, sight("loud-chat")))
    assert "loud-chat" in html
    assert "quiet-chat" not in html


def test_the_page_loads_and_runs_nothing():
    """Its policy forbids everything but its own styles."""
    html = made(sight("c"), sight("c", card()))
    assert "default-src 'none'" in html
    assert "src=" not in html.replace("default-src", "").replace("style-src", "")
