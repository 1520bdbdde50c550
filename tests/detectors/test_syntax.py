"""What the sentences of a draft do, with their places in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assist.core.turns import Draft, Role, Turn
from assist.detectors.parser import LONGEST, load_parser
from assist.detectors.syntax import load, load_parsed
from assist.packs.bundled import bundled

PARSED = (load(), *load_parsed(load_parser(bundled("models") / "parser" / "manifest.json")))
PLAIN = (load(), *load_parsed(None))


def told(subject, earlier=(), detectors=PARSED):
    """Return the signals that all of them tell."""
    return [one for detector in detectors for one in detector(subject, earlier).signals]


def noticed(text, detectors=PARSED):
    """Return the words found, by what they do."""
    return {
        one.name.removeprefix("draft."): [proof.span.of(text) for proof in one.evidence]
        for one in told(Draft(text=text), (), detectors)
    }


@pytest.mark.parametrize(
    ("kind", "words", "text"),
    [
        ("timed", "I'll call", "I'll call you tomorrow at nine."),
        ("timed", "We will send", "We will send the ticket within two hours."),
        ("timed", "I’ll post", "I’ll post the keys on Monday."),
        ("timed", "I'll print", "I'll print it now."),
        ("timed", "ill ring", "ill ring u at 5pm"),
        ("open", "I'll look", "I'll look into it."),
        ("open", "We'll get back", "We'll get back to you."),
        ("open", "I'm going to ask", "I'm going to ask the chef."),
        ("open", "We shall examine", "We shall examine the claim."),
        ("unowned", "Someone will contact", "Someone will contact you."),
        ("unowned", "The clinic will write", "The clinic will write to you."),
        ("unowned", "Our courier will ring", "Our courier will ring by Friday."),
        ("unowned", "It will arrive", "It will arrive today."),
    ],
)
@pytest.mark.parametrize("detectors", [PARSED, PLAIN])
def test_a_promise_has_a_time_or_none_or_nobody_s_name(kind, words, text, detectors):
    """Who promises and when is told apart, with a parser and without."""
    promises = {name: said for name, said in noticed(text, detectors).items() if "promise" in name}
    assert promises == {f"promise.{kind}": [words]}


@pytest.mark.parametrize(
    "text",
    [
        "Will we send it today?",
        "You said I'll call, is that right?",
        "I hope it will rain.",
        "If we'll be late, start.",
        "The pool closes at six.",
        "We will not hurry you.",
    ],
)
def test_what_is_asked_hoped_or_denied_is_no_promise(text):
    """Questions, hopes, suppositions and negations promise nothing."""
    assert not any("promise" in name for name in noticed(text))


def test_a_way_on_has_its_place_in_the_draft():
    """What takes the talk on is pointed at in the text as written."""
    assert noticed("We can’t. 🙂 Shall I keep the blue one?")["way-on"] == [
        "Shall I keep the blue one?"
    ]


def test_a_mere_answer_counts_for_half():
    """A no to a question of fact takes the talk on only half; an offer beside it, in full."""
    asked = Turn(
        id="t1",
        role=Role.CUSTOMER,
        text="Is the flat furnished?",
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    scores = [
        {one.name: one.score for one in told(Draft(text=text), [asked])}["draft.way-on"]
        for text in ("It isn't furnished.", "It isn't furnished. I can show you another.")
    ]
    assert scores == [0.5, 1.0]


@pytest.mark.parametrize(
    "text",
    [
        'The sign says "we can\'t serve dogs" and it is wrong.',
        "The sign says “we can’t serve dogs” and it is wrong.",
        "The letter said 'you didn't pay' in red.",
        'Ignore the line "you forgot your code" on the screen.',
    ],
)
def test_quotations_are_left_out(text):
    """What stands in quotation marks is somebody else's."""
    assert not noticed(text).keys() & {"refusal", "blame"}


@pytest.mark.parametrize(
    ("name", "words", "text"),
    [
        ("refusal", "We can’t", "🙂🙂 Hello!  We can’t seat ten."),
        ("refusal", "we can't", "“Thanks”  — sorry,  we can't seat ten"),
        ("refusal", "we  can't  seat", "sorry  we  can't  seat ten"),
        ("refusal", "I can't", "First line.\n\nI can't seat ten\nbye"),
        ("blame", "you didn’t", "👩‍👩‍👧 “ok” … you didn’t water  it."),
        ("blame", "You forgot", "İstanbul! You forgot the key."),
    ],
)
def test_spans_are_places_of_the_text_as_written(name, words, text):
    """Emoji, curly quotes, double blanks and odd letters move nothing."""
    (found,) = noticed(text)[name]
    assert found.startswith(words)


