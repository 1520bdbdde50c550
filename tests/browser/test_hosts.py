"""Each helpdesk's page against a stub of its host.

The stubs stand in `hosts/` and do what the helpdesk's own documents say, no more. LiveChat's page
runs with LiveChat's own SDK.
"""

import json
import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

HERE = Path(__file__).parent
sys.path.insert(0, str(Path(__file__).parent))
from desks import DRAFT, LINE, followed, panel_in, until  # noqa: E402  a neighbour, not a package
from panel_service import suggestion  # noqa: E402  as above

HOST = HERE.parents[1] / "assist" / "widget" / "host"


def test_chatwoots_app_shows_the_chat_that_it_is_told_of(fake, open_page):
    """Context, turns and agent come from Chatwoot's message; notes to colleagues are left out."""
    page = open_page(f"{fake.desk}chatwoot.html").page
    followed(fake, "chatwoot:3:17")
    frame = panel_in(page)
    expect(frame.get_by_role("button", name="Copy: A costume")).to_be_visible()
    assert fake.of("hello")[0]["agent"] == "8"
    turns = frame.locator("chat-assist-panel").evaluate("(it) => it.turns")
    assert [(one["id"], one["role"]) for one in turns] == [
        ("901", "customer"), ("903", "agent"), ("904", "bot"), ("905", "system"),
    ]  # fmt: skip
    assert turns[0]["at"] == "2026-03-02T10:30:00.000Z"


def test_a_helpdesks_page_asks_for_tokens_where_the_service_says(fake, open_page):
    """With a path for tokens the page fetches one there, and the panel connects with it."""
    fake.token_path = "/sign-in/token"
    open_page(f"{fake.desk}chatwoot.html")
    (hello,) = until(lambda: fake.of("hello"))
    assert hello["token"] == "a-token"


def test_chatwoots_app_goes_with_the_chat_and_hears_only_chatwoot(fake, open_page):
    """Another chat takes the place of the first; a stranger's message changes nothing."""
    page = open_page(f"{fake.desk}chatwoot.html").page
    followed(fake, "chatwoot:3:17")
    page.evaluate(
        "() => { context.conversation.id = 18; context.conversation.messages = []; tell(); }"
    )
    until(lambda: fake.following.get("chatwoot:3:18"))
    app = page.frames[1]
    app.evaluate(
        """() => window.postMessage(JSON.stringify({ event: "appContext",
        data: { conversation: { id: 99, account_id: 3 } } }), location.origin)"""
    )
    app.evaluate("window.postMessage('{ not json', location.origin)")
    page.wait_for_timeout(150)
    assert "chatwoot:3:99" not in fake.following


@pytest.fixture
def dashboard(fake, open_page) -> Page:
    """Chatwoot's own page with our script in it, at a chat."""
    page = open_page(f"{fake.desk}dashboard.html").page
    page.evaluate("history.pushState({}, '', '/app/accounts/3/inbox/2/conversations/17')")
    page.evaluate("document.documentElement.classList.toggle('moved')")
    followed(fake, "chatwoot:3:17")
    return page


def test_chatwoots_page_gets_the_sidebar_docked(dashboard):
    """Beside a chat it stands at the right, 320 pixels wide, in the page's colours; else not."""
    aside = dashboard.locator("aside")
    box = aside.bounding_box()
    assert box is not None
    assert (box["width"], box["x"] + box["width"]) == (320, 1280)
    frame = panel_in(dashboard, deep=False)
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    dashboard.evaluate("history.pushState({}, '', '/app/accounts/3/settings')")
    dashboard.evaluate("document.documentElement.classList.toggle('moved')")
    expect(aside).to_be_hidden()


def test_chatwoots_reply_box_is_read_and_filled_as_if_typed(dashboard, fake):
    """A draft is checked, a wording goes in after it, a rewrite takes its place."""
    box = dashboard.locator(".ProseMirror")
    frame = panel_in(dashboard, deep=False)
    dashboard.evaluate(
        "addEventListener('beforeinput', (event) => { window.typed = event.inputType; }, true)"
    )
    box.click()
    dashboard.keyboard.type("Hi Hannah,")
    frame.get_by_role("button", name="Insert: A costume").click()
    expect(box).to_have_text(f"Hi Hannah, {LINE}")
    assert dashboard.evaluate("getSelection().toString()") == "[time]"
    box.click()
    dashboard.keyboard.press("Control+A")
    dashboard.keyboard.type(DRAFT)
    expect(frame.locator(".finding q")).to_contain_text("Unfortunately")
    frame.get_by_role("button", name=re.compile("Use")).click()
    expect(box).to_have_text("[time] is when I can send it today.")
    assert dashboard.evaluate("window.typed") in {"insertText", None}


