"""What systemd is told: ready, alive, stopping.

The law: a datagram to the socket that systemd names, and nothing where it names none. No library is
needed for that, and a socket that is gone stops nobody.
"""

import os
import socket
from collections.abc import Mapping

__all__ = ["Notify"]


class Notify:
    """Speaks to whoever started the service, if they listen."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._place = environment.get("NOTIFY_SOCKET", "")
        told = environment.get("WATCHDOG_USEC", "")
        meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self.alive_every_s = int(told) / 2e6 if told.isdigit() and int(told) and meant else None
        """How often to say `alive`, or None where nobody counts on it."""

    def ready(self, status: str) -> None:
        """Say that both ports are open."""
        self._say(f"READY=1\nSTATUS={status}")

    def alive(self) -> None:
        """Say that the loop goes round."""
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that what was taken in is being finished."""
        self._say("STOPPING=1\nSTATUS=finishing what was taken in")

    def _say(self, words: str) -> None:
        if not self._place.startswith(("/", "@")):
            return
        place = f"\0{self._place[1:]}" if self._place.startswith("@") else self._place
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as peer:
                peer.setblocking(False)
                peer.sendto(words.encode(), place)
        except OSError:
            return
