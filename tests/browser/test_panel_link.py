"""What the panel tells of its connection, and how chats stand beside each other."""

import json
import re

import panel_service
from panel_hands import heard
from playwright.sync_api import expect
from waiting import until


def test_a_lost_connection_is_told_and_what_was_missed_comes(desk, panel):
    """A break is told in words, work goes on, and what was pressed meanwhile is told after it."""
    panel.mouse.move(5, 5)
    desk.drop()
    expect(panel.locator("p.link")).to_have_text(re.compile("restarts|lost"))
    panel.get_by_role("button", name="Insert: A costume").click()
    expect(panel.locator("#reply")).to_have_value(re.compile("^A costume"))
    desk.away = False
    expect(panel.locator("p.link")).to_have_text("Connected again, nothing missed")
    assert until(desk.acted)[0]["action"] == "inserted"
    assert desk.of("subscribe")[-1]["after"] == {"epoch": "e1", "offset": 5}
    expect(panel.locator("p.link")).to_have_text("Connected")


def test_a_restarted_service_replaces_the_state(desk, panel):
    """After a restart the state is the service's, and it is said that it is."""
    desk.suggestions["late"] = []
    desk.epoch = "e2"
    desk.drop(4002)
    expect(panel.locator("p.link")).to_have_text("Service restarts, one moment")
    panel.mouse.move(5, 5)
    desk.away = False
    expect(panel.locator("p.link")).to_have_text("Service restarted, up to date")
    expect(panel.locator(".blank")).to_have_text("Nothing to add right now.")


def test_a_refusal_is_final_and_says_what_to_do(desk, open_page):
    """A bad token ends the trying; a new one begins again."""
    desk.refuse = 4101
    page = open_page(f"{desk.url}?conversation=late").page
    expect(page.locator("p.link")).to_have_text("Your sign-in has run out. Sign in again.")
    desk.refuse = 0
    page.evaluate("panel.token = async () => 'new'")
    expect(page.locator("p.link")).to_have_text("Connected")
    assert desk.of("hello")[-1]["token"] == "new"
    assert "new" not in page.evaluate(
        "location.href + JSON.stringify({...localStorage, ...sessionStorage})"
    )


def test_an_offline_machine_is_told_and_comes_back_at_once(desk, panel):
    """Without a network the panel says so, and does not wait once there is one."""
    panel.context.set_offline(True)
    desk.drop()
    expect(panel.locator("p.link")).to_have_text("Offline, waiting for the network")
    desk.away = False
    panel.context.set_offline(False)
    expect(panel.locator("p.link")).to_have_text(re.compile("^Connected"))


def test_an_error_is_shown_in_its_own_words(desk, panel):
    """What the service could not do stands there until it is closed."""
    told = {"type": "error", "code": "x.y", "message": "Send less.", "retry": False}
    desk.open[0].send(json.dumps(told))
    expect(panel.locator(".error")).to_contain_text("The service could not do that: Send less.")
    panel.get_by_role("button", name="Close").click()
    expect(panel.locator(".error")).to_have_count(0)


def test_empty_and_loading_are_told(desk, open_page):
    """Without a chat, and before the first snapshot, the panel says what it waits for."""
    page = open_page(desk.url).page
    expect(page.locator(".blank").first).to_contain_text("No chat open")
    desk.mute = True
    page = open_page(f"{desk.url}?conversation=late").page
    expect(page.locator(".loading")).to_contain_text("Opening the chat…")


def test_several_chats_keep_their_own_state(desk, open_page):
    """Switching is instant: draft and what stands open are as they were left."""
    page = open_page(f"{desk.url}?conversation=late&chats").page
    page.get_by_role("button", name="Why?").first.click()
    page.locator("#reply").fill("for Hannah")
    page.get_by_role("tab", name="Tom").click()
    expect(page.locator(".level strong")).to_have_text("Critical")
    expect(page.locator("#reply")).to_have_value("")
    expect(page.get_by_role("tab", name="Tom Critical")).to_have_attribute("aria-selected", "true")
    asked = len(desk.of("subscribe"))
    switched = page.evaluate(
        """() => { panel.conversation = "late";
        return new Promise((done) => queueMicrotask(() => queueMicrotask(() =>
          done(panel.root.querySelector(".level strong").textContent)))); }"""
    )
    assert switched == "Watch"  # before anything else can happen, so without asking the service
    expect(page.locator(".because").first).to_be_visible()
    assert page.evaluate("panel.draft") == "for Hannah"
    assert len(desk.of("subscribe")) == asked


def test_another_chat_calls_by_its_name(desk, open_page):
    """A rise in a chat that is not on the screen is told with its name, and seen in its tab."""
    page = open_page(f"{desk.url}?conversation=late&chats").page
    page.get_by_role("tab", name="Tom").click()
    expect(page.locator(".level strong")).to_have_text("Critical")
    desk.say("late", {"type": "escalation", **panel_service.level("late"), "level": "high"})
    expect(page.locator("[role=alert]")).to_have_text(re.compile("^Hannah: tension is High"))
    expect(page.get_by_role("tab", name="Hannah High")).to_be_visible()


def test_a_closed_chat_shows_its_record(desk, panel):
    """On close the cards give way to what was the matter, offered, agreed and is left to do."""
    panel.mouse.move(5, 5)
    desk.say("late", desk.summary("late"))
    expect(panel.locator(".summary")).to_contain_text("order 48213 was meant to be here")
    expect(panel.locator(".summary dt")).to_have_text(
        ["The problem", "What was behind it", "Feeling", "Offered", "Still to do"]
    )
    panel.get_by_role("button", name="tell Hannah what the depot says").first.click()
    assert heard(panel, "show")[0]["turn"] == "late-5"
    expect(panel.locator(".card")).to_have_count(0)
