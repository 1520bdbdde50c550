"""Who follows one conversation, and what each of them is told.

The law: whoever comes is told the state and everything missed before anything newer. Who may be
told how the agent did is asked anew whenever the conversation goes to another agent.
"""

from weakref import WeakKeyDictionary

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.service.asked import Asked, Who
from assist.service.bus import Mailbox
from assist.service.course import Advance
from assist.service.discretion import discreet, encoded_discreetly, others_of, tells_all
from assist.service.parts import Parts, subject_of, supervisors_of
from assist.service.past import Past
from assist.service.standing import shot
from assist.service.tenancy import tenant_of
from assist.wire.messages import (
    AcknowledgedMessage,
    AlertMessage,
    EscalationMessage,
    Subscribe,
    encode,
)
from assist.wire.render import snapshot
from assist.wire.waiting import waiting_since

__all__ = ["Followers", "needs_look"]

_FOR_SUPERVISORS = (AlertMessage, AcknowledgedMessage, EscalationMessage)


def needs_look(conversation: Conversation) -> bool:
    """Tell whether a chat is open and tense, or called and nobody has acknowledged it."""
    tense = conversation.escalation.level is not Level.CALM and conversation.summary is None
    return tense or bool(conversation.open_alerts)


class Followers:
    """Those who follow the conversation `name`."""

    def __init__(self, name: str, parts: Parts) -> None:
        self._parts = parts
        self._told_all, self._others = subject_of(name), others_of(name)
        self._supervisors = supervisors_of(tenant_of(name))
        self._who: WeakKeyDictionary[Mailbox, Who] = WeakKeyDictionary()

    @property
    def any(self) -> bool:
        """Tell whether somebody follows."""
        listeners = self._parts.bus.listeners
        return bool(listeners(self._told_all) or listeners(self._others))

    def admit(self, past: Past, asked: Asked) -> None:
        """Tell somebody what stands and what they missed, then everything that comes."""
        message = asked.message
        resumed = past.resumed(message.after if isinstance(message, Subscribe) else None)
        state = shot(
            resumed.standing,
            past.course.conversation,
            resumed.position,
            re=asked.re,
            recovered=resumed.recovered,
            version=past.version,
        )
        every = self._tells_all(asked, past.course.conversation)
        asked.answer(state if every else discreet(state))
        if resumed.missed:
            asked.mailbox.put(*(e.encoded if every else e.discreet for e in resumed.missed))
        self._who[asked.mailbox] = asked.who
        self._attach(asked.mailbox, every=every)

    def dismiss(self, mailbox: Mailbox) -> None:
        """Tell that one nothing more."""
        self._who.pop(mailbox, None)
        for subject in (self._told_all, self._others):
            self._parts.bus.unsubscribe(subject, mailbox)

    def sort_again(self, conversation: Conversation) -> None:
        """Heed that the conversation went to another agent."""
        for mailbox, who in tuple(self._who.items()):
            self._attach(mailbox, every=self._tells_all(who, conversation))

    def tell(self, advance: Advance) -> None:
        """Tell everybody what happened."""
        publish = self._parts.bus.publish
        for event in advance.events:
            self._parts.metrics.told(event.message)
            publish(self._told_all, event.encoded)
            if self._parts.bus.listeners(self._others):
                publish(self._others, encoded_discreetly(event.message, event.encoded))
            if isinstance(event.message, _FOR_SUPERVISORS):
                publish(self._supervisors, event.encoded)

    def tell_waiting(self, before: Conversation, past: Past, advance: Advance) -> None:
        """Tell the supervisors of a chat in need of a look that the customer waits, or no longer.

        They are told too when such a chat is closed. No event says so by itself; where one that
        they are told does, this is not needed.
        """
        now = past.course.conversation
        said = any(
            isinstance(one.message, AlertMessage | EscalationMessage) for one in advance.events
        )
        closed = before.summary is None and now.summary is not None
        waits = waiting_since(before) != waiting_since(now)
        wanted = (closed and needs_look(before)) or (waits and needs_look(now))
        if said or not wanted or not self._parts.bus.listeners(self._supervisors):
            return
        state = snapshot(now, past.position, version=past.version)
        self._parts.bus.publish(self._supervisors, encode(discreet(state)).encode())

    def begin_anew(self, past: Past) -> None:
        """Tell everybody that this is the state now, whatever they were told before."""
        state = snapshot(
            past.course.conversation, past.position, recovered=False, version=past.version
        )
        for subject in (self._told_all, self._others, self._supervisors):
            self._parts.bus.publish(subject, encode(discreet(state)).encode())

    def _tells_all(self, asked: Asked | Who, conversation: Conversation) -> bool:
        return tells_all(asked, conversation, share=self._parts.share_coverage)

    def _attach(self, mailbox: Mailbox, *, every: bool) -> None:
        here, there = self._told_all, self._others
        if not every:
            here, there = there, here
        self._parts.bus.unsubscribe(there, mailbox)
        self._parts.bus.subscribe(here, mailbox)
