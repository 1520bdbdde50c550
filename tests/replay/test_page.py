"""A played transcript as one HTML page."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.conversation import Alert, Conversation, Noted, Part, Summary
from assist.core.escalation import Escalation, Level, Reason
from assist.core.signals import Evidence, Pull, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import Held, HeldReason, Kind, Slot, Suggestion
from assist.core.text import Span
from assist.core.turns import Closed, Opened, Role, Turn
from assist.replay.page import page
from assist.replay.play import Played
from assist.replay.words import words_in
from assist.wire.messages import Position
from assist.wire.render import render

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HOSTILE = "</title></style></p>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"


def proof(start, end, cue="late", turn="t1"):
    return Evidence(turn=turn, span=Span(start, end), cue=cue, source="s")


def played(
    text, *signals, role=Role.CUSTOMER, level=Level.CALM, cards=(), held=(), name="t1", **more
):
    """Return one played turn that was read as these signals."""
    turn = Turn(id=name, role=role, text=text, at=AT)
    reading = Reading(
        turn=name, sentiment=Sentiment(score=-0.25, label=SentimentLabel.NEGATIVE), signals=signals
    )
    reasons = (Reason(text="is late", weight=0.2, evidence=(proof(0, 1, turn=name),)),)
    escalation = Escalation(level=level, score=0.4, reasons=reasons)
    after = Conversation(
        id="c", turns=(turn,), readings=(reading,), escalation=escalation, held=held, **more
    )
    messages = tuple(
        render(change, conversation="c", position=Position(epoch="e", offset=number), turn=name)
        for number, change in enumerate((escalation, *cards), start=1)
    )
    return Played(event=turn, conversation=after, messages=messages)


def card(*lines, evidence=(), why="Because.", kind=Kind.REPLY, slots=()):
    return Suggestion(
        id="s", technique="empathy", rule="p/empathy/r", kind=kind, lines=lines, why=why,
        evidence=evidence, priority=50, expires_after_turn=2, slots=slots,
    )  # fmt: skip


def noticed(*evidence, reason="is late", name="cause.delay"):
    pulls = (Pull(axis="effort", amount=1.0),)
    return Signal(name=name, score=1.0, evidence=evidence, reason=reason, pulls=pulls)


class Reader(HTMLParser):
    """Gathers what a browser would see: tags with their attributes, and words with their language.

    The language is that of the element that they stand in, None where it has none.
    """

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.told = []
        self._languages = [None]
        self.feed(text)
        self.close()

    @property
    def words(self):
        return [words for words, _ in self.told]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":  # which has no end
            self._languages.append(dict(attrs).get("lang") or self._languages[-1])

    def handle_endtag(self, tag):
        self._languages.pop()

    def handle_data(self, data):
        self.told.append((data, self._languages[-1]))

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def seen(*steps, name="c", **more):
    return Reader(page([(name, steps)], **more))


def record(*lines):
    """Return a summary with these lines of record."""
    noted = tuple(Noted(part=Part.OPEN, text=line, evidence=(proof(0, 1),)) for line in lines)
    return Summary(problem=None, record=noted)


def words(reader):
    return "".join(reader.words)


def test_hostile_words_are_only_words():
    """Markup in names, turns, cues, lines, reasons and the record is text, and adds no element."""

    def told(text):
        alert = Alert(
            id=text, level=Level.HIGH, reasons=(Reason(text=text, weight=1.0),), turn="t1"
        )
        signal = noticed(proof(0, 5, cue=text, turn=text), reason=text)
        cards = (card(text, why=text, evidence=(proof(0, 5, turn=text),)), alert)
        return played(text, signal, cards=cards, name=text, summary=record(text))

    hostile, plain = seen(told(HOSTILE), name=HOSTILE), seen(told("plain"), name="plain")
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert [sorted(attrs) for _, attrs in hostile.tags] == [
        sorted(attrs) for _, attrs in plain.tags
    ]
    # The title, the chat's name, what was read, the line, why, the alert's reason, the record.
    assert words(hostile).count(HOSTILE) >= 7
    assert "<mark>&lt;/tit</mark>" in page([("c", [told(HOSTILE)])])


def test_a_page_loads_and_runs_nothing():
    """No script, no address but places in it; its policy allows its own style by hash alone."""
    text = page([("c", [played("hi", cards=(card("one"),))]), ("d", [played("ho")])])
    reader = Reader(text)
    assert {tag for tag, _ in reader.tags}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "base", "form"}
    )
    names = {name for _, attrs in reader.tags for name in attrs}
    assert names.isdisjoint({"src", "srcset", "action", "style", "onload", "onclick"})
    assert [link["href"] for link in reader.named("a")] == ["#chat-1", "#chat-2"]
    assert {one["id"] for one in reader.named("section")} == {"chat-1", "chat-2"}
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [m["content"] for m in reader.named("meta") if "http-equiv" in m]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    for forbidden in ("unsafe", "url(", "@import", "http:", "https:", "<"):
        assert forbidden not in style + policy


def test_the_look_is_the_panels():
    """Colours and signs are those of the panel's own file, at the root of the page."""
    style = page([]).split("<style>")[1].split("</style>")[0]
    for shared in ("--critical: var(--ca-critical, light-dark(", ".steps {", "mark, .slot {"):
        assert shared in style
    assert ":host" not in style


