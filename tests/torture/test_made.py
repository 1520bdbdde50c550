"""Messages made from the schema."""

import json
from collections import Counter

from assist.errors import ClientFault
from assist.torture.made import Maker
from assist.wire.messages import parse
from assist.wire.schema import CLIENT_TYPES, type_of


def test_messages_are_of_every_type_good_and_bad():
    """Of some hundreds, every type but `hello` is there, and both good and bad ones."""
    maker, fates = Maker(1), Counter()
    made = [maker.message() for _ in range(600)]
    for one in made:
        try:
            fates[parse(one).type] += 1
        except ClientFault:
            fates["bad"] += 1
    assert fates["bad"] > 100
    assert set(fates) - {"bad"} == {type_of(kind) for kind in CLIENT_TYPES} - {"hello"}
    assert all(json.loads(one) is not None for one in made)


def test_the_same_seed_makes_the_same_messages():
    """Dice are seeded: a fault that was found can be found again."""
    one, other, third = Maker(7), Maker(7), Maker(8)
    first = [one.message() for _ in range(50)]
    assert first == [other.message() for _ in range(50)]
    assert first != [third.message() for _ in range(50)]
