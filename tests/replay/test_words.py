"""The words of the replay report."""

import dataclasses
from pathlib import Path

import pytest

from assist.cli import main
from assist.core.escalation import Level, Trend
from assist.core.suggestions import HeldReason
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role
from assist.replay.words import EN, LANGUAGES, language_of, words_in

WHOLE = {"levels": Level, "trends": Trend, "roles": Role, "held": HeldReason}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_complete(language):
    """Each language has a word for all levels, ways, roles, reasons and techniques, none empty."""
    table = words_in(language)
    assert table.lang == language
    for part, whole in WHOLE.items():
        assert set(getattr(table, part)) == set(whole)
        assert all(getattr(table, part).values())
    assert [one for one in TECHNIQUES if not table.techniques.get(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_the_gaps_of_the_english_ones(language):
    """Each sentence names the same gaps in every language, and is said in its own words."""
    table = words_in(language)
    for field in dataclasses.fields(EN):
        ours, theirs = getattr(EN, field.name), getattr(table, field.name)
        if isinstance(ours, str):
            assert sorted(_gaps(ours)) == sorted(_gaps(theirs)), field.name
            assert language == "en" or ours != theirs, field.name


def _gaps(sentence):
    return [part.partition("}")[0] for part in sentence.split("{")[1:]]


def test_the_german_names_are_the_panels():
    """A technique is called in the German report what the German panel calls it."""
    panel = Path(__file__).parents[2] / "assist" / "widget" / "panel" / "lang" / "de.js"
    names = words_in("de").techniques
    assert names["empathy"] == "Das Gefühl benennen"
    assert '    "de-escalate": "Die Schärfe herausnehmen",' in panel.read_text("utf-8")
    assert names["de-escalate"] == "Die Schärfe herausnehmen"
    assert len(set(names)) >= len(TECHNIQUES)


def test_a_technique_without_a_name_keeps_the_services_and_says_its_language():
    """Where a table lacks a technique, its English name or id stands there, marked as English."""
    german = words_in("de")
    lacking = dataclasses.replace(german, techniques={})
    assert lacking.name("empathy") == ("Name the feeling", "en")
    assert german.name("our-own-technique") == ("our-own-technique", "en")
    assert german.name("empathy") == ("Das Gefühl benennen", None)
    assert EN.name("empathy") == ("Name the feeling", None)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de_AT.UTF-8", "de"),
        ("de", "de"),
        ("DE-ch", "de"),
        ("en_GB", "en"),
        ("fr_FR.UTF-8", "en"),
        ("C", "en"),
        ("", "en"),
        ("desk", "en"),
    ],
)
def test_a_locale_names_its_language(tag, language):
    """A locale's first part decides; what has no table is English."""
    assert language_of(tag) == language


def test_numbers_are_counted_in_words():
    """One thing has its own word, and none is many."""
    assert [EN.count(number, "turn") for number in (0, 1, 2)] == ["0 turns", "1 turn", "2 turns"]
    assert words_in("de").count(1, "suggestion") == "1 Vorschlag"


def test_the_command_refuses_a_language_without_a_table(monkeypatch, capsys):
    """`assist replay --language fr` ends with 2 and names those there are, before it reads."""
    argv = ["assist", "replay", "no-such-sample", "--html", "out.html", "--language", "fr"]
    monkeypatch.setattr("sys.argv", argv)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--language knows de and en" in capsys.readouterr().err
