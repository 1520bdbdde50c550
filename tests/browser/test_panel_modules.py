"""The panel's pure modules, each by itself: state, manners, places, keys, the link's waiting."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parent))
from panel_service import running


@pytest.fixture(scope="module")
def source(browser: Browser) -> Iterator[Page]:
    """A page from which the panel's sources can be imported; nothing in it is ever changed."""
    with running() as service:
        page = browser.new_page()
        page.goto(f"{service.url}?quiet")
        yield page
        page.close()


def of(page: Page, module: str, expression: str):
    """Return what an expression over one of the modules gives."""
    return page.evaluate(f"import('/panel/src/{module}').then((it) => {expression})")


def test_an_event_is_taken_once_and_only_for_its_chat(source):
    """What was seen, what is of a chat not followed, and what is no message change nothing."""
    same = of(
        source,
        "state.js",
        """(() => {
            const event = (conversation, offset, epoch = "e") => ({ type: "ledger", conversation,
                position: { epoch, offset }, entries: [offset] });
            const began = it.reduce(it.START, { type: "here.chat", conversation: "a" });
            const one = it.reduce(began, event("a", 2));
            const next = (message) => it.reduce(one, message);
            return [next(event("b", 3)) === one, next(event("a", 2)) === one,
                next({ type: "toString" }) === one,
                next(event("a", 3)).chats.a.ledger[0], next(event("a", 1, "f")).chats.a.ledger[0]];
        })()""",
    )
    assert same == [True, True, True, 3, 1]


def test_an_answer_of_another_place_moves_no_position(source):
    """A summary that was asked for tells feelings and moves, and closes nothing."""
    chat = of(
        source,
        "state.js",
        """(() => {
            const began = it.reduce(it.START, { type: "here.chat", conversation: "a" });
            const place = { conversation: "a", position: { epoch: "e", offset: 7 } };
            const feeling = [{ turn: "t", score: -1 }];
            const told = { type: "summary", ...place, feeling, coverage: [] };
            const asked = it.reduce(began, { ...told, re: "1" }).chats.a;
            const ended = it.reduce(began, told).chats.a;
            return [asked.position, asked.closed, asked.feelings.length, Boolean(ended.closed)];
        })()""",
    )
    assert chat == [None, None, 1, True]


def test_a_reading_told_again_takes_its_old_place(source):
    """When an earlier turn reads differently, the line bends there, and not at its end."""
    turns = of(
        source,
        "state.js",
        """(() => {
            let state = it.reduce(it.START, { type: "here.chat", conversation: "a" });
            const read = (turn, score, offset) => {
                const position = { epoch: "e", offset };
                const told = { type: "reading", conversation: "a", turn, position };
                state = it.reduce(state, { ...told, sentiment: { score } });
            };
            read("t1", -0.5, 1); read("t2", 0.5, 2); read("t1", 0.4, 3);
            const { feelings } = state.chats.a;
            const moved = it.movers(feelings).map(({ turn }) => turn);
            return [feelings.map(({ turn, score }) => [turn, score]), moved];
        })()""",
    )
    assert turns == [[["t1", 0.4], ["t2", 0.5]], ["t1"]]


def test_hands_hold_what_would_move(source):
    """Pointer and focus hold everything; typing holds all but a call upwards that is new."""
    held = of(
        source,
        "manners.js",
        """(() => {
            const hands = (more) => ({ ...it.AT_REST, ...more });
            const call = [{ id: "c", kind: "alert" }];
            return [it.heldBy(hands({}), [], call), it.heldBy(hands({ typing: true }), [], call),
                it.heldBy(hands({ typing: true }), call, call),
                it.heldBy(hands({ over: true, typing: true }), [], call),
                it.heldBy(hands({ within: true }), [], []), it.mayGrow(hands({ inside: true })),
                it.mayGrow(hands({ typing: true }))];
        })()""",
    )
    assert held == ["", "", "typing", "over", "within", False, True]


def test_offsets_are_code_points(source):
    """A span after an emoji and a flag covers the same words as in Python; marks lose no letter."""
    text = "🦖🇬🇧 was due Monday"
    span = [text.index("due"), text.index("Monday")]
    pieces = of(source, "places.js", f"it.pieces('{text}', [{span}])")
    assert [(one["text"], one["marked"]) for one in pieces] == [
        ("🦖🇬🇧 was ", False),
        ("due ", True),
        ("Monday", False),
    ]
    whole = of(source, "places.js", "it.pieces('late again', [[0, 5], [3, 9], [20, 30], [2, 2]])")
    assert "".join(one["text"] for one in whole) == "late again"
    assert of(
        source, "places.js", "it.pieces('a b c d e f g', [[6, 7]], 2).map((one) => one.text)"
    ) == [
        "…c ",
        "d",
        " e…",
    ]


def test_waiting_grows_and_ends_where_the_wire_says(source):
    """Tries come back ever slower up to a bound; the codes that are final are the wire's."""
    from assist.wire.closing import comes_back

    tries = "[[0, 4002], [1, 4002], [9, 4002], [0, 4002, 0]]"
    waits = of(source, "link.js", f"{tries}.map((one) => it.waitBefore(...one))")
    assert waits == [500, 1000, 8000, 250]
    codes = [*range(1000, 1016), *range(4000, 4200)]
    final = of(source, "link.js", f"{codes}.filter((code) => it.waitBefore(0, code) === null)")
    assert final == [code for code in codes if not comes_back(code)]


def test_a_key_changes_hands_and_none_is_lost(source):
    """A key that was taken is swapped; a modifier alone asks for nothing."""
    keys = of(source, "keys.js", "it.rebound(it.KEYS, 'copy', 'e')")
    assert (keys["copy"], keys["edit"], len(set(keys.values()))) == ("e", "c", len(keys))
    assert of(source, "keys.js", "it.pressed(new KeyboardEvent('keydown', { key: 'Shift' }))") == ""
    alt = "it.pressed(new KeyboardEvent('keydown', { key: 'n', altKey: true }))"
    assert of(source, "keys.js", alt) == "Alt+n"
