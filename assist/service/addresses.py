"""From which address somebody comes, and how many connections each has.

The law: what a header says counts only where a proxy says it that the operator named. A network of
IPv6 is one address, since whoever has one has all of it. Addresses are never logged.
"""

from collections import Counter
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address

__all__ = ["Crowd", "address_of"]

_NETWORK_BITS = 64


def address_of(peer: str, forwarded: Iterable[str], proxies: frozenset[str]) -> str:
    """Return who is behind `peer`: the last of `X-Forwarded-For` that is no proxy of ours."""
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    found = peer
    while found in proxies and hops:
        found = hops.pop()
    return _network(found) or _network(peer) or "unknown"


def _network(address: str) -> str | None:
    """Return the address as it is counted, None where it is none."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    hidden = 128 - _NETWORK_BITS
    return str(IPv6Address(int(found) >> hidden << hidden))


class Crowd:
    """The connections of each address, `most` at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()

    def full(self, address: str) -> bool:
        """Tell whether this address has as many as it may."""
        return self._counts[address] >= self._most

    def enter(self, address: str) -> bool:
        """Count one more; False, and not counted, where it is full."""
        if self.full(address):
            return False
        self._counts[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Count one less."""
        self._counts[address] -= 1
        if self._counts[address] <= 0:
            del self._counts[address]
