"""Everybody can use the panel: axe-core finds nothing in any state, no sign hangs on colour."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from panel_service import running  # noqa: E402  a neighbour, not a package
from shots import STATES  # noqa: E402

AXE = (HERE / "vendor" / "axe.min.js").read_text("utf-8")
RUN = """() => axe.run("chat-assist-panel").then(({ passes, violations }) => ({
  passed: passes.length,
  violations: violations.map(({ id, nodes }) => [id, ...nodes.map((one) => one.failureSummary)]),
}))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(open_page, scheme):
    """In every state of the pictures axe-core finds nothing, nor in those with all dark colours."""
    found = {}
    # What is dark differs in its colours alone: the states that hold all of them are enough.
    names = ("critical", "why", "draft", "editing", "chats", "closed", "help", "error")
    for name in STATES if scheme == "light" else names:
        state = STATES[name]
        with running() as fake:
            if state.before:
                state.before(fake)
            page = open_page(
                f"{fake.url}?only&{state.ask}",
                color_scheme=scheme,
                bypass_csp=True,
                viewport={"width": state.width, "height": state.height},
                timezone_id="UTC",
            ).page
            page.wait_for_timeout(250)
            if state.then:
                state.then(page, fake)
            page.evaluate(AXE)
            told = page.evaluate(RUN)
            assert told["passed"] > 5, name
            if told["violations"]:
                found[name] = told["violations"]
            page.context.close()
    assert found == {}


def test_forced_colours_keep_every_sign(open_page):
    """With the reader's own colours the level still has its word, its bars and its frame."""
    with running() as fake:
        page = open_page(f"{fake.url}?only&conversation=angry", forced_colors="active").page
        page.get_by_text("Critical").wait_for()
        styles = "(it) => [getComputedStyle(it).borderTopStyle, getComputedStyle(it).fill]"
        assert page.locator(".level").evaluate(styles)[0] == "solid"
        assert page.locator(".level .steps").evaluate(styles)[1] != "none"
        page.context.close()


def test_targets_are_large_enough(open_page):
    """Everything that can be pressed is at least 24 pixels wide and high."""
    with running() as fake:
        page = open_page(f"{fake.url}?only&conversation=late&chats").page
        page.locator(".card.first").wait_for()
        small = page.evaluate(
            """() => [...panel.root.querySelectorAll("button")]
            .map((one) => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
        )
        assert small == []
        page.context.close()
