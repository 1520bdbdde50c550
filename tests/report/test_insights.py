"""What recurs is counted, and nothing is claimed of what brings it about."""

import re

import pytest

from assist.core.techniques import TECHNIQUES
from assist.report.chats import chat_of
from assist.report.insights import insight_sections
from assist.report.sources import from_events
from assist.report.tables import Rate

CLAIMS = re.compile(
    r"\b(caus(?:ed|es by)|led to|leads? to|due to|thanks to|effects?|effective|impact|works?|"
    r"improve\w*|helps?|reduc\w+|prevent\w*|makes?|result\w*)\b"
)


@pytest.fixture
def sections(line, log):
    chats = [chat_of(source, line) for source in from_events([log])]
    return {section.name: section for section in insight_sections(chats)}


def test_recurring_causes(sections):
    """Six of seven chats name a delay, and two of these came to high."""
    assert sections["causes"].rows == ({"cause": "delay", "chats": Rate(6, 7), "high": Rate(2, 6)},)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("stage", [("opening", Rate(6, 6), Rate(2, 6))]),
        ("turn", [("1", Rate(6, 6), Rate(2, 6))]),
        ("cause", [("delay", Rate(6, 6), Rate(2, 6))]),
    ],
)
def test_where_escalation_starts(sections, name, rows):
    """All six left calm at their first turn, in the opening, with a delay named."""
    found = sections[f"starts_by_{name}"].rows
    assert [(row[name], row["left_calm"], row["high"]) for row in found] == rows


def test_later_starts_are_told_in_their_order(line, script, tmp_path):
    """Turns are in groups, in the order of a chat; without a cause that is said."""
    turns = [text for _ in range(11) for text in ("hello", "hi")]
    for place in (3, 4, 10):
        said = list(turns)
        said[2 * (place - 1)] = "furious"
        script.chat(f"late{place}", *said)
    path = tmp_path / "more.jsonl"
    path.write_text(script.text)
    chats = [chat_of(source, line) for source in from_events([path])]
    found = {section.name: section for section in insight_sections(chats)}
    assert [row["turn"] for row in found["starts_by_turn"].rows] == [
        "1", "3", "4 to 5", "10 and later",
    ]  # fmt: skip
    assert {row["cause"] for row in found["starts_by_cause"].rows} == {"delay", "none named yet"}


def test_what_followed_is_counted_over_answers(sections):
    """Apologies and any answers, by whether the score was lower, the same or higher next."""
    rows = {row["what"]: row for row in sections["followed"].rows}
    assert next(iter(rows)) == "any answer"
    every, sorry = rows["any answer"], rows["apologise"]
    assert (every["answers"], every["silent"]) == (6, 2)
    assert (every["lower"], every["higher"]) == (Rate(3, 4), Rate(1, 4))
    assert (sorry["answers"], sorry["lower"], sorry["higher"]) == (4, Rate(3, 4), Rate(1, 4))
    cards = {row["what"]: row for row in sections["followed_cards"].rows}
    assert cards["apologise, used"]["lower"] == Rate(2, 3)
    assert cards["apologise, not used"]["answers"] == 2


def test_no_word_claims_a_cause(sections):
    """Titles, notes and columns say what came next, never what brought it about."""
    words = " ".join(
        text
        for section in sections.values()
        for text in (section.title, section.note, *(column.title for column in section.columns))
    )
    assert "not of what brought it about" in words
    assert CLAIMS.findall(words.lower()) == []


def test_without_tension_there_is_nothing_to_tell(line):
    """No chat, no rows, and no division by nothing."""
    told = {section.name: section.rows for section in insight_sections([])}
    (nothing,) = told.pop("followed")
    assert (nothing["what"], nothing["answers"], nothing["lower"]) == ("any answer", 0, Rate(0, 0))
    assert len(told) == 5
    assert not any(told.values())


def test_people_read_names_and_programs_read_ids(sections):
    """A cause, a technique and a card have the catalogue's name on the screen, the id in JSON."""
    found = {}
    for name, column in (("causes", "cause"), ("followed", "what"), ("followed_cards", "what")):
        section = sections[name]
        told = next(one for one in section.columns if one.name == column)
        found[name] = {row[column]: told.shown(row) for row in section.rows}
    assert found["causes"]["delay"] == "Late"
    assert found["followed"]["any answer"] == "any answer"
    names = {**found["followed"], **found["followed_cards"]}
    named = [(key, shown) for key, shown in names.items() if key != "any answer"]
    assert named
    for key, shown in named:
        technique, comma, rest = key.partition(", ")
        assert shown == f"{TECHNIQUES[technique]}{comma}{rest}"
