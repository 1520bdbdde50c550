"""Figures a rule and a technique: what was shown, what was used, what was sent away or held back.

The law: counted over suggestions, each once by its one fate. Rates are of those whose fate is
known: a card that another took the place of, or that still stands, is left out.
"""

from collections import Counter
from collections.abc import Sequence

from assist.core.feedback import Fate, Outcome
from assist.core.suggestions import HeldReason
from assist.core.turns import FeedbackAction
from assist.report.chats import Chat
from assist.report.tables import Cell, Column, Rate, Section, grouped, ranked, technique_named

__all__ = ["feedback_sections"]

_UNKNOWN = (Fate.SUPERSEDED, Fate.STANDING)
_MOST = 60
_WORDS = {"technique": technique_named}
_FIGURES = (
    Column(name="shown", title="shown"),
    Column(name="used_rate", title="used (95 %)"),
    Column(name="seen", title="seen on a screen", brief=False),
    Column(name="inserted", title="inserted"),
    Column(name="copied", title="copied", brief=False),
    Column(name="sent_as_is", title="sent as is", brief=False),
    Column(name="edited", title="edited"),
    Column(name="words_changed", title="words changed", brief=False),
    Column(name="used_unclicked", title="unclicked"),
    Column(name="own_words", title="in own words", brief=False),
    Column(name="clicked_not_sent", title="clicked, not sent", brief=False),
    Column(name="dismissed", title="dismissed"),
    Column(name="snoozed", title="snoozed", brief=False),
    Column(name="ignored", title="ignored"),
    Column(name="superseded", title="superseded", brief=False),
    Column(name="standing", title="still standing", brief=False),
    Column(name="helpful", title="helpful", brief=False),
    Column(name="unhelpful", title="unhelpful", brief=False),
    Column(name="dismissed_rate", title="dismissed (95 %)", brief=False),
    Column(name="ignored_rate", title="ignored (95 %)", brief=False),
)


def feedback_sections(chats: Sequence[Chat]) -> tuple[Section, ...]:
    """Return what became of the cards, why some were sent away, and what was held back."""
    found = [outcome for chat in chats for outcome in chat.outcomes]
    return (
        _section(
            "techniques", "By technique", "technique",
            "Used: sent as is, edited, or used unclicked. "
            "Unclicked: the line was found in the next answer. "
            "Words changed: the mean over what was used.",
            grouped((one.technique, one) for one in found),
        ),
        _section(
            "rules", "By rule", "rule", "The same, for each rule by itself.",
            grouped((one.rule, one) for one in found),
        ),
        _reasons(found),
        _held(chats),
    )  # fmt: skip


def _section(
    name: str, title: str, key: str, note: str, groups: dict[str, list[Outcome]]
) -> Section:
    most_first = ranked({name: len(found) for name, found in groups.items()})
    return Section(
        name=name,
        title=title,
        note=note,
        columns=(Column(name=key, title=key, words=_WORDS.get(key, str)), *_FIGURES),
        rows=tuple({key: who, **_figures(groups[who])} for who in most_first),
        drawn="used_rate",
    )


def _figures(found: Sequence[Outcome]) -> dict[str, Cell]:
    fates = Counter(one.fate for one in found)
    used = sum(one.fate.used for one in found)
    known = len(found) - sum(fates[fate] for fate in _UNKNOWN)
    apart = [one.distance for one in found if one.distance is not None]
    return {
        "shown": len(found),
        "seen": sum(one.displayed for one in found),
        "inserted": sum(one.clicked is FeedbackAction.INSERTED for one in found),
        "copied": sum(one.clicked is FeedbackAction.COPIED for one in found),
        "sent_as_is": fates[Fate.SENT],
        "edited": fates[Fate.EDITED],
        "words_changed": sum(apart) / len(apart) if apart else None,
        "used_unclicked": fates[Fate.UNCLICKED],
        "own_words": fates[Fate.OWN_WORDS],
        "clicked_not_sent": fates[Fate.NOT_SENT],
        "dismissed": fates[Fate.DISMISSED],
        "snoozed": fates[Fate.SNOOZED],
        "ignored": fates[Fate.IGNORED],
        "superseded": fates[Fate.SUPERSEDED],
        "standing": fates[Fate.STANDING],
        "helpful": sum(one.helpful is True for one in found),
        "unhelpful": sum(one.helpful is False for one in found),
        "used_rate": Rate(used, known),
        "dismissed_rate": Rate(fates[Fate.DISMISSED], known),
        "ignored_rate": Rate(fates[Fate.IGNORED], known),
    }


def _reasons(found: Sequence[Outcome]) -> Section:
    counts = Counter((one.technique, _reason(one)) for one in found if one.fate is Fate.DISMISSED)
    return Section(
        name="dismissals",
        title="Why cards were dismissed",
        note="The reasons as agents gave them.",
        columns=(
            Column(name="technique", title="technique", words=technique_named),
            Column(name="reason", title="reason"),
            Column(name="count", title="times"),
        ),
        rows=tuple(
            {"technique": technique, "reason": reason, "count": counts[technique, reason]}
            for technique, reason in ranked(counts)
        ),
    )


def _reason(one: Outcome) -> str:
    words = " ".join((one.reason or "").split()).casefold()
    if words:
        return words if len(words) <= _MOST else f"{words[: _MOST - 1]}…"
    return "unhelpful" if one.helpful is False else "none given"


def _held(chats: Sequence[Chat]) -> Section:
    counts = Counter(
        (held.technique, held.reason)
        for chat in chats
        for moment in chat.conversation.moments
        for held in moment.held
    )
    total = Counter(technique for technique, _ in counts.elements())
    reasons = [reason for reason in HeldReason if any(why is reason for _, why in counts)]
    return Section(
        name="held_back",
        title="What was held back",
        note="Rules that applied and were not shown, by the first reason against them.",
        columns=(
            Column(name="technique", title="technique", words=technique_named),
            Column(name="held", title="held back"),
            *(Column(name=reason, title=reason) for reason in reasons),
        ),
        rows=tuple(
            {
                "technique": technique,
                "held": total[technique],
                **{str(reason): counts[technique, reason] for reason in reasons},
            }
            for technique in ranked(total)
        ),
    )
