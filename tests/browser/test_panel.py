"""The panel, driven in Chromium against a stand-in for the service, under its strictest policy."""

import importlib.util
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assist.core.techniques import TECHNIQUES

HERE = Path(__file__).parent
WIDGET = HERE.parents[1] / "assist" / "widget" / "panel"
DRAFT = "😀 Unfortunately we can't send it today."


def _service() -> Any:
    spec = importlib.util.spec_from_file_location("panel_service", HERE / "panel_service.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SERVICE = _service()


@pytest.fixture
def desk() -> Iterator[Any]:
    """A running stand-in. Ask for it before `open_page`: it must outlive the page."""
    with SERVICE.running() as service:
        yield service


@pytest.fixture
def panel(desk, open_page) -> Page:
    """The desk with Hannah's chat in the panel, its first card standing."""
    page = open_page(f"{desk.url}?conversation=late", timezone_id="UTC").page
    expect(page.locator(".card.first h3")).to_have_text("Name the feeling")
    return page


def heard(page: Page, name: str) -> list[dict[str, Any]]:
    """Return the events of that name that the panel told the page."""
    return [one for one in page.evaluate("window.heard") if one["name"] == name]


def until(found, wait: float = 5.0):
    """Return what `found` gives once it gives something."""
    end = time.monotonic() + wait
    while not (value := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return value


def focused(page: Page) -> str:
    """Return the name of what has the focus in the panel."""
    return page.evaluate(
        """() => { const at = panel.root.activeElement;
        return at ? at.getAttribute("aria-label") || at.textContent.trim() : ""; }"""
    )


def test_level_feeling_and_promises_are_words(panel):
    """Level, trend, feeling, promises and the connection are told in words, not in colour alone."""
    expect(panel.locator(".level strong")).to_have_text("Watch")
    expect(panel.locator(".trend")).to_contain_text("rising")
    expect(panel.locator(".level .reason")).to_have_text("a promised day has passed")
    label = "Feeling over 5 messages, now upset"
    expect(panel.get_by_role("img")).to_have_attribute("aria-label", label)
    expect(panel.locator(".movers li").first).to_have_text(re.compile("fell: .*so did anyone"))
    expect(panel.locator(".ledger li").first).to_contain_text("overdue")
    expect(panel.locator(".ledger li").nth(1)).to_contain_text("You · by 11:00 · open")
    expect(panel.locator("p.link")).to_have_text("Connected")


def test_one_card_stands_open_and_at_most_two_are_folded(desk, panel):
    """However many there are, three are shown, and only those are told to have been shown."""
    panel.mouse.move(5, 5)
    desk.suggest("late", SERVICE.suggestion("s4", "thank", ["Thank you."], "why", priority=1))
    expect(panel.locator(".card")).to_have_count(3)
    expect(panel.locator(".card .wording")).to_have_count(1)
    panel.get_by_role("button", name="Offer a choice").click()
    expect(panel.locator(".card .wording")).to_have_count(2)
    shown = until(lambda: [one["suggestion"] for one in desk.of("feedback")][:3])
    assert sorted(shown) == ["s1", "s2", "s3"]


def test_insert_fills_the_composer_and_sends_nothing(desk, panel):
    """The wording goes in at the cursor, its slot selected; not sent, which is said; undone."""
    panel.locator("#reply").fill("Hi Hannah,")
    panel.get_by_role("button", name="Insert: A costume").click()
    expect(panel.locator("#reply")).to_have_value(
        re.compile(r"^Hi Hannah, A costume .*\[time\] today\.$")
    )
    expect(panel.locator(".status")).to_have_text("Inserted, not sent. Still open: [time].")
    expect(panel.locator("[role=status]")).to_have_text("Inserted, not sent. Still open: [time].")
    selected = "(it) => it.value.slice(it.selectionStart, it.selectionEnd)"
    assert panel.locator("#reply").evaluate(selected) == "[time]"
    told = until(desk.acted)
    assert {"suggestion": "s1", "action": "inserted", "at": "2026-03-02T10:40:00Z"}.items() <= told[
        0
    ].items()
    assert desk.of("turn") == []
    panel.get_by_role("button", name="Undo").click()
    expect(panel.locator("#reply")).to_have_value("Hi Hannah,")
    expect(panel.locator(".status")).to_have_text("Put back as it was.")


def test_an_edited_wording_is_inserted_as_edited(desk, panel):
    """What the agent makes of a wording goes in, and the service is told that it was edited."""
    panel.get_by_role("button", name="Edit: A costume").click()
    panel.locator("chat-assist-panel textarea").fill("It misses the party.")
    panel.get_by_role("button", name="Insert").first.click()
    expect(panel.locator("#reply")).to_have_value("It misses the party.")
    assert until(desk.acted)[0]["action"] == "edited"


def test_copy_says_so_and_is_told(desk, panel):
    """Copying needs no composer; where the page copies itself, the panel leaves it to the page."""
    panel.evaluate("panel.addEventListener('assist-copy', (event) => event.preventDefault())")
    panel.get_by_role("button", name="Copy: A costume").click()
    assert heard(panel, "copy")[0]["text"].startswith("A costume")
    expect(panel.locator(".status")).to_have_text("Copied, not sent.")
    assert until(desk.acted)[0]["action"] == "copied"


def test_another_wording_takes_its_own_slots(panel):
    """A card with several lines shows one, and the next on demand."""
    panel.get_by_role("button", name="Another").click()
    expect(panel.locator(".card.first .wording")).to_contain_text("You were promised Monday")
    panel.get_by_role("button", name="Insert: You were").click()
    assert heard(panel, "insert")[0]["slots"][0]["name"] == "time"


def test_why_marks_the_words_in_their_turns(panel):
    """Why gives the reason and the words that caused it, marked; pressing them shows the turn."""
    panel.get_by_role("button", name="Why?").first.click()
    expect(panel.locator(".because")).to_contain_text("They have been let down once")
    expect(panel.locator(".because mark")).to_have_text(["meant to be here THURSDAY", "sons party"])
    panel.locator(".because .quote").first.click()
    shown = heard(panel, "show")[0]
    text = SERVICE.TURNS["late"][0][1]
    start = text.index("meant")
    assert (shown["turn"], shown["spans"]) == ("late-1", [[start, start + 25]])


def test_the_level_tells_its_reasons_and_they_add_up(panel):
    """The parts shown make the whole; each names the words it was heard in."""
    panel.locator(".level .opener").click()
    expect(panel.locator(".level")).to_contain_text("42 of 100")
    weights = panel.locator(".weight").all_inner_texts()
    assert sum(int(one.replace("−", "-")) for one in weights) == 42
    expect(panel.locator(".reasons mark").first).to_have_text("meant to be here THURSDAY")


def test_dismiss_asks_for_a_reason_and_moves_nothing_under_the_pointer(desk, panel):
    """The reason is told; the card keeps its place until the pointer leaves it."""
    panel.get_by_role("button", name="Dismiss: Name the feeling").click()
    panel.get_by_role("button", name="Already done").click()
    expect(panel.locator(".gone")).to_have_text("Dismissed.")
    expect(panel.locator(".card")).to_have_count(3)
    told = until(desk.acted)[0]
    assert (told["action"], told["reason"]) == ("dismissed", "done")
    panel.mouse.move(5, 5)
    expect(panel.locator(".card.first h3")).to_have_text("Offer a choice")


def test_snooze_rests_the_tip_and_can_be_woken(desk, panel):
    """A snoozed tip is gone for this chat, named below, and comes back to life by one press."""
    panel.get_by_role("button", name="Snooze: Name the feeling").click()
    assert until(desk.acted)[0]["action"] == "snoozed"
    expect(panel.locator(".snoozed")).to_contain_text("Snoozed: Name the feeling")
    panel.get_by_role("button", name="Wake").click()
    expect(panel.locator(".snoozed")).to_have_count(0)
    woken = until(lambda: desk.of("snooze"))[0]
    assert (woken["technique"], woken["on"]) == ("empathy", False)


def test_a_draft_is_checked_reworded_and_put_back(panel):
    """One press rewords, with the slot selected; one press puts it back."""
    panel.locator("#reply").press_sequentially(DRAFT)
    expect(panel.locator(".finding h3")).to_have_text("Say what you can do")
    expect(panel.locator(".finding q")).to_have_text("Unfortunately")
    expect(panel.locator(".status")).to_contain_text("One remark · tenser if sent")
    panel.get_by_role("button", name="Use this").click()
    expect(panel.locator("#reply")).to_have_value("😀 [time] is when I can send it today.")
    selected = "(it) => it.value.slice(it.selectionStart, it.selectionEnd)"
    assert panel.locator("#reply").evaluate(selected) == "[time]"
    expect(panel.locator("[role=status]")).to_have_text("Reworded, not sent. Still open: [time].")
    expect(panel.locator(".finding")).to_have_count(0)
    panel.get_by_role("button", name="Undo").click()
    expect(panel.locator("#reply")).to_have_value(DRAFT)


def test_all_remarks_are_in_sight_and_one_is_open(panel):
    """Each stands there with its words; one is open, another a press away, focus and all."""
    panel.locator("#reply").fill(f"{DRAFT} Please calm down.")
    titles = panel.locator(".finding h3")
    expect(titles).to_have_text(["Say what you can do", "Calm tone calm down"])
    expect(panel.get_by_role("button", name="Use this")).to_have_count(1)
    other = titles.last.get_by_role("button")
    expect(other).to_have_attribute("aria-expanded", "false")
    other.focus()
    panel.keyboard.press("Enter")
    expect(other).to_have_attribute("aria-expanded", "true")
    expect(other).to_be_focused()
    expect(titles.first).to_contain_text("Unfortunately")
    expect(panel.locator(".finding p").first).to_contain_text("Tells them how to feel.")
    panel.locator(".finding").get_by_role("button", name="Why?").click()
    expect(panel.locator(".finding .because")).to_contain_text("Nobody has ever calmed down")
    other.click()
    expect(panel.get_by_role("button", name="Use this")).to_have_count(0)


def test_what_the_service_words_is_marked_with_its_language(desk, open_page):
    """In a German panel all that is English, of service or chat, says that it is; the rest not."""
    page = open_page(f"{desk.url}?conversation=late&lang=de&chats").page
    expect(page.locator(".card.first h3")).to_have_text("Das Gefühl benennen")
    page.evaluate("panel.tell({ type: 'here.error', words: 'Send less.' })")
    page.evaluate("panel.open({ card: 's1', why: 's1', reasons: true, steps: true })")
    page.evaluate("panel.draft = 'Unfortunately not. Please calm down.'; panel.now()")
    own = SERVICE.suggestion("s8", "our-own", ["So."], "why", priority=99)
    desk.suggest("late", own)
    expect(page.locator(".card h3", has_text="Our own")).to_have_count(1)
    page.evaluate("panel.now()")
    told = page.evaluate(
        """() => { const told = { de: "", en: "" };
        const walk = document.createTreeWalker(panel.root, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const tag = walk.currentNode.parentElement.closest("[lang]").lang;
          told[tag] += walk.currentNode.data + "|";
        } return told; }"""
    )
    for theirs in (
        "a promised day has passed", "Send less.", "A costume that misses", "have been let down",
        "order 48213", "thank you, that would be lovely", "deliver on Monday", "Our own",
    ):  # fmt: skip
        assert theirs in told["en"]
        assert theirs not in told["de"]
    for ours in ("Anspannung", "Einfügen", "Das Gefühl benennen", "Begrüßt", "Verbunden"):
        assert ours in told["de"]
        assert ours not in told["en"]
    other = {"level": "critical", "score": 0.9, "trend": "rising"}
    reasons = [{"text": "may take legal steps", "weight": 0.4, "evidence": []}]
    desk.say("late", {"type": "escalation", **other, "reasons": reasons})
    heard = page.locator("[role=alert]")
    expect(heard).to_have_text("Anspannung: Kritisch. may take legal steps")
    expect(heard.locator("[lang=en]")).to_have_text("may take legal steps")


def test_nothing_moves_while_the_agent_types_or_points(desk, panel):
    """New cards wait for a rest, and say so; a call upwards waits for the pointer alone."""
    card = SERVICE.suggestion("s9", "thank", ["Thank you for waiting."], "why", priority=99)
    panel.locator("#reply").press_sequentially("Hello")
    desk.suggest("late", card)
    expect(panel.locator(".fresh")).to_have_text("1 new, when you pause")
    expect(panel.locator(".card.first h3")).to_have_text("Name the feeling")
    expect(panel.locator(".card.first h3")).to_have_text("Say thank you")
    panel.locator(".card.first h3").hover()
    call = SERVICE.suggestion("s8", "escalate-up", ["Call."], "why", kind="alert", priority=100)
    desk.suggest("late", call)
    expect(panel.locator(".fresh")).to_have_text("1 new, when the pointer leaves")
    panel.mouse.move(5, 5)
    panel.locator("#reply").press_sequentially("there")
    expect(panel.locator(".card.first h3")).to_have_text("Hand over upwards")
    panel.locator("#reply").press_sequentially("s")
    desk.suggest("late", {**call, "id": "s7", "technique": "public-care", "priority": 101})
    expect(panel.locator(".card.first h3")).to_have_text("Take the review seriously", timeout=1000)


def test_the_level_interrupts_and_keeps_its_place(desk, panel):
    """A rise to high is told at once and once; where the cards stand does not change."""
    place = panel.locator(".card.first").bounding_box()
    high = {"type": "escalation", **SERVICE.level("late"), "level": "high", "score": 0.7}
    desk.say("late", high)
    expect(panel.locator("[role=alert]")).to_have_text("Tension is High. a promised day has passed")
    expect(panel.locator(".level strong")).to_have_text("High")
    panel.evaluate("panel.root.querySelector('[role=alert]').textContent = ''")
    desk.say("late", {**high, "score": 0.72})
    panel.wait_for_timeout(200)
    expect(panel.locator("[role=alert]")).to_have_text("")
    assert panel.locator(".card.first").bounding_box()["y"] == pytest.approx(place["y"], abs=1)


def test_a_lost_connection_is_told_and_what_was_missed_comes(desk, panel):
    """A break is told in words, work goes on, and what was pressed meanwhile is told after it."""
    panel.mouse.move(5, 5)
    desk.drop()
    expect(panel.locator("p.link")).to_have_text(re.compile("restarts|lost"))
    panel.get_by_role("button", name="Insert: A costume").click()
    expect(panel.locator("#reply")).to_have_value(re.compile("^A costume"))
    desk.away = False
    expect(panel.locator("p.link")).to_have_text("Connected again, nothing missed", timeout=15_000)
    assert until(desk.acted)[0]["action"] == "inserted"
    assert desk.of("subscribe")[-1]["after"] == {"epoch": "e1", "offset": 5}
    expect(panel.locator("p.link")).to_have_text("Connected", timeout=15_000)


def test_a_restarted_service_replaces_the_state(desk, panel):
    """After a restart the state is the service's, and it is said that it is."""
    desk.suggestions["late"] = []
    desk.epoch = "e2"
    desk.drop(4002)
    expect(panel.locator("p.link")).to_have_text("Service restarts, one moment")
    panel.mouse.move(5, 5)
    desk.away = False
    expect(panel.locator("p.link")).to_have_text("Service restarted, up to date", timeout=15_000)
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
    expect(panel.locator("p.link")).to_have_text(re.compile("^Connected"), timeout=15_000)


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
        """() => { panel.conversation = "late"; const start = performance.now();
        return new Promise((done) => queueMicrotask(() => queueMicrotask(() =>
          done([panel.root.querySelector(".level strong").textContent,
            performance.now() - start])))); }"""
    )
    assert switched[0] == "Watch"
    assert switched[1] < 50
    expect(page.locator(".because").first).to_be_visible()
    assert page.evaluate("panel.draft") == "for Hannah"
    assert len(desk.of("subscribe")) == asked


def test_another_chat_calls_by_its_name(desk, open_page):
    """A rise in a chat that is not on the screen is told with its name, and seen in its tab."""
    page = open_page(f"{desk.url}?conversation=late&chats").page
    page.get_by_role("tab", name="Tom").click()
    expect(page.locator(".level strong")).to_have_text("Critical")
    desk.say("late", {"type": "escalation", **SERVICE.level("late"), "level": "high"})
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


def test_what_was_held_back_can_be_asked_for(desk, panel):
    """Each technique stands once, with why it was held back last, the latest first."""
    assert desk.of("held") == []
    panel.get_by_role("button", name="Held back").click()
    lines = panel.locator("[data-group=kept] li")
    expect(lines).to_have_text(["Say thank you: Unsure", "Stay calm: Shown lately"])
    assert desk.of("held")[0]["conversation"] == "late"
    panel.get_by_role("button", name="Held back").click()
    expect(lines).to_have_count(0)


def test_a_card_can_be_called_helpful_or_not(desk, panel):
    """Under why stand two presses; the service and the page are told, and it is said once."""
    panel.get_by_role("button", name="Why?").first.click()
    panel.get_by_role("button", name="Unhelpful").click()
    expect(panel.locator(".because")).to_contain_text("Noted.")
    expect(panel.get_by_role("button", name="Helpful", exact=True)).to_have_count(0)
    told = until(desk.acted)[0]
    assert (told["suggestion"], told["action"]) == ("s1", "unhelpful")
    assert heard(panel, "feedback")[0]["useful"] is False
    expect(panel.locator(".card.first")).to_be_visible()


def test_the_checklist_shows_what_was_done(panel):
    """Opening and closing are a list of moves made and not made, without a score."""
    expect(panel.locator(".checklist")).to_contain_text("3 of 8")
    panel.get_by_role("button", name="Opening and closing").click()
    expect(panel.locator(".checklist li.done")).to_have_count(3)
    expect(panel.locator(".checklist li").last).to_have_text(re.compile(r"Warm goodbye\s+\(open\)"))


def test_the_keyboard_does_it_all(desk, panel):
    """One tab stop; arrows; Enter inserts; Delete dismisses; F6 and Esc go to the reply."""
    panel.locator("#reply").focus()
    panel.keyboard.press("F6")
    assert focused(panel).startswith("Insert: A costume")
    panel.keyboard.press("ArrowRight")
    assert focused(panel).startswith("Copy:")
    panel.keyboard.press("w")
    expect(panel.locator(".because")).to_be_visible()
    panel.keyboard.press("Escape")
    expect(panel.locator(".because")).to_have_count(0)
    panel.keyboard.press("Delete")
    assert focused(panel) == "Does not fit" or focused(panel).startswith("Does")
    panel.keyboard.press("Escape")
    panel.keyboard.press("ArrowDown")
    assert focused(panel) == "Offer a choice"
    panel.keyboard.press("Home")
    assert focused(panel) == "Keyboard shortcuts"
    panel.keyboard.press("Escape")
    assert panel.evaluate("document.activeElement.id") == "reply"
    panel.keyboard.press("F6")
    assert focused(panel) == "Keyboard shortcuts"
    panel.keyboard.press("Tab")
    assert not panel.evaluate("panel.matches(':focus-within')")
    panel.keyboard.press("Shift+Tab")
    assert focused(panel) == "Keyboard shortcuts"
    stops = "panel.root.querySelectorAll('[tabindex=\"0\"]').length"
    assert panel.evaluate(stops) == 1
    panel.keyboard.press("ArrowDown")
    while not focused(panel).startswith("Insert"):
        panel.keyboard.press("ArrowDown")
    panel.keyboard.press("Enter")
    expect(panel.locator("#reply")).to_have_value(re.compile("^A costume"))
    assert panel.evaluate("document.activeElement.id") == "reply"


def test_single_keys_are_letters_in_a_text_field(panel):
    """While a wording is edited a letter is a letter; Esc leaves the field, not the card."""
    panel.evaluate("panel.focus()")
    panel.keyboard.press("e")
    panel.keyboard.type("swcd?")
    expect(panel.locator("chat-assist-panel textarea")).to_have_value(re.compile(r"swcd\?"))
    panel.keyboard.press("Escape")
    assert focused(panel).startswith("Insert")


def test_keys_can_be_changed_and_are_told_to_the_host(panel):
    """The list names every key; pressing one, then another, changes it, or swaps the two."""
    panel.evaluate("panel.focus()")
    panel.keyboard.press("?")
    expect(panel.locator(".help dt")).to_have_count(15)
    panel.get_by_role("button", name="Copy: c").click()
    panel.keyboard.press("e")
    keys = heard(panel, "keys")[-1]["keys"]
    assert (keys["copy"], keys["edit"]) == ("e", "c")
    panel.keyboard.press("Escape")
    expect(panel.locator(".help")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "&lang=de", "&dir=rtl", "&dir=rtl&lang=de&chats"])
