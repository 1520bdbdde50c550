"""Words that lead to a secret, and such that do not."""

from assist.core.mask_words import codes, emails, passwords, phones


def words(finder, text):
    return list(dict.fromkeys(span.of(text) for span in finder(text)))


def test_the_words_that_lead_there_are_no_secret():
    """Only what follows them is found, without what ends the sentence."""
    assert words(passwords, "My password is hunter2, and the other password: sun;") == [
        "hunter2",
        "sun",
    ]
    assert words(codes, "The security code is 123. The code was 4711!") == ["123", "4711"]
    assert words(phones, "Phone: 555 123 4567.") == ["555 123 4567"]
    assert words(emails, "<a@example.com>, b@example.org;") == ["a@example.com", "b@example.org"]


def test_a_word_that_people_say_of_passwords_is_none():
    """What looks like a word of a sentence stays; what could not stand in one does not."""
    for word in ("wrong", "expired", "blocked", "changing", "not"):
        assert words(passwords, f"my password is {word}") == []
    for word in ("wr0ng", "eXpired", "blocked1", "ch-ange", "tulip"):
        assert words(passwords, f"my password is {word}") == [word]


def test_a_code_of_another_kind_is_none():
    """The word before says what it is for."""
    for kind in ("error", "promo", "zip", "Product", "tracking"):
        assert words(codes, f"{kind} code: 123456") == []
    for kind in ("the", "my", "login", "Here is the"):
        assert words(codes, f"{kind} code: 123456") == ["123456"]
