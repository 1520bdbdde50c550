"""Pictures of the supervisors' wall in every state: `python tests/browser/wall_shots.py OUT`."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from asked import pictures
from conftest import CHROMIUM, FLAGS
from wall_service import WallService, chats, running


@dataclass(frozen=True)
class State:
    """A state of the wall: what is set before it opens, and what to do then."""

    before: Callable[[WallService], None] | None = None
    then: Callable[[Page, WallService], None] | None = None
    width: int = 1180
    height: int = 640
    locale: str = "en-GB"
    enter: bool = True
    rtl: bool = False


def _quiet(fake: WallService) -> None:
    fake.chats = {}


def _many(fake: WallService) -> None:
    fake.chats = chats(many=200)


def _mute(fake: WallService) -> None:
    fake.mute = True


def _refuse(fake: WallService) -> None:
    fake.token = "other"


def _record(page: Page, _fake: WallService) -> None:
    page.locator(".hand-over").first.click()
    page.wait_for_timeout(200)


def _held(page: Page, fake: WallService) -> None:
    page.locator(".chat").first.hover()
    fake.rise("new-one", "critical")
    page.wait_for_timeout(200)


def _seen(page: Page, _fake: WallService) -> None:
    page.locator(".main").first.click()
    page.mouse.move(2, 2)


def _lost(page: Page, fake: WallService) -> None:
    fake.drop()
    page.wait_for_timeout(300)


def _back(page: Page, fake: WallService) -> None:
    _lost(page, fake)
    fake.away = False
    page.wait_for_timeout(1600)


def _error(page: Page, fake: WallService) -> None:
    for supervisor in fake.open:
        supervisor.send('{"type":"error","code":"x","message":"Ask again later.","retry":true}')


STATES = {
    "sign-in": State(enter=False),
    "refused": State(before=_refuse),
    "loading": State(before=_mute),
    "empty": State(before=_quiet),
    "standing": State(),
    "seen": State(then=_seen),
    "record": State(then=_record),
    "held": State(then=_held),
    "lost": State(then=_lost),
    "resumed": State(then=_back),
    "error": State(then=_error),
    "many": State(before=_many),
    "german": State(then=_record, locale="de-DE"),
    "rtl": State(rtl=True),
    "narrow": State(width=320, height=900),
    "narrow-record": State(then=_record, width=320, height=900),
}


def shown(browser: Browser, fake: WallService, state: State, scheme: str, **more: bool) -> Page:
    """Return the wall's page in that state."""
    if state.before:
        state.before(fake)
    page = browser.new_context(
        viewport={"width": state.width, "height": state.height},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=state.locale,
        device_scale_factor=2,
        reduced_motion="reduce",
        **more,  # type: ignore[arg-type]
    ).new_page()
    page.goto(fake.url)
    page.locator("chat-assist-wall[server]").wait_for()
    if state.rtl:
        page.evaluate("document.documentElement.dir = 'rtl'")
    if state.enter:
        page.locator("#token").fill("")
        page.locator("form .main").click()
        page.wait_for_timeout(300)
    if state.then:
        state.then(page, fake)
    page.wait_for_timeout(150)
    return page


def main(out: Path, names: list[str]) -> None:
    """Take them all, or those named."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in names or STATES:
            for scheme in ("light", "dark"):
                with running() as fake:
                    page = shown(browser, fake, STATES[name], scheme)
                    page.screenshot(path=out / f"wall-{name}-{scheme}.png")
                    print(out / f"wall-{name}-{scheme}.png")
                    page.context.close()
        browser.close()


if __name__ == "__main__":
    main(*pictures(__doc__, STATES))
