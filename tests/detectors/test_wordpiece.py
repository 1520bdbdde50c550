"""Text as the pieces that the encoder knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.detectors.wordpiece import WordPiece

WORDS = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "late", "par", "##cel", "##s", "is", "it", "'", "s", "!",
    "中", "cafe", "5", "don", "t",
]  # fmt: skip


@pytest.fixture(scope="module")
def cutter(tmp_path_factory):
    """Return a cutter that knows a few pieces, for texts of ten of them."""
    place = tmp_path_factory.mktemp("words") / "vocab.txt"
    place.write_text("\n".join(WORDS) + "\n", "utf-8")
    return WordPiece(place, longest=10, own=5)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("late", "late"),
        ("late", "LATE"),
        ("par ##cel ##s", "parcels"),
        ("it ' s late !", "It's late!"),
        ("cafe", "Café"),
        ("[UNK]", "quokka"),
        ("[UNK] late", "quokka late"),
        ("late 中 late", "late中late"),
        ("late late", "late\u00a0\tlate"),
        ("late", "la\u200bte"),
        ("[UNK]", "x" * 101),
        ("5 5", "5 5"),
        ("", "  "),
    ],
)
def test_a_text_is_cut_into_the_longest_pieces_known(expected, text, cutter):
    """Case and accents do not matter, marks stand alone, and what is unknown is one piece."""
    assert [WORDS[number] for number in cutter.pieces(text)] == expected.split()


@pytest.mark.parametrize(
    ("pieces", "kinds", "text", "before"),
    [
        ("[CLS] late [SEP]", "000", "late", ""),
        ("[CLS] late [SEP] it is [SEP]", "000111", "late", "it is"),
        ("[CLS] late late late late late late late late [SEP]", "0000000000", "late " * 12, ""),
        ("[CLS] late late late late late [SEP] it it [SEP]", "0000000111", "late " * 12, "it " * 9),
        ("[CLS] late [SEP]", "000", "late", "  "),
    ],
)
def test_the_turn_comes_first_and_neither_is_too_long(pieces, kinds, text, before, cutter):
    """A turn keeps its room beside what went before, and has all of it alone."""
    found = cutter.cut(text, before)
    assert [WORDS[number] for number in found.ids] == pieces.split()
    assert "".join(map(str, found.kinds)) == kinds


def test_it_knows_how_many_pieces_it_knows(cutter):
    """Its length is that of the vocabulary."""
    assert len(cutter) == len(WORDS)


@given(text=st.text(max_size=80), before=st.text(max_size=80))
def test_whatever_is_written_can_be_cut(text, before, cutter):
    """No text is too strange, and none is longer than the encoder reads."""
    found = cutter.cut(text, before)
    assert len(found.ids) == len(found.kinds) <= 10
    assert found == cutter.cut(text, before)
