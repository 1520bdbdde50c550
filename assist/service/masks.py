"""Which secrets of which tenant are masked before anything is stored, read or logged.

The law: what is masked here nobody sees again, this process included: the line reads the masked
words, so that the same log gives the same events. Drafts are never stored and stay as typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assist.core.masking import masked
from assist.service.entries import Entry
from assist.service.tenancy import tenant_of
from assist.wire.messages import Close, Edit, Feedback, Open, TurnMessage

__all__ = ["Masks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """The kinds that are masked: for all, and for those tenants that have a list of their own."""

    kinds: tuple[str, ...] = ()
    tenants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def on(self, entry: Entry) -> Entry:
        """Return `entry` with its secrets masked; as long as it was, wherever text is."""
        kinds = self.tenants.get(tenant_of(entry.conversation), self.kinds)
        if not kinds:
            return entry
        match entry:
            case TurnMessage(turn=turn):
                text = masked(turn.text, kinds)
                return entry.model_copy(update={"turn": turn.model_copy(update={"text": text})})
            case Edit():
                return entry.model_copy(update={"text": masked(entry.text, kinds)})
            case Feedback(reason=str() as reason):
                return entry.model_copy(update={"reason": masked(reason, kinds)})
            case Close(outcome=str() as outcome):
                return entry.model_copy(update={"outcome": masked(outcome, kinds)})
            case Open(customer=customer) if customer is not None and customer.history:
                history = tuple(
                    past.model_copy(update={"summary": masked(past.summary, kinds)})
                    for past in customer.history
                )
                told = customer.model_copy(update={"history": history})
                return entry.model_copy(update={"customer": told})
            case _:
                return entry
