"""The rules' own patterns, found in what people write."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.conditions import Pattern
from assist.core.turns import Draft, Role, Turn
from assist.detectors.phrases import load


def phrases(*written, cue="c"):
    return Pattern(cue=cue, phrases=written)


def tokens(*written, cue="c"):
    return Pattern(cue=cue, tokens=written)


def cues(text, *patterns):
    return load(patterns)(Draft(text=text), ()).cues


def quoted(text, *patterns):
    """Return the words that were found, in order."""
    return [cue.span.of(text) for cue in cues(text, *patterns)]


@pytest.mark.parametrize(
    ("expected", "text", "phrase"),
    [
        (["still waiting"], "I am still waiting!", "still waiting"),
        (["Still Waiting"], "Still Waiting", "still waiting"),
        (["is late", "was late"], "it is late, it was late", "{is|was} late"),
        (["very late"], "a very late start", "{|very} late"),
        (["late"], "a late start", "{|very} late"),
        (["un-opened"], "un-opened box", "{un-|}opened"),
        (["late"], "late", "late {|again}"),
        ([], "", "late"),
        ([], "🙂🙂", "late"),
    ],
)
def test_a_phrase_is_found_in_all_it_stands_for(expected, text, phrase):
    """Alternatives, optional words and letters are found whatever the case."""
    assert quoted(text, phrases(phrase)) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["hasn't come"], "it hasn't come"),
        (["hasn’t come"], "it hasn’t come"),
        (["hasnt come"], "it hasnt come"),
        (["HASN`T COME"], "IT HASN`T COME"),
        ([], "it has come"),
    ],
)
def test_an_apostrophe_may_be_curly_or_missing(expected, text):
    """However the apostrophe is written, or left out, the phrase is found as it stands."""
    assert quoted(text, phrases("hasn't come")) == expected


@pytest.mark.parametrize(
    ("expected", "text", "phrase"),
    [
        ([], "all is well", "we'll"),
        (["we'll"], "yes we'll", "we'll"),
        (["well call"], "well call you", "we'll call"),
        ([], "they were", "we're"),
    ],
)
def test_a_word_that_would_become_another_keeps_its_apostrophe(expected, text, phrase):
    """A "well" is no "we'll", unless more words say so."""
    assert quoted(text, phrases(phrase)) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (1, "we can help"),
        (1, "(we can)"),
        (1, "we can, can we"),
        (1, "we can't, we can"),
        (0, "we can't help"),
        (0, "we can’t help"),
        (0, "we cannot help"),
        (0, "we candle"),
        (0, "awe can"),
        (1, "we can's"),
        (1, "can we can"),
    ],
)
@pytest.mark.parametrize(
    "phrase", ["we can", "{we|they|you all} {can|may|shall|could|might} {|now|then|soon|later}"]
)
def test_a_find_ends_where_words_end(expected, text, phrase):
    """No find begins or ends inside a longer word; `can` is not found in `can't`."""
    assert len(cues(text, phrases(phrase))) == expected


def test_of_overlapping_finds_of_one_name_the_longest_stands():
    """What lies inside a longer find of the same name is left out; of other names it stays."""
    text = "still not here yet"
    inner, outer = phrases("not here", "still not here"), phrases("not here", cue="other")
    assert [(cue.name, cue.span.of(text)) for cue in cues(text, inner, outer)] == [
        ("c", "still not here"), ("other", "not here"),
    ]  # fmt: skip


def test_a_crowd_of_other_finds_hides_no_longer_one():
    """However many others lie between, a find inside a longer one of its name is left out."""
    text = "a b c d e f g h i j late"
    crowd = [phrases(letter, cue=letter) for letter in "abcdefghij"]
    found = cues(text, phrases("late", text), *crowd)
    assert [
        cue.span.of(text) for cue in found if cue.name == "c" and len(cue.span.of(text)) > 1
    ] == [text]


def test_two_names_may_share_their_words():
    """One place may be a cue of several patterns."""
    found = cues("so late", phrases("late", cue="b"), phrases("late", cue="a"))
    assert [cue.name for cue in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (False, "I am angry"),
        (True, "I am not angry"),
        (True, "I'm not at all really angry"),
        (False, "not for the third time angry"),
        (True, "I wasn't angry"),
        (True, "I wasn’t angry"),
        (True, "I wasnt angry"),
        (True, "never angry"),
        (True, "none of us was angry"),
        (True, "I cannot be angry"),
        (False, "not happy, angry"),
        (False, "not happy. angry"),
        (False, "no\nangry"),
        (False, "not happy but angry"),
        (False, "not sure why so angry"),
        (False, "angry, not sad"),
        (False, "nothing knotty about angry"),
        (False, "it's not fixed today I'm angry"),
        (True, "I don't think I'm angry"),
    ],
)
def test_a_negation_reaches_over_its_clause(expected, text):
    """A negation within four words before, in the same clause, makes a cue negated."""
    (cue,) = cues(text, phrases("angry"))
    assert cue.negated is expected


@pytest.mark.parametrize(
    ("expected", "text", "line"),
    [
        (["waiting 3 weeks"], "waiting 3 weeks", "waiting # weeks"),
        (["waiting three weeks"], "waiting three weeks", "waiting # weeks"),
        ([], "waiting some weeks", "waiting # weeks"),
        (["waiting for over 3 weeks"], "waiting for over 3 weeks", "waiting * # weeks"),
        (["waiting 3 weeks"], "waiting 3 weeks", "waiting * # weeks"),
        (["waiting for well over 3 weeks"], "waiting for well over 3 weeks", "waiting * # weeks"),
        ([], "waiting for so much over 3 weeks", "waiting * # weeks"),
        ([], "waiting. now 3 weeks", "waiting * # weeks"),
        (["Waiting 3 days"], "Waiting 3 days", "waiting # days|weeks"),
        (["3 days ago"], "it was 3 days ago", "# days|weeks ago"),
        (["so late"], "so late", "so very? late"),
        (["so very late"], "so very late", "so very? late"),
        (["so really late"], "so really late", "so very|really? late"),
        (["can’t even pay"], "I can’t even pay", "can't even? pay"),
        (["can't pay", "cannot pay"], "I can't pay, cannot pay", "can't|cannot pay"),
        (["won't pay"], "I won't pay", "can't|won't pay"),
        ([], "awaiting 3 weeksend", "waiting # weeks"),
        (["late late late"], "late late late", "late * late"),
        (["wouldn't pay"], "I wouldn't pay", "would n't|not pay"),
        (["wouldnt pay"], "I wouldnt pay", "would n't|nt|not pay"),
    ],
)
def test_token_patterns_find_words_with_others_between(expected, text, line):
    """`#` is a number, `*` up to three words and no stop, `?` may be missing, `|` is a choice."""
    assert quoted(text, tokens(line)) == expected


def test_a_pattern_may_have_phrases_and_tokens():
    """Both ways of one pattern make cues of one name, in the order of the text."""
    text = "late, and 3 days overdue. late"
    pattern = Pattern(cue="c", phrases=("late",), tokens=("# days overdue",))
    assert quoted(text, pattern) == ["late", "3 days overdue", "late"]


@pytest.mark.parametrize(
    "text", ["🙂👍🏽 it is 3 days late", "İİ it is 3 days late", "𝒳 “it’s” is 3 days late"]
)
def test_spans_count_code_points(text):
    """After emoji, letters that grow in lower case and curly quotes spans still quote the words."""
    found = cues(text, phrases("late"), tokens("# days", cue="d"))
    assert [cue.span.of(text) for cue in found] == ["3 days", "late"]


def test_a_turn_is_read_as_a_draft_is():
    """What is looked at is the text alone, whoever says it and whatever was said before."""
    turn = Turn(id="t1", role=Role.AGENT, text="so late", at=datetime(2026, 3, 2, tzinfo=UTC))
    detect = load((phrases("late"),))
    assert detect(turn, (turn,)) == detect(Draft(text="so late"), ())


def test_no_patterns_find_nothing():
    """A pack without words has a detector that notices nothing."""
    assert cues("anything at all") == ()


ANY = (
    phrases("late", "{is|was} late", "it's", "can't", "{a|b|c|d|e} {1|2|3|4|5} {|x|y}", cue="p"),
    tokens("late * # days", "can't|cannot * pay", "so very? late", cue="t"),
)
DETECT = load(ANY)
PIECES = [
    "late",
    " ",
    "is",
    "it’s",
    "not",
    "3",
    "days",
    "can't",
    "pay",
    "🙂",
    "İ",
    ",",
    "\n",
    "so",
    "a",
    "1",
    "ß",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_whatever_is_written_spans_stay_inside(text):
    """No text is too strange, every span quotes something, and cues come in order."""
    found = DETECT(Draft(text=text), ()).cues
    for cue in found:
        assert 0 <= cue.span.start < cue.span.end <= len(text)
        assert cue.span.of(text).strip() == cue.span.of(text) != ""
    assert [cue.span for cue in found] == sorted(cue.span for cue in found)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join))
def test_the_same_text_gives_the_same_cues(text):
    """A detector remembers nothing between two texts."""
    first = DETECT(Draft(text=text), ())
    DETECT(Draft(text="it is late, not 3 days"), ())
    assert DETECT(Draft(text=text), ()) == first


def test_in_turns_only_what_is_asked_of_their_role_is_looked_for():
    """What no rule asks of a role is not found there; who has no patterns of their own gets all."""
    both = (Pattern(cue="a", phrases=("late",)), Pattern(cue="b", phrases=("late",)))
    detector = load(both, by_role={Role.CUSTOMER: both[:1], Role.AGENT: ()})
    found = {
        role: [
            cue.name
            for cue in detector(
                Turn(id="t", role=role, text="late", at=datetime(2026, 3, 2, tzinfo=UTC)), ()
            ).cues
        ]
        for role in (Role.CUSTOMER, Role.AGENT, Role.BOT)
    }
    assert found == {Role.CUSTOMER: ["a"], Role.AGENT: [], Role.BOT: ["a", "b"]}
