"""The demo page's pure modules, called in a real Chromium."""

import json
from pathlib import Path

from playwright.sync_api import Page


def in_page(page: Page, module: str, expression: str):
    """Return what an expression over one of the page's modules gives."""
    return page.evaluate(f"import('/demo/{module}').then((it) => {expression})")


def test_every_word_is_there_in_both_languages(modules):
    """The tables have the same keys, with the same places to fill, and no page word is missing."""
    told = in_page(
        modules,
        "words.js",
        """(() => { const { en, de } = it.TABLES;
        const holes = (words) => (JSON.stringify(words).match(/\\{\\w+\\}/g) ?? []).sort().join();
        const used = [...document.querySelectorAll('[data-say], [data-label], [data-placeholder]')]
          .map(({ dataset }) => dataset.say ?? dataset.label ?? dataset.placeholder);
        return [Object.keys(en).join() === Object.keys(de).join(),
          Object.keys(en).filter((key) => key !== 'samples' && holes(en[key]) !== holes(de[key])),
          used.filter((key) => !(key in en))]; })()""",
    )
    assert told == [True, [], []]


def test_every_sample_has_its_german_name(modules):
    """No shipped sample is left in English in the German page."""
    samples = Path(__file__).parents[2] / "assist" / "samples" / "index.json"
    names = [one["name"] for one in json.loads(samples.read_text("utf-8"))]
    table = in_page(modules, "words.js", "Object.keys(it.TABLES.de.samples)")
    assert sorted(table) == sorted(names)


def test_offsets_are_code_points(modules):
    """A span after an emoji and a flag covers the same words as in Python."""
    text = "🦖🇬🇧 was due Monday"
    span = [text.index("due"), text.index("Monday")]
    pieces = in_page(modules, "text.js", f"it.pieces('{text}', [{{span: {span}}}])")
    assert [(one["text"], one["marked"]) for one in pieces] == [
        ("🦖🇬🇧 was ", ""), ("due ", "soft"), ("Monday", ""),
    ]  # fmt: skip
    assert in_page(modules, "text.js", f"it.words('{text}', {span})") == "due "


def test_overlapping_marks_lose_no_letter(modules):
    """Marks may overlap, lie outside, or be empty; the text stays whole, in few pieces."""
    marks = "[{span: [0, 5]}, {span: [3, 9]}, {span: [20, 30]}, {span: [2, 2]}]"
    pieces = in_page(modules, "text.js", f"it.pieces('late again', {marks})")
    assert [piece["text"] for piece in pieces] == ["late agai", "n"]


def test_events_of_another_conversation_or_already_seen_change_nothing(modules):
    """An event is taken once, and only for the conversation on the screen."""
    same = in_page(
        modules,
        "state.js",
        """(() => {
            const began = it.reduce(it.START, {type: 'here.began', conversation: 'a'});
            const event = (conversation, offset) => ({
                type: 'escalation', conversation, turn: 't', level: 'high',
                position: {epoch: 'e', offset},
            });
            const one = it.reduce(began, event('a', 2));
            const next = (event) => it.reduce(one, event);
            return [next(event('b', 3)) === one, next(event('a', 2)) === one,
                next(event('a', 3)).position.offset, next({type: 'toString'}) === one];
        })()""",
    )
    assert same == [True, True, 3, True]


def test_times_keep_the_zone_of_the_chat(modules):
    """A later time is written in the zone of the time it follows."""
    at = in_page(modules, "times.js", "it.later('2026-03-02T23:59:50+02:00', 20)")
    assert at == "2026-03-03T00:00:10+02:00"
