"""Phrases with choices: few readings are written out, many become one expression."""

import random

import pytest

from assist.core.conditions import Pattern
from assist.core.turns import Draft
from assist.detectors.phrases import load
from assist.detectors.templates import FEW, expand, forms, template

MANY = "{i|we|you all} {|really|so} {can't|cannot|won't} {|ever} {wait|hold on|stay} {|any longer}"


@pytest.mark.parametrize(
    ("expected", "phrase"),
    [
        (("on hold",), "On Hold"),
        (("is late", "was late"), "{is|was} late"),
        (("late", "very late"), "{|very} late"),
        (("late", "late again"), "late {|again}"),
        (("able", "unable"), "{|un}able"),
        (("it's",), "It’s"),
        ((), "{|}"),
    ],
)
def test_a_phrase_stands_for_its_readings(expected, phrase):
    """Choices and optional words are written out in lower case, with single blanks."""
    assert expand(phrase) == expected


def test_few_readings_need_no_expression():
    """A phrase with few readings, or with nothing that must be there, is written out."""
    assert template("{is|was} late") is None
    optional = "{|a|b|c|d|e} {|a|b|c|d|e}"
    assert template(optional) is None


def test_an_apostrophe_may_be_missing():
    """A phrase is known with and without its apostrophes, once where there are none."""
    assert forms("can't") == ("can't", "cant")
    assert forms("late") == ("late",)


def test_anchors_are_words_that_must_be_there():
    """Each anchor is a reading of an element that no reading of the phrase can do without."""
    found = template(MANY)
    assert found is not None
    assert set(found.anchors) <= {"can't", "cant", "cannot", "won't", "wont"}


def test_an_expression_finds_what_writing_out_finds():
    """Every reading is found at its place, apostrophes or not, and nothing inside longer words."""
    readings = expand(MANY)
    assert len(readings) > FEW
    detect = load([Pattern(cue="c", phrases=(MANY,))])
    for reading in random.Random(3).sample(readings, 60):
        for said in forms(reading):
            text = f"😀 Well, {said} ok"
            (cue,) = detect(Draft(text=text), ()).cues
            assert cue.span.of(text) == said
    assert not detect(Draft(text="i can't waiter"), ()).cues


def test_a_missing_middle_leaves_one_blank():
    """Optional elements at the start, in the middle and at the end may all be missing."""
    phrase = "{|oh|well|ah} {i|we|they} {|do|did} {want|need|like} {it|this} {|now|today|please}"
    detect = load([Pattern(cue="c", phrases=(phrase,))])
    for text in ("i want it", "well we did need this today", "they like it please"):
        assert [cue.span.of(text) for cue in detect(Draft(text=text), ()).cues] == [text]
