"""The line, assembled: rules, playbook, policy and detectors in one value that steps conversations.

The law: everything that turns chats into suggestions comes through `Line`, whether it is live,
replayed or read from a command. It is built once, holds no state and may be shared by threads.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assist.__about__ import __version__
from assist.core import line as core_line
from assist.core.conditions import Pattern
from assist.core.conversation import Change, Conversation, Summary, changes
from assist.core.escalation import EscalationPolicy
from assist.core.line import Guidance
from assist.core.playbook import Playbook
from assist.core.review import review
from assist.core.rewrites import Review
from assist.core.rules import Pack, Watches
from assist.core.signals import Reading
from assist.core.summary import summarise
from assist.core.turns import Draft, Edit, Event, Feedback, Redaction, Role, Turn
from assist.detectors import load_all, missing, opinions, renewed, untrained, waiting
from assist.detectors.fitted import load_fitted
from assist.packs.bundled import bundled
from assist.packs.load import PackFolder, load_packs, merged, patterns_of
from assist.packs.playbookfile import load_playbook
from assist.packs.policies import load_attention, load_fusion, load_policy

__all__ = ["Line", "Step", "assemble", "load_line", "renew"]


_MODELS = "models"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A conversation after an event, and what to tell of it: (causing turn, change)."""

    conversation: Conversation
    told: tuple[tuple[str | None, Change], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """From events to conversations and what to tell of them."""

    guidance: Guidance
    folders: tuple[PackFolder, ...] = ()
    missing: tuple[str, ...] = ()
    """Models that cannot be used here; readings go on without them."""
    models: str = ""
    """A digest of the models and policies in force."""

    @property
    def version(self) -> str:
        """Return a name that is the same only for the same rules, playbook, models and code."""
        pack, book = self.guidance.pack, self.guidance.playbook
        without = "".join(f"-{name}" for name in self.missing)
        models = f"/{self.models}{without}" if self.models else ""
        playbook = f"/playbook+{book.digest}" if book.digest else ""
        return f"{pack.name}@{pack.version}+{pack.digest}{playbook}/{__version__}{models}"

    @property
    def pack_name(self) -> str:
        """Return the name of the rules in force."""
        return self.guidance.pack.name

    @property
    def pack_version(self) -> str:
        """Return the version of the rules in force."""
        return self.guidance.pack.version

    def plain(self) -> "Line":
        """Return the line without its trained models: quick, less sure, and named as such."""
        detectors = untrained(self.guidance.detectors)
        guidance = replace(self.guidance, detectors=detectors, opinions=())
        return replace(self, guidance=guidance, missing=(_MODELS,))

    def begin(self, conversation: str) -> Conversation:
        """Return a conversation in which nothing has happened."""
        return Conversation(id=conversation)

    def step(self, before: Conversation, event: Event) -> Step:
        """Return what comes of `event`, with every silence before it told first."""
        told: list[tuple[str | None, Change]] = []
        after = before
        for change in core_line.passage(before, event, self.guidance):
            cause = None if change.by_time else _cause(event)
            told.extend((cause, told_change) for told_change in changes(after, change.after))
            after = change.after
        return Step(conversation=after, told=tuple(told))

    def due(self, conversation: Conversation) -> datetime | None:
        """Return the conversation's own time at which a tick would next matter."""
        return core_line.due(conversation, self.guidance)

    def read(self, subject: Turn | Draft, earlier: tuple[Turn, ...] = ()) -> Reading:
        """Return the reading of one turn or draft, after the turns before it."""
        return self.guidance.read(subject, earlier)

    def review(self, conversation: Conversation, draft: Draft) -> Review:
        """Return what is to be said of a draft in this conversation."""
        return review(draft, conversation, self.guidance)

    def summarise(self, conversation: Conversation) -> Summary:
        """Return the record of the conversation so far."""
        return summarise(conversation, self.guidance.pack)


def _cause(event: Event) -> str | None:
    match event:
        case Turn(id=turn):
            return turn
        case Edit(turn=turn) | Redaction(turn=turn):
            return turn
        case Feedback():
            return None
    return None


def load_line(
    rules: Iterable[Path] = (),
    policy: Path | None = None,
    playbook: Path | None = None,
    fitted: Path | None = None,
) -> Line:
    """Return the line with the shipped rules and those in the folders `rules`.

    Without a file `playbook`, the last one in these folders is in force, or else the shipped one.
    What `assist fit` wrote in the folder `fitted` takes the place of the shipped numbers.
    """
    places = tuple(rules)
    book = load_playbook(places, playbook)
    return assemble(load_packs(places), book, load_policy(policy), fitted)


def renew(line: Line, rules: Iterable[Path] = (), playbook: Path | None = None) -> Line:
    """Return the line with rules and playbook read again; models and policies stay as they are."""
    places = tuple(rules)
    folders = load_packs(places)
    pack = merged(folders)
    guidance = replace(
        line.guidance,
        pack=pack,
        playbook=load_playbook(places, playbook),
        detectors=waiting(
            renewed(
                line.guidance.detectors,
                patterns_of(pack.rules),
                patterns_of(pack.of_agents),
                _by_role(pack),
            ),
            pack,
        ),
    )
    return replace(line, guidance=guidance, folders=folders)


def assemble(
    folders: tuple[PackFolder, ...],
    playbook: Playbook,
    policy: EscalationPolicy,
    fitted: Path | None = None,
) -> Line:
    """Return the line that these packs and this playbook make."""
    pack, models = merged(folders), bundled("models")
    digest = _digest(models)
    own = load_fitted(fitted, digest) if fitted else None
    attention, aptness = load_attention()
    guidance = Guidance(
        pack=pack,
        policy=policy,
        playbook=playbook,
        detectors=waiting(
            load_all(
                patterns_of(pack.rules),
                patterns_of(pack.of_agents),
                models,
                own,
                _by_role(pack),
            ),
            pack,
        ),
        opinions=opinions(models),
        fusion=load_fusion(own.policy if own else None),
        attention=attention,
        aptness=aptness,
    )
    named = f"{digest}+fitted.{own.digest}" if own else digest
    return Line(guidance=guidance, folders=folders, missing=missing(models), models=named)


def _by_role(pack: Pack) -> dict[Role, tuple[Pattern, ...]]:
    """Return what some rule asks for in turns of customers and of agents."""
    agents = (rule for rule in pack.of_agents if rule.watches is Watches.AGENT_TURN)
    heard = (*pack.watching(Watches.CUSTOMER_TURN, marks=True), *pack.heard)
    return {Role.CUSTOMER: patterns_of(heard), Role.AGENT: patterns_of(tuple(agents))}


def _digest(models: Path) -> str:
    """Return a short digest of every manifest and policy: these name all that is loaded."""
    digest = hashlib.sha256()
    for place in sorted(models.glob("*/*.json")):
        digest.update(place.read_bytes())
    return digest.hexdigest()[:8]
