"""The JavaScript client in a real page, against a server that plays the service by script."""

import json
import re
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from websockets.sync.server import serve

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "assist/widget/client/assist-client.js"
GUIDE = (ROOT / "docs/howto/connect.md").read_text("utf-8")
GOLDEN = ROOT / "tests/golden"


def golden(name, **changed):
    return {**json.loads((GOLDEN / f"{name}.json").read_text("utf-8")), **changed}


def event(offset):
    return golden("ledger", conversation="c", position={"epoch": "e", "offset": offset})


class Server:
    """Each connection is played by the next script; the last one goes on."""

    def __init__(self, *scripts):
        self.scripts = [*scripts]
        self.heard = []
        self.hellos = []

    def attend(self, socket):
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        for frame in socket:
            asked = json.loads(frame)
            if asked["type"] == "hello":
                self.hellos.append(asked)
                socket.send(json.dumps(golden("welcome", re=asked["id"])))
            else:
                self.heard.append(asked)
                script(socket, asked)

    @contextmanager
    def running(self):
        with serve(self.attend, "127.0.0.1", 0, subprotocols=["assist.v1"]) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/v1"
            server.shutdown()
            thread.join()


def say(socket, message):
    socket.send(json.dumps(message))


def acknowledging(socket, asked):
    position = {"epoch": "e", "offset": 1}
    say(socket, {"type": "ack", "re": asked["id"], "conversation": "c", "position": position})


def closing(code):
    return lambda socket, asked: socket.close(code)


def following(*events, recovered=False, then=None):
    def script(socket, asked):
        if asked["type"] != "subscribe":
            acknowledging(socket, asked)
            return
        place = asked["after"] if recovered else {"epoch": "e", "offset": 0}
        told = golden("snapshot", re=asked["id"], conversation="c", position=place)
        say(socket, {**told, "recovered": recovered})
        for one in events:
            say(socket, one)
        if then is not None:
            then(socket, asked)

    return script


@pytest.fixture(scope="module")
def page(browser: Browser):
    """A page with the client, which waits no time between tries but keeps for how long it would."""
    page = browser.new_page()
    page.route(
        "http://127.0.0.1:9/**",
        lambda route: route.fulfill(
            body=CLIENT.read_text("utf-8") if route.request.url.endswith(".js") else "<p>",
            content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
        ),
    )
    page.goto("http://127.0.0.1:9/")
    page.evaluate(
        """async () => {
            window.it = await import("/assist-client.js");
            window.naps = [];
            const sleep = async (ms) => void window.naps.push(ms);
            window.client = (url, more) => {
                window.naps.length = 0;
                return new window.it.AssistClient(url, { role: "agent", sleep, ...more });
            };
            window.turn = (n) => ({ id: `t${n}`, role: "customer", text: "Hi",
                at: "2026-03-02T12:00:00Z" });
        }"""
    )
    yield page
    page.close()


def run(page, url, body):
    """Return what a body of JavaScript gives that has the address as `url`."""
    return page.evaluate(f"async (url) => {{ {body} }}", url)


@pytest.mark.parametrize("code", [4002, 4001, 1011])
def test_what_was_not_answered_is_asked_again_after_a_break(page, code):
    """The caller only waits; the same turn id makes it once."""
    server = Server(closing(code), acknowledging)
    with server.running() as url:
        told = run(
            page,
            url,
            """const it = client(url, { role: "platform" });
            const ack = await it.turn("c", turn(1));
            it.end();
            return [ack.type, naps.length];""",
        )
    assert told == ["ack", 1]
    assert [asked["turn"]["id"] for asked in server.heard] == ["t1", "t1"]


def test_every_method_says_its_message(page):
    """As the schema of the protocol has it."""
    from assist.wire.messages import parse

    server = Server(acknowledging)
    with server.running() as url:
        run(
            page,
            url,
            """const it = client(url, { agent: "ana", token: () => "a.b.c" });
            await it.openConversation("c", { channel: "web" });
            await it.turn("c", turn(1));
            await it.edit("c", "t1", "Hello");
            await it.redact("c", "t1");
            await it.assign("c", null);
            it.typing("c", "customer", true);
            await it.draft("c", 1, "We can't");
            await it.feedback("c", "s", "dismissed", { reason: "no" });
            await it.snooze("c", "*", true);
            await it.prefer({ fewer: true });
            await it.heldBack("c");
            await it.summarise("c");
            await it.acknowledge("c", "a");
            await it.closeConversation("c", "solved");
            it.end();""",
        )
    for asked in [*server.hellos, *server.heard]:
        parse(json.dumps(asked))
    assert [asked["type"] for asked in server.heard] == [
        "open",
        "turn",
        "edit",
        "redact",
        "assign",
        "typing",
        "draft",
        "feedback",
        "snooze",
        "prefer",
        "held",
        "summarise",
        "acknowledge",
        "close",
    ]
    assert (server.hellos[0]["agent"], server.hellos[0]["token"]) == ("ana", "a.b.c")


def test_a_refusal_is_raised_with_its_code(page):
    """The end of a connection for good is told to whoever waits, and to whoever asks later."""

    def refusing(socket, asked):
        if asked["type"] == "assign":
            socket.close(4102, "not for you")
        else:
            say(socket, golden("error", re=asked["id"], code="message.too-long", retry=False))

    with Server(refusing).running() as url:
        told = run(
            page,
            url,
            """const it = client(url, { role: "platform" });
            const codes = [];
            const ask = (asked) => asked.catch((error) => codes.push(error.code, error.close));
            await ask(it.turn("c", turn(1)));
            await ask(it.assign("c", null));
            await ask(it.turn("c", turn(2)));
            await ask(it.ready());
            return [codes, naps.length];""",
        )
    assert told == [["message.too-long", None, *["connection.closed", 4102] * 3], 0]


