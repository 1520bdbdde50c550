"""Every technique of the catalogue has rules or code, examples of both kinds, and a chat."""

import importlib.util
import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
_SPEC = importlib.util.spec_from_file_location("techniques_table", HERE / "table.py")
TABLE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(TABLE)
PAGE = HERE.parents[1] / "docs" / "reference" / "techniques.md"


@pytest.fixture(scope="module")
def rows():
    return TABLE.rows()


def test_no_cell_is_empty(rows):
    """Each technique has a home, something it catches, something it leaves, and a chat."""
    assert {row.id: row.empty for row in rows if row.empty} == {}


def test_rules_have_examples_enough(rows):
    """A technique that has rules has at least eight texts to catch and eight to leave alone."""
    few = {
        row.id: (row.flags, row.allows)
        for row in rows
        if row.rules and min(row.flags, row.allows) < 8
    }
    assert few == {}


def test_the_page_is_what_was_run(rows):
    """The published table is the one that the rules and chats make now."""
    assert PAGE.read_text(encoding="utf-8") == TABLE.table(rows), "run make reference"


def test_the_catalogue_is_whole(rows):
    """No technique stands twice, and none has a name that is no id."""
    names = [row.id for row in rows]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(?:[.-][a-z]+)*", name) for name in names)
