"""What a platform's module understands of a payload, without an endpoint and without a secret.

The law: the payload goes the way that a delivery goes after it was verified, and nowhere else.
"""

import time

from assist.connectors.door import dated, parsed
from assist.connectors.payloads import scrubbed
from assist.connectors.port import Happening, Ignored, Platform, Setup, Unread
from assist.connectors.verifiers import secrets_of
from assist.errors import UsageError

__all__ = ["tried"]


def tried(
    platform: Platform, body: bytes, setup: Setup, shown_as: str
) -> tuple[Happening | Ignored, ...]:
    """Return what `body` is understood to say; raise UsageError that says what is wrong with it."""
    secrets = secrets_of(platform, platform.verifier)
    try:
        read = platform.read(scrubbed(parsed(body), secrets), setup)
        return dated(read, time.time())
    except Unread as fault:
        message, code = fault.message, fault.code
    raise UsageError(f"{shown_as}: {message}", code=code)