def test_nothing_is_cut_off_at_280_pixels_and_twice_the_text(desk, open_page, query):
    """No sideways scrolling at 280 pixels, in either direction, nor with text twice as large."""
    page = open_page(
        f"{desk.url}?only&conversation=late{query}", viewport={"width": 280, "height": 700}
    ).page
    expect(page.locator(".card.first")).to_be_visible()
    page.evaluate("panel.draft = 'Unfortunately we can\\'t send it today. Please calm down.'")
    expect(page.locator(".status")).to_contain_text("2")
    page.evaluate("panel.now()")
    expect(page.locator(".finding")).to_have_count(2)
    assert page.evaluate("panel.scrollWidth <= panel.clientWidth")
    page.evaluate("panel.style.setProperty('--ca-font-size', '28px')")
    page.wait_for_timeout(50)
    assert page.evaluate("panel.scrollWidth <= panel.clientWidth")


def test_german_is_complete(desk, open_page):
    """The German table has every word; what the service says keeps its own language."""
    page = open_page(f"{desk.url}?conversation=late&lang=de&chats").page
    expect(page.locator(".level strong")).to_have_text("Erhöht")
    expect(page.locator("p.link")).to_have_text("Verbunden")
    expect(page.get_by_role("button", name="Einfügen: A costume")).to_be_visible()
    expect(page.locator(".card.first .wording span").first).to_have_attribute("lang", "en")
    mine = """(url) => import(url).then((it) => Object.fromEntries(
        Object.entries(it.default ?? it.en).filter(([part]) => part !== "techniques")
          .map(([part, words]) => [part, Object.keys(words).sort()])))"""
    source = (WIDGET / "src" / "words.en.js").read_text("utf-8")
    german = page.evaluate(mine, "/panel/lang/de.js")
    english = page.evaluate(mine, "/panel/src/words.en.js")
    assert english == german
    assert source.count("{count}") > 0


