"""The shape of a playbook file."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from assist.core.playbook import EMPTY, Authority, Offer, OfferKind, Playbook, Route, Sum, Tone
from assist.errors import PackError
from assist.packs import playbookfile
from assist.packs.playbookfile import load_playbook

WHOLE = """\
name: birch
company: Birch and Sons
languages: [en, de]
zone: Europe/Berlin
tone: formal
products: [Aero Kettle, Aero]
banned-words: [cheap, no worries]
offers:
- {offer: "give you a voucher of {sum}", kind: voucher, up-to: 10 EUR, causes: [delay]}
- {offer: "take {sum} off", kind: discount, up-to: 15 %}
- offer: look into it
middle-grounds:
- {offer: refund half of it, instead-of: refund, causes: [policy]}
call-back: Mon-Fri 9-17
hand-over:
- {route: the warranty team, causes: [damaged], hours: Mon 9-17, languages: [en]}
- route: the desk
authority: {up-to: €20, kinds: [voucher, shipping]}
"""


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Return an empty folder that stands for the shipped rules."""
    place = tmp_path / "shipped"
    place.mkdir()
    monkeypatch.setattr(playbookfile, "bundled", lambda _: place)
    return place


def own(tmp_path, text):
    place = tmp_path / "own"
    place.mkdir(exist_ok=True)
    (place / "playbook.yaml").write_text(text, encoding="utf-8")
    return place


def test_a_whole_playbook_is_read(shipped, tmp_path):
    """Every key arrives in the playbook as it was meant."""
    book = load_playbook([own(tmp_path, WHOLE)])
    ten = Sum(amount=Decimal(10), unit="EUR", text="10 EUR")
    assert (book.name, book.company, book.tone) == ("birch", "Birch and Sons", Tone.FORMAL)
    assert (book.languages, book.products) == (("en", "de"), ("Aero Kettle", "Aero"))
    assert book.banned == ("cheap", "no worries")
    assert [offer.words for offer in book.offers] == [
        "give you a voucher of 10 EUR", "take 15 % off", "look into it",
    ]  # fmt: skip
    assert book.offers[0] == Offer(
        text="give you a voucher of {sum}", kind=OfferKind.VOUCHER, causes=("delay",), up_to=ten
    )
    assert book.middle_grounds[0].instead_of is OfferKind.REFUND
    assert book.call_back.zone == ZoneInfo("Europe/Berlin")
    assert book.routes[0].languages == ("en",)
    assert book.routes[1] == Route(name="the desk")
    assert book.authority == Authority(
        kinds=(OfferKind.VOUCHER, OfferKind.SHIPPING),
        up_to=Sum(amount=Decimal(20), unit="EUR", text="€20"),
    )
    assert len(book.digest) == 8


def test_every_key_may_be_left_out(shipped, tmp_path):
    """A playbook that says nothing offers nothing; authority over kinds needs no sum."""
    book = load_playbook([own(tmp_path, "{}")])
    assert book == Playbook(name="unnamed", digest=book.digest)
    book = load_playbook([own(tmp_path, "authority: {kinds: shipping}")])
    assert book.authority == Authority(kinds=(OfferKind.SHIPPING,))


def test_the_last_playbook_counts_and_a_named_one_above_all(shipped, tmp_path):
    """A company's playbook replaces the shipped one, and one that is named replaces both."""
    assert load_playbook() == EMPTY
    (shipped / "playbook.yaml").write_text("name: careful", encoding="utf-8")
    assert load_playbook().name == "careful"
    place = own(tmp_path, "name: own")
    assert load_playbook([place]).name == "own"
    named = tmp_path / "named.yaml"
    named.write_text("name: named", encoding="utf-8")
    assert load_playbook([place], named).name == "named"


def offer(rest):
    """Return a playbook with one offer that goes on like this."""
    return f"offers: [{{offer: a, {rest}}}]"


def refund(sum_):
    return offer(f"kind: refund, up-to: {sum_}")


