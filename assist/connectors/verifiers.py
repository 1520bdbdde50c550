"""What proves that a delivery comes from its platform: every scheme in use, once.

The law: only raw bytes are looked at, all comparing takes the same time however much is right, and
no text says more of a secret than that it is another one. A scheme is data, not a subclass.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assist.connectors import mistakes
from assist.connectors.payloads import Unit, found, moment
from assist.connectors.port import Delivery, Platform, Unread, Unverified, Verifier

__all__ = [
    "BodySecret",
    "Coding",
    "HeaderToken",
    "PathSecret",
    "Signed",
    "same",
    "secrets_of",
]

SKEW_S = 300.0


class Coding(StrEnum):
    """How the bytes of a signature are written."""

    HEX = "hex"
    BASE64 = "base64"


def same(given: bytes, right: bytes) -> bool:
    """Compare in a time that tells nothing of either, not even the length."""
    return hmac.compare_digest(hashlib.sha256(given).digest(), hashlib.sha256(right).digest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An HMAC over the raw body, or over the time of sending, `joint` and the raw body.

    `header` and `time_header` are names in lower case; without `time_header` the body alone is
    signed. `prefix` stands before the signature. `skew_s`: how far the time may be from ours.

    Chatwoot: hex of time "." body. Zendesk: base64 of time body. Front: base64 of time ":" body.
    Intercom: hex of SHA-1 of body.
    """

    header: str
    time_header: str | None = None
    joint: str = ""
    digest: str = "sha256"
    coding: Coding = Coding.HEX
    prefix: str = ""
    unit: Unit = Unit.SECONDS
    skew_s: float = SKEW_S

    @property
    def scheme(self) -> str:
        """Return in one line what proves a delivery."""
        signed = f"time {self.joint} body" if self.time_header else "body"
        return f"HMAC-{self.digest.upper()}, {self.coding}, of {' '.join(signed.split())}"

    def verify(self, delivery: Delivery, secret: bytes) -> None:
        """Return where the signature is right and not too old, else raise Unverified."""
        given = self._given(delivery)
        stamp = self._stamp(delivery)
        right = self.prefix + self.signature(stamp, delivery.body, secret)
        if not same(given.encode(), right.encode()):
            raise Unverified("the signature is not the one that our secret makes of these bytes")
        if self.time_header is not None:
            self._check_time(stamp, delivery.received_at)

    def diagnosed(self, delivery: Delivery, secret: bytes) -> Unverified:
        """Return which usual mistake was made."""
        try:
            self.verify(delivery, secret)
        except Unverified as fault:
            if fault.code != Unverified.code:
                return fault
        return mistakes.of_signature(
            mistakes.Signature(
                given=delivery.headers.get(self.header, ""),
                stamp=delivery.headers.get(self.time_header or "", ""),
                body=delivery.body,
                joint=self.joint if self.time_header else None,
                digest=self.digest,
                coding=self.coding,
                prefix=self.prefix,
            ),
            secret,
        )

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return the signature, which the time in it makes another one each time."""
        if self.time_header is None:
            return None
        return hashlib.sha256(delivery.headers.get(self.header, "").encode()).digest()

    def stamped(self, delivery: Delivery, secret: bytes) -> Delivery:
        """Return `delivery` signed at its `received_at`."""
        headers = dict(delivery.headers)
        stamp = self._written(delivery.received_at)
        if self.time_header is not None:
            headers[self.time_header] = stamp
        headers[self.header] = self.prefix + self.signature(stamp, delivery.body, secret)
        return replace(delivery, headers=headers)

    def signature(self, stamp: str, body: bytes, secret: bytes) -> str:
        """Return the signature of `body` sent at `stamp`, without its prefix."""
        before = f"{stamp}{self.joint}".encode() if self.time_header else b""
        made = hmac.digest(secret, before + body, self.digest)
        return made.hex() if self.coding is Coding.HEX else base64.b64encode(made).decode()

    def _given(self, delivery: Delivery) -> str:
        given = delivery.headers.get(self.header)
        if given:
            return given
        raise Unverified(
            f"the header {self.header} is missing: set the secret on the platform, and let no "
            "proxy drop the header",
            code="signature.missing",
        )

    def _stamp(self, delivery: Delivery) -> str:
        if self.time_header is None:
            return ""
        stamp = delivery.headers.get(self.time_header)
        if stamp:
            return stamp
        raise Unverified(
            f"the header {self.time_header} is missing: let no proxy drop it",
            code="signature.no-time",
        )

    def _check_time(self, stamp: str, now: float) -> None:
        try:
            sent = moment({"time": stamp}, "time", self.unit).timestamp()
        except Unread:
            sent = None
        if sent is not None and abs(now - sent) <= self.skew_s:
            return
        raise mistakes.of_time(stamp, now, self.unit, sent)

    def _written(self, at: float) -> str:
        if self.unit is Unit.WRITTEN:
            return datetime.fromtimestamp(int(at), mistakes.ZONE).isoformat().replace("+00:00", "Z")
        return str(int(at * self.unit.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderToken:
    """The secret itself, in a header; `prefix` stands before it, such as `Bearer `."""

    header: str
    prefix: str = ""

    @property
    def scheme(self) -> str:
        """Return in one line what proves a delivery."""
        return f"secret in the header {self.header}"

    def verify(self, delivery: Delivery, secret: bytes) -> None:
        """Return where the header holds the secret, else raise Unverified."""
        given = delivery.headers.get(self.header)
        if not given:
            raise Unverified(
                f"the header {self.header} is missing: set the secret on the platform",
                code="signature.missing",
            )
        if not same(_header_bytes(given), self.prefix.encode() + secret):
            raise Unverified(f"the header {self.header} holds another secret than ours")

    def diagnosed(self, delivery: Delivery, secret: bytes) -> Unverified:
        """Return which usual mistake was made."""
        given = _header_bytes(delivery.headers.get(self.header, ""))
        if not given:
            return Unverified(f"the header {self.header} is missing", code="signature.missing")
        return mistakes.of_token(given, secret, self.prefix, f"the header {self.header}")

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return None: each delivery bears the same."""
        del delivery
        return None

    def stamped(self, delivery: Delivery, secret: bytes) -> Delivery:
        """Return `delivery` with the secret in its header."""
        token = self.prefix + secret.decode("latin-1")
        return replace(delivery, headers={**delivery.headers, self.header: token})


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySecret:
    """The secret itself, in a field at the top of the body. It is taken out before `read`."""

    name: str

    @property
    def scheme(self) -> str:
        """Return in one line what proves a delivery."""
        return f"secret in the body, `{self.name}`"

    def verify(self, delivery: Delivery, secret: bytes) -> None:
        """Return where the field holds the secret, else raise Unverified."""
        if not same(self._given(delivery), secret):
            raise Unverified(f"the field `{self.name}` holds another secret than ours")

    def diagnosed(self, delivery: Delivery, secret: bytes) -> Unverified:
        """Return which usual mistake was made."""
        try:
            given = self._given(delivery)
        except Unverified as fault:
            return fault
        return mistakes.of_token(given, secret, "", f"the field `{self.name}`")

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return None: each delivery bears the same."""
        del delivery
        return None

    def stamped(self, delivery: Delivery, secret: bytes) -> Delivery:
        """Return `delivery` with the secret in its body; one that is no object stays as it is."""
        try:
            body = json.loads(delivery.body)
        except ValueError:
            return delivery
        if not isinstance(body, dict):
            return delivery
        stamped = {**body, self.name: secret.decode()}
        return replace(delivery, body=json.dumps(stamped, ensure_ascii=False).encode())

    def _given(self, delivery: Delivery) -> bytes:
        try:
            given = found(json.loads(delivery.body), self.name)
        except (ValueError, RecursionError):
            given = None
        if isinstance(given, str) and given:
            return given.encode("utf-8", "surrogatepass")
        raise Unverified(
            f"the field `{self.name}` is missing from the body: set the secret on the platform",
            code="signature.missing",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSecret:
    """The secret itself, behind the address: `/in/NAME/SECRET`. For platforms that sign nothing."""

    @property
    def scheme(self) -> str:
        """Return in one line what proves a delivery."""
        return "secret in the address"

    def verify(self, delivery: Delivery, secret: bytes) -> None:
        """Return where the path ends in the secret, else raise Unverified."""
        given = delivery.path.lstrip("/")
        if not given:
            raise Unverified(
                "the secret is missing from the address: write it behind the name",
                code="signature.missing",
            )
        if not same(given.encode("utf-8", "surrogatepass"), secret):
            raise Unverified("the address holds another secret than ours")

    def diagnosed(self, delivery: Delivery, secret: bytes) -> Unverified:
        """Return which usual mistake was made."""
        given = delivery.path.lstrip("/").encode("utf-8", "surrogatepass")
        if not given:
            return Unverified("the secret is missing from the address", code="signature.missing")
        return mistakes.of_token(given, secret, "", "the address")

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return None: each delivery bears the same."""
        del delivery
        return None

    def stamped(self, delivery: Delivery, secret: bytes) -> Delivery:
        """Return `delivery` with the secret in its path."""
        return replace(delivery, path="/" + secret.decode("latin-1"))


def secrets_of(platform: Platform, verifier: Verifier) -> frozenset[str]:
    """Return the names of the fields that `read` never sees: one of them may hold the proof."""
    proof = {verifier.name} if isinstance(verifier, BodySecret) else set()
    return platform.secrets | proof


def _header_bytes(given: str) -> bytes:
    try:
        return given.encode("latin-1")
    except UnicodeEncodeError:
        return given.encode("utf-8", "surrogatepass")
