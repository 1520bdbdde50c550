"""A first rule to change: a whole rule file that proves as written.

The law: what is written here passes its own proof before anybody has touched it, so that each fault
seen afterwards comes from the last change. Nothing that exists is written over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from assist.core.rules import Rule, Watches
from assist.core.techniques import TECHNIQUES
from assist.errors import UsageError

__all__ = ["Job", "Place", "begin", "job_for", "place_of", "skeleton"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


class Job(StrEnum):
    """What a new rule is to do."""

    OFFER = "offer"
    READ = "read"
    CHECK = "check"
    WAIT = "wait"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a rule is to lie."""

    folder: Path
    technique: str
    rule: str

    @property
    def file(self) -> Path:
        """Return the rule's file."""
        return self.folder / self.technique / f"{self.rule}.yaml"

    @property
    def manifest(self) -> Path:
        """Return the manifest of the rule's pack."""
        return self.folder / "pack.yaml"


def place_of(path: Path) -> Place:
    """Return the place that `PACK/TECHNIQUE/RULE` names, or raise `UsageError`."""
    parts = path.absolute().parts
    named = path.parts[-1].removesuffix(".yaml") if path.parts else ""
    if len(path.parts) < 3 or ".." in path.parts[-3:]:
        raise UsageError(
            "name the new rule as PACK/TECHNIQUE/RULE, such as bikes/offer-solutions/courtesy-bike"
        )
    technique, pack = parts[-2], parts[-3]
    if technique not in TECHNIQUES:
        near = get_close_matches(technique, TECHNIQUES, n=3, cutoff=0.5)
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise UsageError(f"{technique!r} is not a technique of the catalogue{hint}")
    for name in (pack, named):
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} cannot be a name here: use small letters, digits and hyphens"
            )
    return Place(folder=path.parent.parent, technique=technique, rule=named)


def job_for(technique: str, rules: Iterable[Rule]) -> Job:
    """Return what most of these rules do for that technique; where none is there, offer lines."""
    jobs = Counter(_job_of(rule) for rule in rules if rule.technique == technique)
    return max(jobs, key=lambda job: (jobs[job], job is Job.OFFER)) if jobs else Job.OFFER


def _job_of(rule: Rule) -> Job:
    if rule.watches is Watches.CUSTOMER_TURN:
        return Job.READ if rule.mark is not None else Job.OFFER
    return {
        Watches.AGENT_TURN: Job.NOTE,
        Watches.AGENT_DRAFT: Job.CHECK,
        Watches.CONVERSATION: Job.WAIT,
    }[rule.watches]


def skeleton(place: Place, job: Job) -> str:
    """Return the text of a rule file that does this job and proves as written."""
    prefixed = "." in place.technique
    return _TEXTS[job].format(
        technique=place.technique,
        signal=place.technique if prefixed else f"{place.technique}.{place.rule}",
        act=place.rule,
        call_words=_CALL_WORDS,
        call_texts=_CALL_TEXTS,
    )


def begin(place: Place, job: Job) -> tuple[Path, ...]:
    """Write the rule, and the manifest of its pack where it has none; return what was written."""
    written = []
    try:
        place.file.parent.mkdir(parents=True, exist_ok=True)
        with place.file.open("x", encoding="utf-8") as file:
            file.write(skeleton(place, job))
        written.append(place.file)
        if not place.manifest.exists():
            with place.manifest.open("x", encoding="utf-8") as file:
                file.write(_PACK.format(name=place.folder.absolute().name))
            written.insert(0, place.manifest)
    except FileExistsError as error:
        raise UsageError(f"{error.filename} is there already: choose another name") from None
    except OSError as error:
        raise UsageError(f"cannot write {place.file}: {error.strerror}") from None
    return tuple(written)


_PACK = """\
# A pack: its name is the folder's name. Raise the version when you hand it on.
name: {name}
version: "1"
language: en
licence: our own
"""

# What the two rules share that listen for a call back that did not come.
_CALL_WORDS = """\
# Any of these words in the customer's turn; {a|b} is a choice, {|very} an optional word.
when:
  phrases:
    - "{nobody|no one} {called|rang} {|me} back"
    - "promised {|me} a {|phone} call"
"""

_CALL_TEXTS = """\
# What it must catch, with the words marked; at least three, better eight.
flags:
  - "[[nobody called me back]] yesterday"
  - "you [[promised me a call]] on Monday"
  - "[[no one rang back]], so here I am again"
# What it must leave alone; near misses are worth the most.
allows:
  - "can somebody call me back?"
"""

_OFFER = """\
# A first rule to change: it proves as it stands. Prove it again after each change.
# What it is about, in one sentence.
summary: A call back was promised and did not come.
technique: {technique}
watches: customer-turn
{call_words}# Silent all the same where one of these stands there too.
unless:
  phrases: ["{{calling|called|rang}} me now"]
# Lines to offer, as a good agent would type them. [next step] and [time] are the agent's to fill.
say:
  - "A call was promised and you got none. I can {{next-step}}."
  - "You waited for that call. I'll ring you at {{time}} myself."
  - "Thank you for telling me. Which time today is good for a call?"
  - "That call is mine now. Is {{time}} good for you?"
# Why this helps, in one sentence to the agent.
why: A time that is named gives back some of the trust that the missing call took.
source: our own team
{call_texts}  - "nobody called me back earlier but your colleague is calling me now"
  - "thanks for the call"
"""

