"""What somebody asks about a conversation for themselves: a draft's review, the record so far.

The law: it changes nothing and is told to nobody else.
"""

from functools import partial

from assist.core import turns
from assist.service.asked import Asked
from assist.service.discretion import discreet, tells_all
from assist.service.effect import within_budget
from assist.service.parts import Parts
from assist.service.past import Past
from assist.wire.messages import Draft, Review, ServerMessage
from assist.wire.render import review_message, summary_message

__all__ = ["review_of", "summary_of"]


async def review_of(parts: Parts, past: Past, draft: Draft) -> Review:
    """Return what is to be said of a draft."""
    conversation = past.course.conversation
    subject = turns.Draft(text=draft.text, revision=draft.revision)
    review = await within_budget(parts, lambda line: line.review(conversation, subject))
    offered = sum(len(finding.rewrites) for finding in review.findings)
    parts.metrics.rewrites.labels("offered").inc(offered)
    parts.metrics.rewrites.labels("dropped").inc(review.dropped)
    return review_message(review, conversation.id, draft.revision, re=draft.id)


async def summary_of(parts: Parts, past: Past, asked: Asked) -> ServerMessage:
    """Return the record so far, with the coverage for whom that is."""
    conversation = past.course.conversation
    summary = await parts.analyst.ask(partial(parts.line.summarise, conversation))
    message = summary_message(
        summary,
        conversation=conversation.id,
        position=past.position,
        turn=conversation.turns[-1].id if conversation.turns else None,
        re=asked.re,
    ).model_copy(update={"version": past.version})
    every = tells_all(asked, conversation, share=parts.share_coverage)
    return message if every else discreet(message)
