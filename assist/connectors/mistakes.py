"""Which usual mistake makes a proof wrong.

The law: a mistake is only named where it is proven, by making the proof with that mistake and
finding what was given. So whoever lacks the secret learns nothing: to them all is the same "wrong".
"""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from assist.connectors.payloads import Unit, moment
from assist.connectors.port import Unread, Unverified

__all__ = ["ZONE", "Signature", "of_signature", "of_time", "of_token"]

ZONE = UTC
# Beyond this a re-serialised body is not looked for: the hashing would be worth a sender's while.
_LARGEST = 65_536
_JOINTS = (None, "", ".", ":")
_DIGESTS = ("sha256", "sha1", "sha512")
_QUITE_WRONG = Unverified(
    "the signature is of another secret, or of other bytes: copy the secret again from the "
    "platform, and let no proxy change the body"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as given, and how it ought to be made. `joint` is None for the body alone."""

    given: str = field(repr=False)
    stamp: str
    body: bytes = field(repr=False)
    joint: str | None
    digest: str
    coding: str
    prefix: str


def of_signature(signature: Signature, secret: bytes) -> Unverified:
    """Return the mistake that gives just this signature."""
    given = _stripped(signature.given, signature.prefix)
    for secret_said, key in _secrets(secret):
        for body_said, body in _bodies(signature.body):
            for joint_said, message in _messages(signature, body):
                for digest_said, digest in _digests(signature.digest):
                    made = hmac.digest(key, message, digest)
                    coding_said = _coding(made, given, signature.coding)
                    if coding_said is None:
                        continue
                    said = (secret_said, body_said, joint_said, digest_said, coding_said)
                    return _told(tuple(one for one in said if one), signature)
    return Unverified(_QUITE_WRONG.message)


def of_time(stamp: str, now: float, unit: Unit, sent: float | None) -> Unverified:
    """Return what is wrong with the time of a signature that is right."""
    for other in Unit:
        if other is not unit and _near(stamp, other, now):
            return Unverified(
                f"the time is in {_named(other)}, and should be in {_named(unit)}",
                code="signature.time-unit",
            )
    if sent is None:
        return Unverified(
            f"the time cannot be read: it should be in {_named(unit)}", code="signature.no-time"
        )
    if sent < now:
        return Unverified(
            f"signed {_span(now - sent)} ago: sent again by somebody, held up, or a clock is wrong",
            code="signature.late",
        )
    return Unverified(
        f"signed {_span(sent - now)} from now: set the clocks of both machines",
        code="signature.early",
    )


def of_token(given: bytes, secret: bytes, prefix: str, where: str) -> Unverified:
    """Return the mistake that gives just this token."""
    right = prefix.encode() + secret
    if prefix and _equal(given, secret):
        return Unverified(
            f"{where} lacks `{prefix.strip()}` before the secret", code="signature.prefix"
        )
    if _equal(given.strip(), right.strip()):
        return Unverified(
            f"{where} or our file holds the secret with blanks around it: take them away",
            code="signature.secret-blank",
        )
    if _equal(given.strip(b"\"'"), right.strip(b"\"'")):
        return Unverified(
            f"{where} or our file holds the secret in quotes: take them away",
            code="signature.secret-quoted",
        )
    if _equal(given.lower(), right.lower()):
        return Unverified(
            f"{where} holds the secret with other capitals", code="signature.secret-case"
        )
    return Unverified(f"{where} holds another secret than ours: copy it again from the platform")


def _secrets(secret: bytes) -> Iterator[tuple[tuple[str, str] | None, bytes]]:
    yield None, secret
    blank = ("signature.secret-blank", "the secret has blanks around it, here or on the platform")
    for other in (secret.strip(), secret + b"\n"):
        if other != secret and other:
            yield blank, other
    if quoteless := secret.strip(b"\"'"):
        yield ("signature.secret-quoted", "the secret is in quotes, here or there"), quoteless
    coded = "signature.secret-coded"
    with suppress(ValueError):
        yield (coded, "the sender decodes the secret from base64"), base64.b64decode(secret)
    with suppress(ValueError):
        yield (coded, "the sender decodes the secret from hex"), bytes.fromhex(secret.decode())


def _bodies(body: bytes) -> Iterator[tuple[tuple[str, str] | None, bytes]]:
    yield None, body
    if len(body) > _LARGEST:
        return
    code = "signature.body-changed"
    if body.strip() != body:
        yield (code, "blanks were added around the body after signing"), body.strip()
    told = (code, "the body was written anew between signing and here: send the signed bytes")
    try:
        again = _anew(json.loads(body))
    except (ValueError, RecursionError):
        return
    for other in again:
        yield told, other


def _anew(read: Any) -> list[bytes]:
    """Return `read` as programs like to write it."""
    written = [
        json.dumps(read, ensure_ascii=ascii_only, separators=separators)
        for ascii_only in (True, False)
        for separators in ((",", ":"), (", ", ": "))
    ]
    written.append(json.dumps(read, sort_keys=True, separators=(",", ":")))
    return [text.encode("utf-8", "surrogatepass") for text in written]


def _messages(signature: Signature, body: bytes) -> Iterator[tuple[tuple[str, str] | None, bytes]]:
    right = signature.joint
    yield None, _joined(signature.stamp, right, body)
    for joint in _JOINTS:
        if joint == right:
            continue
        if joint is None:
            told = ("signature.body-only", "only the body was signed: sign the time with it")
        elif not signature.stamp:
            continue
        else:
            told = ("signature.joint", f"the time and the body were joined by `{joint}`")
        yield told, _joined(signature.stamp, joint, body)


def _digests(right: str) -> Iterator[tuple[tuple[str, str] | None, str]]:
    yield None, right
    for digest in _DIGESTS:
        if digest != right:
            yield ("signature.digest", f"signed with {digest.upper()}, not {right.upper()}"), digest


def _coding(made: bytes, given: str, right: str) -> tuple[str, str] | tuple[()] | None:
    """Return the mistake in the writing of `made`, empty where there is none; None: another one."""
    code = "signature.coding"
    if _equal_text(given.lower(), made.hex()):
        if right == "hex":
            return () if given == made.hex() else (code, "the signature is in capitals")
        return code, "the signature is in hex, and should be in base64"
    plain = base64.b64encode(made).decode()
    if _equal_text(given, plain):
        return () if right == "base64" else (code, "the signature is in base64, not hex")
    web = base64.urlsafe_b64encode(made).decode()
    if _equal_text(given.rstrip("="), web.rstrip("=")):
        return code, "the signature is in web-safe or cut base64"
    if _equal_text(given, base64.b64encode(made.hex().encode()).decode()):
        return code, "the signature is base64 of the hex, not of the bytes"
    return None


def _told(said: tuple[tuple[str, str], ...], signature: Signature) -> Unverified:
    if not said:
        return Unverified(
            f"the signature is right but for what stands before it: write `{signature.prefix}`",
            code="signature.prefix",
        )
    return Unverified("; ".join(sentence for _, sentence in said), code=said[0][0])


def _stripped(given: str, prefix: str) -> str:
    given = given.strip()
    if prefix and given.lower().startswith(prefix.lower()):
        return given[len(prefix) :]
    _, mark, rest = given.partition("=")
    return rest if mark and rest.strip("=") else given


def _joined(stamp: str, joint: str | None, body: bytes) -> bytes:
    return body if joint is None else f"{stamp}{joint}".encode() + body


def _near(stamp: str, unit: Unit, now: float) -> bool:
    try:
        return abs(moment({"time": stamp}, "time", unit).timestamp() - now) < 86_400
    except Unread:
        return False


def _named(unit: Unit) -> str:
    return "RFC 3339" if unit is Unit.WRITTEN else unit.name.lower()


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def _equal(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(one, other)


def _equal_text(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
