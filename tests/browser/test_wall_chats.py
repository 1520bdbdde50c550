"""What the wall says of a chat: whose it is, how long it waits, which alert nobody has seen."""

from datetime import UTC, datetime, timedelta

from on_wall import entered
from playwright.sync_api import expect
from wall_service import alert, chats, running


def test_a_wall_opened_late_shows_what_nobody_has_seen(open_page):
    """A chat that is calm again but whose alert nobody has seen still needs a look."""
    state = {**chats()["returns-19"], "alerts": [alert("calm-now", "high")]}
    calm = {"level": "calm", "score": 0.06, "trend": "falling", "reasons": []}
    with running(chats={"calm-now": {**state, "escalation": calm}}) as desk:
        page = entered(open_page, desk)
        expect(page.locator(".chat")).to_contain_text("Calm")
        expect(page.get_by_role("button", name="Acknowledge: calm-now")).to_be_visible()
        page.context.close()


def test_the_customers_own_wait_is_shown_and_ends_with_the_answer(open_page):
    """By the chat's times: unanswered for so long, and nothing once somebody answered."""
    asked = (datetime.now(UTC) - timedelta(minutes=12, seconds=5)).isoformat()
    state = {**chats()["order-48213"], "waiting_since": asked}
    with running(chats={"late": state, "met": chats()["returns-19"]}) as desk:
        page = entered(open_page, desk)
        wait = page.locator(".chat .wait")
        expect(wait).to_have_text(["Unanswered 12 min", ""])
        heights = page.locator(".chat").evaluate_all("all => all.map((one) => one.offsetHeight)")
        assert len(set(heights)) == 1
        seen = "one => one.scrollWidth <= one.clientWidth"
        assert wait.first.evaluate(seen)
        desk.say("late", {"type": "escalation", **state["escalation"]})
        expect(wait).to_have_text(["", ""])
        page.context.close()


def test_the_same_alert_of_two_chats_is_acknowledged_in_each(open_page):
    """Alerts are named within their chat: one chat's press leaves the others to be pressed."""
    raised = {**alert("any", "high"), "id": "high:1"}
    tense = {**chats()["order-48213"], "alerts": [raised]}
    with running(chats={"one": tense, "other": dict(tense)}) as desk:
        page = entered(open_page, desk)
        for name in ("one", "other"):
            button = page.get_by_role("button", name=f"Acknowledge: {name}")
            expect(button).to_have_text("Acknowledge")
            button.click()
            expect(button).to_have_count(0)
        expect(page.locator(".tally")).to_contain_text("Every alert was seen")
        assert [(one["conversation"], one["alert"]) for one in desk.of("acknowledge")] == [
            ("one", "high:1"),
            ("other", "high:1"),
        ]
        page.context.close()


def test_a_chat_is_headed_by_the_customers_name_where_it_is_known(open_page):
    """Name first, the chat's id small beside it; without a name the id alone."""
    known = {**chats()["order-48213"], "customer": "Hannah Weiß"}
    with running(chats={"order-48213": known, "returns-19": chats()["returns-19"]}) as desk:
        page = entered(open_page, desk)
        expect(page.locator(".chat h2")).to_have_text(["Hannah Weiß order-48213", "returns-19"])
        small = "one => getComputedStyle(one).fontSize < getComputedStyle(one.parentNode).fontSize"
        assert page.locator(".chat h2 .id").evaluate(small)
        desk.chats["late"] = {"alerts": [], "customer": "Tom"}
        desk.rise("late", "critical")
        expect(page.locator("[role=alert]")).to_contain_text("Critical: Tom. may take legal steps")
        expect(page.locator(".chat h2").first).to_have_text("Tom late")
        page.get_by_role("button", name="Hand-over: Hannah Weiß, order-48213").click()
        expect(page.locator(".record h2")).to_have_text("Hannah Weiß order-48213")
        page.context.close()


def test_a_closed_chat_stays_only_until_its_alert_is_seen(open_page):
    """Closed, a tense chat leaves; one with an alert that nobody saw says so, and then leaves."""
    seen = {**chats()["order-48213"], "closed": True}
    unseen = {**chats()["billing-7"], "closed": True}
    with running(chats={"order-48213": seen, "billing-7": unseen}) as desk:
        page = entered(open_page, desk)
        expect(page.locator(".chat h2")).to_have_text(["billing-7"])
        expect(page.locator(".chat .wait")).to_have_text("This chat is closed.")
        page.get_by_role("button", name="Acknowledge: billing-7").click()
        page.mouse.move(2, 2)
        expect(page.locator(".blank")).to_contain_text("Nothing needs a look right now.")
        page.context.close()
