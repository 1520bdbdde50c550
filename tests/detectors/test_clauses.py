"""What is read off a parse: auxiliaries, subjects, suppositions, reports."""

import pytest

from assist.detectors.clauses import Clauses
from assist.detectors.parser import load_parser
from assist.packs.bundled import bundled


@pytest.fixture(scope="module")
def read():
    """Return the clauses of a sentence, and the index of a word in it."""
    parse = load_parser(bundled("models") / "parser" / "manifest.json")

    def read(sentence, word):
        tokens = parse(sentence)
        return Clauses(tokens), [token.text for token in tokens].index(word)

    return read


def said(clauses, indexes):
    return [clauses.tokens[index].text for index in indexes]


@pytest.mark.parametrize(
    ("expected", "sentence", "verb"),
    [
        (["n't"], "We can't mend it.", "mend"),
        (["not"], "We do not mend pots.", "mend"),
        (["never"], "We never mend pots.", "mend"),
        (["longer"], "We no longer mend pots.", "mend"),
        (["longer"], "The pot is no longer available.", "is"),
        ([], "A day is longer in June.", "is"),
        ([], "We mend no pots.", "mend"),
    ],
)
def test_denials_are_what_denies_the_verb_itself(read, expected, sentence, verb):
    """A "no" of an object is no denial of the verb."""
    clauses, index = read(sentence, verb)
    assert said(clauses, clauses.denials(index)) == expected


@pytest.mark.parametrize(
    ("expected", "sentence", "verb"),
    [
        ("we", "We can't mend it.", "mend"),
        ("baker", "The baker washed and dried the tins.", "dried"),
        ("pots", "Pots are mended here.", "mended"),
        ("there", "There is a way.", "is"),
        ("", "Mend it.", "mend"),
    ],
)
def test_the_subject_may_stand_at_an_earlier_verb(read, expected, sentence, verb):
    """A second verb has the subject of the first; a command has none."""
    clauses, index = read(sentence, verb)
    assert clauses.said_subject(index) == expected


@pytest.mark.parametrize(
    ("expected", "sentence", "verb"),
    [
        (True, "If you can't swim, stay here.", "swim"),
        (True, "When it doesn't ring, knock.", "ring"),
        (True, "The pot that doesn't leak is blue.", "leak"),
        (False, "We can't swim here.", "swim"),
        (False, "Because it doesn't ring, knock.", "ring"),
    ],
)
def test_a_clause_is_supposed_or_it_is_said(read, expected, sentence, verb):
    """Conditions, times and descriptions only suppose; reasons are said."""
    clauses, index = read(sentence, verb)
    assert clauses.supposed(index) is expected


def test_a_supposition_is_named_by_its_word(read):
    """The word that opens the clause is told, empty where none does."""
    clauses, index = read("If you swim, stay here.", "swim")
    assert clauses.supposing(index) == "if"
    clauses, index = read("You swim here.", "swim")
    assert clauses.supposing(index) == ""


def test_a_question_has_its_helper_first(read):
    """A helping verb before the subject asks; behind it, it says."""
    clauses, index = read("Can't we swim here?", "swim")
    assert clauses.asked(index)
    clauses, index = read("We can't swim here.", "swim")
    assert not clauses.asked(index)
    assert clauses.auxiliaries(index).keys() == {"ca"}


def test_what_others_said_is_told_of_and_what_we_say_is_not(read):
    """A report of somebody else's words is theirs; "I said" is ours."""
    clauses, index = read("She said we can't swim here.", "swim")
    assert clauses.told_of(index)
    clauses, index = read("I'm sorry that you can't swim here.", "swim")
    assert clauses.told_of(index)
    clauses, index = read("I'm sorry that we can't swim here.", "swim")
    assert not clauses.told_of(index)
    clauses, index = read("I said we can't swim here.", "swim")
    assert not clauses.told_of(index)


def test_the_whole_of_a_word_is_all_that_hangs_on_it(read):
    """The place reaches from the first to the last word below."""
    sentence = "The old ferry to the islands can't sail."
    clauses, index = read(sentence, "ferry")
    assert clauses.whole(index).of(sentence) == "The old ferry to the islands"
    assert said(clauses, clauses.below(index)) == ["the", "old", "to"]
    assert clauses.words(index) == {"the", "old", "to"}
    assert clauses.relations(index) == {"det", "amod", "prep"}
