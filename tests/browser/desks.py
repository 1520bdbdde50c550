"""What the tests of the framed sidebar share: waiting, finding the panel, a card to stand in it."""

import sys
from pathlib import Path

from playwright.sync_api import FrameLocator, Page

sys.path.insert(0, str(Path(__file__).parent))
from panel_service import suggestion
from waiting import until

ATTACK = '<img src=x onerror="window.hurt=1">"><script>window.hurt=1</script>'
LINE = "A costume that misses the party is no use. I will know more by [time] today."
DRAFT = "Unfortunately we can't send it today."


def panel_in(page: Page, *, deep: bool = True) -> FrameLocator:
    """Return the frame with the panel in it: within the helpdesk's frame, or right in the page."""
    outer = page.frame_locator("iframe").first
    return outer.frame_locator("iframe") if deep else outer


def followed(fake, conversation: str):
    """Wait until the panel follows the conversation, and offer a card in it."""
    until(lambda: fake.following.get(conversation))
    fake.suggest(conversation, suggestion("s1", "empathy", [LINE], "They were let down."))
