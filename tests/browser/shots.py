"""Pictures of the panel in every state, light and dark: `python tests/browser/shots.py OUT`."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from asked import pictures
from conftest import CHROMIUM, FLAGS
from panel_service import PanelService, running, suggestion

DRAFT = "Unfortunately we can't send it today. Please calm down."


@dataclass(frozen=True)
class State:
    """A state of the panel: the address's question, and what to do then."""

    ask: str = "conversation=late"
    before: Callable[[PanelService], None] | None = None
    then: Callable[[Page, PanelService], None] | None = None
    width: int = 320
    height: int = 760


def _write(page: Page, text: str) -> None:
    page.evaluate("text => { panel.draft = text; }", text)


def _press(*names: str) -> Callable[[Page, PanelService], None]:
    def pressed(page: Page, _fake: PanelService) -> None:
        for name in names:
            page.get_by_role("button", name=name).first.click()
        page.mouse.move(2, 2)

    return pressed


def _draft(page: Page, _fake: PanelService) -> None:
    _write(page, DRAFT)
    page.wait_for_timeout(1100)


def _inserted(page: Page, _fake: PanelService) -> None:
    _write(page, "Hi Hannah,")
    page.get_by_role("button", name="Insert").first.click()


def _typing(page: Page, fake: PanelService) -> None:
    _write(page, "Hello Hannah")
    card = suggestion("s9", "own-it", ["I will see to it."], "They wait.", priority=99)
    fake.suggest("late", card)
    page.wait_for_timeout(300)


def _lost(page: Page, fake: PanelService) -> None:
    fake.drop()
    page.wait_for_timeout(500)


def _back(page: Page, fake: PanelService) -> None:
    fake.drop()
    page.wait_for_timeout(300)
    fake.away = False
    page.wait_for_timeout(1500)


def _restarted(page: Page, fake: PanelService) -> None:
    fake.epoch = "e2"
    _back(page, fake)


def _closed(page: Page, fake: PanelService) -> None:
    fake.say("late", fake.summary("late"))
    page.wait_for_timeout(300)


def _error(page: Page, fake: PanelService) -> None:
    for agent in fake.open:
        agent.send(
            '{"type":"error","code":"message.too-long","message":"`text` is too long; send less.",'
            '"retry":false}'
        )
    page.wait_for_timeout(300)


def _refuse(fake: PanelService) -> None:
    fake.refuse = 4101


def _mute(fake: PanelService) -> None:
    fake.mute = True


def _focused(page: Page, _fake: PanelService) -> None:
    page.evaluate("panel.focus()")
    page.keyboard.press("ArrowRight")


STATES = {
    "standing": State(),
    "calm": State(ask="conversation=fresh"),
    "empty": State(ask=""),
    "loading": State(before=_mute),
    "lost": State(then=_lost),
    "resumed": State(then=_back),
    "restarted": State(then=_restarted),
    "refused": State(before=_refuse),
    "error": State(then=_error),
    "critical": State(ask="conversation=angry"),
    "why": State(then=_press("Why?")),
    "reasons": State(then=_press("Why")),
    "dismissing": State(then=_press("Dismiss")),
    "dismissed": State(
        then=lambda page, fake: (
            page.get_by_role("button", name="Dismiss").first.click(),
            page.get_by_role("button", name="Does not fit").click(),
        )
    ),
    "snoozed": State(then=_press("Snooze")),
    "editing": State(then=_press("Edit")),
    "more": State(then=_press("Offer a choice")),
    "steps": State(then=_press("Opening and closing"), height=1120),
    "held": State(then=_press("Held back"), height=960),
    "draft": State(then=_draft),
    "inserted": State(then=_inserted),
    "typing": State(then=_typing),
    "closed": State(then=_closed),
    "help": State(then=_press("Keyboard shortcuts"), height=900),
    "focus": State(then=_focused),
    "chats": State(ask="conversation=late&chats"),
    "german": State(ask="conversation=late&lang=de&chats"),
    "rtl": State(ask="conversation=late&dir=rtl"),
    "narrow": State(then=_draft, width=280),
}


def taken(browser: Browser, out: Path, name: str, state: State, scheme: str) -> Path:
    """Take one picture."""
    with running() as fake:
        if state.before:
            state.before(fake)
        context = browser.new_context(
            viewport={"width": state.width, "height": state.height},
            color_scheme=scheme,
            device_scale_factor=2,
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{fake.url}?only&{state.ask}")
        page.wait_for_timeout(500)
        if state.then:
            state.then(page, fake)
        page.wait_for_timeout(200)
        file = out / f"{name}-{scheme}.png"
        page.screenshot(path=file)
        context.close()
        return file


def main(out: Path, names: list[str]) -> None:
    """Take them all, or those named."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in names or STATES:
            for scheme in ("light", "dark"):
                print(taken(browser, out, name, STATES[name], scheme))
        browser.close()


if __name__ == "__main__":
    main(*pictures(__doc__, STATES))