def test_a_note_to_colleagues_is_not_read(dashboard, fake):
    """In Chatwoot's private note nothing is checked and nothing is put in."""
    frame = panel_in(dashboard, deep=False)
    dashboard.evaluate("document.querySelector('.reply-box').classList.add('is-private')")
    dashboard.locator(".ProseMirror").click()
    dashboard.keyboard.type(DRAFT)
    dashboard.wait_for_timeout(400)
    assert fake.of("draft") == []
    frame.get_by_role("button", name="Insert: A costume").click()
    expect(frame.locator("#notice")).to_contain_text("The reply box took no text")


# Zendesk, LiveChat, Front


def stubbed(open_page, page_url: str, address: str, stub: str) -> Page:
    """Open a helpdesk's page, with its SDK's address answered by a stub."""
    page = open_page("about:blank").page
    script = (HERE / "hosts" / stub).read_text("utf-8")
    page.route(address, lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(page_url)
    return page


@pytest.fixture
def zendesk(fake, open_page) -> Page:
    """Zendesk's ticket sidebar with our page in it, at ticket 17."""
    address = "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"
    page = stubbed(open_page, f"{fake.desk}zendesk.html", address, "zaf_sdk.js")
    followed(fake, "zendesk:acme:17")
    return page


def test_zendesks_ticket_is_followed_and_its_comment_checked(zendesk, fake):
    """Ticket, agent and colours come from the client; a rich comment is read as its words."""
    frame = panel_in(zendesk)
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    assert fake.of("hello")[0]["agent"] == "8"
    until(lambda: "Hello Hannah" in [one["text"] for one in fake.of("draft")])
    app = zendesk.frames[1]
    app.evaluate(
        "(text) => desk.type(text)", "<p>Unfortunately we can&#39;t</p><p>send it &lt;now&gt;.</p>"
    )
    expect(frame.locator(".finding q")).to_contain_text("Unfortunately")
    assert fake.of("draft")[-1]["text"] == "Unfortunately we can't\nsend it <now>."
    app.evaluate("desk.change('light')")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")


def test_zendesks_editor_takes_wordings_and_rewrites(zendesk, fake):
    """Insert goes to the editor, or where there is none is appended; a rewrite sets the comment."""
    frame, app = panel_in(zendesk), zendesk.frames[1]
    frame.get_by_role("button", name="Insert: A costume").click()
    invoked = "desk.invoked.filter(([name]) => name !== 'resize')"
    until(lambda: app.evaluate(invoked) == [["ticket.editor.insert", LINE]])
    app.evaluate("desk.refuse.push('ticket.editor.insert')")
    zendesk.mouse.move(900, 600)
    fake.suggest("zendesk:acme:17", suggestion("s2", "thank", ["Thank you."], "why"))
    frame.get_by_role("button", name="Insert: Thank you.").click()
    until(lambda: app.evaluate(invoked)[1:] == [["ticket.comment.appendText", "Thank you."]])
    zendesk.mouse.move(900, 600)
    app.evaluate("(text) => desk.type(text)", DRAFT)
    frame.get_by_role("button", name=re.compile("Use")).click()
    until(
        lambda: app.evaluate("desk.values['comment.text']") == "[time] is when I can send it today."
    )


def test_zendesks_manifest_names_the_page(fake):
    """The app's manifest frames our page in the ticket sidebar, and says what it is."""
    manifest = json.loads((HOST / "zendesk" / "manifest.json").read_text("utf-8"))
    place = manifest["location"]["support"]["ticket_sidebar"]
    assert place["url"].startswith("https://assist.example/host/zendesk.html?account=")
    words = json.loads((HOST / "zendesk" / "translations" / "en.json").read_text("utf-8"))
    assert words["app"]["name"] == manifest["name"]
    assert manifest["frameworkVersion"] == "2.0"


@pytest.fixture
def livechat(fake, open_page) -> Page:
    """LiveChat's own address, with our details widget and the real SDK in it."""
    home = "https://my.livechatinc.com"
    fake.hosts.append(home)
    stub = (HERE / "hosts" / "livechat.html").read_text("utf-8").replace("HOME/", fake.url)
    page = open_page("about:blank").page
    page.route(f"{home}/**", lambda route: route.fulfill(body=stub, content_type="text/html"))
    page.goto(f"{home}/chats")
    followed(fake, "livechat:acme:PJ0MRSHTDG")
    return page


def test_livechats_message_box_is_read_and_appended_to(livechat, fake):
    """The chat is the profile's, the draft is read; a wording is put, a rewrite only copied."""
    frame = panel_in(livechat)
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    livechat.evaluate("(value) => tell('message_box_text', { value })", DRAFT)
    expect(frame.locator(".finding q")).to_contain_text("Unfortunately")
    frame.get_by_role("button", name="Insert: A costume").click()
    put = [{"plugin_id": "w1", "message": "put_message", "data": LINE}]
    livechat.wait_for_function("heard.some(({ message }) => message === 'put_message')")
    assert livechat.evaluate("heard.filter(({ message }) => message === 'put_message')") == put
    frame.get_by_role("button", name=re.compile("Use")).click()
    expect(frame.locator("#notice")).to_contain_text("The new words are copied")
    assert until(fake.acted)[0]["action"] == "inserted"


def test_livechats_theme_and_chat_are_followed(livechat, fake):
    """Another chat, or none that goes on, takes the place of the first; colours change too."""
    livechat.evaluate("tell('change_theme', { theme: 'light' })")
    frame = panel_in(livechat)
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    livechat.evaluate("tell('customer_profile', { ...profile, chat: { id: 'OTHER' } })")
    until(lambda: fake.following.get("livechat:acme:OTHER"))
    livechat.evaluate("tell('customer_profile', { ...profile, source: 'archives' })")
    expect(frame.locator(".blank").first).to_contain_text("No chat open")


@pytest.fixture
def front(fake, open_page) -> Page:
    """Front's sidebar with our plugin in it, at a conversation with a draft."""
    page = open_page("about:blank").page
    script = (HERE / "hosts" / "front_sdk.js").read_text("utf-8")
    page.route(
        "**/host/vendor/front-plugin-sdk-*.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    page.goto(f"{fake.desk}front.html")
    expect(page.frame_locator("iframe").locator("iframe")).to_be_attached()
    app = page.frames[1]
    app.evaluate(
        """() => { const content = { body: "<div>Hello</div>", type: "html" };
        desk.drafts.dra_1 = { id: "dra_1", content };
        desk.choose("singleConversation", { id: "cnv_1", draftId: "dra_1" }); }"""
    )
    followed(fake, "front:acme:cnv_1")
    return page


def test_fronts_conversation_is_followed_and_its_draft_read_and_changed(front, fake):
    """Context and draft come from the SDK; wordings go into the draft, rewrites replace it."""
    frame, app = panel_in(front), front.frames[1]
    until(lambda: "Hello" in [one["text"] for one in fake.of("draft")])
    app.evaluate("(body) => { desk.drafts.dra_1.content = { body, type: 'text' }; }", DRAFT)
    frame.get_by_role("button", name=re.compile("Use")).click()
    body = "desk.drafts.dra_1.content.body"
    until(lambda: app.evaluate(body) == "[time] is when I can send it today.")
    frame.get_by_role("button", name="Insert: A costume").click()
    until(lambda: app.evaluate(body).endswith(LINE))


def test_front_makes_a_draft_only_where_there_is_none(front, fake):
    """Without a draft, Insert makes a reply to the last message; without a chat, nothing."""
    frame, app = panel_in(front), front.frames[1]
    app.evaluate("desk.choose('singleConversation', { id: 'cnv_2' })")
    followed(fake, "front:acme:cnv_2")
    frame.get_by_role("button", name="Insert: A costume").click()
    made = until(lambda: app.evaluate("desk.made"))
    reply = {"type": "reply", "originalMessageId": "msg_1"}
    assert made == [{"content": {"body": LINE, "type": "text"}, "replyOptions": reply}]
    app.evaluate("desk.choose('noConversation')")
    expect(frame.locator(".blank").first).to_contain_text("No chat open")
