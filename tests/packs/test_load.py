"""From folders to the rules in force."""

import pytest

from assist.core.conditions import AllOf, AnyOf, CueFound, Pattern, SilentFor
from assist.core.rules import Rule, Watches
from assist.errors import PackError
from assist.packs import load
from assist.packs.load import load_pack, load_packs, merged, patterns_of

MANIFEST = 'name: {name}\nversion: "1.10"\nlicence: Apache-2.0\n'
RULE = """\
summary: Something is late.
technique: {technique}
watches: customer-turn
when: {{phrases: [late]}}
kind: nudge
why: Because it is.
source: own wording
flags: [late, "so late", "late again"]
allows: [early, soon, "in time"]
"""
SHOP = MANIFEST.format(name="shop")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def a_pack(folder, *rules, manifest=MANIFEST):
    """Write a pack named after its folder, with these rules (`technique/rule`)."""
    write(folder / "pack.yaml", manifest.format(name=folder.name))
    for rule in rules:
        write(folder / f"{rule}.yaml", RULE.format(technique=rule.split("/")[0]))
    return folder


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Put an own folder in the place of the shipped rules."""
    place = tmp_path / "shipped"
    a_pack(place / "support", "empathy/late")
    monkeypatch.setattr(load, "bundled", lambda _: place)
    return place


def test_a_pack_is_its_manifest_and_its_rules(tmp_path):
    """The folder is the list: every rule under a technique is in, sorted by its place."""
    folder = a_pack(tmp_path / "shop", "empathy/late", "calm/b", "calm/a")
    loaded = load_pack(folder)
    assert (loaded.pack.name, loaded.pack.version, loaded.path) == ("shop", "1.10", folder)
    assert [rule.id for rule in loaded.pack.rules] == [
        "shop/calm/a", "shop/calm/b", "shop/empathy/late",
    ]  # fmt: skip
    assert [file.rule for file in loaded.files] == list(loaded.pack.rules)
    assert loaded.files[0].file == str(folder / "calm" / "a.yaml")


def test_a_pack_may_bring_words(tmp_path):
    """Things and words for feelings come from the manifest; without them there are none."""
    words = MANIFEST + "things: [card, parcel]\nfeelings: {{anger: frustrating}}\n"
    loaded = load_pack(a_pack(tmp_path / "shop", "calm/a", manifest=words))
    assert loaded.pack.things == ("card", "parcel")
    assert loaded.pack.feelings == (("anger", "frustrating"),)
    bare = load_pack(a_pack(tmp_path / "bare", "calm/a")).pack
    assert (bare.things, bare.feelings) == ((), ())


def test_the_digest_changes_with_any_rule(tmp_path):
    """One letter in one rule gives another digest; the same files give the same."""
    folder = a_pack(tmp_path / "shop", "calm/a", "calm/b")
    before = load_pack(folder).pack.digest
    assert load_pack(folder).pack.digest == before
    path = folder / "calm" / "a.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# remark\n", encoding="utf-8")
    assert load_pack(folder).pack.digest != before


@pytest.mark.parametrize(
    ("place", "code", "file", "text"),
    [
        ("pack.yaml:1:1", "pack.missing-key", "pack.yaml", "name: shop\nversion: '1'\n"),
        ("pack.yaml:1:7", "pack.wrong-place", "pack.yaml", MANIFEST.format(name="store")),
        ("pack.yaml:4:1", "pack.unknown-key", "pack.yaml", SHOP + "colour: red\n"),
        ("pack.yaml:4:9", "pack.wrong-type", "pack.yaml", SHOP + "things: {a: b}\n"),
        ("pack.yaml:4:11", "pack.wrong-type", "pack.yaml", SHOP + "feelings: [a]\n"),
        ("pack.yaml:1:1", "pack.wrong-type", "pack.yaml", "- a\n"),
        ("late.yaml:1:1", "pack.wrong-place", "late.yaml", RULE.format(technique="calm")),
        ("calm/x/a.yaml:1:1", "pack.wrong-place", "calm/x/a.yaml", RULE.format(technique="calm")),
        ("calm/b.yaml:2:12", "pack.wrong-place", "calm/b.yaml", RULE.format(technique="empathy")),
        ("yoga/b.yaml:1:1", "pack.unknown-technique", "yoga/b.yaml", RULE.format(technique="yoga")),
        ("calm/b.yaml:1:1", "pack.empty", "calm/b.yaml", ""),
        ("calm/b.yml:1:1", "pack.wrong-place", "calm/b.yml", RULE.format(technique="calm")),
    ],
)  # fmt: skip
def test_a_pack_that_is_wrong_says_where(place, code, file, text, tmp_path):
    """Missing keys, foreign names, misplaced rules and unknown techniques are told by place."""
    folder = a_pack(tmp_path / "shop", "calm/a")
    write(folder / file, text)
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert str(caught.value).startswith(f"{folder}/{place}: ")
    assert caught.value.code == code


def test_a_pack_without_a_manifest_or_rules_is_refused(tmp_path):
    """A folder needs its `pack.yaml`, and at least one rule."""
    with pytest.raises(PackError, match=r"pack.yaml:1:1: cannot read .*\[pack.unreadable\]"):
        load_pack(tmp_path)
    with pytest.raises(PackError, match=r"pack.yaml:1:1: the pack has no rules \[pack.empty\]"):
        load_pack(a_pack(tmp_path / "shop"))


def test_packs_come_from_the_shipped_rules_and_from_folders(shipped, tmp_path):
    """A folder of packs and a pack itself may both be named, and a namesake replaces."""
    many = tmp_path / "many"
    a_pack(many / "support", "calm/mine")
    a_pack(many / "shop", "calm/a")
    single = a_pack(tmp_path / "single", "calm/a")
    assert [folder.pack.name for folder in load_packs()] == ["support"]
    found = load_packs([many, single])
    assert [folder.pack.name for folder in found] == ["support", "shop", "single"]
    assert [rule.id for rule in found[0].pack.rules] == ["support/calm/mine"]


@pytest.mark.parametrize(
    ("code", "files"),
    [("pack.missing-folder", None), ("pack.missing-manifest", ["shop/calm/a.yaml"])],
)
def test_a_folder_that_holds_no_pack_is_refused(code, files, shipped, tmp_path):
    """A folder that is not there, or has no manifest in reach, is told by its name."""
    place = tmp_path / "rules"
    for file in files or ():
        write(place / file, RULE.format(technique="calm"))
    with pytest.raises(PackError) as caught:
        load_packs([place])
    assert (caught.value.code, caught.value.file) == (code, str(place))


@pytest.mark.parametrize(("name", "what"), [("a.yaml", "file"), ("a.yml", "file"), ("a", "folder")])
def test_what_is_not_there_is_called_what_it_would_be(shipped, tmp_path, name, what):
    """A rule's name is that of a file."""
    with pytest.raises(PackError, match=f"no such {what}"):
        load_packs([tmp_path / name])


