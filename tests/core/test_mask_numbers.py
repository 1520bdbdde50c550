"""Numbers that prove themselves."""

import random

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