@pytest.mark.parametrize(
    ("name", "words", "text"),
    [
        ("refusal", "we can't seat", "Sorry, we can't seat ten."),
        ("refusal", "i cant move", "i cant move it"),
        ("refusal", "We are unable to open", "We are unable to open on Sunday."),
        ("blame", "you didn't water", "It died as you didn't water it."),
        ("blame", "You should have asked", "You should have asked."),
        ("blame", "You forgot", "You forgot the key."),
    ],
)
def test_without_a_parser_expressions_stand_in(name, words, text):
    """The plainest refusals and blames are found where nothing is installed."""
    assert noticed(text, PLAIN)[name] == [words]


@pytest.mark.parametrize("text", ["I can't wait!", "You didn't receive it.", "All is well."])
def test_without_a_parser_idioms_are_still_none(text):
    """The expressions know the commonest near misses."""
    assert noticed(text, PLAIN) == {}


@pytest.mark.parametrize("role", list(Role))
def test_only_drafts_are_read(role):
    """What has been said already is not looked at, whoever said it."""
    said = "We can't open it, you forgot the key. I'll call you."
    turn = Turn(id="t1", role=role, text=said, at=datetime(2026, 3, 2, tzinfo=UTC))
    assert told(turn) == []
    assert set(noticed(said)) >= {"refusal", "blame", "promise.open"}


def test_a_sentence_too_long_to_parse_is_read_by_expressions():
    """A sentence over the longest still shows its plain refusal."""
    said = "We can't seat ten " + "and so on " * (LONGEST // 10)
    assert len(said) > LONGEST
    assert noticed(said)["refusal"] == ["We can't seat"]


def test_only_the_beginning_of_a_long_text_is_read():
    """What stands behind two thousand characters is left."""
    assert noticed("Fine. " * 400 + "We can't seat ten.") == {}
    assert "refusal" in noticed("Fine. " * 300 + "We can't seat ten.")


def test_each_place_is_told_once_and_in_order():
    """One signal for each name; its proofs stand in the order of the text."""
    said = "We can't seat ten. You forgot the key. We don't serve fish."
    signals = told(Draft(text=said))
    assert len({one.name for one in signals}) == len(signals)
    assert noticed(said)["refusal"] == ["We can't seat", "We don't serve"]


def test_a_sentence_that_stays_is_parsed_once():
    """Of a draft that is typed on or reworded, only the sentences that changed are parsed."""
    asked = []

    def parse(sentence, worth=None):
        asked.append(sentence)
        return ()

    refused, unclear, _ = load_parsed(parse)
    for text in ("We can't until 5.", "We can't until 5. You didn't ask", "You can't. Not it."):
        refused(Draft(text=text), ())
        unclear(Draft(text=text), ())
    assert asked == ["We can't until 5.", "You didn't ask", "You can't.", "Not it."]


def test_each_is_parsed_for_what_it_is_asked_for():
    """Refusals are worth a parse by other words than blame, and doubts only with a condition."""
    worth = []

    def parse(sentence, asked=None):
        worth.append((sentence, asked(["we", "can", "not"]), asked(["you", "failed"])))
        return ()

    for detector in load_parsed(parse):
        for text in ("It is not here.", "You did not see it.", "Fine.", "Not until 5."):
            detector(Draft(text=text), ())
    refusals = ("It is not here.", "You did not see it.", "Not until 5.")
    assert worth == [*((text, True, False) for text in refusals), (refusals[1], False, True)]


def test_doubts_are_told_only_where_a_condition_stands():
    """What hangs inside another clause than the refusal is told; all else is no doubt."""
    _, unclear, _ = PARSED[1:]
    text = "We can't refund what you paid before June. We can't refund it."
    (signal,) = unclear(Draft(text=text), ()).signals
    assert [proof.span.of(text) for proof in signal.evidence] == ["before"]
    assert unclear(Draft(text="We can't refund it."), ()).signals == ()


WORDS = st.sampled_from(
    [
        "i", "We", "you", "can't", "can’t", "cant", "won't", "didn't", "forgot", "should", "have",
        "seat", "send", "ship", "it", "the", "wrong", "key", "no", "way", "nothing", "never", "if",
        "but", "until", "will", "I'll", "call", "tomorrow", ".", "?", "!", ",", "\n", "  ", '"',
        "“", "'", "🙂", "İ", "-", "there", "is", "able", "not", "longer", "\t", "\u200b",
    ]
)  # fmt: skip


@example("Cant @")
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_places_inside_it_and_the_same_twice(text):
    """Spans lie in the text and hold something; nothing depends on what was read before."""
    first = told(Draft(text=text))
    told(Draft(text="We can't seat ten."))
    assert told(Draft(text=text)) == first
    for one in first:
        assert one.evidence
        for proof in one.evidence:
            assert 0 <= proof.span.start < proof.span.end <= len(text)