def test_the_policy_is_kept_and_nothing_is_stored(desk, panel):
    """Without inline styles or scripts, with Trusted Types, nothing is reported or kept."""
    panel.get_by_role("button", name="Why?").first.click()
    panel.mouse.move(5, 5)
    panel.locator("#reply").fill(DRAFT)
    expect(panel.locator(".finding")).to_be_visible()
    assert panel.evaluate("window.violations") == []
    assert panel.evaluate("panel.root.querySelectorAll('[style]').length") == 0
    assert panel.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_built_file_is_small():
    """The one file is at most 20 KB gzip."""
    import gzip

    assert len(gzip.compress((WIDGET / "chat-assist-panel.js").read_bytes(), 9)) <= 20 * 1024


def test_every_tip_is_called_what_the_catalogue_calls_it(desk, panel):
    """The panel has no names of its own in English: card, remark and held-back line show ours."""
    for place, (technique, name) in enumerate(TECHNIQUES.items()):
        card = SERVICE.suggestion(f"n{place}", technique, ["So."], "why", priority=100 + place)
        desk.suggest("late", card)
        expect(panel.locator(".card.first h3")).to_have_text(name)
    told = "(url) => import(url).then(({ en }) => Object.keys(en.techniques))"
    own = panel.evaluate(told, "/panel/src/words.en.js")
    assert own
    assert [key for key in own if not key.startswith("held.")] == []
