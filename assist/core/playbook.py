"""What a company allows its agents to offer, and nothing else.

The law: an option in a suggestion or a rewrite comes from here or from the chat; it is never made
up. An empty playbook offers nothing.
"""

from dataclasses import dataclass

__all__ = ["EMPTY", "Offer", "Playbook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that agents may offer, worded to follow "I can"; no causes means any cause."""

    text: str
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The offers of a company, in the order it prefers them."""

    name: str
    offers: tuple[Offer, ...] = ()

    def for_causes(self, causes: tuple[str, ...]) -> tuple[Offer, ...]:
        """Return what may be offered for these causes, those made for a cause first."""
        fitting = [offer for offer in self.offers if set(offer.causes) & set(causes)]
        general = [offer for offer in self.offers if not offer.causes]
        return (*fitting, *general)


EMPTY = Playbook(name="empty")