def test_cues_are_marked_where_they_stand_and_named():
    """The words that speak for a signal are marked, and told with what they were taken for."""
    signals = (
        noticed(proof(7, 11)),
        noticed(proof(7, 17, cue="again"), reason="wrote before"),
        noticed(proof(0, 4), name="valence"),
        noticed(proof(0, 4), reason=""),
    )
    text = page([("c", [played("it’s 🙂 late again", *signals)])])
    assert '<p class="words">it’s 🙂 <mark>late again</mark></p>' in text
    assert "<li>is late: “late”</li><li>wrote before: “late again”</li>" in text


@pytest.mark.parametrize("evidence", [proof(0, 4, turn="t9"), proof(90, 99), proof(-5, 0)])
def test_what_points_elsewhere_marks_nothing(evidence):
    """Evidence of another turn, or outside the words, marks no words of this one."""
    step = played("so late", noticed(evidence), cards=(card(evidence=(evidence,)),))
    assert seen(step).named("mark") == []


def test_what_a_suggestion_points_at_is_marked_and_quoted():
    """The words that set off a suggestion are marked in the turn and stand on its card."""
    reader = seen(played("so late", cards=(card(evidence=(proof(3, 7),)),)))
    assert len(reader.named("mark")) == 1
    assert "Heard: “late” (turn 1)" in words(reader)


def test_a_card_shows_technique_lines_and_why():
    """What was offered stands beside its turn by the technique's plain name, slots marked."""
    slots = (Slot(name="time", line=1, span=Span(3, 9)),)
    text = page([("c", [played("hi", cards=(card("one", "by [time].", slots=slots),))])])
    for said in ("Name the feeling", "one", "Because.", "p/empathy/r"):
        assert said in words(Reader(text))
    assert '<blockquote>by <span class="slot">[time]</span>.</blockquote>' in text


@pytest.mark.parametrize(
    ("kind", "note"), [(Kind.NUDGE, "nothing to send"), (Kind.ALERT, "supervisor is told")]
)
def test_what_is_not_to_be_sent_says_so(kind, note):
    """A nudge and a call upwards say what they are."""
    assert note in words(seen(played("hi", cards=(card("one", kind=kind),))))


def test_a_call_to_the_supervisors_is_told_with_its_reasons():
    """An alert stands beside the turn that raised it."""
    alert = Alert(
        id="a", level=Level.HIGH, reasons=(Reason(text="is late", weight=1.0),), turn="t1"
    )
    assert "Supervisors are told (high): is late" in words(seen(played("hi", cards=(alert,))))


@pytest.mark.parametrize("reason", list(HeldReason))
def test_what_was_held_back_is_told_with_its_reason(reason):
    """A technique that was held back is named with why, in words; none leaves no heading."""
    held = (Held(technique="calm", rule="r/x", turn="t1", reason=reason),)
    said = words(seen(played("hi", held=held)))
    assert "Held backStay calm: " in said
    assert len(said.split("Stay calm: ")[1].split("r/x")[0].split()) >= 3
    assert "Held back" not in words(seen(played("hi")))


def test_only_customers_have_a_score():
    """Level and feeling stand under the customer's turns and nobody else's."""
    customer, agent = seen(played("hi")), seen(played("hi", role=Role.AGENT))
    assert "0.40 · feeling −0.25" in customer.words
    assert not any("feeling −" in said for said in agent.words)
    assert [svg for svg in agent.named("svg") if svg.get("role") == "img"] == []


def test_the_reasons_of_a_move_are_told_in_points():
    """Where the level was told anew, its reasons stand with their weight and their turn."""
    text = page([("c", [played("hi")])])
    weight = '<span class="weight">+20</span>is late<span class="soft"> (turn 1)</span>'
    assert weight in text
    still = replace(played("hi"), messages=())
    assert weight not in page([("c", [still])])


def test_a_level_is_never_colour_alone():
    """Beside each dot and sign stands the level's word, and the bars are hidden from readers."""
    reader = seen(played("hi", level=Level.CRITICAL))
    assert "Critical" in reader.words
    assert "Turn 1: critical, 0.40" in reader.words
    assert [svg["aria-hidden"] for svg in reader.named("svg") if "aria-hidden" in svg] == ["true"]


def test_the_facts_are_counted():
    """Turns, the highest level, suggestions and what was held back stand at the top."""
    held = (Held(technique="calm", rule="r", turn="t1", reason=HeldReason.BUDGET),)
    steps = (
        Played(event=Opened(), conversation=Conversation(id="c"), messages=()),
        played("a", level=Level.HIGH, cards=(card("one"),), held=held),
        played("b", name="t2"),
        Played(event=Closed(at=AT), conversation=Conversation(id="c"), messages=()),
    )
    assert "2 turns · highest level high · 1 suggestion · 1 held back" in words(seen(*steps))