_READ = """\
# A first rule to change: it proves as it stands. Prove it again after each change.
# What it is about, in one sentence.
summary: The customer says that a call back did not come.
technique: {technique}
watches: customer-turn
# The signal it gives to the turn, how sure it is (0 to 1), and the words the agent reads.
reads: {signal}
score: 0.9
reason: waits for a call that was promised
# How it moves the feeling and the escalation; see the page of keys for the axes.
pulls: {{valence: -0.2, effort: 0.2}}
{call_words}# Why this matters, in one sentence to the agent.
why: Somebody who was left waiting for a call counts the next promise twice.
source: our own team
{call_texts}  - "I don't need to be called back"
  - "thanks for the call"
"""

_CHECK = """\
# A first rule to change: it proves as it stands. Prove it again after each change.
# The message the agent sees beside the draft, in one sentence.
summary: Speaks of a ticket where the customer has a question.
technique: {technique}
watches: agent-draft
# Asked of each sentence by itself.
within: sentence
# Any of these words in the draft; {{a|b}} is a choice, {{|very}} an optional word.
when:
  phrases: ["your {{|support|open}} ticket"]
# Silent all the same where one of these stands in the same sentence.
unless:
  phrases: ["{{train|bus|concert|plane}}"]
# Better words for what was found: small letters; leave this out where there are none.
swap:
  - {{from: your ticket, to: your question}}
  - {{from: your support ticket, to: your question}}
  - {{from: your open ticket, to: what you asked about}}
# Why this is better, in one sentence to the agent.
why: People ask questions; tickets are how a company counts them.
source: our own team
# What it must catch, with the words marked, and what the draft becomes.
flags:
  - {{text: "I have [[your ticket]] here.", becomes: "I have your question here."}}
  - {{text: "[[Your support ticket]] is with me.", becomes: "Your question is with me."}}
  - {{text: "Back to [[your open ticket]].", becomes: "Back to what you asked about."}}
# What it must leave alone; near misses are worth the most.
allows:
  - "I have your question here."
  - "The number on your train ticket is fine."
  - "Is this your ticket for the bus?"
"""

_WAIT = """\
# A first rule to change: it proves as it stands. Prove it again after each change.
# What it is about, in one sentence.
summary: The customer has written and nobody has said a word for ten minutes.
technique: {technique}
watches: conversation
# How long nobody has spoken, in seconds.
when: {{silence: 600}}
# Silent all the same where this holds.
unless: {{stage: [closing]}}
# Lines to offer, as a good agent would type them. [next step] and [time] are the agent's to fill.
say:
  - "I'm still here and still on it. Next I {{next-step}}."
  - "A short word from me: I'm still on it, and I'll write again by {{time}}."
  - "You haven't been forgotten. Is there anything you'd like to add?"
  - "You haven't heard from me for a bit. I'm on it and I'll tell you more by {{time}}."
# Why this helps, in one sentence to the agent.
why: Silence is read as being forgotten.
source: our own team
# Short chats after which it must speak.
flags:
  - {{text: "(silence 600)", chat: ["Customer: my parcel is late", "Agent: I'm looking into it."]}}
  - {{text: "(silence 900)", chat: ["Customer: the lamp is broken"]}}
  - {{text: "(silence 1200)", chat: ["Agent: Hello", "Customer: where is my order"]}}
# Short chats after which it must stay silent.
allows:
  - {{text: "(silence 60)", chat: ["Customer: my parcel is late"]}}
  - {{text: "(silence 300)", chat: ["Customer: the lamp is broken", "Agent: I'm on it."]}}
  - "Customer: where is my order"
"""

_NOTE = """\
# A first rule to change: it proves as it stands. Prove it again after each change.
# What it is about, in one sentence.
summary: The agent named the time of a call.
technique: {technique}
watches: agent-turn
# What the agent did; other rules ask for it as `act: {act}`.
reads: act.{act}
reason: a time for a call was named
# Any of these words in the agent's turn; {{a|b}} is a choice, # a number.
when:
  tokens: ["call|ring|phone you at|before #"]
# Why it is noted, in one sentence.
why: What the agent has done needs no second prompt.
source: our own team
# What it must catch, with the words marked; at least three, better eight.
flags:
  - "I'll [[call you at 5]]."
  - "We [[ring you before 12]], is that good?"
  - "ok, I [[phone you at 9]] tomorrow"
# What it must leave alone; near misses are worth the most.
allows:
  - "Could you call us at 5?"
  - "I'll call you soon."
  - "You can call before 12."
"""

_TEXTS: Mapping[Job, str] = {
    Job.OFFER: _OFFER,
    Job.READ: _READ,
    Job.CHECK: _CHECK,
    Job.WAIT: _WAIT,
    Job.NOTE: _NOTE,
}