def test_a_folder_may_hold_only_a_playbook(shipped, tmp_path):
    """A company may bring its offers without any rules of its own."""
    write(tmp_path / "own" / "playbook.yaml", "name: own\noffers: [{offer: help}]\n")
    assert [folder.pack.name for folder in load_packs([tmp_path / "own"])] == ["support"]


def test_merged_packs_are_one_set(tmp_path):
    """Several packs make one set of rules, each word once, under a digest of all."""
    folders = []
    for name, things, anger in (("a", "card, parcel", "bad"), ("b", "parcel, sofa", "worse")):
        words = f"things: [{things}]\nfeelings: {{{{anger: {anger}}}}}\n"
        folders.append(load_pack(a_pack(tmp_path / name, "calm/a", manifest=MANIFEST + words)))
    pack = merged(tuple(folders))
    assert (pack.name, pack.version) == ("a+b", "1.10+1.10")
    assert [rule.id for rule in pack.rules] == ["a/calm/a", "b/calm/a"]
    assert (pack.things, pack.feelings) == (("card", "parcel", "sofa"), (("anger", "worse"),))
    assert pack.digest not in {folder.pack.digest for folder in folders}
    assert merged(tuple(folders[:1])).digest != pack.digest


def test_every_pattern_is_found():
    """Patterns are gathered from `when` and `unless`, however deep they stand."""
    one, two, three = (CueFound(pattern=Pattern(cue=f"#{number}")) for number in (1, 2, 3))
    quiet = SilentFor(seconds=5)
    rule = Rule(
        id="p/t/r", technique="t", watches=Watches.CUSTOMER_TURN, summary="S.", why="W.",
        when=AllOf(parts=(one, AnyOf(parts=(two, quiet)))), unless=three,
    )  # fmt: skip
    plain = Rule(
        id="p/t/q", technique="t", watches=Watches.CUSTOMER_TURN, summary="S.", why="W.",
        when=quiet,
    )  # fmt: skip
    assert [pattern.cue for pattern in patterns_of((rule, plain))] == ["#1", "#2", "#3"]


def test_the_shipped_packs_load():
    """The rules and words that are shipped can be read as they stand."""
    (support,) = load_packs()
    assert support.pack.name == "support"
