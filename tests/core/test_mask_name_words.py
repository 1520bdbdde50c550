"""The lists of words that are no names are of one kind each."""

from assist.core import mask_name_words as lists
from assist.core.text import lowered, words


def test_every_list_holds_single_words_in_small_letters():
    """As they are looked up: one that could never be met would say nothing."""
    for name in ("BOTH", "FUNCTION", "NAMES_ALL_THE_SAME", "PLACES", "THINGS"):
        for word in getattr(lists, name):
            assert lowered(word) == word
            assert [one.text for one in words(word)] == [word]


def test_what_is_a_name_all_the_same_ends_as_others_do():
    """Else it needs no exception; and what could be told as a name is held back as a word."""
    ends = (*lists.ENDINGS, "ed")
    assert all(word.endswith(ends) for word in lists.NAMES_ALL_THE_SAME)
    assert lists.PLACES < lists.THINGS < lists.BOTH
    assert {"will", "may", "guest", "visitor"} <= lists.BOTH
