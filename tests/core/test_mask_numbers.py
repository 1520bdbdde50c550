"""Numbers that prove themselves."""

import random

import pytest

from assist.core.mask_numbers import cards, ibans


def closed(digits):
    """Return the digits with the check digit that makes them pass."""
    for last in "0123456789":
        number = [int(digit) for digit in digits + last]
        doubled = [2 * one for one in number[-2::-2]]
        if (sum(number[-1::-2]) + sum(one - 9 * (one > 9) for one in doubled)) % 10 == 0:
            return digits + last
    raise AssertionError


def test_a_card_with_any_one_digit_changed_is_none():
    """Luhn finds every single mistake."""
    card = closed("453957804371284")
    assert list(cards(card))
    for place in range(4, 16):
        for digit in set("0123456789") - {card[place]}:
            assert not list(cards(card[:place] + digit + card[place + 1 :]))


def test_each_issuer_has_its_lengths():
    """From thirteen to nineteen digits; a length that an issuer does not use is no card."""
    rng = random.Random(7)
    for begins, lengths in (
        ("4", {13, 16, 19}), ("52", {16}), ("2300", {16}), ("34", {15}), ("37", {15}),
        ("36", {14, 16, 17, 18, 19}), ("3540", {16, 17, 18, 19}), ("6011", {16, 17, 18, 19}),
        ("1", set()), ("9", set()), ("0", set()), ("70", set()),
    ):  # fmt: skip
        for length in range(12, 21):
            rest = "".join(rng.choices("123456789", k=length - 1 - len(begins)))
            assert bool(list(cards(closed(begins + rest)))) is (length in lengths), (begins, length)


def test_an_iban_with_two_letters_changed_round_is_none():
    """Modulo 97 finds every swap of neighbours that differ."""
    iban = "GB82WEST12345698765432"
    assert [tuple(span) for span in ibans(iban)] == [(0, 22)]
    for place in range(4, 21):
        one, two = iban[place : place + 2]
        swapped = iban[:place] + two + one + iban[place + 2 :]
        assert bool(list(ibans(swapped))) is (one == two)


VISA = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"it is {VISA}, thanks", [VISA]),
        ("4111-1111.1111 1111", ["4111-1111.1111 1111"]),
        (" ".join("4111111111111111"), [" ".join("4111111111111111")]),
        (f"12 {VISA} 3", [VISA]),
        (f"{VISA} 5555 5555 5555 4444", [VISA, "5555 5555 5555 4444"]),
        (f"id7 {VISA}", [VISA]),
        (f"4111 1111x and {VISA}", [VISA]),
        (f"1 1x {VISA}", [VISA]),
        ("4111  1111 1111 1111", []),
        ("4111 1111 1111  1111", []),
        ("4111/1111/1111/1111", []),
        ("4111 1111 and 1111 1111", []),
        ("4111 1111 1111 1111x", []),
        ("x4111111111111111", []),
        ("_4111111111111111", []),
        ("4111111111111111_", []),
        ("order7", []),
        ("no digits at all", []),
        ("4000 0000 0000 0000 0000 0000", []),
        ("", []),
    ],
)
def test_the_groups_of_a_card_stand_one_separator_apart(text, found):
    """One space, dash or dot joins two groups; a second one, a word or a letter parts them."""
    assert [span.of(text) for span in cards(text)] == found


IBAN = "GB82 WEST 1234 5698 7654 32"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"to {IBAN}, please", [IBAN]),
        ("to gb82-west-1234-5698-7654-32", ["gb82-west-1234-5698-7654-32"]),
        (f"{IBAN}/{IBAN}", [IBAN, IBAN]),
        (f"{IBAN[:-1]}3", []),
        (IBAN[:-1], []),
        (f"{IBAN}1", []),
        (f"{IBAN}x", []),
        (f"x{IBAN}", []),
        ("GB82  WEST 1234 5698 7654 32", []),
        ("GB82 WEST 1234 5698 - 7654 32", []),
        ("GB82/WEST/1234/5698/7654/32", []),
        ("GB82 WÉST 1234 5698 7654 32", []),
        ("GBR2 WEST 1234 5698 7654 32", []),
        ("ZZ82 WEST 1234 5698 7654 32", []),
        ("GB8", []),
        ("", []),
    ],
)
def test_an_iban_has_the_length_of_its_country_and_stands_alone(text, found):
    """Too short, too long, broken by other signs or part of a word, it is none."""
    assert [span.of(text) for span in ibans(text)] == found
