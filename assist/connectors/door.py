"""What becomes of one delivery: the manners that all platforms are met with.

The law: verified first, over the raw bytes; then parsed, rid of its secrets, read, masked, stored;
then answered, with an empty 200; passed on only afterwards. A refusal has a code, in a header and
in the count; nothing of a delivery is ever in a log, an error or an answer.
"""

import json
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from assist.connectors.journal import Journal
from assist.connectors.once import Fate
from assist.connectors.payloads import scrubbed
from assist.connectors.port import (
    LARGEST_BODY,
    UNDATED,
    Answer,
    Delivery,
    Happening,
    Ignored,
    Ingest,
    Platform,
    Setup,
    Unread,
    Unverified,
    Verifier,
)
from assist.connectors.pump import Pump
from assist.connectors.verifiers import secrets_of
from assist.connectors.written import masked_by, message_of
from assist.core.turns import Assigned, Opened, Typing
from assist.errors import AssistError, StoreError
from assist.service.masks import Masks

__all__ = ["LARGEST_BODY", "Door", "Guard", "Receipt", "dated", "parsed"]

_REMEMBERED = 50_000
_MOST_WAITING = 50_000
_DIAGNOSES_A_SECOND = 5.0
_AHEAD = timedelta(minutes=5)
_STATUSES = {"payload.too-large": 413, "payload.media-type": 415}

