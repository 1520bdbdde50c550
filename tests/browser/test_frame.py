"""The framed sidebar and the port to the page around it, in a desk of one's own."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))
from desks import ATTACK, DRAFT, LINE, panel_in, until
from panel_service import suggestion


def told(page: Page, name: str) -> list[Any]:
    """Return what the plain desk was told by that name."""
    return [one[1:] for one in page.evaluate("window.told") if one[0] == name]


@pytest.fixture
def desk(fake, open_page) -> Page:
    """A desk of one's own with the sidebar in a frame, Hannah's chat standing in it."""
    page = open_page(f"{fake.desk}plain.html").page
    expect(panel_in(page, deep=False).locator(".card.first h3")).to_have_text("Name the feeling")
    return page


def test_the_frame_connects_as_the_host_says(desk, fake):
    """Agent, token and chat come over the port; the host is told how the connection is."""
    (hello,) = fake.of("hello")
    assert {"role": "agent", "agent": "priya", "token": "token-1"}.items() <= hello.items()
    assert [one["conversation"] for one in fake.of("subscribe")] == ["late"]
    assert told(desk, "connection")[-1][0]["status"] == "open"
    assert told(desk, "state")[-1][0]["level"] == "watch"
    assert told(desk, "error") == []


def test_the_token_is_in_no_address_and_kept_nowhere(fake, open_page):
    """No request's address holds it, nor any storage of page or frame."""
    page = open_page("about:blank").page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{fake.desk}plain.html")
    until(lambda: fake.of("hello"))
    kept = (
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    assert len(page.frames) == 2
    for frame in page.frames:
        assert "token-1" not in frame.evaluate(kept)
    assert len(asked) > 5
    assert not [url for url in asked if "token-1" in url]


def test_insert_goes_into_the_hosts_composer(desk, fake):
    """The wording stands at the cursor of the host's field, its slot selected; nothing is sent."""
    frame = panel_in(desk, deep=False)
    desk.locator("#reply").fill("Hi Hannah,")
    frame.get_by_role("button", name="Insert: A costume").click()
    expect(desk.locator("#reply")).to_have_value(f"Hi Hannah, {LINE}")
    selected = "(it) => it.value.slice(it.selectionStart, it.selectionEnd)"
    assert desk.locator("#reply").evaluate(selected) == "[time]"
    assert until(fake.acted)[0]["action"] == "inserted"
    expect(frame.locator(".dock .status")).to_contain_text("Inserted, not sent.")


def test_a_draft_is_checked_reworded_and_put_back(desk):
    """What is typed in the host is checked in the frame; the rewrite lands in the host's field."""
    frame = panel_in(desk, deep=False)
    desk.locator("#reply").fill(DRAFT)
    expect(frame.locator(".finding q")).to_contain_text("Unfortunately")
    frame.get_by_role("button", name=re.compile("Use")).click()
    expect(desk.locator("#reply")).to_have_value("[time] is when I can send it today.")
    frame.get_by_role("button", name="Undo").click()
    expect(desk.locator("#reply")).to_have_value(DRAFT)


def test_what_the_agent_typed_meanwhile_is_theirs(desk):
    """A rewrite of words that are gone replaces nothing; it is copied, and that is said."""
    frame = panel_in(desk, deep=False)
    desk.locator("#reply").fill(DRAFT)
    expect(frame.locator(".finding q")).to_contain_text("Unfortunately")
    desk.evaluate(
        """() => { // What the agent types now has not reached the frame when the button is pressed.
        const { postMessage } = MessagePort.prototype;
        MessagePort.prototype.postMessage = function (message, ...more) {
          if (message.type !== 'draft') postMessage.call(this, message, ...more);
        };
        const field = document.querySelector('#reply');
        field.value = 'Something else.';
        field.dispatchEvent(new Event('input')); }"""
    )
    frame.get_by_role("button", name=re.compile("Use")).click()
    expect(frame.locator("#notice")).to_contain_text("could not be changed from here")
    expect(desk.locator("#reply")).to_have_value("Something else.")


def test_the_words_are_shown_in_the_hosts_own_chat(desk):
    """A quotation pressed in the frame tells the host the turn and the places in it."""
    frame = panel_in(desk, deep=False)
    frame.locator(".level").get_by_role("button", name="Why").click()
    frame.locator(".reasons .quote").first.click()
    (shown,) = until(lambda: told(desk, "showTurn"))
    assert shown == ["late-1", [[30, 55]]]  # in characters, of which the wave before them is one


def test_a_host_that_cannot_insert_gets_copy(fake, open_page):
    """Without `insertText` there is Copy and no Insert; without `draft` no check is promised."""
    page = open_page(f"{fake.desk}plain.html?reader").page
    frame = panel_in(page, deep=False)
    expect(frame.get_by_role("button", name="Copy: A costume")).to_be_visible()
    expect(frame.get_by_role("button", name=re.compile("^Insert"))).to_have_count(0)
    expect(frame.locator(".dock")).to_have_count(0)
    frame.get_by_role("button", name="Copy: A costume").click()
    assert until(fake.acted)[0]["action"] == "copied"
    expect(frame.locator("#notice")).to_have_text("")


def test_a_box_that_takes_nothing_is_told_and_copied(fake, open_page):
    """Where the host says that nothing went in, the frame copies, says so, and offers Copy."""
    page = open_page(f"{fake.desk}plain.html?closed").page
    frame = panel_in(page, deep=False)
    frame.get_by_role("button", name="Insert: A costume").click()
    expect(frame.locator("#notice")).to_contain_text("The reply box took no text. It is copied")
    expect(frame.get_by_role("button", name=re.compile("^Insert"))).to_have_count(0)


def test_language_direction_and_colours_are_the_hosts(desk):
    """The host's theme and language are the frame's, and change with it."""
    frame = panel_in(desk, deep=False)
    back = "(it) => getComputedStyle(it).backgroundColor"
    desk.evaluate("() => { panel.theme('dark'); panel.locale('de', 'rtl'); }")
    expect(frame.get_by_role("button", name=re.compile("^Einfügen"))).to_be_visible()
    dark = frame.locator("chat-assist-panel").evaluate(back)
    assert frame.locator("html").get_attribute("dir") == "rtl"
    desk.evaluate("panel.theme('light')")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    assert frame.locator("chat-assist-panel").evaluate(back) != dark


def test_a_frame_that_is_loaded_anew_is_told_again(desk, fake):
    """After a reload of the frame chat, draft and colours stand in it as before."""
    desk.locator("#reply").fill(DRAFT)
    desk.evaluate("() => { const it = document.querySelector('iframe'); it.src = it.src; }")
    frame = panel_in(desk, deep=False)
    until(lambda: len(fake.of("hello")) == 2)
    expect(frame.locator(".finding q")).to_contain_text("Unfortunately")
    assert fake.of("hello")[1]["token"] == "token-2"


def test_a_new_token_is_asked_for_when_the_host_has_one(desk, fake):
    """`renewed` makes the panel connect again with the token that the host now gives."""
    desk.evaluate("panel.renewed()")
    until(lambda: len(fake.of("hello")) == 2)
    assert fake.of("hello")[1]["token"] == "token-2"


def test_f6_goes_to_and_fro(desk):
    """One key goes from the host's field into the frame, the same key back."""
    desk.locator("#reply").focus()
    desk.keyboard.press("F6")
    expect(desk.locator("iframe")).to_be_focused()
    desk.keyboard.press("F6")
    expect(desk.locator("#reply")).to_be_focused()


# Speaks the port by hand, as a host that does it wrong might.
BY_HAND = """async ([home, version, messages]) => {
  const frame = document.createElement("iframe");
  frame.src = home + "host/frame.html";
  document.body.append(frame);
  await new Promise((done) => frame.addEventListener("load", done));
  const { port1, port2 } = new MessageChannel();
  const heard = [];
  port1.onmessage = ({ data }) => heard.push(data);
  frame.contentWindow.postMessage({ assist: "connect", version }, new URL(home).origin, [port2]);
  await new Promise((done) => setTimeout(done, 300));
  for (const message of messages) port1.postMessage(message);
  await new Promise((done) => setTimeout(done, 200));
  return heard;
}"""


def test_what_is_not_in_the_table_is_answered_and_ignored(fake, open_page):
    """Unknown types, missing fields and wrong kinds get an error that says what to do."""
    page = open_page(f"{fake.desk}empty.html").page
    start = {"type": "start", "version": 1, "capabilities": []}
    bad = [
        {"type": "nonsense"}, {"type": "constructor"}, {"type": "context", "conversation": 5},
        {"type": "context", "conversation": "c", "turns": [{"id": "1", "role": "king"}]},
        {"type": "draft"}, {"type": "draft", "text": "x" * 30_000},
        {"type": "theme", "theme": ATTACK}, "text", None, 7,
    ]  # fmt: skip
    heard = page.evaluate(BY_HAND, [fake.url, 1, [start, *bad]])
    errors = [one for one in heard if one["type"] == "error"]
    assert heard[0] == {"type": "hello", "version": 1}
    assert [one["code"].split(".")[1] for one in errors] == [
        "unknown-type", "unknown-type", "wrong-field", "wrong-field", "wrong-field", "wrong-field",
        "wrong-field", "malformed", "malformed", "malformed",
    ]  # fmt: skip
    assert "conversation" in errors[2]["message"]
    assert ATTACK not in json.dumps(errors)


def test_another_version_is_refused_in_words(fake, open_page):
    """A host of another version is told so, and so is whoever looks at the frame."""
    page = open_page(f"{fake.desk}empty.html").page
    heard = page.evaluate(BY_HAND, [fake.url, 2, []])
    assert [one["code"] for one in heard] == ["port.version"]
    notice = page.frame_locator("iframe").last.locator("#notice")
    expect(notice).to_contain_text("another version")


def test_a_page_that_is_not_named_gets_no_frame(fake, open_page):
    """Without its origin in the settings the browser shows the page no frame at all."""
    fake.hosts = []
    visit = open_page(f"{fake.desk}plain.html")
    until(lambda: visit.page.wait_for_timeout(50) or visit.complaints)
    assert "frame-ancestors" in visit.complaints[0]
    assert fake.of("hello") == []
    visit.complaints.clear()


def test_a_page_that_the_frame_does_not_know_is_told_so(fake, open_page):
    """Where the browser lets a page frame it that is not named, the frame takes no port from it."""
    page = open_page("about:blank").page
    told = json.dumps({"ws": fake.ws, "hosts": ["https://*.desk.example"], "token": None})
    page.route("**/host/config.json", lambda route: route.fulfill(body=told))
    page.goto(f"{fake.desk}plain.html")
    notice = panel_in(page, deep=False).locator("#notice")
    expect(notice).to_contain_text(f"Pages of {fake.desk.rstrip('/')} may not use the sidebar")
    assert fake.of("hello") == []


def test_only_the_window_around_it_is_heard(fake, open_page):
    """A frame beside it cannot take the port, and a stranger's origin is told in words."""
    page = open_page(f"{fake.desk}plain.html").page
    frame = panel_in(page, deep=False)
    expect(frame.locator(".card.first")).to_be_visible()
    home = page.frames[1]
    taken = home.evaluate(
        """() => new Promise((done) => { const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => done(data);
        window.postMessage({ assist: "connect", version: 1 }, location.origin, [port2]);
        setTimeout(() => done("nothing"), 300); })"""
    )
    assert taken == "nothing"


def test_the_reference_tells_every_message_and_capability(modules):
    """What docs/reference/host.md lists is what the port knows, field by field."""
    reference = Path(__file__).parents[2] / "docs" / "reference" / "host.md"
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", reference.read_text("utf-8"), re.MULTILINE)
    known = modules.evaluate(
        """async () => { const it = await import("/host/port.js");
        const fields = Object.entries({ ...it.TO_FRAME, ...it.TO_HOST });
        return [fields.map(([type, of]) => [type, Object.keys(of)]), it.CAPABILITIES]; }"""
    )
    documented = dict(reversed(rows))
    assert [name for name, _ in known[0] if name not in documented] == []
    lacking = {
        (name, one) for name, of in known[0] for one in of if f"`{one}" not in documented[name]
    }
    assert {name for name, _ in lacking} <= {"token"}
    section = reference.read_text("utf-8").partition("## Capabilities")[2].partition("## A desk")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == sorted(known[1])


def test_origins_are_compared_whole(modules):
    """A wildcard stands for names below it, and for nothing else."""
    cases = [
        ("https://desk.example", True), ("https://a.front.example", True),
        ("https://a.b.front.example", True), ("https://front.example", False),
        ("https://evilfront.example", False), ("http://a.front.example", False),
        ("https://desk.example.evil", False), ("https://desk.example:444", False), ("null", False),
    ]  # fmt: skip
    hosts = ["https://desk.example", "https://*.front.example"]
    found = modules.evaluate(
        """async ([origins, hosts]) => { const { isAmong } = await import("/host/port.js");
        return origins.map((origin) => isAmong(origin, hosts)); }""",
        [[origin for origin, _ in cases], hosts],
    )
    assert found == [wanted for _, wanted in cases]


def test_hostile_words_stay_words_in_the_frame(fake, open_page):
    """Turns, names, cards and drafts full of markup are shown as typed, and none of it runs."""
    page = open_page(f"{fake.desk}plain.html").page
    frame = panel_in(page, deep=False)
    expect(frame.locator(".card.first")).to_be_visible()
    page.evaluate(
        """(text) => { panel.context({ conversation: "x",
        chats: [{ id: "x", name: text }, { id: "y", name: text }],
        turns: [{ id: "t1", role: "customer", text }] });
        const field = document.querySelector("#reply"); field.value = text;
        field.dispatchEvent(new Event("input")); }""",
        ATTACK,
    )
    until(lambda: fake.following.get("x"))
    words = [{"turn": "t1", "span": [0, len(ATTACK)], "cue": "x", "source": "x"}]
    fake.suggest("x", suggestion("s1", "empathy", [ATTACK], ATTACK, evidence=words))
    expect(frame.locator(".card.first .wording")).to_have_text(ATTACK)
    expect(frame.locator("[role=tab] span").first).to_have_text(ATTACK)
    frame.get_by_role("button", name="Insert: <img").click()
    expect(page.locator("#reply")).to_have_value(ATTACK + " " + ATTACK)
    for one in page.frames:
        assert one.evaluate("window.hurt") is None
    assert frame.locator("img, script:not([src])").count() == 0
