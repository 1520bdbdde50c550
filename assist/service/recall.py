"""From the turn log back to what a room remembers.

The law: words that were taken back leave the log before anything is made of it again.
"""

from dataclasses import replace

from assist.core.remembering import forget_words
from assist.service.course import epoch_of
from assist.service.effect import Taking, effect_of, manner_of
from assist.service.entries import Entry, decoded, encoded, redacted, without_words
from assist.service.parts import Parts
from assist.service.past import Past
from assist.service.store import Planned, Record
from assist.wire.messages import Redact

__all__ = ["cleansed", "recalled"]


async def recalled(conversation: str, parts: Parts) -> tuple[Past, Planned | None]:
    """Return what the log makes of the conversation, and its plan; an unknown one is empty."""
    kept = await parts.log.upkeep(conversation)
    past = parts.asleep.take(
        conversation,
        version=parts.line.version,
        generation=kept.generation,
        seq=await parts.log.last(conversation),
    )
    return past or await _folded(conversation, parts, kept.generation), kept.plan


async def _folded(conversation: str, parts: Parts, generation: int) -> Past:
    records = await cleansed(conversation, parts)
    entries = [decoded(record.payload) for record in records]
    redactions = sum(isinstance(entry, Redact) for entry in entries)
    line = parts.line
    epoch = epoch_of(parts.log.store_id, line.version, redactions, generation)
    past = Past(epoch, line.begin(conversation), line.version, generation)
    for record, entry in zip(records, entries, strict=True):
        name, manner = record.message_id, manner_of(record.payload)
        taking = Taking(entry=entry, stored_as=name, manner=manner)
        effect = await effect_of(parts, past, taking, line)
        past.grow(name, effect.advance, effect.since)
    return past


async def cleansed(conversation: str, parts: Parts) -> tuple[Record, ...]:
    """Return the stored inputs, with the words that were taken back gone here and in the log."""
    records = await parts.log.read(conversation)
    entries: tuple[Entry, ...] = tuple(decoded(record.payload) for record in records)
    clean = list(records)
    for place in redacted(entries):
        payload = encoded(without_words(entries[place]))
        await parts.log.replace(conversation, records[place].message_id, payload)
        clean[place] = replace(records[place], payload=payload)
    if any(isinstance(entry, Redact) for entry in entries):
        forget_words()
    return tuple(clean)
