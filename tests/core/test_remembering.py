"""What is remembered of texts, and that it is forgotten."""

import gc
import weakref

from assist.core.remembering import forget_words, remembering


class Word(str):
    """A text of which it can be told whether it is still there."""

    __slots__ = ("__weakref__",)


def test_an_answer_is_kept_until_it_is_forgotten():
    """The function is asked once, and once more afterwards; other answers push it out too."""
    asked = []

    @remembering(2)
    def upper(text):
        asked.append(text)
        return text.upper()

    assert [upper("a"), upper("a"), upper("b"), upper("a")] == ["A", "A", "B", "A"]
    assert asked == ["a", "b"]
    forget_words()
    assert upper("a") == "A"
    assert asked == ["a", "b", "a"]
    upper("c"), upper("d")
    upper("a")
    assert asked[-1] == "a"


def test_nothing_of_a_text_is_left():
    """Once forgotten, no word is held, by whichever function it was kept."""

    @remembering(8)
    def length(text):
        return len(text)

    word = Word("secret")
    assert length(word) == 6
    there = weakref.ref(word)
    del word
    gc.collect()
    assert there() is not None
    forget_words()
    gc.collect()
    assert there() is None


def test_a_function_that_is_gone_is_not_held():
    """What a reload leaves behind goes with its functions."""

    def made():
        @remembering(1)
        def one(text):
            return text

        return weakref.ref(one)

    there = made()
    gc.collect()
    assert there() is None
    forget_words()
