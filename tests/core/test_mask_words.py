"""Words that lead to a secret, and such that do not."""

import pytest

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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('my password is "correct horse", ok', ["correct horse"]),
        ("password: 'wrong'", ["wrong"]),
        ("pwd=`a b`", ["a b"]),
        ("I changed the password to Tul1p!", ["Tul1p!"]),
        ("set the password as xK9.", ["xK9"]),
        ("das Passwort auf Sonne7 gesetzt", ["Sonne7"]),
        ("I changed the password to something else", []),
        ("change the password to tulip", []),
        ("no word about it", []),
    ],
)
def test_a_password_may_be_quoted_or_be_changed_to(text, found):
    """What is quoted is one whatever its words; what it is changed to, only where it is odd."""
    assert words(passwords, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("reach me at 5551234567", ["5551234567"]),
        ("it is 555-123-4567", ["555-123-4567"]),
        ("order number 555-123-4567", []),
        ("Ticket: 555 123 4567", []),
        ("call me on 12.03.2026", []),
        ("call me at 2026-03-12 10", []),
        ("call me on 12", []),
    ],
)
def test_a_date_or_the_number_of_an_order_is_no_phone(text, found):
    """The words before say what a number is for, and a day to call is no number to call."""
    assert words(phones, text) == found