def test_a_token_that_ran_out_is_asked_for_anew(page):
    """A function is asked before each connection."""
    server = Server(closing(4101), acknowledging)
    with server.running() as url:
        run(
            page,
            url,
            """let n = 0;
            const it = client(url, { role: "platform", token: async () => `t${++n}` });
            await it.turn("c", turn(1));
            it.end();""",
        )
    assert [hello["token"] for hello in server.hellos] == ["t1", "t2"]


def test_only_so_many_questions_are_out_at_once(page):
    """The rest wait for answers; where none comes, nothing more is sent."""
    held = []

    def late(socket, asked):
        held.append(asked)
        if len(held) >= 64:
            acknowledging(socket, held.pop(0))

    server = Server(late)
    with server.running() as url:
        done = run(
            page,
            url,
            """const it = client(url, { role: "platform" });
            let done = 0;
            const say = (n) => it.turn("c", turn(n)).then(() => (done += 1), () => {});
            for (let n = 0; n < 200; n += 1) say(n);
            while (done < 137) await new Promise((over) => setTimeout(over, 5));
            it.end();
            return done;""",
        )
    assert done == 137
    assert len(server.heard) == 200


COLLECT = """const it = client(url);
    const seen = [];
    for await (const one of it.follow("c")) {
        seen.push([one.type, one.position.offset]);
        if (seen.length === COUNT) break;
    }
    await it.assign("c", null).catch(() => {});
    it.end();
    return seen;"""


def test_a_chat_is_followed_across_a_break_without_a_gap_or_a_repeat(page):
    """It resumes at the last position; only the first snapshot is told."""
    server = Server(
        following(event(1), event(2), then=closing(4001)),
        following(event(2), event(3), event(4), recovered=True),
    )
    with server.running() as url:
        seen = run(page, url, COLLECT.replace("COUNT", "5"))
    assert seen == [["snapshot", 0], *(["ledger", n] for n in (1, 2, 3, 4))]
    assert server.heard[1]["after"] == {"epoch": "e", "offset": 2}
    assert "unsubscribe" in [asked["type"] for asked in server.heard]


def test_where_events_cannot_be_had_again_there_is_a_new_snapshot(page):
    """And it goes on from there."""
    server = Server(following(event(1), then=closing(4002)), following(event(1)))
    with server.running() as url:
        seen = run(page, url, COLLECT.replace("COUNT", "4"))
    assert [kind for kind, _ in seen] == ["snapshot", "ledger", "snapshot", "ledger"]


def test_a_follower_that_does_not_read_gets_everything_all_the_same(page):
    """What is beyond its bound is dropped and had again from where it was."""

    def script(socket, asked):
        if asked["type"] != "subscribe":
            acknowledging(socket, asked)
            return
        after = asked.get("after", {"offset": 0})["offset"]
        place = {"epoch": "e", "offset": after}
        told = golden("snapshot", re=asked["id"], conversation="c", position=place)
        say(socket, {**told, "recovered": True})
        for number in range(after + 1, 1301):
            say(socket, event(number))

    server = Server(script)
    with server.running() as url:
        seen = run(
            page,
            url,
            """const it = client(url);
            const events = it.follow("c");
            await events.next();
            await it.ask({ type: "unsubscribe", conversation: "other" });
            const seen = [];
            while (seen.length < 1300) seen.push((await events.next()).value.position.offset);
            it.end();
            return seen;""",
        )
    assert seen == [*range(1, 1301)]
    assert len([asked for asked in server.heard if asked["type"] == "subscribe"]) == 2


def test_waits_double_to_half_a_minute_and_are_spread(page):
    """And the codes that come back are those of the protocol."""
    from assist.wire.closing import comes_back

    waits = page.evaluate("[0, 1, 2, 6, 500].map((n) => it.waitBefore(n, 1))")
    assert waits == [500, 1000, 2000, 30000, 30000]
    codes = [*range(1000, 1016), *range(4000, 4200)]
    assert page.evaluate("(codes) => codes.map(it.comesBack)", codes) == [*map(comes_back, codes)]


def test_the_example_of_the_guide_runs(page):
    """It shows the suggestion and the level, and ends with the summary."""
    (example,) = re.findall(r"^```js\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    told = [
        golden("suggestion", conversation="c", position={"epoch": "e", "offset": 1}),
        golden("escalation", conversation="c", position={"epoch": "e", "offset": 2}),
        golden("summary", conversation="c", position={"epoch": "e", "offset": 3}),
    ]
    for one in told:
        one["conversation"] = "chat-1"
        one.pop("re", None)
    with Server(following(*told)).running() as url:
        shown = page.evaluate(
            """async ([source, url]) => {
                const blob = new Blob([source], { type: "text/javascript" });
                const { agent } = await import(URL.createObjectURL(blob));
                const shown = [];
                await agent(url, (line) => shown.push(line));
                return shown;
            }""",
            [example.replace("./assist-client.js", "http://127.0.0.1:9/assist-client.js"), url],
        )
    assert shown == [told[0]["suggestion"]["lines"][0], told[1]["level"]]
