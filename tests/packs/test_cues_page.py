"""The page of the families of cues."""

from dataclasses import replace
from pathlib import Path

from assist.packs.cues_page import page
from assist.packs.load import load_packs

PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "cues.md"


def rows():
    """Return the cells of each row by the name of its family."""
    found = {}
    for line in page(load_packs()).splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            found[cells[0].strip("`")] = cells
    return found


def test_the_published_page_is_the_generated_one():
    """Whoever changes a family regenerates the page: make reference."""
    assert PUBLISHED.read_text(encoding="utf-8") == page(load_packs())


def test_every_family_has_its_row():
    """Name, axes, weights, what it catches, an example, what was measured, and the origin."""
    families = [family for folder in load_packs() for family in folder.cues]
    found = rows()
    assert list(found) == [family.name for family in families]
    for family in families:
        cells = found[family.name]
        assert len(cells) == 7
        assert all(cells[place] for place in (1, 2, 3, 4, 6))
        assert [rule in cells[2] for rule in family.rules] == [True] * len(family.rules)


def test_weights_and_marks_are_told():
    """A weight has its sign, a fitted one says so, what is caught is bold, nothing is nothing."""
    found = rows()
    assert found["no-answer"][2] == (
        "`cause.communication/no-answer` valence -0.45, effort +0.5, trust +0.2"
    )
    assert found["no-answer"][4] == "sent two mails and **no reply**"
    assert found["negation"][2] == "`valence.lexicon` fitted with the models"
    assert found["politeness"][1:3] == ["none", "weighs nothing"]
    assert found["own-repeat"][4].startswith("Customer: Where is my parcel")


def test_a_pack_without_families_is_left_out():
    """Only packs that have families get a table."""
    (folder,) = load_packs()
    assert "## Pack" in page([folder])
    assert "## Pack" not in page([replace(folder, cues=())])
