"""How much each agent, tenant and address may say in a second, over all of their connections.

The law: what was taken stays taken when a connection ends, so nothing is won by coming back. The
count of those who are kept in mind is bounded; who is forgotten had taken nothing lately.
"""

from collections import OrderedDict
from collections.abc import Mapping
from enum import StrEnum

from assist.errors import ClientFault
from assist.wire.rates import Allowance

__all__ = ["Rations", "Share"]


class Share(StrEnum):
    """Whose share it is; the value is the setting that bounds it."""

    AGENT = "messages_per_second"
    TENANT = "tenant_turns_per_second"
    ADDRESS = "address_messages_per_second"


class Rations:
    """The shares of everybody. A rate that is missing bounds nothing."""

    def __init__(self, rates: Mapping[Share, float], *, most: int = 20_000) -> None:
        self._rates = rates
        self._most = most
        self._allowances: OrderedDict[tuple[Share, str], Allowance] = OrderedDict()

    def __len__(self) -> int:
        return len(self._allowances)

    def take(self, share: Share, name: str, at: float) -> None:
        """Take one of `name`'s share, or raise ClientFault with the wait until there is one."""
        if share not in self._rates:
            return
        if wait := self._allowance((share, name), at).take(at):
            raise ClientFault(
                f"Messages come faster than `{share}` of this server; wait, then send again.",
                code="limit.rate",
                retry_after_s=wait,
            )

    def _allowance(self, key: tuple[Share, str], at: float) -> Allowance:
        found = self._allowances.get(key)
        if found is None:
            if len(self._allowances) >= self._most:
                self._forget(at)
            found = self._allowances[key] = Allowance(self._rates[key[0]])
        self._allowances.move_to_end(key)
        return found

    def _forget(self, at: float) -> None:
        """Forget whoever has all saved up, and if that frees none, who was silent for longest."""
        for key, allowance in tuple(self._allowances.items()):
            if allowance.untouched(at):
                del self._allowances[key]
        while len(self._allowances) >= self._most:
            self._allowances.popitem(last=False)