_log = structlog.get_logger("assist.connectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Who may deliver here: how it is proven, and by which secret (None: anybody).

    `others` are as good: a platform may have several webhooks, each with a secret of its own.
    """

    verifier: Verifier
    secret: bytes | None = field(repr=False)
    others: tuple[bytes, ...] = field(default=(), repr=False)

    def check(self, delivery: Delivery) -> None:
        """Return where `delivery` is proven, else raise Unverified."""
        if self.secret is None:
            return
        for other in self.others:
            with suppress(Unverified):
                self.verifier.verify(delivery, other)
                return
        self.verifier.verify(delivery, self.secret)

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return what only `delivery` itself bears, sent once more; None where nobody proves it.

        Nothing that anybody, or nobody, wrote there may have another delivery taken for a repeat.
        """
        return None if self.secret is None else self.verifier.mark(delivery)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a delivery. `code` is why it was refused, or in one word what was done."""

    answer: Answer
    code: str
    fates: tuple[Fate, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether nothing of it was taken in, and the sender is told so."""
        return self.answer.status >= 400


class Door:
    """The way in of one platform."""

    def __init__(  # noqa: PLR0913  what a way in is made of
        self,
        platform: Platform,
        guard: Guard,
        setup: Setup,
        journal: Journal,
        ingest: Ingest,
        *,
        now: Callable[[], float] = time.time,
        pump: Pump | None = None,
        masks: Masks | None = None,
    ) -> None:
        self.platform = platform
        self.counts: Counter[str] = Counter()
        if pump is None:  # not `or`: a pump in which nothing waits is false
            pump = Pump(journal, ingest, self.counts, started=True)
        self.pump = pump
        self._guard = guard
        self._setup = setup
        self._journal = journal
        self._ingest = ingest
        self._now = now
        self._masks = masks or Masks()
        self._marks: OrderedDict[bytes, None] = OrderedDict()
        self._diagnoses = _DIAGNOSES_A_SECOND
        self._diagnosed_at = 0.0
        self._secrets = secrets_of(platform, guard.verifier)

    @property
    def proof(self) -> str:
        """Return in one line what proves a delivery here."""
        return "none" if self._guard.secret is None else self._guard.verifier.scheme

    async def receive(self, delivery: Delivery) -> Receipt:
        """Take `delivery` in, and say what is to be answered."""
        try:
            receipt = await self._received(delivery)
        except Unverified as fault:
            receipt = self._refused(401, self._diagnosis(delivery, fault))
        except Unread as fault:
            receipt = self._refused(_STATUSES.get(fault.code, 400), fault)
        except StoreError as fault:
            receipt = self._refused(503 if self.platform.capabilities.retries else 200, fault)
        self._count(receipt)
        return receipt

    async def _received(self, delivery: Delivery) -> Receipt:
        self._check_shape(delivery)
        self._guard.check(delivery)
        mark = self._guard.mark(delivery)
        if mark is not None and mark in self._marks:
            return Receipt(answer=self.platform.accepted, code="delivery.repeated")
        if self.platform.handshake is not None:
            answer = self.platform.handshake(delivery, self._setup)
            if answer is not None:
                return Receipt(answer=answer, code="delivery.handshake")
        if len(self.pump) > _MOST_WAITING and self.platform.capabilities.retries:
            raise StoreError("more waits than can be passed on", code="store.behind", retry=True)
        receipt = await self._taken(dated(self._read(delivery.body), delivery.received_at))
        if mark is not None:
            self._remember(mark)
        return receipt

    def _check_shape(self, delivery: Delivery) -> None:
        if len(delivery.body) > (most := self.platform.largest_body):
            raise Unread(f"the body is larger than {most >> 20} MiB", code="payload.too-large")
        kind = delivery.headers.get("content-type", "").partition(";")[0].strip().lower()
        if delivery.method != "GET" and kind not in self.platform.media_types:
            raise Unread(
                f"send {' or '.join(self.platform.media_types)}", code="payload.media-type"
            )

    def _read(self, body: bytes) -> tuple[Happening | Ignored, ...]:
        try:
            payload = scrubbed(parsed(body), self._secrets)
        except RecursionError:
            payload = _UNPARSED
        if payload is _UNPARSED:
            raise Unread("the body is nested too deep", code="payload.not-json")
        try:
            return self.platform.read(payload, self._setup)
        except Unread:
            raise
        except Exception as error:  # noqa: BLE001  whatever a stranger's JSON does to a module
            _log.error("a payload was not understood", kind=type(error).__name__)
        raise Unread("the payload is not as this platform sends it")

    async def _taken(self, read: tuple[Happening | Ignored, ...]) -> Receipt:
        ignored = tuple(one.reason for one in read if isinstance(one, Ignored))
        happened = tuple(one for one in read if isinstance(one, Happening))
        passing = tuple(one for one in happened if isinstance(one.what, Typing))
        lasting = tuple(
            masked_by(self._masks, _placed(one))
            for one in happened
            if not isinstance(one.what, Typing)
        )
        fates: tuple[Fate, ...] = ()
        if lasting:
            noted = await self._journal.note(lasting)
            self.pump.give(noted.waiting)
            fates = noted.fates
        for one in passing:
            await self._pass(one)
        code = "delivery.taken" if happened else "delivery.ignored"
        return Receipt(answer=self.platform.accepted, code=code, fates=fates, ignored=ignored)

    async def _pass(self, typing: Happening) -> None:
        if not isinstance(typing.what, Typing):
            return
        message_of(typing.place.name, typing.what)  # refused here, where it cannot be said
        try:
            await self._ingest.typing(typing.place.name, typing.what)
        except (AssistError, OSError):
            self.counts["typing lost"] += 1

    def _remember(self, mark: bytes) -> None:
        self._marks[mark] = None
        if len(self._marks) > _REMEMBERED:
            self._marks.popitem(last=False)

    def _diagnosis(self, delivery: Delivery, fault: Unverified) -> Unverified:
        """Return what went wrong, in full only so often: finding out costs many hashes."""
        now = self._now()
        grown = self._diagnoses + max(0.0, now - self._diagnosed_at) * _DIAGNOSES_A_SECOND
        self._diagnoses, self._diagnosed_at = min(_DIAGNOSES_A_SECOND, grown), now
        if fault.code != Unverified.code or self._guard.secret is None or self._diagnoses < 1:
            return fault
        self._diagnoses -= 1
        return self._guard.verifier.diagnosed(delivery, self._guard.secret)

    def _refused(self, status: int, fault: AssistError) -> Receipt:
        _log.warning(
            "delivery refused", platform=self.platform.name, code=fault.code, why=fault.message
        )
        return Receipt(answer=Answer(status=status), code=fault.code)

    def _count(self, receipt: Receipt) -> None:
        self.counts[receipt.code] += 1
        self.counts.update(fate.value for fate in receipt.fates)
        self.counts.update(receipt.ignored)


def _placed(one: Happening) -> Happening:
    """Return `one` with its customer named as its conversation is: two platforms may use one id."""
    what = one.what
    known = (what.customer_id if isinstance(what, Opened) else None) or one.customer
    if not known:
        return one
    name = replace(one.place, conversation=known).name
    if isinstance(what, Opened):
        what = replace(what, customer_id=name)
    return replace(one, what=what, customer=name)


def dated(
    read: tuple[Happening | Ignored, ...], received_at: float
) -> tuple[Happening | Ignored, ...]:
    """Return `read` with the time of the delivery where there is none, or one yet to come."""
    now = datetime.fromtimestamp(received_at, UTC)
    return tuple(_dated_one(one, now) if isinstance(one, Happening) else one for one in read)


def _dated_one(one: Happening, now: datetime) -> Happening:
    what = one.what
    if isinstance(what, Opened | Assigned) or UNDATED < what.at <= now + _AHEAD:
        return one
    return replace(one, what=replace(what, at=now))


def parsed(body: bytes) -> Any:
    """Return the JSON in `body`, or raise Unread."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unread("the body is not UTF-8", code="payload.not-utf8") from None
    try:
        payload = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        payload = _UNPARSED
    if payload is _UNPARSED:
        raise Unread("the body is not JSON, or was cut off", code="payload.not-json")
    return _whole(payload) if "\\ud" in text.lower() else payload


_UNPARSED = object()


def _no_number(name: str) -> float:
    raise ValueError(name)


def _whole(value: Any) -> Any:
    """Return `value` with each half of a character, which no text may hold, marked as lost."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return value