def test_the_record_closes_a_chat():
    """Where the chat was closed its record stands at the end, each line with its turn."""
    closed = replace(played("hi"), event=Closed(at=AT))
    steps = (
        played("hi"),
        replace(closed, conversation=replace(closed.conversation, summary=record("Promised."))),
    )
    assert "The recordPromised. (turn 1)" in words(seen(*steps))
    assert "The record" not in words(seen(played("hi")))


def test_many_chats_are_on_one_page():
    """Each chat has its section and its line in the index; the title names them, shortened."""
    text = page([(f"chat & {number}", [played("hi")]) for number in range(60)])
    reader = Reader(text)
    assert len(reader.named("section")) == len(reader.named("a")) == 60
    title = text.split("<title>")[1].split("</title>")[0]
    assert title.startswith("Replay: chat &amp; 0, chat &amp; 1")
    assert len(Reader(f"<b>{title}</b>").words[0]) == len("Replay: ") + 200


def test_a_page_of_one_chat_is_headed_by_its_name():
    """The heading is the title and names the chat, once; many chats are counted."""
    text = page([("late & lost", [played("hi")])])
    assert "<title>Replay: late &amp; lost</title>" in text
    assert "<h1>Replay: late &amp; lost</h1>" in text
    assert words(Reader(text)).count("late & lost") == 2
    assert "<h1>Replay: 2 chats</h1>" in page([("a", [played("hi")]), ("b", [played("ho")])])


@pytest.mark.parametrize("role", [Role.AGENT, Role.CUSTOMER])
def test_a_private_turn_is_marked_as_what_the_customer_never_saw(role):
    """Its role says so in words and it has a look of its own; other turns have neither."""
    step = played("between us", role=role)
    private = replace(step, event=replace(step.event, private=True))
    text = page([("c", [private])])
    assert f"1 · {role}, private · " in words(Reader(text))
    assert f'<li class="turn {role} private">' in text
    plain = page([("c", [step])])
    assert f"1 · {role} · " in words(Reader(plain))
    assert f'<li class="turn {role}">' in plain


def test_a_chat_without_turns_is_a_page_too():
    """Where nobody spoke there is no timeline, and the facts say so."""
    reader = seen(Played(event=Opened(), conversation=Conversation(id="c"), messages=()))
    assert reader.named("svg") == []
    assert "0 turns" in words(reader)


SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6)


@given(st.text(alphabet="ab<&>\"' 🙂é\n", max_size=20), SPANS)
def test_marking_never_changes_the_words(text, spans):
    """Whatever is marked, the words of a turn read as they were written."""
    signals = [noticed(proof(start, end)) for start, end in spans]
    reader = seen(played(text, *signals))
    assert text in "".join(reader.words)


def test_times_are_told_to_the_second():
    """Every turn shows when it was said."""
    step = played("hi")
    later = replace(step, event=replace(step.event, at=AT + timedelta(seconds=75)))
    assert "09:01:15" in seen(later).words


def test_in_german_all_is_german_or_marked_as_english():
    """The report's own words are German; what rules and chat say is marked as English."""
    alert = Alert(
        id="a", level=Level.HIGH, reasons=(Reason(text="is late", weight=1.0),), turn="t1"
    )
    held = (Held(technique="calm", rule="r/x", turn="t1", reason=HeldReason.BUDGET),)
    cards = (card("By noon.", kind=Kind.NUDGE, evidence=(proof(0, 5),)), alert)
    step = played("where is it", noticed(proof(0, 5)), cards=cards, held=held)
    step = replace(step, conversation=replace(step.conversation, summary=record("Promised.")))
    text = page([("c", [step])], say=words_in("de"))
    assert '<html lang="de">' in text
    told = Reader(text).told
    english = "".join(words for words, lang in told if lang == "en")
    style = text.split("<style>")[1].split("</style>")[0]
    german = "".join(words for words, lang in told if lang == "de" and words != style)
    for theirs in ("where is it", "By noon.", "Because.", "is late", "“where”", "Promised."):
        assert theirs in english
        assert theirs not in german
    for ours in (
        "Nachgespielt: c", "1 Beitrag · höchste Anspannung ruhig · 1 Vorschlag · 1 zurückgehalten",
        "1 · Kunde · ", "Stimmung −0.25", "Das Gefühl benennen", "Für den Support", "Gehört: ",
        "Die Leitung wird verständigt (hoch): ", "Zurückgehalten", ": anderes ging vor ",
        "Was festgehalten wurde", "(Beitrag 1)", "Linie: Anspannung", "Kritisch",
    ):  # fmt: skip
        assert ours in german
    left = ("turn", "level", "feeling", "Heard", "Supervisors", "Held", "record", "calm", "→ s")
    assert [word for word in left if word in german] == []


def test_many_chats_are_counted_in_german():
    """The heading and the index of a German page of two chats say so in German."""
    text = page([("a", [played("hi")]), ("b", [played("ho")])], say=words_in("de"))
    assert "<h1>Nachgespielt: 2 Chats</h1>" in text
    assert "<h2>2 Chats</h2>" in text
