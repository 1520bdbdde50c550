"""Which secrets of which tenant are masked before anything is stored, read or logged.

The law: what is masked here nobody sees again, this process included: the line reads the masked
words, so that the same log gives the same events. Drafts are never stored and stay as typed. Where
names are masked, a customer's is known from its `open` on, in memory only, so not beyond a restart.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assist.core.mask_names import is_name
from assist.core.masking import NAMES, dotted, masked
from assist.core.turns import Role
from assist.service.entries import Entry
from assist.service.tenancy import tenant_of
from assist.wire.messages import Close, Customer, Edit, Feedback, Open, SentTurn, TurnMessage

__all__ = ["Masks"]


_MOST_NAMES = 20_000


class _Told:
    """The customers' names of the conversations that were opened last."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, str] = OrderedDict()

    def get(self, conversation: str) -> str | None:
        return self._names.get(conversation)

    def put(self, conversation: str, name: str) -> None:
        self._names[conversation] = name
        self._names.move_to_end(conversation)
        if len(self._names) > _MOST_NAMES:
            self._names.popitem(last=False)

    def forget(self, conversations: Iterable[str]) -> None:
        for conversation in conversations:
            self._names.pop(conversation, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """The kinds that are masked: for all, and for those tenants that have a list of their own."""

    kinds: tuple[str, ...] = ()
    tenants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    _told: _Told = field(default_factory=_Told, repr=False, compare=False)

    def on(self, entry: Entry) -> Entry:
        """Return `entry` with its secrets masked; as long as it was, wherever text is."""
        kinds = self._kinds(entry)
        return _masked(entry, kinds, self._name(entry) if NAMES in kinds else None)

    def but_names(self, entry: Entry) -> Entry:
        """Return `entry` with all that is masked but names: the same, whatever was told before."""
        return _masked(entry, tuple(kind for kind in self._kinds(entry) if kind != NAMES), None)

    def forget(self, conversations: Iterable[str]) -> None:
        """Know no more of these conversations."""
        self._told.forget(conversations)

    def _kinds(self, entry: Entry) -> tuple[str, ...]:
        return self.tenants.get(tenant_of(entry.conversation), self.kinds)

    def _name(self, entry: Entry) -> str | None:
        """Return the name of whose conversation this is; what was masked before is no name."""
        if isinstance(entry, Open) and entry.customer is not None:
            name = entry.customer.name
            if name is not None and is_name(name):
                self._told.put(entry.conversation, name)
        return self._told.get(entry.conversation)


def _masked(entry: Entry, kinds: tuple[str, ...], name: str | None) -> Entry:
    if not kinds:
        return entry
    match entry:
        case TurnMessage(turn=turn):
            return entry.model_copy(update={"turn": _turn(turn, kinds, name)})
        case Edit():
            return entry.model_copy(update={"text": masked(entry.text, kinds, name)})
        case Feedback(reason=str() as reason):
            return entry.model_copy(update={"reason": masked(reason, kinds, name)})
        case Close(outcome=str() as outcome):
            return entry.model_copy(update={"outcome": masked(outcome, kinds, name)})
        case Open(customer=Customer() as customer):
            return entry.model_copy(update={"customer": _customer(customer, kinds, name)})
        case _:
            return entry


def _turn(turn: SentTurn, kinds: tuple[str, ...], name: str | None) -> SentTurn:
    told = {"text": masked(turn.text, kinds, name)}
    if name is not None and turn.author is not None and turn.role is Role.CUSTOMER:
        told["author"] = masked(turn.author, (NAMES,), name)
    return turn.model_copy(update=told)


def _customer(customer: Customer, kinds: tuple[str, ...], name: str | None) -> Customer:
    history = tuple(
        past.model_copy(update={"summary": masked(past.summary, kinds, name)})
        for past in customer.history
    )
    hidden = dotted(customer.name) if customer.name and NAMES in kinds else customer.name
    return customer.model_copy(update={"history": history, "name": hidden})
