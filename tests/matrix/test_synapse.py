"""A real platform: Synapse from its package, a customer and an agent who talk, and the sidebar."""

import json
import sys
import time
from pathlib import Path
from urllib.parse import quote

import jwt
import pytest
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))
from matrix_desk import Desk, until
from matrix_homeserver import User, status

SLOW = 60_000
ANGRY = "Third time I write. You charged me twice and nobody answers! This is a disgrace."
HELP = "Hello, this is Kim. How can I help?"
CALM = "Hello, I have a question about my invoice."
# When the first card came, in the milliseconds that the sender's clock counts too.
WATCH = """() => ({ came: new Promise((done) => {
  const { shadowRoot } = document.querySelector("chat-assist-panel");
  const look = () => shadowRoot.querySelector(".card.first") && done(Date.now());
  new MutationObserver(look).observe(shadowRoot, { childList: true, subtree: true });
  look();
}) })"""


@pytest.fixture
def ana(desk: Desk) -> User:
    """A customer of this test's own."""
    return desk.homeserver.user(f"ana-{time.time_ns()}")


@pytest.fixture
def kim(desk: Desk) -> User:
    """An agent of this test's own."""
    return desk.homeserver.user(f"agent-kim-{time.time_ns()}")


def sidebar(desk: Desk, open_page, agent: User, room: str) -> Page:
    """Return a Matrix client's page with the widget in it, connected."""
    widget = f"{desk.http}/host/matrix.html?room={quote(room, safe='')}"
    told = {"base": agent.base, "user": agent.id, "token": agent.token, "widget": widget}
    return open_page(f"{desk.client}/client.html#{quote(json.dumps(told), safe='')}").page


def said(desk: Desk, room: str) -> list[tuple[str, str]]:
    """Return who said what in a room, as the service keeps it."""
    turns = [one["turn"] for one in desk.stored(room) if one["type"] == "turn"]
    return [(turn["role"], turn["text"]) for turn in turns]


def test_the_agents_sidebar_goes_with_the_chat(desk, ana, kim, open_page, capsys):
    """A suggestion comes for what is said, goes with an edit, and a redaction erases the words."""
    room = ana.room(kim)
    ana.say(room, "Hello")
    kim.say(room, HELP)
    page = sidebar(desk, open_page, kim, room)
    frame = page.frame_locator("iframe").frame_locator("iframe")
    expect(frame.locator("chat-assist-panel")).to_contain_text("Connected", timeout=SLOW)
    answers = page.evaluate("heard.filter(({ api }) => api === 'toWidget')")
    assert [one["response"] for one in answers] == [{"capabilities": []}]
    until(lambda: len(said(desk, room)) == 2)
    expect(frame.locator(".card")).to_have_count(0)
    watching = page.frames[-1].evaluate_handle(WATCH)
    sent = time.time() * 1000
    event = ana.say(room, ANGRY)
    came = watching.evaluate("({came}) => came")
    with capsys.disabled():
        print(f"\nMatrix: {came - sent:.0f} ms from send to suggestion")
    expect(frame.locator(".card.first")).to_be_visible()
    assert said(desk, room) == [("customer", "Hello"), ("agent", HELP), ("customer", ANGRY)]
    ana.edit(room, event, CALM)
    expect(frame.locator(".card.first")).to_have_count(0, timeout=SLOW)
    assert CALM in str(desk.stored(room))
    ana.redact(room, event)
    until(lambda: not any(words in str(desk.stored(room)) for words in (ANGRY, CALM)))
    assert said(desk, room)[:2] == [("customer", "Hello"), ("agent", HELP)]


def test_a_500_is_retried_and_nothing_is_lost_or_doubled(desk, ana, kim):
    """One delivery fails before us and one after; all is kept once, in the order it was said."""
    room = ana.room(kim)
    ana.say(room, "one")
    until(lambda: ("customer", "one") in said(desk, room))
    desk.way.failing += ["before", "after"]
    begun = len(desk.way.answers)
    told = [f"number {number}" for number in range(2, 8)]
    for place, text in enumerate(told):
        (kim if place % 2 else ana).say(room, text)
    until(lambda: len(said(desk, room)) > len(told))
    until(lambda: desk.way.answers[-1][1] == 200 and not desk.way.failing)
    kim.say(room, "the end")
    until(lambda: ("agent", "the end") in said(desk, room))
    assert [text for _, text in said(desk, room)] == ["one", *told, "the end"]
    answers = desk.way.answers[begun:]
    first = next(number for number, status in answers if status == 500)
    assert [status for number, status in answers if number == first] == [500, 500, 200]
    assert desk.counts["delivery.repeated"] >= 1


def test_a_client_that_sends_again_is_heard_once(desk, ana, kim):
    """The same client transaction is the same event, and one turn."""
    room = ana.room(kim)
    words = {"msgtype": "m.text", "body": "once"}
    assert ana.send(room, words, txn="t1") == ana.send(room, words, txn="t1")
    kim.say(room, "yes?")
    until(lambda: ("agent", "yes?") in said(desk, room))
    assert said(desk, room) == [("customer", "once"), ("agent", "yes?")]


def test_what_cannot_be_read_is_counted_and_holds_nothing_up(desk, ana, kim):
    """An encrypted message and a broken one are left out; the next is heard."""
    room = ana.room(kim)
    before = desk.counts
    ana.send(room, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgA"}, "m.room.encrypted")
    ana.send(room, {"msgtype": "m.text", "body": {"no": "words"}}, "com.example.other")
    ana.send(room, {"msgtype": "m.notice", "body": "opening hours"})
    ana.say(room, "still there?")
    until(lambda: ("customer", "still there?") in said(desk, room))
    assert said(desk, room) == [("bot", "opening hours"), ("customer", "still there?")]
    gained = {key: desk.counts[key] - before.get(key, 0) for key in desk.counts}
    assert (gained["message.encrypted"], gained["event.unknown"]) == (1, 1)


def test_what_we_say_ourselves_never_comes_back(desk, ana):
    """The application service's own words are left out; the customer's go on."""
    ours = desk.homeserver.ours()
    room = ana.room(ours)
    before = desk.counts.get("message.own", 0)
    ours.say(room, "a note of ours")
    ana.say(room, "who are you?")
    until(lambda: said(desk, room))
    assert said(desk, room) == [("customer", "who are you?")]
    assert desk.counts["message.own"] > before


def test_only_an_agent_of_the_homeserver_is_given_a_token(desk, ana, kim):
    """The homeserver's word is asked for; a customer, a made-up token and no token get nothing."""
    place = f"{desk.http}/matrix/token"
    good, token = status(place, {"access_token": kim.openid()["access_token"]})
    assert good == 200
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["agent"], claims["role"]) == (kim.id, "agent")
    refused = {"access_token": ana.openid()["access_token"]}
    assert status(place, refused) == (403, "identity.no-agent")
    assert status(place, {"access_token": "made-up"}) == (401, "identity.refused")
    assert status(place, {}) == (400, "identity.malformed")


def test_typing_is_taken_in_as_it_happens(desk, ana, kim):
    """Beginning and ending are a delivery each, and none is refused or lost."""
    room = ana.room(kim)
    ana.say(room, "Hello")
    until(lambda: said(desk, room))
    before = desk.counts
    ana.typing(room, on=True)
    until(lambda: desk.counts["delivery.taken"] == before["delivery.taken"] + 1)
    ana.typing(room, on=False)
    until(lambda: desk.counts["delivery.taken"] == before["delivery.taken"] + 2)
    assert desk.counts.get("typing lost", 0) == 0
