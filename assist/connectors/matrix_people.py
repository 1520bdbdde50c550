"""Who is who on a Matrix homeserver: what an operator says of its users, as patterns of their ids.

The law: a user is told by the id alone, which the homeserver proves; names, avatars and power
levels, which people set, say nothing here. Patterns are the operator's, never a chat's.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Self

from assist.connectors.port import Setup
from assist.core.turns import Role

__all__ = ["People"]

_AGENTS = ("@agent*:*",)

Patterns = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Patterns such as `@kim:example.org` or `@desk-*:example.org`, and the ids of our own.

    Where `customers` are named, whoever else is no bot is an agent; where only `agents` are, all
    others are customers.
    """

    agents: Patterns = ()
    customers: Patterns = ()
    bots: Patterns = ()
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, setup: Setup) -> Self:
        """Return what `setup` says; where it names neither, agents are called `@agent…`."""
        agents, customers = setup.named("agents"), setup.named("customers")
        return cls(
            agents=agents if agents or customers else _AGENTS,
            customers=customers,
            bots=setup.named("bots"),
            own=setup.own,
        )

    def role(self, user: str) -> Role:
        """Return who speaks where `user` does."""
        if _among(user, self.bots):
            return Role.BOT
        if _among(user, self.agents):
            return Role.AGENT
        if self.customers and not _among(user, self.customers):
            return Role.AGENT
        return Role.CUSTOMER


def _among(user: str, patterns: Patterns) -> bool:
    return any(fnmatchcase(user, pattern) for pattern in patterns)
