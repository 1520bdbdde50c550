"""Codes that only the house knows."""

from datetime import UTC, datetime

import pytest

from assist.core.signals import DETECTED, NOTHING
from assist.core.turns import Draft, Role, Turn
from assist.detectors import jargon

AT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
DETECT = jargon.load()


def found(text, *earlier):
    return [
        evidence.span.of(text)
        for part in DETECT(Draft(text=text), earlier).signals
        for evidence in part.evidence
    ]


def turn(text, role=Role.CUSTOMER):
    return Turn(id="t", role=role, text=text, at=AT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your CPE isn't seen by the BNG.", ["CPE", "BNG"]),
        ("I've raised a P2 with L3.", ["P2", "L3"]),
        ("It settles on T+2.", ["T+2"]),
        ("We gave it to a 3PL.", ["3PL"]),
        ("The two RMAs are open.", ["RMAs"]),
        ("An MX entry is missing", ["MX"]),
    ],
)
def test_codes_are_pointed_at(text, expected):
    """Capitals and grades that nobody outside knows are found where they stand."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Your ID, the PIN of the SIM, a PDF with VAT and the ETA, please.",
        "The NHS and the UK have an FAQ.",
        "Your order is QXLV and the voucher RTZK works.",
        "Take flight QZ 284 from gate B12.",
        "It plays at KQRX Arena, or Arena KQRX.",
        "The return form (RXF) is here.",
        "The RXF, which is the return form, is here.",
        "A proof of delivery POD is here.",
        'The screen says "NRQX".',
        "PLEASE SEND THE RXF BACK TODAY.",
        "it is CLOSED",
        "Herschel Road, CB3 9AL",
        "Louis XIV, and OOOH",
        "mail A@RXF.org or see http://x.org/RXF",
        "",
    ],
)
def test_what_everybody_knows_names_and_explanations_are_left_alone(text):
    """Everyday ones, names, the customer's numbers, quotations and explained ones are silent."""
    assert found(text) == []


def test_what_the_customer_wrote_first_is_known():
    """A code that the customer used is theirs; one that only an agent used is not."""
    assert found("Your RXF is here.", turn("where do i send the rxf?")) == []
    assert found("Your RXF is here.", turn("Send the RXF", Role.AGENT)) == ["RXF"]


def test_two_codes_count_twice_and_turns_not_at_all():
    """One code is half of the score; the same again adds nothing; only drafts are read."""
    one, same, two = (
        DETECT(Draft(text=text), ()).signals[0].score
        for text in ("The RXF is on.", "The RXF, the RXF.", "The RXF and the QRN.")
    )
    assert (one, same, two) == (0.5, 0.5, 1.0)
    assert DETECT(turn("The RXF is on."), ()) == NOTHING


def test_the_signal_is_one_that_rules_may_ask_for():
    """Its name is among those that detectors make."""
    assert "draft.jargon" in DETECTED


@pytest.mark.parametrize(
    "text",
    [
        "That film was VERYX good",
        "Alameda OB GXN is open",
        "It leaves at 5, back from CDMX at 8:25",
        "X&Z has no parking",
        "Tickets for LBSC vs Utah",
        "It departs from YVQ international airport",
    ],
)
def test_outside_the_house_frame_capitals_are_no_code(text):
    """A place, a side in a match, a name in capitals and a stray word are left alone."""
    assert found(text) == []
