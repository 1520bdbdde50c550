"""Private notes in Chatwoot: only where they were asked for, private, once, and never elsewhere."""

import asyncio
import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assist.client import SentTurn, connect, lasting
from assist.connectors.chatwoot_notes import Notes, Notice, note_of, posting
from assist.core.escalation import Level, Reason
from assist.core.suggestions import Kind, Suggestion
from assist.core.turns import Role
from assist.errors import ClientFault, UsageError
from assist.line import load_line
from assist.service.server import Service
from assist.settings import Settings
from assist.wire.messages import AlertMessage, Position, Snapshot, Subscribe

TOKEN = "the-token-of-a-bot"


def alert(conversation="chatwoot:1:42", name="a1", reasons=()):
    """Return an alert."""
    return AlertMessage(
        conversation=conversation,
        position=Position(epoch="e", offset=1),
        turn="t1",
        version="v",
        alert=name,
        level=Level.HIGH,
        reasons=tuple(Reason(text=text, weight=weight) for text, weight in reasons),
    )


def suggestion(line, priority=50):
    """Return a suggestion of one line."""
    return Suggestion(
        id=f"s{priority}", technique="acknowledge", rule="r", kind=Kind.REPLY, lines=(line,),
        why="w", evidence=(), priority=priority, expires_after_turn=2,
    )  # fmt: skip


class Client:
    """A service that has these suggestions in every chat."""

    def __init__(self, *suggestions, fault=None):
        self.suggestions = suggestions
        self.fault = fault
        self.left = []

    async def ask(self, message, kind):
        """Answer with a snapshot."""
        del message
        if self.fault is not None:
            raise self.fault
        return kind.model_construct(suggestions=self.suggestions)

    async def unsubscribe(self, conversation):
        """Note what is not followed any more."""
        self.left.append(conversation)


async def stream(*events):
    """Yield these events."""
    for event in events:
        yield event


@contextmanager
def chatwoot(status=200, headers=()):
    """Run a Chatwoot that answers so; yield its address and what it got."""
    got = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            got.append((self.path, self.headers["api_access_token"], body))
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", got
        finally:
            server.shutdown()
            thread.join()


async def test_a_note_is_private():
    """The note goes to the conversation's messages, private, with the token in its header."""
    with chatwoot() as (base, got):
        await posting(base + "/", "1", TOKEN)("42", "Assist: tense.")
    path = "/api/v1/accounts/1/conversations/42/messages"
    body = {"content": "Assist: tense.", "private": True, "message_type": "outgoing"}
    assert got == [(path, TOKEN, body)]


async def test_no_redirect_is_followed():
    """The token never goes to another place than the one that was named."""
    with chatwoot() as (other, got), chatwoot(302, [("location", other)]) as (base, _):
        with pytest.raises(Notice, match="302"):
            await posting(base, "1", TOKEN)("42", "note")
        assert got == []


@pytest.mark.parametrize("conversation", ["../../x", "", "4 2", "٤٢", "42/../43"])
async def test_only_numbers_are_conversations(conversation):
    """What is no number of Chatwoot's is never part of an address."""
    with pytest.raises(Notice) as caught:
        await posting("http://127.0.0.1:9", "1", TOKEN)(conversation, "note")
    assert caught.value.code == "note.no-number"


async def test_an_unreachable_chatwoot_is_said():
    """Where nothing listens, the note is refused with a code, and nothing of it is told."""
    with chatwoot() as (base, _):
        pass
    with pytest.raises(Notice) as caught:
        await posting(base, "1", TOKEN)("42", "the words of the note")
    assert caught.value.code == "note.unreachable"
    assert "words" not in str(caught.value)


@pytest.mark.parametrize(
    ("base", "account", "token"),
    [
        ("chat.example", "1", TOKEN),
        ("file:///etc/passwd", "1", TOKEN),
        ("https://chat.example?x=1", "1", TOKEN),
        ("https://chat.example", "one", TOKEN),
        ("https://chat.example", "1", ""),
        ("https://chat.example", "1", "two\nlines"),
    ],
)
def test_what_was_set_wrong_is_said_at_once(base, account, token):
    """A wrong address, account or token ends before anything is sent."""
    with pytest.raises(UsageError):
        posting(base, account, token)


def test_a_note_says_why_and_what():
    """The heaviest reasons and the first suggestion, with all marks of markup made harmless."""
    reasons = [("asked three times", 0.3), ("waits 5 days", 0.5), ("calm before", -0.1)]
    told = note_of(
        alert(reasons=reasons), (suggestion("No."), suggestion("I *see*, [Ana](x).\nYes.", 90))
    )
    assert told.split("\n") == [
        "Assist: this chat is high.",
        "Because: waits 5 days; asked three times.",
        "You could say: I \\*see\\*, \\[Ana\\](x). Yes.",
    ]
    assert note_of(alert(), ()) == "Assist: this chat is high."


async def test_each_alert_is_told_once_and_only_this_accounts():
    """An alert that comes twice makes one note; other accounts and platforms make none."""
    posted, client = [], Client(suggestion("I see."))

    async def post(conversation, text):
        posted.append((conversation, text.split("\n")[-1]))

    notes = Notes(client, "1", post)
    others = alert("chatwoot:11:42"), alert("zendesk:1:42"), alert("chatwoot:1:43", "a2")
    await notes.hear(stream(alert(), alert(), *others))
    assert posted == [("42", "You could say: I see."), ("43", "You could say: I see.")]
    assert client.left == ["chatwoot:1:42", "chatwoot:1:43"]
    assert notes.counts == {"note.posted": 2}


async def test_a_note_that_cannot_be_posted_is_counted():
    """Chatwoot's refusal does not end the notes; without the chat it is shorter."""
    posted = []

    async def post(conversation, text):
        posted.append(text)
        if conversation == "42":
            raise Notice("no", code="note.401")

    notes = Notes(Client(fault=ClientFault("gone", code="x")), "1", post)
    await notes.hear(stream(alert(), alert("chatwoot:1:43", "a2")))
    assert notes.counts == {"note.401": 1, "note.posted": 1}
    assert posted == ["Assist: this chat is high."] * 2


async def test_a_tense_chat_makes_a_note():
    """With a real service: three hard words by a customer, and one note with a line to say."""
    posted = asyncio.Queue()

    async def post(conversation, text):
        posted.put_nowait((conversation, text))

    said = ("third time I ask, where is my money?", "This is a scandal.", "I will call my lawyer.")
    start = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    settings = Settings(port=0, http_port=0, store="memory:")
    async with Service(settings, load_line()) as service:
        url = service.ws_url
        async with lasting(url, role="supervisor") as client, connect(url, role="platform") as desk:
            notes = asyncio.create_task(Notes(client, "1", post).run())
            await client.ask(Subscribe(conversation="*"), Snapshot)
            for number, text in enumerate(said):
                at = start + timedelta(minutes=number)
                turn = SentTurn(id=f"t{number}", role=Role.CUSTOMER, text=text, at=at)
                await desk.turn("chatwoot:1:42", turn)
            async with asyncio.timeout(60):
                conversation, text = await posted.get()
            notes.cancel()
    assert conversation == "42"
    assert text.startswith("Assist: this chat is ")
    assert "You could say: " in text
