"""A line with a few small rules, and chats whose figures can be counted by hand."""

import json

import pytest
from noticing import noticing

from assist.core.conditions import CueFound, Pattern
from assist.core.escalation import EscalationPolicy, Level
from assist.core.line import Guidance
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Pull
from assist.line import Line

WORDS = ("late", "furious", "fine", "sorry", "thanks")
LINE = "I'm sorry your parcel is late. I'm asking the depot right now."


def rule(technique, word, *, mark=None, watches=Watches.CUSTOMER_TURN, lines=(), priority=50):
    return Rule(
        id=f"p/{technique}/{word}", technique=technique, watches=watches, summary="S.", mark=mark,
        why="Because.", when=CueFound(pattern=Pattern(cue=word)), lines=lines, rest=1,
        priority=priority,
    )  # fmt: skip


def mark(name, axis="effort", amount=0.0):
    return Mark(name=name, score=1.0, reason=name, pulls=(Pull(axis=axis, amount=amount),))


@pytest.fixture(scope="session")
def line():
    """Late is a cause and tense, furious goes to high, fine is calm again, sorry apologises."""
    rules = (
        rule("x", "late", mark=mark("cause.delay", amount=1.0)),
        rule("y", "furious", mark=mark("emotion.anger", amount=4.0)),
        rule("z", "fine", mark=mark("resolved", amount=-3.0)),
        rule("apologise", "sorry", mark=mark("act.apology"), watches=Watches.AGENT_TURN),
        rule("apologise", "late", lines=(LINE, "Sorry, it is late."), priority=60),
        rule("thank", "late", lines=("Thank you for writing to us about it.",)),
        rule("empathy", "furious", lines=("That must be hard.",)),
    )
    policy = EscalationPolicy(
        bias=-2.0,
        weights={"effort": 1.0},
        enter={Level.WATCH: 0.2, Level.HIGH: 0.5},
        leave={Level.WATCH: 0.15, Level.HIGH: 0.4},
    )
    pack = Pack(name="p", version="1", digest="d", rules=rules)
    return Line(guidance=Guidance(pack=pack, policy=policy, detectors=(noticing(*WORDS),)))


class Script:
    """Writes the raw inputs of conversations as they are on the wire."""

    def __init__(self):
        self.messages = []
        self._minute = 0

    def _at(self):
        self._minute += 1
        return f"2026-03-02T{9 + self._minute // 60:02}:{self._minute % 60:02}:00Z"

    def say(self, chat, role, text, turn):
        said = {"id": turn, "role": role, "text": text, "at": self._at()}
        self.messages.append({"type": "turn", "conversation": chat, "turn": said})

    def tell(self, chat, kind, **more):
        self.messages.append({"type": kind, "conversation": chat, "at": self._at(), **more})

    def click(self, chat, action, suggestion, **more):
        self.tell(chat, "feedback", suggestion=suggestion, action=action, **more)

    def chat(self, name, *turns):
        """Write a chat of customer and agent turns, one after the other, and its end."""
        for number, text in enumerate(turns, start=1):
            self.say(name, "agent" if number % 2 == 0 else "customer", text, f"t{number}")
        self.tell(name, "close")

    @property
    def text(self):
        return "".join(json.dumps(message) + "\n" for message in self.messages)


CARD = "p/apologise/late:t1"


@pytest.fixture
def script():
    """Six chats: sent as is, edited, unclicked, dismissed, in own words, ignored."""
    written = Script()
    written.say("sent", "customer", "it is late", "t1")
    written.click("sent", "shown", CARD)
    written.click("sent", "inserted", CARD)
    written.say("sent", "agent", LINE, "t2")
    written.say("sent", "customer", "fine, thanks", "t3")
    written.tell("sent", "close")
    written.say("edited", "customer", "it is late", "t1")
    written.click("edited", "copied", CARD)
    written.say("edited", "agent", "Hi. " + LINE.replace("right ", ""), "t2")
    written.say("edited", "customer", "furious", "t3")
    written.tell("edited", "close")
    written.chat("unclicked", "late", LINE.replace("right now", "at once"), "ok")
    written.say("dismissed", "customer", "late", "t1")
    written.click("dismissed", "dismissed", CARD, reason="Not  now")
    written.chat("own", "late", "so sorry about that", "ok")
    written.chat("ignored", "late, and furious", "Which order is it?")
    written.chat("calm", "hello", "hi")
    return written


@pytest.fixture
def log(tmp_path, script):
    """Return the file of the raw inputs."""
    path = tmp_path / "inputs.jsonl"
    path.write_text(script.text, encoding="utf-8")
    return path
