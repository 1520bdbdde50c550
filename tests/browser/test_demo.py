"""The demo page, driven in a real Chromium against a stand-in for the service.

The same page against the real service belongs in `test_demo_live.py`; `open_page` serves both.
"""

import re

import pytest
from playwright.sync_api import Page, expect

ATTACK = '<img src=x onerror="window.hurt=1">"><script>window.hurt=1</script>'
LATE = "?sample=late&speed=8"


@pytest.fixture
def late(fake, open_page) -> Page:
    """The page with the first sample played to its end, and a suggestion standing."""
    page = open_page(fake.url + LATE).page
    expect(page.locator("#progress")).to_have_text("The end")
    expect(page.locator(".card.primary h3")).to_have_text("Name the feeling")
    return page


def in_page(page: Page, module: str, expression: str):
    """Return what an expression over one of the page's modules gives."""
    return page.evaluate(f"import('/demo/{module}').then((it) => {expression})")


def test_a_sample_plays_to_its_end(late, fake):
    """Opening the page plays the chat: every turn is sent, and shown in order with its own time."""
    texts = late.locator(".turn .text").all_inner_texts()
    assert texts == [turn["turn"]["text"] for turn in fake.of("turn")][:4]
    expect(late.locator(".turn.bot .name")).to_have_text("Bot")
    expect(late.locator(".turn.customer .name").first).to_have_text("Hannah")
    expect(late.locator(".turn time").first).to_have_text("10:31")
    expect(late.locator(".aside")).to_have_text("Hannah sent a photo.")


def test_what_goes_out_is_the_protocol(late, fake):
    """Two clients greet by role, the chat is opened before its turns, its times are kept."""
    assert sorted(hello["role"] for hello in fake.of("hello")) == ["agent", "platform"]
    (opened,) = fake.of("open")
    assert opened["customer"] == {"name": "Hannah"}
    assert fake.heard.index(opened) < fake.heard.index(fake.of("turn")[0])
    assert fake.of("turn")[0]["turn"]["at"] == "2026-03-02T10:31:01Z"
    assert {"on": True, "role": "customer"}.items() <= fake.of("typing")[0].items()
    assert [one["conversation"] for one in fake.of("subscribe")] == [opened["conversation"]]
    assert {"suggestion": "s1", "action": "shown"}.items() <= fake.of("feedback")[0].items()


def test_the_sidebar_says_level_reasons_and_promises_in_words(late):
    """Level, trend, odds, weights and promises are words, not colours alone."""
    expect(late.locator("#level")).to_have_text("Watch↗ rising")
    expect(late.locator("#odds")).to_contain_text("42")
    expect(late.locator("#reasons li").first).to_contain_text("a promised day has passed+24")
    expect(late.locator("#reasons li").nth(2)).to_contain_text("−4")
    expect(late.get_by_role("img")).to_have_attribute("aria-label", re.compile("2 messages"))
    expect(late.locator("#ledger")).to_contain_text("Agent · by 11:00 · open")


def test_the_first_suggestion_marks_the_words_that_caused_it(late):
    """The words are marked in their bubble, to the character, although an emoji comes before."""
    expect(late.locator(".turn mark")).to_have_text("meant to be here THURSDAY")
    expect(late.locator(".card.primary .quote")).to_have_text("“meant to be here THURSDAY”")


def test_pointing_at_another_suggestion_marks_its_words_instead(late):
    """Pointer and keyboard focus both move the marks, and leaving puts the first ones back."""
    late.locator("details.card summary").hover()
    expect(late.locator(".turn mark.strong")).to_have_text("tomorrow")
    late.mouse.move(10, 10)
    expect(late.locator(".turn mark.soft")).to_have_text("meant to be here THURSDAY")
    late.locator("#reasons button").nth(1).focus()
    expect(late.locator(".turn mark.strong")).to_have_text("THURSDAY")