@pytest.mark.parametrize(
    ("fault", "words", "text"),
    [
        ("1:1 pack.unknown-key", "did you mean 'offers'", "offrs: []"),
        ("1:11 pack.unknown-key", "did you mean 'offer'", "offers: [{offfer: a}]"),
        ("1:10 pack.missing-key", "I can", "offers: [{causes: [delay]}]"),
        ("1:30 pack.unknown-value", "did you mean 'delay'", offer("causes: [dealy]")),
        ("1:10 pack.wrong-type", "mapping", "offers: [a]"),
        ("1:29 pack.empty", "leave 'causes' out", offer("causes: []")),
        ("1:18 playbook.bad-wording", "without 'i can'", "offers: [{offer: I can ask}]"),
        ("1:18 playbook.bad-wording", "full stop", "offers: [{offer: ask.}]"),
        ("1:18 pack.unknown-slot", "only slot", "offers: [{offer: 'give {amount}'}]"),
        ("1:18 pack.unknown-slot", "only slot", "offers: [{offer: 'give}'}]"),
        ("1:18 playbook.missing-sum", "up-to", "offers: [{offer: 'give {sum}'}]"),
        ("1:27 pack.unknown-value", "did you mean 'voucher'", offer("kind: vouchr")),
        ("1:28 playbook.missing-kind", "kind", offer("up-to: 5 EUR")),
        ("1:42 playbook.no-currency", "20 EUR", refund("20")),
        ("1:42 playbook.no-currency", "one currency", refund("€20 EUR")),
        ("1:42 playbook.bad-sum", "more than 0", refund("-5 EUR")),
        ("1:42 playbook.bad-sum", "more than 0", refund("0 EUR")),
        ("1:42 playbook.bad-sum", "number and its currency", refund("a bit")),
        ("1:42 playbook.bad-sum", "100 %", refund("120 %")),
        (
            "2:10 playbook.duplicate",
            "first in line 1",
            "offers: [{offer: a},\n         {offer: A, causes: [delay]}]",
        ),
        ("1:19 playbook.duplicate", "take one out", "products: [Aero,  aero]"),
        ("1:13 playbook.bad-language", "such as en", "languages: [English]"),
        ("1:7 playbook.bad-zone", "Europe/Berlin", "zone: Mars/Base"),
        ("1:7 pack.unknown-value", "formal", "tone: rude"),
        ("1:12 playbook.bad-hours", "Mon-Fri", "call-back: nine to five"),
        ("1:13 pack.missing-key", "warranty team", "hand-over: [{hours: Mon 9-17}]"),
        ("1:26 playbook.duplicate", "take one out", "hand-over: [{route: a},  {route: A}]"),
        ("1:12 pack.missing-key", "kinds", "authority: {up-to: 5 EUR}"),
        ("1:1 pack.empty", "empty", "# nothing yet"),
    ],
)
def test_a_playbook_that_is_wrong_says_where_and_what_to_write(
    fault, words, text, shipped, tmp_path
):
    """Every fault is refused at its line and column, with what to do."""
    folder = own(tmp_path, text)
    place, code = fault.split()
    with pytest.raises(PackError) as caught:
        load_playbook([folder])
    assert str(caught.value).startswith(f"{folder}/playbook.yaml:{place}: ")
    assert caught.value.code == code
    assert words in caught.value.message


def test_the_same_words_for_other_causes_are_no_duplicate(shipped, tmp_path):
    """An offer may stand twice for causes that do not meet."""
    text = "offers: [{offer: a, causes: [delay]}, {offer: a, causes: [damaged]}]"
    assert len(load_playbook([own(tmp_path, text)]).offers) == 2


def test_the_shipped_playbook_costs_nothing():
    """What is shipped offers help alone, grants nothing and bans nothing."""
    book = load_playbook()
    assert book.offers
    assert {offer.kind for offer in book.offers} == {OfferKind.HELP}
    assert not book.middle_grounds
    assert book.authority is None
