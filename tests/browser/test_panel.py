"""The panel, driven in Chromium against a stand-in for the service, under its strictest policy."""

import re

import panel_service
import pytest
from panel_hands import heard
from playwright.sync_api import expect
from waiting import until

from assist.core.techniques import TECHNIQUES


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
    desk.suggest("late", panel_service.suggestion("s4", "thank", ["Thank you."], "why", priority=1))
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
    text = panel_service.TURNS["late"][0][1]
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


def test_nothing_moves_while_the_agent_types_or_points(desk, panel):
    """New cards wait for a rest, and say so; a call upwards waits for the pointer alone."""
    card = panel_service.suggestion("s9", "thank", ["Thank you for waiting."], "why", priority=99)
    panel.locator("#reply").press_sequentially("Hello")
    desk.suggest("late", card)
    expect(panel.locator(".fresh")).to_have_text("1 new, when you pause")
    expect(panel.locator(".card.first h3")).to_have_text("Name the feeling")
    expect(panel.locator(".card.first h3")).to_have_text("Say thank you")
    panel.locator(".card.first h3").hover()
    call = panel_service.suggestion(
        "s8", "escalate-up", ["Call."], "why", kind="alert", priority=100
    )
    desk.suggest("late", call)
    expect(panel.locator(".fresh")).to_have_text("1 new, when the pointer leaves")
    panel.mouse.move(5, 5)
    panel.locator("#reply").press_sequentially("there")
    expect(panel.locator(".card.first h3")).to_have_text("Hand over upwards")
    panel.locator("#reply").press_sequentially("s")
    desk.suggest("late", {**call, "id": "s7", "technique": "public-care", "priority": 101})

    def shown_while_typing():
        panel.locator("#reply").press("s")
        return panel.locator(".card.first h3").inner_text() == "Take the review seriously"

    until(shown_while_typing)


def test_the_level_interrupts_and_keeps_its_place(desk, panel):
    """A rise to high is told at once and once; where the cards stand does not change."""
    place = panel.locator(".card.first").bounding_box()
    high = {"type": "escalation", **panel_service.level("late"), "level": "high", "score": 0.7}
    desk.say("late", high)
    expect(panel.locator("[role=alert]")).to_have_text("Tension is High. a promised day has passed")
    expect(panel.locator(".level strong")).to_have_text("High")
    panel.evaluate("panel.root.querySelector('[role=alert]').textContent = ''")
    desk.say("late", {**high, "score": 0.72})
    panel.wait_for_timeout(200)
    expect(panel.locator("[role=alert]")).to_have_text("")
    assert panel.locator(".card.first").bounding_box()["y"] == pytest.approx(place["y"], abs=1)


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


def test_every_tip_is_called_what_the_catalogue_calls_it(desk, panel):
    """The panel has no names of its own in English: card, remark and held-back line show ours."""
    for place, (technique, name) in enumerate(TECHNIQUES.items()):
        card = panel_service.suggestion(
            f"n{place}", technique, ["So."], "why", priority=100 + place
        )
        desk.suggest("late", card)
        expect(panel.locator(".card.first h3")).to_have_text(name)
    told = "(url) => import(url).then(({ en }) => Object.keys(en.techniques))"
    own = panel.evaluate(told, "/panel/src/words.en.js")
    assert own
    assert [key for key in own if not key.startswith("held.")] == []