def test_insert_puts_the_line_into_the_reply_and_says_so(late, fake):
    """Insert never sends; it says so, selects the open slot, and tells the service."""
    expect(late.locator(".card.primary .slot")).to_have_text("[time]")
    late.get_by_role("button", name="Insert: A costume").click()
    expect(late.locator("#draft")).to_have_value(re.compile("^A costume that misses"))
    expect(late.get_by_role("status").filter(has_text="Inserted, not sent.")).to_be_visible()
    late.keyboard.type("4 pm")
    expect(late.locator("#draft")).to_have_value(re.compile("know more by 4 pm today"))
    expect(late.locator("#tension")).to_have_text("If sent: 42 → 36, calmer")
    assert [one["action"] for one in fake.of("feedback")][-1] == "inserted"
    assert len(fake.of("turn")) == 5


def test_an_open_slot_is_not_sent(late, fake):
    """A reply that still holds an open slot stays, with words that say why."""
    late.get_by_role("button", name="Insert: A costume").click()
    late.get_by_role("button", name="Send").click()
    expect(late.locator("#note")).to_have_text("Not sent. Fill in [time] first.")
    assert len(fake.of("turn")) == 5


def test_a_draft_is_checked_reworded_and_put_back(late):
    """The check names the words and the reason; one press rewords, one press undoes."""
    draft = "😀 Unfortunately we can't ship today."
    late.locator("#draft").fill(draft)
    finding = late.locator(".finding")
    expect(finding.locator("h3")).to_have_text("Say what can be doneUnfortunately")
    expect(finding).to_contain_text("People hear the no and stop reading.")
    expect(late.locator("#mirror mark")).to_have_text("Unfortunately")
    expect(late.locator("#tension")).to_have_text("If sent: 42 → 55, tenser")
    finding.get_by_role("button").click()
    expect(late.locator("#draft")).to_have_value("😀 [time] is when I can ship today.")
    selected = late.locator("#draft").evaluate(
        "(it) => it.value.slice(it.selectionStart, it.selectionEnd)"
    )
    assert selected == "[time]"
    late.get_by_role("button", name="Undo").click()
    expect(late.locator("#draft")).to_have_value(draft)


def test_typing_sends_few_drafts_with_rising_revisions(late, fake):
    """Letters typed in one go become one draft, not one each."""
    late.locator("#draft").press_sequentially("We will see about that", delay=10)
    expect(late.locator("#findings")).to_have_text("Nothing to change.")
    late.locator("#draft").press_sequentially(" now", delay=10)
    expect(late.locator("#findings")).to_have_text("Nothing to change.")
    late.wait_for_timeout(300)
    revisions = [draft["revision"] for draft in fake.of("draft")]
    assert revisions == sorted(set(revisions))
    assert 2 <= len(revisions) <= 6


def test_send_speaks_as_the_agent_after_the_last_turn(late, fake):
    """A sent reply joins the chat as the visitor's, twenty seconds after the last turn."""
    late.locator("#draft").fill("I am on it.")
    late.locator("#draft").press("Enter")
    expect(late.locator(".turn.yours .text")).to_have_text("I am on it.")
    expect(late.locator(".turn.yours .name")).to_have_text("You")
    expect(late.locator("#draft")).to_have_value("")
    late.wait_for_timeout(100)
    sent = fake.of("turn")[-1]["turn"]
    assert sent["role"] == "agent"
    assert sent["at"] == "2026-03-02T10:31:25Z"


def test_writing_pauses_the_play(fake, open_page):
    """The chat waits while the visitor writes, and goes on after their turn in time."""
    page = open_page(fake.url + "?sample=late&speed=1").page
    expect(page.locator(".turn")).to_have_count(1)
    page.locator("#draft").fill("Hello Hannah.")
    expect(page.locator("#play")).to_have_text("Play")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("8×").click()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#progress")).to_have_text("The end")
    times = [turn["turn"]["at"] for turn in fake.of("turn")]
    assert times == sorted(times)


