"""A sentence parsed, and a parser that is missing or damaged."""

import json
from itertools import pairwise

import pytest

from assist.core.text import Span
from assist.detectors import parser
from assist.errors import ModelError
from assist.packs.bundled import bundled

MANIFEST = bundled("models") / "parser" / "manifest.json"


@pytest.fixture(scope="module")
def parse():
    """Return the parser that is installed."""
    return parser.load_parser(MANIFEST)


def test_a_manifest_that_asks_for_other_files_is_a_model_error(tmp_path):
    """The installed package is compared with the manifest before anything of it is loaded."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    manifest["files"]["parser/model"] = "0" * 64
    changed = tmp_path / "manifest.json"
    changed.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ModelError, match="parser/model"):
        parser.load_parser.__wrapped__(changed)


def test_no_package_is_no_parser(monkeypatch):
    """Where the package is not installed there is no parser, and no error."""
    monkeypatch.setattr(parser, "find_spec", lambda name: None)
    assert parser.load_parser.__wrapped__(MANIFEST) is None


def test_a_package_without_a_folder_is_no_parser(monkeypatch):
    """A single module of the same name has no files to load."""

    class Single:
        submodule_search_locations = None

    monkeypatch.setattr(parser, "find_spec", lambda name: Single())
    assert parser.load_parser.__wrapped__(MANIFEST) is None


def test_the_parser_is_loaded_once(parse):
    """Who asks again gets the same parser."""
    assert parser.load_parser(MANIFEST) is parse


def test_a_small_i_is_parsed_as_a_large_one(parse):
    """Chats write "i"; the parse is that of "I", the spans are the same."""
    assert parse("i can't lend it and i won't") == parse("I can't lend it and I won't")


def test_an_i_inside_a_word_stays(parse):
    """Only the word itself is written large."""
    sentence = "ivy in a tin"
    assert [token.span.of(sentence) for token in parse(sentence)] == ["ivy", "in", "a", "tin"]
    assert [token.text for token in parse(sentence)] == ["ivy", "in", "a", "tin"]


def test_curly_and_plain_apostrophes_give_one_parse(parse):
    """Typography does not change who does what."""
    assert parse("We can’t glaze the pots") == parse("We can't glaze the pots")


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ([], ""),
        ([], "   "),
        (["  ", "two", " ", "blanks"], "  two  blanks"),
        (["a", "tab"], "a\ttab"),
        (["🙂", "hi"], "🙂 hi"),
        (["can", "not"], "cannot"),
        (["do", "n’t"], "don’t"),
    ],
)
def test_blanks_are_tokens_and_spans_are_places(parse, expected, sentence):
    """A second blank is a token of its own; every span is cut from the sentence as written."""
    assert [token.span.of(sentence) for token in parse(sentence)] == expected


def test_tokens_are_in_order_and_hang_on_tokens(parse):
    """Spans never go back, and every head is an index of the sentence; one is its own head."""
    tokens = parse("The baker, who rises early, doesn't bake rye on Mondays.")
    assert all(a.span.end <= b.span.start for a, b in pairwise(tokens))
    assert all(0 <= token.head < len(tokens) for token in tokens)
    assert [token.text for i, token in enumerate(tokens) if token.head == i] == ["bake"]
    assert tokens[0].span == Span(0, 3)


def test_a_sentence_is_parsed_alike_whatever_came_before():
    """A fresh parser and one that has read much else agree on every token."""
    said = "We can't tune the piano before the concert."
    fresh = parser.load_parser.__wrapped__(MANIFEST)
    expected = fresh(said)
    for number in range(2 * parser._KEPT):
        fresh(f"The {number} blorfs were zanged by i quuxly?! 🙂")
    assert fresh(said) == expected


def test_only_what_is_worth_it_is_parsed(parse):
    """Who asks sees the words in lower case first; what it turns down has no tokens."""
    seen = []

    def short(words):
        seen.append(words)
        return len(words) < 5

    assert parse("Ducks SWIM", short) == parse("Ducks SWIM") != ()
    assert parse("Don't feed the ducks", short) == ()
    assert seen == [["ducks", "swim", "."], ["do", "n't", "feed", "the", "ducks", "."]]


def test_what_was_turned_down_is_still_parsed_for_another(parse):
    """What one who asks turns down is kept for them alone."""
    assert parse("Hens lay eggs", lambda words: not words) == ()
    assert [token.text for token in parse("Hens lay eggs")] == ["hens", "lay", "eggs"]
