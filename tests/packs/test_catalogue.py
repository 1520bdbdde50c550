"""The catalogue says what the rule files say, and the published one is up to date."""

from pathlib import Path

import pytest

from assist.errors import UsageError
from assist.packs.catalogue import MARK, pages, write
from assist.packs.load import load_pack, load_packs

PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "rules"
READS = """\
summary: The boiler is cold.
technique: cause.damaged
watches: customer-turn
reads: cause.damaged
reason: the boiler is cold
pulls: {valence: -0.5, effort: 1}
when: {phrases: [boiler]}
why: Cold is hard.
source: our own *shop*
flags: ["the [[boiler]] is <b>cold</b>", "boiler", "boiler", "boiler", "boiler five"]
allows: ["hot", "warm", {text: "cosy", chat: ["Customer: hi", "Agent: hello"]}]
known-wrong: ["no boiler_here"]
"""
OFFERS = """\
summary: It has gone quiet.
technique: check-in
watches: conversation
kind: nudge
when: {silence: 60}
needs: [name]
say: ["Are you there, {name}?", "Still there, {name}?"]
why: Silence tells something.
source: own.
flags:
  - {text: "(silence 60)", chat: ["Customer: hi"]}
  - {text: "(silence 61)", chat: ["Customer: hi"]}
  - {text: "(silence 62)", chat: ["Customer: hi"]}
allows: ["Customer: a", "Customer: b", "Customer: c"]
"""
CHECKS = """\
summary: Calls it a policy.
technique: plain-language
watches: agent-draft
within: sentence
only-with-words: yes
when: {phrases: [our policy]}
swap: [{from: our policy, to: our way}, {from: policies, to: ""}]
reword: [quieter]
why: It is cold.
source: own
flags:
  - {text: "it is [[our policy]]", becomes: "it is our way", chat: ["Customer: why?"]}
  - "our policy"
  - "[[our policy]] and [[our policy]]"
allows: ["a", "b", "c"]
"""


@pytest.fixture
def made(tmp_path):
    """Return the pages of a pack with one rule of each kind."""
    for text in (READS, OFFERS, CHECKS):
        technique = text.split("technique: ")[1].split("\n")[0]
        path = tmp_path / "shop" / technique / "first.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    manifest = tmp_path / "shop" / "pack.yaml"
    manifest.write_text('name: shop\nversion: "1"\nlicence: MIT\n', encoding="utf-8")
    return pages([load_pack(tmp_path / "shop")])


def test_the_published_catalogue_is_the_generated_one():
    """Whoever changes a rule regenerates the pages: make reference."""
    generated = pages(load_packs())
    there = {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.md")}
    assert sorted(there) == sorted(generated)
    assert [name for name in generated if there[name] != generated[name]] == []


def test_every_rule_has_its_place():
    """Each rule in force stands on the page of its technique, with its summary and examples."""
    generated = pages(load_packs())
    for folder in load_packs():
        for file in folder.files:
            page = generated[f"{file.rule.technique}.md"]
            assert f"## `{file.rule.id}`" in page
            assert "Speaks:" in page
            assert "Stays silent:" in page


def test_a_reading_rule_is_told(made):
    """Its signal, reason and pulls; four examples and how many more; marks in bold."""
    page = made["cause.damaged.md"]
    assert page.startswith(MARK)
    assert "# Damaged or defective (`cause.damaged`)" in page
    assert "- Reads `cause.damaged`: the boiler is cold (valence -0.5, effort +1)." in page
    assert "- the **boiler** is \\<b\\>cold\\</b\\>" in page
    assert "- … and 1 more in the file" in page
    assert "boiler five" not in page
    assert "- Customer: hi / Agent: hello / Customer: cosy" in page
    assert "Source: our own \\*shop\\*." in page
    assert "Still gets wrong:\n\n- no boiler\\_here" in page


def test_an_offering_rule_is_told(made):
    """Its kind, the slots it needs, its lines, and chats that end in silence."""
    page = made["check-in.md"]
    assert "- Prompts the agent." in page
    assert "- Needs `{name}`." in page
    assert "Offers:\n\n- Are you there, {name}?" in page
    assert "- Customer: hi / (silence 60)\n" in page
    assert "Source: own.\n" in page


def test_a_checking_rule_is_told(made):
    """Its better words, what drafts become, and when it speaks."""
    page = made["plain-language.md"]
    assert "- Looks at what the agent is about to send, by the sentence." in page
    assert "- Turns the sentence: `quieter`." in page
    assert "- Speaks only where it has better words." in page
    assert "- policies → (nothing)" in page
    assert "- Customer: why? / Agent: it is **our policy** → it is our way" in page
    assert "- **our policy** and **our policy**" in page


def test_the_index_counts(made):
    """Each technique has its row, with a link to its page, in the order of the catalogue."""
    index = made["README.md"]
    assert "| [Check in](check-in.md) | `check-in` | 1 | 3 | 3 |" in index
    assert index.index("cause.damaged") < index.index("check-in") < index.index("plain-language")


def test_writing_takes_away_what_is_gone(made, tmp_path):
    """A generated page of a technique without rules goes; a page of somebody's own stays."""
    folder = tmp_path / "pages"
    write(folder, made)
    (folder / "own.md").write_text("# Mine", encoding="utf-8")
    write(folder, {name: text for name, text in made.items() if name != "check-in.md"})
    assert {path.name for path in folder.iterdir()} == {*made, "own.md"} - {"check-in.md"}


def test_a_folder_that_cannot_be_written_is_named(made, tmp_path):
    """A file in the folder's place is told, with the reason."""
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot write to"):
        write(tmp_path / "taken", made)