def test_restart_begins_a_fresh_conversation(late, fake):
    """Restart leaves the old conversation, empties the page and opens a new one."""
    late.get_by_role("button", name="Restart").click()
    expect(late.locator("#turns li")).to_have_count(0)
    expect(late.locator(".turn")).to_have_count(4)
    names = [opened["conversation"] for opened in fake.of("open")]
    assert len(set(names)) == 2
    assert fake.of("close")[0]["conversation"] == names[0]
    assert fake.of("unsubscribe")[0]["conversation"] == names[0]


def test_advice_stands_still_under_the_pointer(late, fake):
    """What comes while the pointer is on the advice waits until it leaves; the level does not."""
    late.locator(".card.primary h3").hover()
    conversation = fake.of("open")[0]["conversation"]
    level = {"level": "high", "score": 0.7, "trend": "rising", "reasons": []}
    fake.say(conversation, {"type": "escalation", **level})
    fake.say(conversation, {"type": "retract", "suggestion": "s1", "reason": "moved-on"})
    expect(late.locator("#level strong")).to_have_text("High")
    expect(late.locator("#held")).to_have_text("New advice, once the pointer leaves")
    expect(late.locator(".card.primary h3")).to_have_text("Name the feeling")
    late.mouse.move(10, 10)
    expect(late.locator(".card.primary h3")).to_have_text("Let them choose")


def test_hostile_words_stay_words(fake, open_page):
    """Markup in names, bubbles, reasons, suggestions, slots and promises is shown as typed."""
    page = open_page(fake.url + "?sample=hostile&speed=8").page
    expect(page.locator("#progress")).to_have_text("The end")
    for place in (
        ".turn.customer .text", ".turn.customer .name", ".turn.agent .text", ".aside",
        ".reason-text", ".card .line", "#ledger .what",
    ):  # fmt: skip
        expect(page.locator(place).first).to_have_text(ATTACK)
    expect(page.locator(".card .why")).to_have_text(f"Why {ATTACK}")
    assert page.evaluate("window.hurt") is None
    assert page.locator("main img, main script").count() == 0


def test_a_lost_connection_is_told_and_comes_back(late, fake):
    """A break is told in words; after it nothing is lost and listening goes on where it stopped."""
    fake.silent = True
    fake.drop()
    words = late.locator("#connection-words")
    expect(words).to_have_text("Connection lost. Trying again.")
    expect(late.get_by_role("button", name="Send")).to_be_disabled()
    fake.away = False
    expect(words).to_have_text("Connected", timeout=15_000)
    last = fake.of("subscribe")[-1]
    assert last["after"] == {"epoch": "e", "offset": fake.offset}
    late.locator("#draft").fill("Back again.")
    expect(late.locator("#findings")).to_have_text("Nothing to change.")


def test_a_service_that_never_answers_is_told(fake, open_page):
    """Before the first welcome the page waits, says so, and plays nothing."""
    fake.away = True
    page = open_page(fake.url + LATE).page
    expect(page.locator("#connection-words")).to_have_text(re.compile("No answer"))
    expect(page.locator("#blank")).to_have_text("Waiting for the service…")
    fake.away = False
    expect(page.locator(".turn").first).to_be_visible(timeout=15_000)


