"""Whatever the words of a chat are, the panel shows them as words."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

HERE = Path(__file__).parent
HIT = "window.hurt=1"
TAGS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    '<img src=x onerror="{}">',
    "<svg onload={}>",
    "<svg/onload={}>",
    "<svg><script>{}</script></svg>",
    "<body onload={}>",
    "<iframe srcdoc='<script>{}</script>'>",
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>x</a>",
    "<details open ontoggle={}>x</details>",
    "<video><source onerror={}></video>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<marquee onstart={}>x</marquee>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<template><script>{}</script></template>",
    "<style>@import 'javascript:{}'</style>",
    "<link rel=stylesheet href=javascript:{}>",
    "<base href=javascript:{}//>",
    "<form action=javascript:{}><button>x</button></form>",
    "<button formaction=javascript:{}>x</button>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
)
WRAPPINGS = (
    "{}",
    '">{}',
    "'>{}",
    "</p></article>{}",
    "</textarea>{}",
    "</title>{}",
    "<!--{}-->",
    "${{{}}}",
    "--><!--{}",
    "]]>{}",
)
ODD = (
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "${window.hurt=1}",
    "{{window.hurt=1}}",
    "javascript:window.hurt=1",
    "\u202e<b>rtl</b>",
    "\u0000null",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "a" * 3000,
    "😀" * 50,
    "{name} {level} {count}",
    "<lit-part></lit-part>",
    "<!--?lit$1$-->",
    "lit$123$",
    "'",
    '"',
    "`",
)
PAYLOADS = [
    *(wrapping.format(tag.format(HIT)) for tag in TAGS for wrapping in WRAPPINGS[:5]),
    *(wrapping.format(TAGS[1].format(HIT)) for wrapping in WRAPPINGS[5:]),
    *ODD,
]

SHOW = (HERE / "panel_hostile.js").read_text("utf-8")


def _service() -> Any:
    spec = importlib.util.spec_from_file_location("panel_service", HERE / "panel_service.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def desk() -> Iterator[Any]:
    """A running stand-in that nobody connects to."""
    with _service().running() as service:
        yield service


def test_every_text_is_shown_as_text(desk, open_page):
    """Of 120 and more hostile texts in every field none runs or is reported; all are shown."""
    assert len(set(PAYLOADS)) >= 120
    page = open_page(f"{desk.url}?quiet").page
    expect(page.locator(".blank")).to_be_visible()
    wrong = []
    for payload in PAYLOADS:
        told = page.evaluate(SHOW, [payload])
        seen = payload.strip()
        for place, text in told["shown"]:
            # Evidence and movers keep to the marked words, so an ellipsis may stand beside them.
            if text is None or text.strip("…").strip() not in {seen, seen.strip("“”")}:
                wrong.append((payload[:60], place, (text or "nothing")[:80]))
        assert told["foreign"] == 0, payload
        assert told["hurt"] is None, payload
        assert told["violations"] == [], payload
    assert wrong == []
