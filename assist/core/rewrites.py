"""What a review of a draft says, as values.

The law: a rewrite is edits with exact spans of the draft as typed; applying them gives `text`.
"""

from dataclasses import dataclass, field

from assist.core.text import Span

__all__ = ["Fill", "Finding", "Review", "Rewrite", "Substitution", "Tension", "applied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """Put `text` where `span` of the draft stands."""

    span: Span
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """An open slot in the rewritten text that only the agent can fill; `span` is in that text."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """The same truth in better words."""

    text: str = field(repr=False)
    edits: tuple[Substitution, ...] = ()
    fills: tuple[Fill, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in a draft that will land badly, with better words where there are any."""

    technique: str
    rule: str
    span: Span
    message: str
    why: str
    rewrites: tuple[Rewrite, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """The escalation score as it stands, and as expected if this draft were sent (0..1)."""

    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that is to be said of one draft; `dropped` rewrites broke a law or made it no better."""

    findings: tuple[Finding, ...]
    tension: Tension
    dropped: int = 0


def applied(text: str, edits: tuple[Substitution, ...]) -> str:
    """Return `text` with `edits` in place; they must not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
