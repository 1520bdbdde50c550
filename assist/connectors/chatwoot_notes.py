"""Private notes in Chatwoot, for teams that cannot have the panel: one for each alert.

The law: off unless an operator starts it; only to the installation they named, never after a
redirect, never visible to the customer. A note is our own wording, without marks of markup; what it
says comes from the alert and from the suggestions that stand. A note that cannot be posted is
counted and let go: it would be stale.
"""

import asyncio
import json
import re
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from urllib.request import Request

import structlog

from assist.client import Lasting
from assist.connectors.outward import UNREACHED, answer_of, is_address
from assist.connectors.port import Place
from assist.core.suggestions import Suggestion
from assist.errors import AssistError, ClientFault, UsageError
from assist.wire.messages import AlertMessage, ServerMessage, Snapshot, Subscribe

__all__ = ["Notes", "Notice", "Post", "note_of", "posting"]

_REMEMBERED = 1000
_MOST_REASONS = 3
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_LINE = re.compile(r"\s+")

_log = structlog.get_logger("assist.connectors")

Post = Callable[[str, str], Awaitable[None]]


class Notice(AssistError):
    """A note was not posted; the code says why, and nothing says what it was."""

    code = "note.refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Where notes go: an installation, an account, and the token of the sender."""

    base: str
    account: str
    token: str = field(repr=False)


def posting(base: str, account: str, token: str) -> Post:
    """Return what posts a note (conversation, text) to the installation at `base`.

    It raises Notice where Chatwoot does not take the note. UsageError where `base` is no address.
    """
    if not is_address(base):
        raise UsageError("--chatwoot should be an address such as https://chat.example")
    if not account.isdecimal():
        raise UsageError("--account should be the number in the dashboard's address")
    if not token or not token.isascii() or not token.isprintable():
        raise UsageError("the file of --note-token should hold the token and nothing else")
    desk = _Desk(base=base.rstrip("/"), account=account, token=token)

    async def post(conversation: str, text: str) -> None:
        await asyncio.to_thread(_post, _request(desk, conversation, text))

    return post


def _request(desk: _Desk, conversation: str, text: str) -> Request:
    if not (conversation.isascii() and conversation.isdecimal()):
        raise Notice("the conversation is no number of Chatwoot's", code="note.no-number")
    place = f"/api/v1/accounts/{desk.account}/conversations/{conversation}/messages"
    body = {"content": text, "private": True, "message_type": "outgoing"}
    return Request(  # noqa: S310  the scheme was looked at
        desk.base + place,
        data=json.dumps(body).encode(),
        headers={"api_access_token": desk.token, "content-type": "application/json"},
        method="POST",
    )


def _post(request: Request) -> None:
    status, _ = answer_of(request)
    if status == UNREACHED:
        raise Notice("Chatwoot cannot be reached", code="note.unreachable")
    if not 200 <= status < 300:
        raise Notice(f"Chatwoot answered {status}", code=f"note.{status}")


def note_of(alert: AlertMessage, suggestions: tuple[Suggestion, ...]) -> str:
    """Return the note: how tense it is and why, and the first line that is suggested."""
    weighed = sorted(alert.reasons, key=lambda reason: -reason.weight)
    reasons = [reason.text for reason in weighed[:_MOST_REASONS] if reason.weight > 0]
    told = [f"Assist: this chat is {alert.level}."]
    if reasons:
        told.append(f"Because: {'; '.join(reasons)}.")
    best = max(suggestions, key=lambda one: one.priority, default=None)
    if best is not None and best.lines:
        told.append(f"You could say: {best.lines[0]}")
    return "\n".join(_MARKS.sub(r"\\\1", _LINE.sub(" ", line).strip()) for line in told)


class Notes:
    """Follows all chats of one Chatwoot account, and posts a note for each new alert."""

    def __init__(self, client: Lasting, account: str, post: Post) -> None:
        self.counts: Counter[str] = Counter()
        self._client = client
        self._begin = Place(platform="chatwoot", account=account, conversation="").name
        self._post = post
        self._told: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def run(self) -> None:
        """Go on until the service refuses for good, which is raised."""
        await self.hear(self._client.follow("*"))

    async def hear(self, events: AsyncIterator[ServerMessage]) -> None:
        """Post what `events` give reason for."""
        async for event in events:
            if isinstance(event, AlertMessage) and self._is_new(event):
                await self._tell(event)

    def _is_new(self, alert: AlertMessage) -> bool:
        """Tell whether it is of this account and was not told before."""
        mark = (alert.conversation, alert.alert)
        if not alert.conversation.startswith(self._begin) or mark in self._told:
            return False
        self._told[mark] = None
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        return True

    async def _tell(self, alert: AlertMessage) -> None:
        note = note_of(alert, await self._standing(alert.conversation))
        try:
            await self._post(alert.conversation.removeprefix(self._begin), note)
        except Notice as fault:
            self.counts[fault.code] += 1
            _log.warning("a note was not posted", code=fault.code)
        else:
            self.counts["note.posted"] += 1

    async def _standing(self, conversation: str) -> tuple[Suggestion, ...]:
        """Return the suggestions that stand; none where they cannot be had."""
        try:
            snapshot = await self._client.ask(Subscribe(conversation=conversation), Snapshot)
            await self._client.unsubscribe(conversation)
        except ClientFault:
            return ()
        return snapshot.suggestions