def test_a_refusal_is_shown(late, fake):
    """An error of the service is shown in its own words, and the page goes on."""
    fault = {"code": "draft.too-long", "message": "Too long.", "retry": False}
    fake.say(fake.of("open")[0]["conversation"], {"type": "error", **fault})
    expect(late.locator("#connection-words")).to_have_text("Connected, but: Too long.")


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (900, "dark"), (1280, "light")]
)
def test_nothing_is_cut_off_and_all_text_is_readable(fake, open_page, width, scheme):
    """No sideways scrolling, and every text stands 4.5 : 1 or more against what is behind it."""
    size = {"width": width, "height": 844}
    page = open_page(fake.url + LATE, viewport=size, color_scheme=scheme).page
    expect(page.locator("#progress")).to_have_text("The end")
    page.locator("#draft").fill("Unfortunately we can't ship today.")
    expect(page.locator(".finding")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(FAINT) == []


def test_the_keyboard_reaches_everything_that_can_be_pressed(late):
    """Going on with Tab from the top visits the player, the reply, the reasons and the advice."""
    reached = set()
    for _ in range(40):
        late.keyboard.press("Tab")
        reached.add(late.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert {"samples", "restart", "draft", "Insert", "Copy", "Raw events"} <= reached


def test_raw_events_are_shown_on_demand(late):
    """The events are there as they came, newest first, once somebody opens them."""
    late.locator("#raw summary").click()
    late.mouse.move(10, 10)
    expect(late.locator("#events li").first).to_contain_text('"type":"')
    assert late.locator("#events li").count() >= 6


def test_offsets_are_code_points(modules):
    """A span after an emoji and a flag covers the same words as in Python."""
    text = "🦖🇬🇧 was due Monday"
    span = [text.index("due"), text.index("Monday")]
    pieces = in_page(modules, "text.js", f"it.pieces('{text}', [{{span: {span}}}])")
    assert [piece["text"] for piece in pieces] == ["🦖🇬🇧 was ", "due ", "Monday"]
    units = in_page(modules, "text.js", f"it.units('{text}', {span})")
    assert units == [span[0] + 3, span[1] + 3]


def test_overlapping_marks_lose_no_letter(modules):
    """Marks may overlap, lie outside, or be empty; the text stays whole."""
    marks = "[{span: [0, 5]}, {span: [3, 9]}, {span: [20, 30]}, {span: [2, 2]}]"
    pieces = in_page(modules, "text.js", f"it.pieces('late again', {marks})")
    assert "".join(piece["text"] for piece in pieces) == "late again"


def test_events_of_another_conversation_or_already_seen_change_nothing(modules):
    """An event is taken once, and only for the conversation on the screen."""
    same = in_page(
        modules,
        "state.js",
        """(() => {
            const began = it.reduce(it.START, {type: 'here.began', conversation: 'a'});
            const event = (conversation, offset) => ({
                type: 'ledger', conversation, position: {epoch: 'e', offset}, entries: [offset],
            });
            const one = it.reduce(began, event('a', 2));
            const next = (event) => it.reduce(one, event);
            return [next(event('b', 3)) === one, next(event('a', 2)) === one,
                next(event('a', 3)).ledger[0], next({type: 'toString'}) === one];
        })()""",
    )
    assert same == [True, True, 3, True]


def test_waiting_for_the_service_grows_and_ends_where_it_must(modules):
    """Tries come back ever slower up to a bound; after 4100–4199 never."""
    tries = "[[0, 4002], [1, 4002], [9, 4002], [0, 4101]]"
    waits = in_page(modules, "link.js", f"{tries}.map((one) => it.waitBefore(...one))")
    assert waits == [500, 1000, 8000, None]


def test_times_keep_the_zone_of_the_chat(modules):
    """A later time is written in the zone of the time it follows."""
    at = in_page(modules, "times.js", "it.later('2026-03-02T23:59:50+02:00', 20)")
    assert at == "2026-03-03T00:00:10+02:00"


# Every text node that can be seen, with its contrast against the nearest painted background.
FAINT = """() => {
  const parse = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return parts.length > 3 ? parts : [...parts, 1];
  };
  const light = ([r, g, b]) => {
    const part = (one) => ((one /= 255) <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const seen = walk.currentNode.data.trim() && element.checkVisibility({ opacityProperty: true });
    if (!seen || element.closest('.unseen, .mirror, button:disabled, option, svg')) continue;
    const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    const words = `${ratio.toFixed(2)} ${element.className} ${walk.currentNode.data}`;
    if (ratio < 4.5) faint.push(words);
  }
  return faint;
}"""
