"""What the panel says of a draft, and in which language."""

import panel_service
from panel_hands import DRAFT
from playwright.sync_api import expect


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
    own = panel_service.suggestion("s8", "our-own", ["So."], "why", priority=99)
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
